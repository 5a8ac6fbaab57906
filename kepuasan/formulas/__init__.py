"""From a formula and the columns of a survey to the matrix of a model: the only door to formulaic."""

from kepuasan.formulas.matrix import Columns, ModelMatrix, design_matrix, is_text, outcome_values
from kepuasan.formulas.terms import INTERCEPT, Factor, Formula, read_formula

__all__ = ["INTERCEPT", "Columns", "Factor", "Formula", "ModelMatrix", "design_matrix", "is_text", "outcome_values", "read_formula"]
