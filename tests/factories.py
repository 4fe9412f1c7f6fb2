"""What a test needs and nothing else, each with a name of its own: people, cards, groups, talk, sessions.

Where a row alone would lie (a talk that nobody was told of, a card without a revision), it is made by the services, as
people do. The sample site is there all the same (tests/conftest.py): a test leans on it only where it is the subject.
"""

import datetime
import uuid
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone
from factory.django import DjangoModelFactory

from exchange_groups.choices import Access, GroupState, MemberRole
from exchange_groups.models import ExchangeGroup, Membership, SupportGroup, Topic
from exchange_groups.services.charters import accept_charter, publish_charter
from exchange_groups.services.topics import open_topic
from exchange_groups.sessions.choices import Format, SessionState
from exchange_groups.sessions.models import Method, Session
from kb_site.accounts import groups
from kb_site.accounts.models import Network, Structure, User
from practices.comments.services import post_comment
from practices.models import (
    Condition,
    PracticeIndexPage,
    PracticePage,
    PracticeSectionPage,
    Theme,
    ToolIndexPage,
    ToolPage,
)

STEP = {"title": "Appeler", "instruction": "Appeler chaque personne."}


class NetworkFactory(DjangoModelFactory):
    class Meta:
        model = Network

    name = factory.Sequence("Réseau d’essai {}".format)
    slug = factory.Sequence("reseau-d-essai-{}".format)


class StructureFactory(DjangoModelFactory):
    class Meta:
        model = Structure

    name = factory.Sequence("Chantier d’essai {}".format)
    siae_type = "ACI"
    territory = "93"


class UserFactory(DjangoModelFactory):
    """An approved member who works in a structure, and whose address is confirmed (`verified=False`: not yet).

    `group`: the name of the group of accounts, « Membres » by default for who is approved; False for none.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("personne-{}@exemple.fr".format)
    first_name = "Sam"
    last_name = factory.Sequence("Durand{}".format)
    role = "cip"
    status = User.Status.APPROVED
    structure = factory.SubFactory(StructureFactory)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        return model_class.objects.create_user(fields.pop("email"), **fields)

    @factory.post_generation
    def verified(self: User, create: bool, asked: bool | None, **more: Any) -> None:  # type: ignore[misc]
        EmailAddress.objects.create(user=self, email=self.email, verified=asked is not False, primary=True)

    @factory.post_generation
    def group(self: User, create: bool, name: str | bool | None, **more: Any) -> None:  # type: ignore[misc]
        if name or (name is None and self.is_approved):
            self.groups.add(groups.ensure_group(str(name or groups.MEMBERS)))


class PageFactory(DjangoModelFactory):
    """A page in the tree, published with its revision as the editing screens do; `live=False`: a draft that waits."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, parent: Any = None, live: bool = True, **fields: Any) -> Any:
        page = (parent or cls._parent()).add_child(instance=model_class(live=False, **fields))
        revision = page.save_revision(clean=False)
        if live:
            revision.publish()
        page.refresh_from_db()
        return page

    @classmethod
    def _parent(cls) -> Any:
        raise NotImplementedError


class SectionFactory(PageFactory):
    """The section of a network of its own."""

    class Meta:
        model = PracticeSectionPage

    network = factory.SubFactory(NetworkFactory)
    title = factory.LazyAttribute(lambda section: section.network.name)
    slug = factory.LazyAttribute(lambda section: section.network.slug)

    @classmethod
    def _parent(cls) -> PracticeIndexPage:
        return PracticeIndexPage.objects.get()


class CardFactory(PageFactory):
    """A public card with all that publication asks for."""

    class Meta:
        model = PracticePage

    title = factory.Sequence("Une pratique d’essai {}".format)
    slug = factory.Sequence("pratique-d-essai-{}".format)
    summary = "En une phrase"
    kind = "lien_collectif"
    objective = "Garder le lien"
    limits = "Pas en cas d’urgence"
    challenges = factory.LazyFunction(lambda: ["isolement"])
    modality = "distance_direct"
    channels = factory.LazyFunction(lambda: ["telephone"])
    evidence = "temoignage"
    steps = factory.LazyFunction(lambda: [("step", STEP), ("step", STEP)])

    @classmethod
    def _parent(cls) -> PracticeSectionPage:
        return SectionFactory()


class ToolFactory(PageFactory):
    class Meta:
        model = ToolPage

    title = factory.Sequence("Outil d’essai {}".format)
    slug = factory.Sequence("outil-d-essai-{}".format)
    summary = "Un outil d’essai"
    category = "visio"
    limits = "Demande du réseau"
    free = "oui"
    smartphone = "navigateur"
    participant_account = "aucun"
    hosting = "france"
    end_to_end = "non"
    licence = "libre"
    gdpr_advice = "recommande"
    accessibility = "inconnue"
    skill_level = 1

    @classmethod
    def _parent(cls) -> ToolIndexPage:
        return ToolIndexPage.objects.get()


class ConditionFactory(DjangoModelFactory):
    class Meta:
        model = Condition

    slug = factory.Sequence("condition-d-essai-{}".format)
    label = factory.Sequence("Une condition d’essai {}".format)
    question = "Est-ce le cas ?"
    dimension = "animation"


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    name = factory.Sequence("Thème d’essai {}".format)
    slug = factory.Sequence("theme-d-essai-{}".format)


class SupportGroupFactory(DjangoModelFactory):
    class Meta:
        model = SupportGroup

    number = factory.Sequence(lambda n: 100 + n)  # after those of the sample
    name = factory.Sequence("Groupe d’appui d’essai {}".format)
    summary = "Un groupe d’appui d’essai"
    network = factory.SubFactory(NetworkFactory)
    slug = factory.Sequence("groupe-d-appui-d-essai-{}".format)


class GroupFactory(DjangoModelFactory):
    """A group that anyone approved may enter, under way, with a charter in force."""

    class Meta:
        model = ExchangeGroup
        skip_postgeneration_save = True

    name = factory.Sequence("Groupe d’essai {}".format)
    slug = factory.Sequence("groupe-d-essai-{}".format)
    summary = "Un groupe d’essai"
    purpose = "Essayer"
    network = factory.SubFactory(NetworkFactory)
    access = Access.OUVERT
    state = GroupState.ACTIVE

    @factory.post_generation
    def charter(self: ExchangeGroup, create: bool, text: str | None, **more: Any) -> None:  # type: ignore[misc]
        self.charter = publish_charter(group=self, text=text or "Ce qui se dit ici reste ici.", by=None)


def member_of(group: ExchangeGroup, user: User | None = None, role: str = MemberRole.MEMBER) -> User:
    """Return this person, or a new one, once in the group: with a role, its charter accepted."""
    user = user or UserFactory()
    Membership.objects.create(group=group, user=user, role=role)
    if group.charter:
        accept_charter(charter=group.charter, user=user)
    return user


def facilitator_of(group: ExchangeGroup, user: User | None = None) -> User:
    return member_of(group, user, MemberRole.FACILITATOR)


def topic_in(group: ExchangeGroup, author: User | None = None, **fields: Any) -> Topic:
    """Return a question asked in the group, by a new member unless `author` is given."""
    values = {"type": "question", "title": "Une question", "body": "Que faites-vous dans ce cas ?"} | fields
    return open_topic(group=group, author=author or member_of(group), **values)


def say(about: Any, author: User, text: str = "Bonjour à tous", **fields: Any) -> Any:
    """Return the comment that this person writes on a card, or the reply on a topic."""
    return post_comment(target=about, author=author, text=text, submission_key=uuid.uuid4(), **fields)


class MethodFactory(DjangoModelFactory):
    class Meta:
        model = Method

    name = factory.Sequence("Méthode d’essai {}".format)
    slug = factory.Sequence("methode-d-essai-{}".format)
    format = Format.LEAN_COFFEE
    summary = "Une méthode d’essai"


class SessionFactory(DjangoModelFactory):
    """An open session in three weeks, run by a facilitator of its group."""

    class Meta:
        model = Session

    group = factory.SubFactory(GroupFactory)
    title = factory.Sequence("Séance d’essai {}".format)
    format = Format.LEAN_COFFEE
    starts_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=20))
    minutes = 60
    state = SessionState.OPEN
    facilitator = factory.LazyAttribute(lambda session: facilitator_of(session.group))
