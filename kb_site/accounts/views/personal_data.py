"""What belongs to the person: where their account is open, what is held about them, its end."""

import datetime
import io
import json
import zipfile

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from kb_site.access import account_required, button_of
from kb_site.http import too_many
from kb_site.journal.services import record
from kb_site.limits.tries import may_try
from kb_site.personal_data import AtEnd, Description, descriptions, export_of

from .. import retention_periods, sensitive_acts, sessions
from ..requests import MemberRequest
from ..services import erasure
from ..user_agents import device_of

FEW_DAYS, MONTHS_OF_YEARS = 60, 24
READ_ME = """Ce fichier contient ce que le site garde à votre sujet, en JSON.
« account » : votre compte. Le reste, par sorte de chose : ce que vous avez écrit, suivi, reçu.
Quand vous avez seulement agi sur une chose (relu une fiche, décidé d’un signalement), seul son numéro est donné :
elle contient les mots d’autres personnes.
"""


def duration_in_words(duration: datetime.timedelta) -> str:
    """« 1 heure », « 14 jours », « 12 mois », « 2 ans »."""
    days = duration.days
    if not days:
        hours = max(1, round(duration.total_seconds() / 3600))
        return ngettext("%d heure", "%d heures", hours) % hours
    months = round(duration / retention_periods.MONTH)
    if days <= FEW_DAYS or abs(duration - months * retention_periods.MONTH) > datetime.timedelta(days=3):
        return ngettext("%d jour", "%d jours", days) % days
    if months >= MONTHS_OF_YEARS and months % 12 == 0:
        return ngettext("%d an", "%d ans", months // 12) % (months // 12)
    return _("%d mois") % months


@require_safe
@account_required
def session_list(request: MemberRequest) -> HttpResponse:
    """The devices on which the account is open, this one first."""
    stored = UserSession.objects.purge_and_list(request.user)
    devices = [
        {"session": session, "device": device_of(session.user_agent), "here": session.is_current()}
        for session in sorted(stored, key=lambda session: session.last_seen_at, reverse=True)
    ]
    devices.sort(key=lambda device: not device["here"])
    return render(request, "account/sessions.html", {"devices": devices})


@button_of("account_sessions")
@account_required
def session_close(request: MemberRequest, pk: int) -> HttpResponse:
    """Sign out on one device."""
    if sessions.close_session(request.user, pk):
        messages.success(request, _("C’est fermé sur cet appareil."))
    return redirect("account_sessions")


@button_of("account_sessions")
@account_required
def sessions_close(request: MemberRequest) -> HttpResponse:
    """Sign out everywhere else."""
    sessions.close_sessions(request.user, but=request)
    messages.success(request, _("Votre compte n’est plus ouvert qu’ici."))
    return redirect("account_sessions")


@require_safe
@account_required
def my_data(request: MemberRequest) -> HttpResponse:
    """Take away what is held about oneself, or have it erased."""
    asked = request.user.erasure_asked_on
    context = {"day": asked + retention_periods.WAITING if asked else None, "wait": retention_periods.WAITING.days}
    return render(request, "account/my_data.html", context)


@require_safe
def what_is_kept(request: HttpRequest) -> HttpResponse:
    """What the site keeps, who reads it, until when: made of what each app declares and its jobs obey. Open to all."""
    parts = [(matter.label, [(one, until_when(one)) for one in found]) for matter, found in descriptions() if found]
    context = {
        "parts": parts,
        "wait": duration_in_words(retention_periods.WAITING),
        "session": duration_in_words(datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)),
    }
    return render(request, "account/what_is_kept.html", context)


AT_END = {
    AtEnd.ERASED: gettext_lazy("effacé avec votre compte"),
    AtEnd.UNSIGNED: gettext_lazy("reste après votre compte, sans lien avec vous"),
    AtEnd.KEPT: gettext_lazy("reste après votre compte, sous « Ancien membre »"),
}


def until_when(one: Description) -> list[str]:
    """Say until when something stays: the time that a job gives it, and what becomes of it at the end of the account."""
    said = [str(AT_END[one.ends])] if one.ends else []
    if one.kept_for:
        said.insert(0, f"{duration_in_words(one.kept_for)} {one.after}".strip())
    return said


@button_of("my_data")
@account_required
def my_data_export(request: MemberRequest) -> HttpResponse:
    """A zip of everything about the person, made now."""
    if not may_try("personal_data", request.user.pk):
        return too_many(request)
    record(sensitive_acts.EXPORTED, by=request.user)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LISEZ-MOI.txt", READ_ME)
        archive.writestr("mes-donnees.json", json.dumps(export_of(request.user), ensure_ascii=False, indent=1))
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="mes-donnees-{timezone.localdate()}.zip"'
    return response


@button_of("my_data")
@account_required
def erasure_ask(request: MemberRequest) -> HttpResponse:
    """Ask for the account to be erased."""
    try:
        erasure.ask_erasure(user=request.user)
    except erasure.CannotBeErased:
        messages.error(request, _("Vous êtes la seule personne à administrer le site : confiez d’abord ce rôle."))
    else:
        messages.success(request, _("C’est noté. Vous pouvez annuler d’ici là."))
    return redirect("my_data")


@button_of("my_data")
@account_required
def erasure_cancel(request: MemberRequest) -> HttpResponse:
    """Keep the account after all."""
    erasure.cancel_erasure(user=request.user)
    messages.success(request, _("Votre compte est gardé."))
    return redirect("my_data")
