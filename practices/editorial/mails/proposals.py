"""The mail of a proposal."""

from kb_site.accounts.models import User
from kb_site.mailing.compose import Mail

from ..models.proposals import Proposal


def proposal_published(*, to: User, proposal: int) -> Mail | None:
    """To the author, when the card is published."""
    published = Proposal.objects.filter(pk=proposal, author=to, card__live=True).select_related("card").first()
    if published is None:
        return None
    return Mail("proposal_published", {"card": published.card})
