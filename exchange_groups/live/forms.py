"""The forms of a held session: a capture, somebody to add, an item to propose."""

import datetime
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange_groups.sessions.choices import NoteKind, Presence
from practices.comments.forms import PublishedField, TextField

TEXT_LENGTH = 2000
# What any participant may give; decisions and actions are written by those who run the session.
GIVEN_BY_ALL = (NoteKind.NOTE, NoteKind.BESOIN, NoteKind.IDEE)
EARLIEST, LATEST = datetime.date(2020, 1, 1), datetime.date(2100, 1, 1)


class NoteForm(forms.Form):
    """One capture. `key`, `item`, `at` and `owner` are filled in by the page."""

    kind = forms.ChoiceField(label=_("Nature"), widget=forms.RadioSelect, initial=NoteKind.NOTE)
    text = TextField(
        label=_("Votre note"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez quelques mots.")},
    )
    who = forms.CharField(label=_("Qui s’en charge"), max_length=80, required=False)
    due_on = forms.DateField(
        label=_("Pour le"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    item = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31, error_messages={"invalid": ""}
    )
    at = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**33)
    owner = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, runs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = NoteKind.choices if runs else [(kind.value, kind.label) for kind in GIVEN_BY_ALL]
        self.fields["kind"].choices = [(value, str(label).capitalize()) for value, label in kinds]  # type: ignore[attr-defined]
        if not runs:
            del self.fields["who"], self.fields["due_on"]

    def clean_due_on(self) -> datetime.date | None:
        day = self.cleaned_data["due_on"]
        if day and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Cette date est trop lointaine."))
        return day  # type: ignore[no-any-return]

    def clean(self) -> dict[str, Any]:
        """What the page fills in is forgiven: a spoilt key is made anew, the rest is left out. The words matter."""
        super().clean()
        values = self.cleaned_data
        for name in ("key", "item", "at", "owner"):
            self.errors.pop(name, None)
        values["key"] = values.get("key") or uuid.uuid4()
        seconds = values.pop("at", None)
        values["written_at"] = datetime.datetime.fromtimestamp(seconds, datetime.UTC) if seconds is not None else None
        return {
            "text": values.get("text", ""),
            "kind": values.get("kind", NoteKind.NOTE),
            "key": values["key"],
            "item_id": values.get("item"),
            "doer_name": values.get("who", ""),
            "due_on": values.get("due_on"),
            "written_at": values["written_at"],
        }


class CorrectionForm(forms.Form):
    """Other words for a note, with the version that was read."""

    text = TextField(
        label=_("Texte"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Écrivez quelques mots, ou retirez la note.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class PersonForm(forms.Form):
    """Somebody who came without being registered."""

    name = forms.CharField(
        label=_("Nom ou repère"),
        help_text=_("Un membre du groupe est reconnu à son nom. Sinon : « une personne au téléphone », par exemple."),
        max_length=80,
        error_messages={"required": _("Donnez un nom ou un repère.")},
    )
    how = forms.ChoiceField(
        label=_("De quelle façon"),
        choices=[(p.value, str(p.label).capitalize()) for p in (Presence.TELEPHONE, Presence.VISIO, Presence.PRESENT)],
    )


class ItemForm(forms.Form):
    """A subject proposed while the session is held."""

    title = PublishedField(
        label=_("Un sujet à ajouter"), max_length=120, error_messages={"required": _("Donnez un titre à ce sujet.")}
    )
