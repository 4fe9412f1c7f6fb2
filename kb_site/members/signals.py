"""Tells the coordinators that an account waits, once its address is confirmed."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from kb_site.notifications.tasks import defer_mail

from . import groups
from .models import User


@receiver(email_confirmed)
def tell_coordinators(email_address: EmailAddress, **kwargs: Any) -> None:
    if email_address.user.status == User.Status.PENDING:
        for email in User.objects.filter(groups__name=groups.COORDINATION, is_active=True).values_list("email", flat=True):
            defer_mail("account_to_approve", to=email, first_name=email_address.user.first_name)
