"""The coordinators' forms."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Structure, User
from ..services.roles import roles_to_give
from .profile import CHOOSE

UNUSED = datetime.timedelta(days=365)


class BatchForm(forms.Form):
    """The accounts ticked in the list of those that wait, and one decision for all."""

    APPROVE, REFUSE = "approve", "refuse"

    comptes = forms.ModelMultipleChoiceField(
        User.objects.none(),
        error_messages={
            "required": _("Cochez au moins un compte."),
            "invalid_choice": _("Un de ces comptes n’attend plus de décision : relisez la liste."),
            "invalid_pk_value": _("Un de ces comptes n’attend plus de décision : relisez la liste."),
        },
    )
    decision = forms.ChoiceField(
        choices=[(APPROVE, APPROVE), (REFUSE, REFUSE)],
        error_messages={
            "required": _("Choisissez « Valider » ou « Refuser »."),
            "invalid_choice": _("Choisissez « Valider » ou « Refuser »."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["comptes"]
        field.queryset = User.objects.pending()


class AccountFilterForm(forms.Form):
    """What a coordinator looks for among accounts; a wrong value filters nothing."""

    q = forms.CharField(label=_("Nom ou adresse"), required=False, max_length=100)
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[
            ("", _("Tous")),
            *User.Status.choices,
            ("ferme", _("fermé")),
            ("referent", _("référents de structure")),
            ("invite", _("invités par leur structure")),
            ("inactif", _("pas venus depuis un an")),
        ],
    )
    structure = forms.ModelChoiceField(
        Structure.objects.all(), label=_("Structure"), required=False, empty_label=str(_("Toutes"))
    )

    def apply(self, people: QuerySet[User]) -> QuerySet[User]:
        """Keep the accounts that answer the filters."""
        self.is_valid()
        chosen = self.cleaned_data
        if words := chosen.get("q"):
            for word in words.replace("\x00", "").split():
                people = people.filter(
                    Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
                )
        if structure := chosen.get("structure"):
            people = people.filter(structure=structure)
        state = chosen.get("etat")
        if state in User.Status.values:
            return people.filter(status=state, is_active=True)
        if state == "ferme":
            return people.filter(is_active=False)
        if state == "referent":
            return people.filter(is_referent=True)
        if state == "invite":
            return people.filter(invitations_accepted__isnull=False).distinct()
        if state == "inactif":
            long_ago = timezone.localdate() - UNUSED
            return people.filter(Q(last_seen_on__lt=long_ago) | Q(last_seen_on=None, date_joined__lt=long_ago))
        return people


class StructureListForm(forms.Form):
    """Rows copied from a spreadsheet."""

    rows = forms.CharField(
        label=_("Lignes de votre tableur"),
        help_text=_(
            "Copiez les cellules et collez-les ici : SIRET, nom, type, département, réseau. Une ligne par structure."
        ),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        error_messages={"required": _("Collez au moins une ligne.")},
    )


class AccountForm(forms.ModelForm[User]):
    """What a coordinator changes of an account."""

    roles = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label=_("Rôles dans les réseaux"),
        help_text=_(
            "Un e-mail dit à la personne ce qui s’ouvre. Animer un groupe se décide avec le groupe, sur sa page."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    address_works = forms.BooleanField(label=_("Son adresse fonctionne de nouveau : lui écrire"), required=False)

    class Meta:
        model = User
        fields = ["structure", "is_referent", "is_active"]
        labels = {"is_active": _("Compte ouvert")}
        help_texts = {"is_active": _("Un compte fermé ne peut plus se connecter ; ce qu’il a écrit reste.")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles: Any = self.fields["roles"]
        roles.queryset = roles_to_give()
        roles.initial = list(roles.queryset.filter(user=self.instance).values_list("pk", flat=True))
        # Nobody changes their own roles; an account that waits holds none.
        roles.disabled = self.instance.pk == by.pk or not self.instance.is_approved
        structure: Any = self.fields["structure"]
        structure.empty_label = str(CHOOSE[1])
        structure.label = _("Structure")
        # Nobody closes their own account, nor an administrator's, from here.
        if self.instance.pk == by.pk or self.instance.is_superuser:
            self.fields["is_active"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_referent") and not cleaned.get("structure"):
            self.add_error("structure", _("Choisissez d’abord la structure dont cette personne est référente."))
        if cleaned.get("is_referent") and not self.instance.is_approved:
            self.add_error("is_referent", _("Le compte doit d’abord être validé."))
        return cleaned
