"""The weekly letter, as editors see it before it leaves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kb_site.mailing.send import render as render_mail

from .mails import letter_for


@require_safe
def letter_preview(request: HttpRequest) -> HttpResponse:
    """Show the letter that the editor would receive if it left now: each reader's own holds what they may read."""
    user = request.user
    mail = letter_for(user, lines=[])  # type: ignore[arg-type]
    context = {"page_title": _("Lettre de la semaine"), "header_icon": "mail", "mail": mail}
    if mail is not None:
        message = render_mail(mail, user, key="preview")  # type: ignore[arg-type]
        context |= {
            "subject": message.subject,
            "text": message.body,
            "html": message.alternatives[0][0],
            "kilobytes": len(message.message().as_bytes()) / 1000,
        }
    return render(request, "notifications/letter_preview.html", context)


@hooks.register("register_admin_urls")
def letter_url() -> list[object]:
    return [path("lettre/", letter_preview, name="letter_preview")]


@hooks.register("register_reports_menu_item")
def letter_menu_item() -> MenuItem:
    return MenuItem(_("Lettre de la semaine"), reverse("letter_preview"), name="lettre", icon_name="mail", order=900)
