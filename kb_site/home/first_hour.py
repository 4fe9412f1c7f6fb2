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

from .models import TextPage
from .sample_content import load_vocabulary
from .site_structure import open_section

LEGAL = "mentions-legales"
BLANK = "[à compléter"  # what fixtures/pages/ leave to who publishes the site


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
    _complete_legal_page(identity)
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


def _complete_legal_page(identity: Identity) -> None:
    """Put who publishes and who hosts in place of the blanks, as long as nobody wrote there."""
    page = TextPage.objects.filter(slug=LEGAL).first()
    publisher = [identity.publisher, identity.publisher_address]
    if page is None or BLANK not in page.body or not all([*publisher, identity.publication_director, identity.host]):
        return
    director = f"Responsable de la publication : {identity.publication_director}."
    contact = [f"Contact : {identity.contact}"] if identity.contact else []
    told = iter(["\n".join([", ".join(publisher) + ".", director, *contact]), identity.host])
    lines = [next(told, line) if line.startswith(BLANK) else line for line in page.body.split("\n")]
    page.body = "\n".join(lines)
    page.save_revision().publish()


def blank_pages() -> list[TextPage]:
    """Return the pages that anyone reads and that still hold a blank."""
    return list(TextPage.objects.live().filter(body__contains=BLANK).order_by("title"))
