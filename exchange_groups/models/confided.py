"""Under which confidentiality something was said: kept beside the words, lowered with the group, never raised.

A group that opens opens for what will be said: what was said before keeps the confidentiality of its day
(docs/decisions/0021-ratchet.md).
"""

from typing import Any

from django.db import models
from django.db.models import Q

from ..choices import CONFIDENTIALITY_ORDER, Confidentiality
from ..permissions import groups_open_to, is_partner


def _rank(confidentiality: str) -> int:
    return CONFIDENTIALITY_ORDER.index(Confidentiality(confidentiality or Confidentiality.ENTRE_PAIRS))


def more_open_than(confidentiality: str) -> list[Confidentiality]:
    """Return the confidentialities under which more people read than under this one."""
    return CONFIDENTIALITY_ORDER[: _rank(confidentiality)]


class Confidence:
    """What a group and what is said in it have in common: who it is open to."""

    confidentiality: Any
    admits_institutions: Any

    def is_more_open_than(self, other: "Confidence") -> bool:
        """Whether words of the other would be read more widely here."""
        admits_more = self.admits_institutions and not other.admits_institutions
        return bool(admits_more) or _rank(self.confidentiality) < _rank(other.confidentiality)


class Confided(Confidence, models.Model):
    """Something said in a group (`group`). Its confidentiality is that of the group when it was said, or tighter."""

    # Empty until it is stored: closed to all but the members who come from no institution.
    confidentiality = models.CharField(max_length=12, choices=Confidentiality, default="", editable=False)
    admits_institutions = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """What is said takes the confidentiality of the group, unless it comes with a tighter one."""
        if self._state.adding and not self.confidentiality:
            group: Any = self.group  # type: ignore[attr-defined]
            self.confidentiality, self.admits_institutions = group.confidentiality, group.admits_institutions
        super().save(**kwargs)

    @property
    def is_of_peers(self) -> bool:
        return self.confidentiality == Confidentiality.ENTRE_PAIRS

    def is_shared_with(self, user: Any) -> bool:
        """Whether this person shares it as a member (see shared_with)."""
        shares = self.group_id in groups_open_to(user)  # type: ignore[attr-defined]
        return shares and (self.admits_institutions or not is_partner(user))


def shared_with(user: Any) -> Q:
    """What this person shares as a member: all that is said in their groups; from an institution, what admits it."""
    shared = Q(group__in=list(groups_open_to(user)))
    return shared & Q(admits_institutions=True) if is_partner(user) else shared


def repeatable_in(place: Confidence, *, of: str = "") -> Q:
    """What may be said again in this place, which nobody reads there who could not before. `of`: path to what was said."""
    allowed = [Confidentiality(place.confidentiality), *more_open_than(place.confidentiality)]
    found = Q(**{f"{of}confidentiality__in": allowed})
    return found & Q(**{f"{of}admits_institutions": True}) if place.admits_institutions else found


def close_talk(group: Any) -> None:
    """Tighten what was said in a group to what the group is now; what is tighter stays so."""
    for said in (group.topics, group.sessions):
        said.filter(confidentiality__in=more_open_than(group.confidentiality)).update(
            confidentiality=group.confidentiality
        )
        if not group.admits_institutions:
            said.filter(admits_institutions=True).update(admits_institutions=False)
