"""Published rules: how others compute and report what surveys say."""

from kepuasan.standards.customers import acsi, csi, importance_performance, plot_importance_performance
from kepuasan.standards.lookup import classify, list_standards
from kepuasan.standards.perception import perception_index
from kepuasan.standards.promoters import net_promoter
from kepuasan.standards.public_services import ipp, ipp_aspects, ipp_users
from kepuasan.standards.rated import Rating
from kepuasan.standards.response import response_rates
from kepuasan.standards.sampling import skm_sample_size
from kepuasan.standards.series import skm_series
from kepuasan.standards.skm_index import SKM, skm, skm_from_means
from kepuasan.standards.standard import Classes, Element, Grade, Standard

__all__ = [
    "SKM",
    "Classes",
    "Element",
    "Grade",
    "Rating",
    "Standard",
    "acsi",
    "classify",
    "csi",
    "importance_performance",
    "ipp",
    "ipp_aspects",
    "ipp_users",
    "list_standards",
    "net_promoter",
    "perception_index",
    "plot_importance_performance",
    "response_rates",
    "skm",
    "skm_from_means",
    "skm_sample_size",
    "skm_series",
]
