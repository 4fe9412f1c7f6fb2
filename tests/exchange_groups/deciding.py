"""Ways to propose, to agree and to look at what is decided of a group."""

from exchange_groups.models import ExchangeGroup, Membership
from exchange_groups.services import decisions
from kb_site.mailing.models import Delivery


def members(group):
    return list(decisions.members_of(group))


def leader(group):
    return decisions.leaders_of(group).first()


def others(group):
    """Members who do not lead."""
    return list(decisions.members_of(group).exclude(pk__in=decisions.leaders_of(group)))


def open_(group, by, confidentiality="public", admits_institutions=False):
    return decisions.change_confidentiality(
        group=group, confidentiality=confidentiality, admits_institutions=admits_institutions, by=by, reason="Pour voir"
    )


def agree(decision, *people, agrees=True):
    for person in people:
        decision = decisions.answer(decision=decision, user=person, agrees=agrees)
    return decision


def unled(group):
    """Nobody leads this group any more."""
    Membership.objects.filter(group=group, role="facilitator").update(role="member", leads_since=None)
    return ExchangeGroup.objects.get(pk=group.pk)


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def told(mail, decision):
    found = Delivery.objects.filter(mail=mail, ids={"decision": decision.pk})
    return set(found.values_list("recipient", flat=True))
