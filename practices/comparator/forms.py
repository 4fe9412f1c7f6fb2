"""What one asks of the comparator and of the calculator: addresses that can be shared, so GET forms."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ..choices import EndToEnd, Free, Hosting, ParticipantAccount, Smartphone, ToolCategory
from ..models import ToolPage
from .calculator import Use

MOST_TOOLS = 4
LARGEST_DATA, LARGEST_GROUP, LONGEST_HOURS = 5000, 500, 200


class CompareForm(forms.Form):
    """Two to four tools, or what they must satisfy."""

    outil = forms.MultipleChoiceField(
        label=_("Choisir 2 à 4 outils"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Un des outils choisis n’existe pas ou plus.")},
    )
    gratuit = forms.BooleanField(label=_("Gratuit"), required=False)
    smartphone = forms.BooleanField(label=_("Un smartphone suffit"), required=False)
    sans_compte = forms.BooleanField(label=_("Sans compte à créer"), required=False)
    telephone = forms.BooleanField(label=_("On peut venir par téléphone"), required=False)
    ue = forms.BooleanField(label=_("Données en France ou en Europe"), required=False)
    chiffre = forms.BooleanField(label=_("Chiffré de bout en bout"), required=False)
    mo = forms.IntegerField(
        label=_("Moins de … Mo par heure"),
        required=False,
        min_value=1,
        max_value=LARGEST_DATA,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Écrivez un nombre de Mo, par exemple 100."),
            "min_value": _("Écrivez un nombre de Mo, par exemple 100."),
            "max_value": _("5 000 Mo au plus."),
        },
    )

    def __init__(self, *args: Any, tools: list[ToolPage], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "compare_%s"} | kwargs)
        field = self.fields["outil"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(tool.slug, tool.title) for tool in tools]

    def clean_outil(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["outil"]
        if len(chosen) > MOST_TOOLS:
            raise forms.ValidationError(
                _("Vous en avez choisi %(number)d : gardez-en 4 au plus."), params={"number": len(chosen)}
            )
        return chosen

    @property
    def criteria(self) -> list[str]:
        """The names of the criteria in force."""
        names = ("gratuit", "smartphone", "sans_compte", "telephone", "ue", "chiffre", "mo")
        return [name for name in names if self.cleaned_data.get(name)]

    def matching(self, tools: QuerySet[ToolPage]) -> QuerySet[ToolPage]:
        """Return the tools that satisfy every criterion."""
        asked = self.cleaned_data
        rules: dict[str, Q] = {
            "gratuit": Q(free=Free.OUI),
            # Works in a browser or with an application; a plain phone or SMS needs no smartphone at all.
            "smartphone": ~Q(smartphone=Smartphone.NON) | Q(category__in=[ToolCategory.AUDIO, ToolCategory.SMS]),
            "sans_compte": Q(participant_account=ParticipantAccount.AUCUN),
            "telephone": Q(phone_in=True),
            "ue": Q(hosting__in=[Hosting.FRANCE, Hosting.UE, Hosting.AU_CHOIX]),
            "chiffre": Q(end_to_end=EndToEnd.OUI),
        }
        for name in self.criteria:
            if name == "mo":
                # The lightest way to use it must fit: the high end of audio, or of video when only video was measured.
                light = Q(audio_mb_max__lte=asked["mo"]) | Q(audio_mb_max=None, video_mb_max__lte=asked["mo"])
                tools = tools.filter(light)
            else:
                tools = tools.filter(rules[name])
        return tools


class CalculatorForm(forms.Form):
    """People × hours × mode."""

    personnes = forms.IntegerField(
        label=_("Combien de personnes ?"),
        min_value=1,
        max_value=LARGEST_GROUP,
        initial=8,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Écrivez un nombre de personnes."),
            "invalid": _("Écrivez un nombre de personnes, par exemple 8."),
            "min_value": _("Au moins une personne."),
            "max_value": _("500 personnes au plus."),
        },
    )
    heures = forms.DecimalField(
        label=_("Combien d’heures par mois ?"),
        help_text=_("Un café de 30 minutes chaque semaine, c’est 2 heures."),
        min_value=0.25,
        max_value=LONGEST_HOURS,
        max_digits=5,
        decimal_places=2,
        localize=True,
        initial=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": _("Écrivez un nombre d’heures."),
            "invalid": _("Écrivez un nombre d’heures, par exemple 2 ou 1,5."),
            "min_value": _("Au moins un quart d’heure (0,25)."),
            "max_value": _("200 heures au plus."),
        },
    )
    mode = forms.ChoiceField(
        label=_("Comment ?"),
        choices=[
            (Use.CALL.value, _("Appel simple ou SMS")),
            (Use.AUDIO.value, _("Par internet, sans image")),
            (Use.VIDEO.value, _("Par internet, avec l’image")),
        ],
        initial=Use.VIDEO.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un mode."), "invalid_choice": _("Choisissez dans la liste.")},
    )
    outil = forms.ChoiceField(label=_("Avec quel outil ?"), required=False)

    def __init__(self, *args: Any, tools: list[ToolPage], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "calc_%s"} | kwargs)
        field = self.fields["outil"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Je ne sais pas encore")), *((tool.slug, tool.title) for tool in tools)]
