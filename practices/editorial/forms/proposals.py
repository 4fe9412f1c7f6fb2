"""The short form of a proposal, and the answers to reviewers."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import Network
from practices.comments.forms import MaskableForm, PublishedField, TextField

from ...choices import Audience, Challenge
from ...models.cards import MINIMUM_STEPS
from ..photos import PhotoRefused, encode_photo
from ..proposed_card import ProposedCard, lines_of

TEXT_MAX_LENGTH = 6000
STEPS_MOST = 20
ANSWER_MAX_LENGTH = 2000


def _text(label: Any, rows: int, help_text: Any, *, required: Any = None) -> TextField:
    """Return a field of several lines; `required` is what is said when it is empty, None when it may be."""
    return TextField(
        label=label,
        help_text=help_text,
        required=required is not None,
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else {},
    )


class IdeaForm(MaskableForm):
    """What the author tells, in their own words; the network's editors complete the card with them."""

    guarded: tuple[str, ...] = ("title", "steps", "conditions", "limits", "results")

    title = PublishedField(
        label=_("Comment appelez-vous cette pratique ?"),
        help_text=_("Quelques mots concrets : « Le café visio du jeudi »."),
        max_length=100,
        error_messages={"required": _("Donnez un nom à votre pratique.")},
    )
    challenges = forms.MultipleChoiceField(
        label=_("Quel problème aviez-vous ?"),
        choices=Challenge.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez au moins un problème."),
            "invalid_choice": _("Choisissez dans la liste."),
        },
    )
    steps = _text(
        _("Qu’avez-vous fait ?"),
        6,
        _("Une étape par ligne, dans l’ordre. Au moins deux."),
        required=_("Racontez ce que vous avez fait, une étape par ligne."),
    )
    audiences = forms.MultipleChoiceField(
        label=_("Pour qui ?"),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choisissez dans la liste.")},
    )
    conditions = _text(
        _("Que faut-il pour que ça marche ?"), 3, _("Matériel, lieu, temps, personne formée, accord à demander…")
    )
    limits = _text(
        _("Quand ne faut-il pas s’en servir ?"),
        3,
        _("Une limite est un résultat : elle évite à d’autres de se tromper."),
        required=_("Dites au moins une limite : aucune pratique ne convient toujours."),
    )
    results = _text(_("Qu’est-ce que ça a donné ?"), 3, _("Même si ça n’a marché qu’à moitié."))

    def clean_steps(self) -> str:
        text: str = self.cleaned_data["steps"]
        lines = lines_of(text)
        if len(lines) < MINIMUM_STEPS:
            raise forms.ValidationError(_("Il faut au moins deux étapes : passez à la ligne entre chacune."))
        if len(lines) > STEPS_MOST:
            raise forms.ValidationError(_("Il y a plus de 20 étapes : regroupez-les."))
        return text

    def idea(self) -> ProposedCard:
        """Return what was told (valid form only)."""
        data = self.cleaned_data
        return ProposedCard(
            title=data["title"],
            challenges=tuple(data["challenges"]),
            steps=lines_of(data["steps"]),
            audiences=tuple(data["audiences"]),
            conditions=data["conditions"],
            limits=data["limits"],
            results=data["results"],
        )

    def texts(self) -> Iterable[tuple[forms.BoundField, str]]:
        """Yield each field in which a person could be named, with what was typed (valid form only)."""
        for name in self.guarded:
            yield self[name], self.cleaned_data[name]

    def typed(self) -> dict[str, Any]:
        """Return what was typed, right or wrong, to keep it as a draft; cut to what a field may hold."""
        kept: dict[str, Any] = {}
        for name, field in self.fields.items():
            if isinstance(field, forms.MultipleChoiceField):
                kept[name] = [value[:40] for value in self.data.getlist(self.add_prefix(name))[:40]]  # type: ignore[attr-defined]
            elif not isinstance(field, forms.FileField | forms.UUIDField | forms.BooleanField):
                kept[name] = str(self.data.get(self.add_prefix(name), "")).replace("\x00", "")[:TEXT_MAX_LENGTH]
        return kept


class ProposalForm(IdeaForm):
    """A new proposal. The key, drawn with each form shown, makes a double submit harmless."""

    photo = forms.FileField(
        label=_("Une photo"),
        help_text=_("Sans personne reconnaissable. 10 Mo au plus : nous l’allégeons et retirons le lieu et la date."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": _("Ce fichier est vide. Choisissez-en un autre.")},
    )
    network = forms.ModelChoiceField(
        label=_("Quel réseau relira la fiche ?"),
        queryset=Network.objects.none(),
        empty_label=_("Choisissez un réseau"),
        error_messages={
            "required": _("Choisissez le réseau qui relira votre fiche."),
            "invalid_choice": _("Choisissez un réseau dans la liste."),
        },
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        networks: forms.ModelChoiceField = self.fields["network"]  # type: ignore[assignment]
        networks.queryset = Network.objects.filter(section__isnull=False)

    def clean_photo(self) -> bytes | None:
        upload = self.cleaned_data["photo"]
        if not upload:
            return None
        try:
            return encode_photo(upload)
        except PhotoRefused as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        super().clean()
        # A hidden field has no place for a message: a new key lets the same text be sent again.
        if "submission_key" in self.errors:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["submission_key"] = str(uuid.uuid4())  # type: ignore[index]
            self.add_error("title", _("Ce formulaire a expiré. Votre texte est gardé : envoyez-le de nouveau."))
        return self.cleaned_data


def drafted(fields: dict[str, Any]) -> QueryDict:
    """Return what a draft keeps (ProposalForm.typed) as it was typed, for the form to read again."""
    sent = QueryDict(mutable=True)
    for name, value in fields.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    sent["submission_key"] = str(uuid.uuid4())
    return sent


class AnswerForm(forms.Form):
    """An author's answer to a reviewer."""

    answer = TextField(
        label=_("Votre réponse"),
        max_length=ANSWER_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez votre réponse.")},
    )
