"""How allauth behaves on this site."""

import logging
from http import HTTPStatus
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import add_query_params
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from kb_site.mailing.rendering import render_mail
from kb_site.mailing.tasks import defer_mail
from kb_site.role_bar import landing_of

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Local redirects only, words of our own, mails of the same cloth as the site's."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Ce compte est fermé."),
        "email_password_mismatch": _("L’adresse ou le mot de passe n’est pas le bon."),
        "email_taken": _("Cette adresse a déjà un compte."),
        "incorrect_code": _("Ce n’est pas le bon code. Vérifiez les chiffres dans le dernier message reçu."),
        "incorrect_password": _("Ce n’est pas le bon mot de passe."),
        "too_many_login_attempts": _("Trop d’essais. Attendez quelques minutes, puis demandez un nouveau code."),
        "rate_limited": _("Un peu de patience : attendez une minute avant de recommencer."),
    }

    def is_safe_url(self, url: str | None) -> bool:
        """A path of this site, never another host: allauth would also follow names of views and trusted hosts."""
        return (url or "").startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, *, signup: bool, redirect_url: str | None, **kwargs: Any
    ) -> HttpResponse:
        """A new account lands on its profile, which says that it waits and links to where the person was going."""
        if signup:
            profile = reverse("account_profile")
            redirect_url = add_query_params(profile, {"next": redirect_url}) if redirect_url else profile
        return super().post_login(request, user, signup=signup, redirect_url=redirect_url, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who was going nowhere lands on the desk of their role, everybody else on the first page."""
        return landing_of(request.user) or super().get_login_redirect_url(request)

    def is_reauthentication_required(self, app: str) -> bool:
        """No: there is no password to give again, and the session was opened by a code or by a key."""
        return False

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """A change of passkeys is told to the person, whoever made it; through the queue, like the site's other mails."""
        if template_prefix.startswith("mfa/email/webauthn"):
            defer_mail("passkeys_changed", to=user)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """One template a mail, as for the site's others: templates/account/email/<name>.html."""
        words = render_mail(f"{template_prefix}.html", context)
        to = [email] if isinstance(email, str) else email
        message = EmailMultiAlternatives(words.subject, words.text, self.get_from_email(), to, headers=headers)
        message.attach_alternative(words.html, "text/html")
        return message

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send now, since the person waits for a code before the screen; say so when the mail server refuses."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # covers smtplib's errors
            logger.exception("Mail %s was not sent", template_prefix)
            page = render(allauth_context.request, "account/mail_failed.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
            raise ImmediateHttpResponse(page) from error
