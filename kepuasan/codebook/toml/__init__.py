"""Codebooks as TOML: the file an analyst writes by hand."""
