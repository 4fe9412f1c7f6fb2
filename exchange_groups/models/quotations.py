"""Which pages talk is about."""

from django.db import models
from wagtail.models import Page

from practices.comments.models import Comment

from .topics import Topic


class Quotation(models.Model):
    """A page of knowledge that a topic is about: chosen when it was opened, or whose address its words give.

    Drawn from the words (exchange_groups/quotations.py): says nothing that they do not.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="quotations")
    # The reply whose words give the address; empty: the topic itself.
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "page", "comment"], name="one_quotation_per_text", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} → {self.page_id}"
