"""Keeps the rows in line with what editors do in Wagtail and members in their groups."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from exchange_groups.minutes.models import Minutes, MinutesLine
from exchange_groups.models import ExchangeGroup, Topic
from exchange_groups.sessions.models import Session
from kb_site.facts.models import Fact
from kb_site.redaction import rewritten
from practices.citations import pages_citing
from search.index.writer import forget_words

from . import entries
from .models import SearchEntry


@receiver(page_published)
@receiver(page_unpublished)
def page_changed(instance: Page, **kwargs: Any) -> None:
    entries.refresh_page(instance)


@receiver(rewritten)
def row_rewritten(instance: Any, **kwargs: Any) -> None:
    """What was found by words that are gone is described anew."""
    if isinstance(instance, Page):
        entries.refresh_page(Page.objects.get(pk=instance.pk).specific)
    elif isinstance(instance, Topic):
        entries.refresh_topic(Topic.objects.select_related("group").get(pk=instance.pk))
    elif isinstance(instance, Session):
        _session_and_minutes(Session.objects.select_related("group").get(pk=instance.pk))
    elif isinstance(instance, SearchEntry):  # words that it took from a row of another table: a theme, a structure
        entries.put_in_index(SearchEntry.objects.get(pk=instance.pk))
    elif isinstance(instance, ExchangeGroup):
        group_changed(ExchangeGroup.objects.get(pk=instance.pk), created=False)
    elif isinstance(instance, Minutes | MinutesLine):
        minutes_id = instance.minutes_id if isinstance(instance, MinutesLine) else instance.pk
        entries.refresh_minutes(Minutes.objects.select_related("session__group").get(pk=minutes_id))


@receiver(rewritten)
def words_rewritten(instance: Any, **kwargs: Any) -> None:
    """The index also knows words by themselves. Connected last: the rows have followed."""
    forget_words(" ".join(str(field.value_from_object(instance)) for field in instance._meta.concrete_fields))


@receiver(post_save, sender=Fact)
def fact_changed(instance: Fact, created: bool, **kwargs: Any) -> None:
    """Pages are found by the values that they cite."""
    if not created:
        for page in pages_citing(instance):
            entries.refresh_page(page)


@receiver(post_page_move)
@receiver(page_slug_changed)
def tree_changed(instance: Page, **kwargs: Any) -> None:
    entries.refresh_tree(instance)


@receiver(pre_delete)
def page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, Page):
        entries.forget_page(instance.pk)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    entries.refresh_tree(instance.page)


@receiver(post_save, sender=Topic)
def topic_changed(instance: Topic, **kwargs: Any) -> None:
    entries.refresh_topic(instance)


@receiver(m2m_changed, sender=Topic.themes.through)
def topic_themes_changed(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Topic):
        entries.refresh_topic(instance)


@receiver(post_delete, sender=Topic)
def topic_deleted(instance: Topic, **kwargs: Any) -> None:
    entries.forget_topic(instance.pk)


# What a session shows of itself in search; the rest of it changes at every moment while it is held.
SESSION_FIELDS = frozenset({"title", "objective", "preparation", "starts_at", "is_public", "state", "group"})


@receiver(post_save, sender=Session)
def session_changed(instance: Session, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if update_fields is None or SESSION_FIELDS & set(update_fields):
        _session_and_minutes(instance)


def _session_and_minutes(session: Session) -> None:
    """Minutes are found under the title of their session."""
    entries.refresh_session(session)
    for minutes in Minutes.objects.filter(session=session.pk).select_related("session__group"):
        entries.refresh_minutes(minutes)


@receiver(m2m_changed, sender=Session.themes.through)
def session_themes_changed(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Session):
        entries.refresh_session(instance)


@receiver(post_delete, sender=Session)
def session_deleted(instance: Session, **kwargs: Any) -> None:
    entries.forget_session(instance.pk)


@receiver(post_save, sender=ExchangeGroup)
def group_changed(instance: ExchangeGroup, created: bool, **kwargs: Any) -> None:
    if not created:  # its name, its address or its confidentiality may be another
        for topic in instance.topics.select_related("group"):
            entries.refresh_topic(topic)
        for session in instance.sessions.select_related("group"):
            entries.refresh_session(session)
        for minutes in Minutes.objects.filter(session__group=instance).select_related("session__group"):
            entries.refresh_minutes(minutes)


@receiver(post_save, sender=Minutes)
def minutes_changed(instance: Minutes, **kwargs: Any) -> None:
    entries.refresh_minutes(instance)


@receiver(post_delete, sender=Minutes)
def minutes_deleted(instance: Minutes, **kwargs: Any) -> None:
    entries.forget_minutes(instance.pk)
