"""What a results page carries so that the end of its search can be counted."""

from django import template

from ...listings import Listing
from ..anonymization import search_token

register = template.Library()


@register.simple_tag
def outcome_token(listing: Listing) -> str:
    """Return the token of a first page of results, "" when the end of this search is not counted."""
    counted = listing.query.page == 1 and (listing.results.hits or listing.results.near)
    return search_token(listing.query.text) if counted else ""
