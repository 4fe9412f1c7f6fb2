"""The first comment of a thread becomes the text of a topic: what was under it comes up one level."""

from django.db.models import F

from practices.comments.models import Comment

from ..models import UsefulReply


def unroot(root: Comment) -> None:
    """Take the first comment of a thread away: each of its direct replies becomes a thread of its own."""
    thread = Comment.objects.filter(thread_id=root.pk).exclude(pk=root.pk).order_by("order")
    head, order = root.pk, 0
    for reply in thread:
        if reply.level == 1:
            head, order = reply.pk, 0
        order += 1
        parent = reply.pk if reply.level == 1 else reply.parent_id
        Comment.objects.filter(pk=reply.pk).update(thread_id=head, parent_id=parent, level=F("level") - 1, order=order)
    UsefulReply.objects.filter(comment=root).delete()
    Comment.objects.filter(pk=root.pk).delete()
