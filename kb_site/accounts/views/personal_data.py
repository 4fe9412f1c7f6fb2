"""What belongs to the person: where their account is open, what is held about them, its end."""

import io
import json
import zipfile

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kb_site.access import account_required, button_of
from kb_site.journal.services import record
from kb_site.personal_data import export_of

from .. import retention_periods, sensitive_acts, sessions
from ..requests import MemberRequest
from ..services import erasure
from ..user_agents import device_of

READ_ME = """Ce fichier contient ce que le site garde à votre sujet, en JSON.
« account » : votre compte. Le reste, par sorte de chose : ce que vous avez écrit, suivi, reçu.
Quand vous avez seulement agi sur une chose (relu une fiche, décidé d’un signalement), seul son numéro est donné :
elle contient les mots d’autres personnes.
"""


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


@button_of("my_data")
@account_required
def my_data_export(request: MemberRequest) -> HttpResponse:
    """A zip of everything about the person, made now."""
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
