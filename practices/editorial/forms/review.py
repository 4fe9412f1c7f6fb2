"""What an editor says with each decision; the same forms check the data again when the decision is applied."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from ..publication_checks import missing_for_publication

if TYPE_CHECKING:
    from ..models.review import CardTask

REASON_MIN_LENGTH = 10
REASON_MAX_LENGTH = 2000


def _reason(label: Any, help_text: Any, *, required: Any, too_short: Any) -> forms.CharField:
    """What is told to the author of a card, who reads it: a few words at least."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        min_length=REASON_MIN_LENGTH,
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": required, "min_length": too_short},
    )


class DecisionForm(forms.Form):
    """A decision about the card that `task` is looking at."""

    def __init__(self, data: Any = None, *, task: "CardTask", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.task = task

    def refuse_incomplete_card(self) -> None:
        """The decision publishes the card: say what is still missing rather than fail while publishing."""
        if missing := missing_for_publication(self.task.card):
            words = _("Avant de publier, complétez et enregistrez la fiche : %s") % " ".join(missing)
            raise forms.ValidationError(words)


class ApproveForm(DecisionForm):
    """Accept the card; a word to its author is optional."""

    comment = forms.CharField(
        label=_("Un mot pour l’auteur (facultatif)"),
        required=False,
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        if self.task.decides_publication:
            self.refuse_incomplete_card()
        return self.cleaned_data


class RejectForm(DecisionForm):
    """Ask for corrections: a refusal always says why."""

    comment = _reason(
        _("Que faut-il corriger ?"),
        _("L’auteur reçoit ce texte. Dites ce qui manque et comment faire, simplement."),
        required=_("Dites pourquoi : l’auteur en a besoin pour corriger."),
        too_short=_("Expliquez en quelques mots ce qu’il faut corriger."),
    )


class StopForm(forms.Form):
    """Stop a review altogether: that too says why."""

    reason = _reason(
        _("Pourquoi arrêter la relecture ?"),
        _("L’auteur reçoit ce texte par e-mail et le lit sur la page de sa proposition."),
        required=_("Dites pourquoi : l’auteur ne le devinera pas."),
        too_short=_("Expliquez en quelques mots pourquoi."),
    )


class QuestionForm(DecisionForm):
    """Ask the author something without sending the card back."""

    question = forms.CharField(
        label=_("Votre question à l’auteur"),
        min_length=REASON_MIN_LENGTH,
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez votre question.")},
    )


class DeadlineForm(DecisionForm):
    """Say until when the card should be reviewed; empty: no date any more."""

    due_on = forms.DateField(label=_("À relire avant le"), required=False, widget=AdminDateInput)

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Cette date est passée."))
        return day


class ChecklistForm(DecisionForm):
    """Privacy: every item is ticked, or the card is not published."""

    nobody = forms.BooleanField(
        label=_("Personne n’est reconnaissable"),
        help_text=_("Ni nom, ni prénom rare, ni histoire qui fasse deviner qui c’est ; rien non plus sur la photo."),
        error_messages={"required": _("Cochez, ou demandez une correction.")},
    )
    consents = forms.BooleanField(
        label=_("Les accords sont donnés"),
        help_text=_("Les collègues cités et la structure d’origine sont d’accord pour être nommés."),
        error_messages={"required": _("Cochez, ou demandez une correction.")},
    )
    tools = forms.BooleanField(
        label=_("Les avis sur les outils sont à jour"),
        help_text=_("La fiche de chaque outil a été relue, et la note RGPD dit la même chose."),
        error_messages={"required": _("Cochez, ou demandez une correction.")},
    )
    comment = forms.CharField(
        label=_("Un mot pour l’auteur (facultatif)"),
        required=False,
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        if not self.errors and self.task.decides_publication:
            self.refuse_incomplete_card()
        return self.cleaned_data


class ChecklistRefusalForm(DecisionForm):
    """Privacy: say what is wrong, item by item; the author reads it all, and so do the other editors."""

    nobody = forms.CharField(
        label=_("Une personne est reconnaissable : où ?"), required=False, max_length=REASON_MAX_LENGTH
    )
    consents = forms.CharField(label=_("Un accord manque : lequel ?"), required=False, max_length=REASON_MAX_LENGTH)
    tools = forms.CharField(
        label=_("Un avis sur un outil n’est pas à jour : lequel ?"), required=False, max_length=REASON_MAX_LENGTH
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and not any(data.get(item) for item in ("nobody", "consents", "tools")):
            raise forms.ValidationError(_("Dites au moins une chose à corriger : l’auteur en a besoin."))
        return data
