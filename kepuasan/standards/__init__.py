"""Published rules: how others compute and report what surveys say."""

from kepuasan.standards.response import response_rates

__all__ = ["response_rates"]
