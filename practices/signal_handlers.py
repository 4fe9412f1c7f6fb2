"""Tells the followers of its themes that a card is published; keeps the index of the editing screens in line."""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.search import index
from wagtail.signals import page_published, page_slug_changed, post_page_move

from kb_site.facts.models import Fact
from kb_site.given_addresses.models import give_all
from kb_site.redaction import rewritten

from .models import PracticePage, ToolPage
from .models.tools import COPIED
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


@receiver(post_save, sender=Fact)
def figures_follow(instance: Fact, **kwargs: Any) -> None:
    """What tools copy of their facts (ToolPage.save)."""
    for tool in ToolPage.objects.filter(Q(audio_fact=instance) | Q(video_fact=instance)):
        tool.copy_measures()
        ToolPage.objects.filter(pk=tool.pk).update(**{name: getattr(tool, name) for name in COPIED})


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
