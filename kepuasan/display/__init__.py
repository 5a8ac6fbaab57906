"""Tidy frames in, figures and formatted numbers out; the only door to matplotlib."""
