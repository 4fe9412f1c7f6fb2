"""Forms of accounts. allauth's own forms are dressed in sign_in.py, which allauth must load after this module."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kb_site.control_characters import as_read

from ..choices import DEPARTEMENTS, Role, SiaeType
from ..models import Structure, User
from ..services.approval import declares_structure

CHOOSE = ("", _("Choisissez"))


class OneLineField(forms.CharField):
    """A text on one line, whatever the browser sent, that can be seen: it goes into lists and the subjects of mails."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return " ".join(as_read(text).split())


class SignupForm(forms.Form):
    """What allauth's sign-up asks beside the address: enough for a coordinator to recognise a colleague."""

    first_name = OneLineField(label=_("Prénom"), max_length=150, widget=forms.TextInput({"autocomplete": "given-name"}))
    last_name = OneLineField(label=_("Nom"), max_length=150, widget=forms.TextInput({"autocomplete": "family-name"}))
    role = forms.ChoiceField(label=_("Métier"), choices=[CHOOSE, *Role.choices])
    structure_declared = OneLineField(
        label=_("Structure"),
        help_text=_("Le nom que vos collègues connaissent, sans sigle si possible."),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    siae_type_declared = forms.ChoiceField(
        label=_("Type de structure"),
        help_text=_("« Autre structure » pour un réseau, une institution ou un partenaire."),
        choices=[CHOOSE, *SiaeType.choices],
    )
    territory_declared = forms.ChoiceField(
        label=_("Département"),
        help_text=_("Celui où vous travaillez le plus souvent."),
        choices=[CHOOSE, *DEPARTEMENTS],
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Store the answers; allauth calls this once the account exists."""
        for name in SignupForm.base_fields:
            setattr(user, name, self.cleaned_data.get(name, ""))
        user.save()


class ProfileForm(forms.ModelForm[User]):
    """What a person may change alone. Crossing the line between colleagues and institutions is for a coordinator:
    the groups were given on that ground."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "role"]
        field_classes = {"first_name": OneLineField, "last_name": OneLineField}
        labels = {"first_name": _("Prénom"), "last_name": _("Nom")}
        widgets = {
            "first_name": forms.TextInput({"autocomplete": "given-name"}),
            "last_name": forms.TextInput({"autocomplete": "family-name"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
        role: Any = self.fields["role"]
        institution = self.instance.role == Role.PARTENAIRE
        roles = Role.choices
        if self.instance.is_approved and institution:
            role.disabled = True
            role.help_text = _("Pour en changer, écrivez à la coordination.")
        elif self.instance.is_approved:
            roles = [(code, label) for code, label in roles if code != Role.PARTENAIRE]
        role.choices = [CHOOSE, *roles]


class DecisionForm(forms.Form):
    """A coordinator's decision on an account."""

    APPROVE, CREATE, NETWORK, REFUSE = "approve", "create", "network", "refuse"

    decision = forms.ChoiceField(
        choices=[(one, one) for one in (APPROVE, CREATE, NETWORK, REFUSE)],
        error_messages={"required": _("Choisissez « Valider » ou « Refuser ».")},
    )
    structure = forms.ModelChoiceField(Structure.objects.all(), label=_("Structure"), required=False)

    def __init__(self, *args: Any, account: User, structures: list[Structure] | None = None, **kwargs: Any) -> None:
        """Offer these structures only (any of them is accepted); all of them by default."""
        super().__init__(*args, **kwargs)
        self.account = account
        offered = list(Structure.objects.all()) if structures is None else structures
        field: Any = self.fields["structure"]
        field.choices = [CHOOSE, *((item.pk, f"{item.name} ({item.territory})") for item in offered)]
        declared = account.structure_declared.casefold()
        field.initial = next((item.pk for item in offered if item.name.casefold() == declared), None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        decision = cleaned.get("decision")
        if decision == self.APPROVE and "structure" not in self.errors and not cleaned.get("structure"):
            # An institution is often no structure of ours; a colleague always works in one.
            if self.account.role != Role.PARTENAIRE:
                self.add_error("structure", _("Choisissez une structure, ou créez celle qui est déclarée."))
        elif decision == self.CREATE and not declares_structure(self.account):
            self.add_error("structure", _("Rien à créer : il manque le nom, le type ou le département. Choisissez-la."))
        return cleaned
