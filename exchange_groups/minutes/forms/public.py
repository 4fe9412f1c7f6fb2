"""The form of the public version: every text is read for what could name someone, and a list is ticked."""

import re
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from practices.comments.forms import MASK, MaskableForm, PublishedField, TextField
from practices.comments.personal_data_guard.findings import NAME
from practices.comments.rulebook import pointed_at, sentence_of

from ..choices import LineKind
from ..models import SUMMARY_LENGTH, TEXT_LENGTH, Minutes, MinutesLine
from ..services.publishing import CHECKS, names_in, names_of
from .writing import rows_for

# What is offered as it stands; notes and actions, which tell who said and does what, start left out.
OFFERED = (LineKind.POINT, LineKind.DECISION, LineKind.BESOIN, LineKind.IDEE)


class PublicForm(MaskableForm):
    """`lines`: the standing lines. With `opening`, the checks are asked for; without, the words are only kept."""

    public_title = PublishedField(
        label=_("Titre public"),
        max_length=120,
        error_messages={"required": _("Donnez un titre.")},
    )
    public_summary = TextField(
        label=_("Synthèse publique"),
        required=False,
        max_length=SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    nobody = forms.BooleanField(
        label=_("Personne n’est reconnaissable : ni nom, ni prénom, ni histoire qui fasse deviner qui c’est."),
        required=False,
    )
    situations = forms.BooleanField(
        label=_("Aucune situation individuelle n’est racontée, même sans nom."), required=False
    )
    agreed = forms.BooleanField(label=_("Le groupe est d’accord pour rendre ces points publics."), required=False)
    names_checked = forms.BooleanField(
        label=_("J’ai relu les passages signalés : aucun ne désigne une personne."), required=False
    )

    def __init__(self, data: Any = None, *, minutes: Minutes, lines: list[MinutesLine], opening: bool = False) -> None:
        started = bool(minutes.public_title)
        initial: dict[str, Any] = {
            "public_title": minutes.public_title or minutes.session.title,
            "public_summary": minutes.public_summary if started else minutes.summary,
            "version": minutes.version,
        }
        super().__init__(data, initial=initial)
        self.minutes, self.opening, self.found = minutes, opening, False
        self.names_of_lines = {f"ligne-{line.pk}": line.pk for line in lines}
        self.guarded = ("public_title", "public_summary", *self.names_of_lines)
        for line in lines:
            words = line.public_text if started or line.kind not in OFFERED else line.text
            self.fields[f"ligne-{line.pk}"] = TextField(
                required=False,
                initial=words,
                max_length=TEXT_LENGTH,
                widget=forms.Textarea(attrs={"rows": rows_for(words)}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.opening or MASK in self.data:
            return data
        for name in self.guarded:
            self._read(name, data.get(name) or "", self.names)
        for check in CHECKS:
            if not data.get(check):
                self.add_error(check, _("Cochez, ou ne rendez pas public."))
        return data

    @cached_property
    def names(self) -> set[str]:
        return names_of(self.minutes.session)

    def without_names(self, text: str) -> str:
        """Take out the names of members and participants too, who may be named inside the group alone."""
        text = super().without_names(text)
        for name in names_in(text, self.names):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", str(NAME), text)
        return text

    def _read(self, name: str, text: str, names: set[str]) -> None:
        said = [sentence_of(finding) for finding in pointed_at(text)]
        said += [_("« %s » est le nom d’un membre ou d’un participant.") % found for found in names_in(text, names)]
        self.found |= bool(said)
        if said and not self.cleaned_data.get("names_checked"):
            for words in said:
                self.add_error(name, words)

    def texts(self) -> dict[int, str]:
        """Return the public words by line (valid form only)."""
        return {pk: self.cleaned_data[name] for name, pk in self.names_of_lines.items()}
