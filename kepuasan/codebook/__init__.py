"""What was asked, on what scale, with which missing codes, in Indonesian and English."""

from __future__ import annotations

from kepuasan.codebook.book import Codebook, labels_of
from kepuasan.codebook.parts import LANGUAGES, TYPES, AnswerScale, Code, Driver, Item, Label, both

__all__ = ["LANGUAGES", "TYPES", "AnswerScale", "Code", "Codebook", "Driver", "Item", "Label", "both", "labels_of"]
