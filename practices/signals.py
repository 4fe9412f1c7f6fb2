"""Tells the followers of its themes that a card is published; keeps in line what depends on words rewritten elsewhere."""

from typing import Any

from django.dispatch import receiver
from django_comments.models import Comment as StoredComment
from wagtail.search import index
from wagtail.signals import page_published

from kb_site.members.traces import rewritten

from .comment_rules import rules_of
from .models import Comment, PracticePage
from .services import announce_card, target_of


@receiver(page_published, sender=PracticePage)
def tell_followers(instance: PracticePage, **kwargs: Any) -> None:
    announce_card(page=instance)


@receiver(rewritten, sender=PracticePage)
def index_card(instance: PracticePage, **kwargs: Any) -> None:
    index.insert_or_update_object(PracticePage.objects.get(pk=instance.pk))


@receiver(rewritten, sender=StoredComment)
def tell_target(instance: StoredComment, **kwargs: Any) -> None:
    comment = Comment.objects.filter(pk=instance.pk).first()
    if comment and (target := target_of(comment)) is not None:
        rules_of(target).comments_changed(target)
