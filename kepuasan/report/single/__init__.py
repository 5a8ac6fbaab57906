"""A report of single results."""
