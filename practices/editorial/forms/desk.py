"""The forms of the review desk."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import Network, User

from ...models import PracticePage
from ..models.desk import SavedReply, Verdict
from ..models.experts import COMMENTED_FIELDS
from ..models.review import PrivacyTask
from ..publication_checks import missing_for_publication
from .review import REASON_MAX_LENGTH, REASON_MIN_LENGTH, ChecklistForm

# What one may complete on the desk itself; steps and sources have their own editor.
COMPLETED_HERE = (
    "kind", "challenges", "modality", "channels", "objective", "summary", "limits", "fallback", "data_source", "evidence",
)  # fmt: skip
SAYS_WHY = {Verdict.CORRECT: _("Dites ce qu’il faut corriger."), Verdict.NO: _("Dites pourquoi : l’auteur le lira.")}


class ReplySelect(forms.Select):
    """Each reply carries its words: a script shows them where they may be changed."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if reply := getattr(value, "instance", None):
            option["attrs"]["data-text"] = reply.text
        return option


class VerdictForm(forms.Form):
    """One of three decisions, with what goes with it: the privacy list, a word to the author, a note for followers."""

    nobody = forms.BooleanField(label=ChecklistForm.base_fields["nobody"].label, required=False)
    consents = forms.BooleanField(label=ChecklistForm.base_fields["consents"].label, required=False)
    tools = forms.BooleanField(label=ChecklistForm.base_fields["tools"].label, required=False)
    reply = forms.ModelChoiceField(
        SavedReply.objects.none(),
        label=_("Réponse enregistrée"),
        required=False,
        empty_label=str(_("Aucune")),
        widget=ReplySelect,
        help_text=_("Sert quand rien n’est écrit dessous."),
    )
    words = forms.CharField(
        label=_("Un mot pour l’auteur"),
        help_text=_("Demandé pour « À corriger » et « Pas pour nous »."),
        required=False,
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    keep_as = forms.CharField(label=_("Garder ces mots pour le réseau, sous le nom"), required=False, max_length=60)
    change_note = forms.CharField(
        label=_("Si le sens change : ce qui change, en une phrase"),
        help_text=_("Pour les personnes qui suivent la fiche."),
        required=False,
        max_length=200,
    )
    verdict = forms.ChoiceField(
        choices=Verdict,
        error_messages={"required": _("Choisissez une décision."), "invalid_choice": _("Choisissez une décision.")},
    )

    def __init__(self, data: Any = None, *, card: PracticePage, network: Network, privacy: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.card, self.privacy = card, privacy
        replies: Any = self.fields["reply"]
        replies.queryset = SavedReply.objects.filter(network=network)
        if not replies.queryset.exists():
            del self.fields["reply"]
        if card.first_published_at is None:
            del self.fields["change_note"]

    @property
    def ticked(self) -> int:
        """How many items of the privacy list are ticked."""
        return sum(bool(self.cleaned_data.get(item)) for item in PrivacyTask.items)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("words") and data.get("reply"):
            data["words"] = data["reply"].text
        verdict, words = data.get("verdict"), data.get("words") or ""
        if verdict in SAYS_WHY and len(words) < REASON_MIN_LENGTH:
            self.add_error("words", SAYS_WHY[Verdict(verdict)])
        if data.get("keep_as") and not words:
            self.add_error("words", _("Écrivez les mots à garder."))
        if verdict == Verdict.GOOD:
            self._refuse_unchecked()
        return data

    def _refuse_unchecked(self) -> None:
        whole = self.ticked == len(PrivacyTask.items)
        if not whole and (self.privacy or self.ticked):
            self.add_error("nobody", _("Cochez les trois points, ou demandez une correction."))
        elif whole and (missing := missing_for_publication(self.card)):
            self.add_error(None, _("Avant de publier, complétez la fiche : %s") % " ".join(missing))


class AssignForm(forms.Form):
    """Whose turn it is."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Confier à"),
        required=False,
        empty_label=str(_("Personne en particulier")),
        error_messages={"invalid_choice": _("Cette personne ne relit pas cette fiche.")},
    )

    def __init__(self, data: Any = None, *, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = people


class RemarkForm(forms.Form):
    """A remark on a sentence of the card, for those who review it."""

    field = forms.ChoiceField(label=_("Partie"))
    quote = forms.CharField(
        label=_("Phrase"), help_text=_("Sélectionnez-la dans la fiche, ou recopiez-la."), required=False, max_length=300
    )
    text = forms.CharField(
        label=_("Remarque"),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Écrivez votre remarque.")},
    )
    tell = forms.ModelChoiceField(
        User.objects.none(), label=_("Prévenir"), required=False, empty_label=str(_("Personne"))
    )

    def __init__(self, data: Any = None, *, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        part: Any = self.fields["field"]
        part.choices = [(name, PracticePage._meta.get_field(name).verbose_name) for name in COMMENTED_FIELDS]  # type: ignore[union-attr]
        tell: Any = self.fields["tell"]
        tell.queryset = people

    def written(self) -> str:
        """Return the remark, with the sentence that it is about."""
        quote, text = self.cleaned_data["quote"].strip(), self.cleaned_data["text"]
        return f"« {quote} » {text}" if quote else text


class ReplyForm(forms.Form):
    """Words to keep for the editors of a network; the same name again replaces them."""

    network = forms.ModelChoiceField(Network.objects.none(), label=_("Réseau"), empty_label=None)
    title = forms.CharField(label=_("Nom"), max_length=60, error_messages={"required": _("Donnez-lui un nom.")})
    text = forms.CharField(
        label=_("Texte"),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez le texte.")},
    )

    def __init__(self, *args: Any, networks: QuerySet[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network: Any = self.fields["network"]
        network.queryset = networks


class AnswerToRefusalForm(forms.Form):
    """What an author answers to « pas pour nous »."""

    answer = forms.CharField(
        label=_("Votre réponse au réseau"),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez votre réponse.")},
    )


class TypingErrorForm(forms.Form):
    """Said by who publishes a change without a second pair of eyes."""

    same_meaning = forms.BooleanField(
        label=_("Je corrige une coquille : le sens ne change pas"),
        error_messages={"required": _("Cochez, ou envoyez le changement en relecture.")},
    )


def completing_form(latest: PracticePage, problems: Collection[str], data: Any = None) -> Any:
    """Return a form of the fields that have these problems in the latest version of a card; None when none is of here."""
    asked = [name for name in COMPLETED_HERE if name in problems]
    if not asked:
        return None
    made = forms.modelform_factory(PracticePage, fields=asked)(data, instance=latest, prefix="card")
    for name in asked:
        made.fields[name].required = True
        made.fields[name].label = capfirst(str(made.fields[name].label))
    return made
