"""Groups that nobody leads any more: known to the coordination, told once."""

from django.db import transaction
from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail

from ..models import ExchangeGroup
from ..models.groups import ExchangeGroupQuerySet


@transaction.atomic
def look_after_leadership(*, groups: ExchangeGroupQuerySet) -> int:
    """Note which of these groups nobody leads, and which are led again; tell the coordinators of the new ones.

    Returns how many were told of. A group is told of once, until somebody leads it again.
    """
    unled = groups.unled().filter(unled_since=None)
    found = list(ExchangeGroup.objects.select_for_update().filter(pk__in=unled.values("pk"), unled_since=None))
    now = timezone.now()
    for group in found:
        group.unled_since = now
        group.save(update_fields=["unled_since"])
        for person in User.objects.coordinators():
            key = f"group_without_facilitator:{group.pk}:{now:%Y%m%d%H%M%S}:{person.pk}"
            defer_mail("group_without_facilitator", to=person, key=key, group=group.pk)
    led = groups.exclude(unled_since=None).exclude(pk__in=ExchangeGroup.objects.unled().values("pk"))
    ExchangeGroup.objects.filter(pk__in=list(led.values_list("pk", flat=True))).update(unled_since=None)
    return len(found)
