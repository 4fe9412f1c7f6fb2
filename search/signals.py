"""Keeps the rows in line with what editors do in Wagtail."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from . import entries


@receiver(page_published)
@receiver(page_unpublished)
def page_changed(instance: Page, **kwargs: Any) -> None:
    entries.refresh_page(instance)


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
