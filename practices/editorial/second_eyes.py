"""Which reviews wait for whom: nobody decides alone on their own words.

A card that was never published is its author's; a change to a published card is of whoever sent it to review.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState


def wrote_it(user: Any, card: Page, requested_by: int | None) -> bool:
    """Whether what is reviewed is this person's own; `requested_by`: who sent it to review."""
    return user.pk == (requested_by if card.first_published_at else card.owner_id)


def tasks_of(user: Any) -> Q:
    """Return the condition that a task state waits for one of this person's groups, whatever the type of its task."""
    groups = user.groups.order_by().values("pk")
    condition = Q(pk__in=[])
    for model in _concrete_subclasses(AbstractGroupApprovalTask):
        tasks = model.objects.all() if user.is_superuser else model.objects.filter(groups__in=groups)
        condition |= Q(task__in=tasks.order_by().values("pk"))
    return condition


def _concrete_subclasses(model: type) -> Iterator[Any]:
    child: Any
    for child in model.__subclasses__():
        if not child._meta.abstract:
            yield child
        yield from _concrete_subclasses(child)


def waiting_for(user: Any) -> QuerySet[Page]:
    """Return the pages whose review waits for this person: one of their groups decides, and it is not their own words."""
    pages = ContentType.objects.get_for_model(Page)
    of_page = WorkflowState.objects.filter(
        base_content_type=pages, object_id=Cast(OuterRef("pk"), CharField()), status=WorkflowState.STATUS_IN_PROGRESS
    )
    asked = TaskState.objects.filter(tasks_of(user), status=TaskState.STATUS_IN_PROGRESS)
    waiting = of_page.filter(current_task_state__in=asked.values("pk"))
    own = Exists(of_page.filter(requested_by=user.pk))
    return (
        Page.objects.filter(Exists(waiting))
        .exclude(Q(first_published_at=None) & Q(owner=user.pk))
        .exclude(Q(first_published_at__isnull=False) & own)
    )
