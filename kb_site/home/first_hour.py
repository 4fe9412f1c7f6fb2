"""The first hour of a site: who it is, who answers for it, its first network, and the words that every network needs.

Nothing of the demonstration comes with it: no account, no comment, no group.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from kb_site.accounts import groups
from kb_site.accounts.models import Network, User
from kb_site.accounts.services.structure_list import Row, store_structures
from kb_site.identity.models import Identity

from .sample_content import load_vocabulary
from .site_structure import open_section


@dataclass(frozen=True)
class Answers:
    """What a first hour asks. `identity`: fields of Identity; `structures`: rows as pasted from a spreadsheet."""

    email: str
    first_name: str
    last_name: str
    network: str
    identity: Mapping[str, str] = field(default_factory=dict)
    structures: str = ""


@dataclass(frozen=True)
class Done:
    """What was made: how many objects of each vocabulary; the rows of structures, with what stops them if anything does."""

    vocabulary: Mapping[str, int]
    rows: list[Row]


class StructuresRefused(Exception):
    """Rows of structures that cannot be stored; nothing was. `rows` say why."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self.rows = rows


@transaction.atomic
def begin(answers: Answers) -> Done:
    """Do all of it or nothing; a second time, what exists is completed and nothing is doubled.

    Raises ValidationError for an answer that the site refuses, StructuresRefused.
    """
    identity = Identity.objects.first() or Identity(pk=1)
    for name, value in answers.identity.items():
        setattr(identity, name, value)
    identity.full_clean()
    identity.save()
    _network(answers.network)
    _administrator(answers)
    vocabulary = load_vocabulary()
    rows = store_structures(answers.structures) if answers.structures else []
    if any(row.problems for row in rows):
        raise StructuresRefused(rows)
    return Done(vocabulary, rows)


def _network(name: str) -> None:
    network = Network.objects.filter(name__iexact=name).first() or Network(name=name, slug=slugify(name)[:50])
    if network.pk is None:
        try:
            network.full_clean()
        except ValidationError as error:
            raise ValidationError({"network": error.messages}) from error
        network.save()
        open_section(network)


def _administrator(answers: Answers) -> None:
    """An account with every right that signs in by a code sent to its address, like any other: it has no password."""
    email = answers.email.lower()
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User(email=email, first_name=answers.first_name, last_name=answers.last_name)
        user.set_unusable_password()
    user.is_staff = user.is_superuser = True
    user.status = User.Status.APPROVED
    user.full_clean(exclude=["password"])
    user.save()
    user.groups.add(groups.ensure_group(groups.MEMBERS))
    # Whoever installs the site answers for the address: the code of the first sign-in proves it.
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
