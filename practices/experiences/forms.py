"""« J’ai essayé », in 60 seconds: one thing is required, how it went."""

import datetime
import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from practices.comments.forms import MaskableForm, TextField
from practices.comments.personal_data_guard import Finding
from practices.comments.rulebook import pointed_at, sentence_of

from ..choices import Visibility
from ..models import Condition, PracticePage
from .models import TEXT_MAX_LENGTH, Outcome

EARLIEST = datetime.date(2020, 1, 1)
LARGEST_GROUP, LARGEST_DATA = 500, 20_000
TEXTS = ("worked", "stuck", "adaptation")


class _Conditions(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


def _text(label: Any, help_text: Any = "") -> TextField:
    return TextField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "null_characters_not_allowed": _("Le texte contient un caractère invisible interdit. Tapez-le à nouveau."),
        },
    )


class ExperienceForm(MaskableForm):
    """What was tried. The key, drawn with each form shown, makes a double submit harmless."""

    guarded = TEXTS

    outcome = forms.ChoiceField(
        label=_("Comment cela s’est-il passé ?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Dites comment cela s’est passé."),
            "invalid_choice": _("Choisissez dans la liste."),
        },
    )
    missing_conditions = _Conditions(
        label=_("Qu’est-ce qui a manqué ?"),
        queryset=Condition.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choisissez dans la liste."), "list": _("Choisissez dans la liste.")},
    )
    worked = _text(_("Ce qui a marché"))
    stuck = _text(_("Ce qui a coincé"))
    adaptation = _text(_("Ce que vous avez changé"))
    tried_on = forms.DateField(
        label=_("Quand ?"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Donnez une date, même approchée."),
            "invalid": _("Écrivez la date ainsi : 24/11/2026."),
        },
    )
    group_size = forms.IntegerField(
        label=_("Avec combien de personnes ?"),
        required=False,
        min_value=1,
        max_value=LARGEST_GROUP,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Écrivez un nombre, par exemple 6."),
            "min_value": _("Au moins une personne."),
            "max_value": _("500 personnes au plus."),
        },
    )
    data_mb = forms.IntegerField(
        label=_("Data constatée, en Mo par personne"),
        required=False,
        min_value=0,
        max_value=LARGEST_DATA,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Écrivez un nombre de Mo, par exemple 30."),
            "min_value": _("Écrivez un nombre de Mo, par exemple 30."),
            "max_value": _("20 000 Mo au plus."),
        },
    )
    would_recommend = forms.TypedChoiceField(
        label=_("La conseilleriez-vous à une autre structure ?"),
        choices=[("", _("Sans avis")), ("oui", _("Oui")), ("non", _("Non"))],
        required=False,
        coerce=lambda value: value == "oui",
        empty_value=None,
        error_messages={"invalid_choice": _("Choisissez dans la liste.")},
    )
    visibility = forms.ChoiceField(
        label=_("Qui peut lire ce retour ?"),
        help_text=_("Ni votre nom ni celui de votre structure ne sont affichés."),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez qui peut lire."), "invalid_choice": _("Choisissez dans la liste.")},
    )
    reread = forms.BooleanField(label=_("J’ai relu : personne n’est reconnaissable."), required=False)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, card: PracticePage, author: User, **kwargs: Any) -> None:
        """`author`: their name is not shown with what they tell, so words that name them are pointed at too."""
        self.hidden = author
        super().__init__(*args, **{"auto_id": "experience_%s"} | kwargs)
        field = self.fields["missing_conditions"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Condition.objects.filter(practice_links__practice=card).distinct()
        self.findings: list[Finding] = []

    def clean_tried_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["tried_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette date n’est pas encore passée."))
        if day < EARLIEST:
            raise forms.ValidationError(_("Donnez une date après 2019."))
        return day

    def clean(self) -> dict[str, Any]:
        if "submission_key" in self.errors:
            self.renew_key(_("Ce formulaire a expiré. Ce que vous avez écrit est gardé : envoyez-le de nouveau."))
        if self.mask_if_asked():
            return self.cleaned_data
        # A text that could make someone recognisable is shown once to its author, who decides.
        if not self.cleaned_data.get("reread"):
            for name in TEXTS:
                found = pointed_at(self.cleaned_data.get(name) or "", hidden=self.hidden)
                self.findings += found
                for finding in found:
                    self.add_error(name, sentence_of(finding))
        return self.cleaned_data

    def renew_key(self, message: Any) -> None:
        """Refuse this submission with a message, and let the same words be sent again with a new key."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["submission_key"] = str(uuid.uuid4())
        self.data = data
        self.add_error("outcome", message)

    @property
    def more_is_open(self) -> bool:
        """Whether the optional part must be shown open: something typed in it, or an error there."""
        optional = {"tried_on", "group_size", "data_mb", "would_recommend", "visibility"}
        return bool(optional & set(self.errors))

    def told(self) -> dict[str, Any]:
        """Return what `tell_experience` stores."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reread"}
