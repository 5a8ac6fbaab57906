"""What was asked, on what scale, with which missing codes, in Indonesian and English."""

from __future__ import annotations

from kepuasan.codebook.book import Codebook, joined_sources, labels_of
from kepuasan.codebook.parts import LANGUAGES, TYPES, AnswerScale, Code, Driver, Item, Label, Multiple, both

__all__ = ["LANGUAGES", "TYPES", "AnswerScale", "Code", "Codebook", "Driver", "Item", "Label", "Multiple", "both", "joined_sources", "labels_of"]
