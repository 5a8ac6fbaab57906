"""What is odd in a survey's data: duplicates, straight-lining, impossible dates, unanswered items, weights, personal data."""

from __future__ import annotations

from kepuasan.quality.checking import as_problem, check_survey, problems_of
from kepuasan.quality.personal import personal_columns
from kepuasan.quality.weighting import unusable_weights

__all__ = ["as_problem", "check_survey", "personal_columns", "problems_of", "unusable_weights"]
