"""Weighting: each step takes a survey and gives a new one whose design remembers it; replicates; what the steps did."""
