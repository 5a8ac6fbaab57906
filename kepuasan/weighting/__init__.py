"""Weighting steps: each takes a survey and gives a new one whose design remembers the step."""
