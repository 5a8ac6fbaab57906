"""What a report is asked for, computed: a file a part."""

from __future__ import annotations

from kepuasan.report.gathering.gather import gather_results

__all__ = ["gather_results"]
