"""What is commented is told when words of its comments are rewritten elsewhere."""

from typing import Any

from django.dispatch import receiver
from django_comments.models import Comment as StoredComment

from kb_site.redaction import rewritten

from .models import Comment
from .policies import policy_of
from .services import target_of


@receiver(rewritten, sender=StoredComment)
def tell_target(instance: StoredComment, **kwargs: Any) -> None:
    """A comment lost a name: what is kept of the comments of its page follows."""
    comment = Comment.objects.filter(pk=instance.pk).first()
    if comment and (target := target_of(comment)) is not None:
        policy_of(target).comments_changed(target)
