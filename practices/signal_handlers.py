"""Tells the followers of its themes that a card is published; keeps the index of the editing screens in line."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.search import index
from wagtail.signals import page_published, page_slug_changed, post_page_move

from kb_site.given_addresses.models import give_all
from kb_site.redaction import rewritten

from .models import PracticePage
from .models.visibility import PAGE
from .notify import announce_card


@receiver(page_published, sender=PracticePage)
def tell_followers(instance: PracticePage, **kwargs: Any) -> None:
    announce_card(page=instance)


@receiver(page_slug_changed)
@receiver(post_page_move)
def give_addresses(instance: Page, **kwargs: Any) -> None:
    """Pages below one that moved have new addresses too: given for good as any."""
    pages = Page.objects.get(pk=instance.pk).get_descendants(inclusive=True).live()
    give_all(PAGE, pages.values_list("url_path", "pk"))


@receiver(rewritten)
def index_again(instance: Any, **kwargs: Any) -> None:
    """The editing screens find by words too: pages, images, documents."""
    if isinstance(instance, Page):
        instance = Page.objects.get(pk=instance.pk).specific
    elif isinstance(instance, index.Indexed):
        instance = type(instance)._base_manager.get(pk=instance.pk)
    else:
        return
    index.insert_or_update_object(instance)
