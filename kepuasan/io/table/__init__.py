"""Tables of any format: where the names stand, and which rows are no respondents."""

from __future__ import annotations
