"""Published rules: how others compute and report what surveys say."""

from kepuasan.standards.promoters import net_promoter
from kepuasan.standards.response import response_rates

__all__ = ["net_promoter", "response_rates"]
