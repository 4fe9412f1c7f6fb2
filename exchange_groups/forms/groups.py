"""The forms of groups: entering, leaving, charter, and what facilitators fill in."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from practices.comments.forms import TextField

from ..choices import GroupState

MAX_ADDRESSES = 60
LINK_USES_MOST, LINK_DAYS_MOST = 100, 60


class JoinForm(forms.Form):
    """A word to the facilitators, for a group that is entered on request."""

    message = TextField(
        label=_("Votre message à l’animation"),
        help_text=_("Qui vous êtes, ce que vous cherchez ici. Deux phrases suffisent."),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LeaveForm(forms.Form):
    """What becomes of one's words."""

    KEEP, ERASE = "garder", "effacer"
    words = forms.ChoiceField(
        label=_("Que deviennent vos messages ?"),
        choices=[
            (KEEP, _("Ils restent, signés « Ancien membre »")),
            (ERASE, _("Effacer tous mes messages de ce groupe, pour toujours")),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
    )


class RequestDecisionForm(forms.Form):
    """Accept, or refuse and say why."""

    ACCEPT, REFUSE = "accepter", "refuser"
    decision = forms.ChoiceField(choices=[(ACCEPT, _("Accepter")), (REFUSE, _("Refuser"))])
    reason = forms.CharField(
        label=_("Motif, si vous refusez"),
        help_text=_("La personne le lira."),
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("decision") == self.REFUSE and not cleaned.get("reason"):
            self.add_error("reason", _("Dites pourquoi, en une phrase : la personne le lira."))
        return cleaned


class InvitationForm(forms.Form):
    """E-mail addresses, pasted as they come: one a line, or between commas, or « Nom <adresse> »."""

    emails = TextField(
        label=_("Adresses e-mail à inviter"),
        help_text=_("Collez une liste : une adresse par ligne, ou séparées par des virgules."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_emails(self) -> list[str]:
        words = re.split(r"[\s,;<>]+", self.cleaned_data["emails"])
        found = [word.strip("\"'()").lower() for word in words if "@" in word]
        if not found:
            raise ValidationError(_("Aucune adresse e-mail dans ce texte."))
        if len(found) > MAX_ADDRESSES:
            raise ValidationError(_("%(most)d adresses au plus à la fois.") % {"most": MAX_ADDRESSES})
        for address in found:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(
                    _("« %(address)s » n’est pas une adresse e-mail.") % {"address": address}
                ) from None
        return list(dict.fromkeys(found))


class LinkForm(forms.Form):
    """A link to pass on: for how many people, for how long."""

    uses = forms.IntegerField(label=_("Pour combien de personnes"), min_value=1, max_value=LINK_USES_MOST, initial=20)
    days = forms.IntegerField(label=_("Pendant combien de jours"), min_value=1, max_value=LINK_DAYS_MOST, initial=14)


class CharterForm(forms.Form):
    """A new version of the charter."""

    text = TextField(
        label=_("Texte de la charte"),
        help_text=_("Paragraphes, « - » pour une liste, « ## » pour un titre. Dites aussi ce que deviennent les mots."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    lets_copies_leave = forms.BooleanField(
        label=_("Les échanges peuvent être gardés sur un appareil"),
        help_text=_("Pour les lire sans réseau. Sinon, ils ne quittent jamais le site."),
        required=False,
    )


class StateForm(forms.Form):
    """Pause, close or reopen a group, and say why."""

    state = forms.ChoiceField(
        label=_("État du groupe"),
        choices=[
            (GroupState.ACTIVE, _("Actif : on lit et on écrit")),
            (GroupState.PAUSED, _("En pause : on lit, on n’écrit pas")),
            (GroupState.CLOSED, _("Clos : on lit, on n’écrit pas, on n’entre plus")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Un mot aux membres"),
        required=False,
        max_length=300,
        help_text=_("Affiché sur la page du groupe, pour qui lit ce qui s’y dit."),
    )


class RemovalForm(forms.Form):
    """Why a member is removed."""

    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("La personne le lira."),
        max_length=300,
        error_messages={"required": _("Dites pourquoi, en une phrase : la personne le lira.")},
    )
