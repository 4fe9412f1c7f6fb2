"""Accounts in Wagtail's admin: roles and names. The address, which receives the codes, is shown there and changes elsewhere."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import UserViewSet


class AccountForm(UserEditForm):
    """Whoever changes the address of an account holds the account: see services/addresses.py."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email: Any = self.fields["email"]
        email.disabled = True
        email.help_text = format_html(
            '{} <a href="{}">{}</a>',
            _("L’adresse reçoit les codes : elle ne change pas ici."),
            reverse("account_address", args=[self.instance.pk]),
            _("Demander une autre adresse"),
        )


class AccountViewSet(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[Any]:
        form: type[Any] = AccountForm if for_update else super().get_form_class(for_update)
        return form
