"""What facilitators fill in to prepare a session, and members to take part in preparing it."""

import datetime
import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from practices.comments.forms import LARGEST_ID, GuardedForm, PublishedField, TextField
from practices.models import Theme, ToolPage

from ..models import ExchangeGroup, Membership
from .choices import ItemType, RegistrationState
from .models import Session

SHORTEST, LONGEST = 15, 8 * 60  # minutes
MOST_PLACES = 500
PHONE = re.compile(r"^\+?[\d\s.()\-]{4,}$")
DATES_OFFERED = 5
MOST_STEPS = 20
YEARS = range(2000, 2100)
# Fields that the form and the session call by the same name.
PLAIN_FIELDS = (
    "title",
    "place",
    "video_link",
    "phone_number",
    "phone_code",
    "tool",
    "capacity",
    "objective",
    "preparation",
    "secretary",
    "is_public",
)

DayInput = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
HourInput = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def moment_of(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    """Return the moment of a day and an hour of Paris. Raises ValidationError for an hour that clocks jump over, and for
    a year that no group means: clocks and calendars stop at some of them."""
    if day.year not in YEARS:
        raise ValidationError(_("Vérifiez l’année."))
    naive = datetime.datetime.combine(day, hour)
    moment = timezone.make_aware(naive)
    if timezone.make_naive(moment.astimezone(datetime.UTC)) != naive:
        raise ValidationError(_("Cette heure n’existe pas ce jour-là : on change d’heure. Choisissez-en une autre."))
    return moment


class SessionForm(forms.Form):
    """A session. A title is enough for a draft; opening it asks for a date and somewhere to meet."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    title = PublishedField(
        label=_("Titre"), max_length=120, error_messages={"required": _("Donnez un titre à la séance.")}
    )
    day = forms.DateField(
        label=_("Jour"), required=False, widget=DayInput, error_messages={"invalid": _("Écrivez une date.")}
    )
    start = forms.TimeField(
        label=_("Début"), required=False, widget=HourInput, error_messages={"invalid": _("Écrivez une heure : 13:00.")}
    )
    end = forms.TimeField(
        label=_("Fin"), required=False, widget=HourInput, error_messages={"invalid": _("Écrivez une heure : 14:00.")}
    )
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    video_link = forms.URLField(
        label=_("Lien de visio"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Collez l’adresse entière, qui commence par https://")},
    )
    phone_number = forms.CharField(
        label=_("Téléphone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    phone_code = forms.CharField(label=_("Code d’accès"), max_length=30, required=False)
    without_phone = forms.BooleanField(
        label=_("Cette visio ne donne pas de numéro de téléphone"),
        required=False,
    )
    tool: Any = forms.ModelChoiceField(
        ToolPage.objects.none(),
        label=_("Outil"),
        help_text=_("La data que prend la séance est dite dans l’invitation."),
        required=False,
        empty_label=_("Aucun, ou un autre"),
    )
    capacity = forms.IntegerField(
        label=_("Nombre de places"),
        help_text=_("Au-delà, une liste d’attente se forme et avance seule. Vide : sans limite."),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        error_messages={"min_value": _("Au moins une place."), "invalid": _("Écrivez un nombre.")},
    )
    objective = PublishedField(label=_("Objectif"), max_length=300, required=False)
    preparation = TextField(
        label=_("À préparer"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    secretary = forms.ModelChoiceField(
        User.objects.none(), label=_("Secrétaire"), required=False, empty_label=_("À choisir plus tard")
    )
    themes: "forms.ModelMultipleChoiceField[Theme]" = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=_("Thèmes"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    is_public = forms.BooleanField(
        label=_("Ouverte au-delà du groupe"),
        help_text=_("Annoncée à tous, avec inscription. Ce qui s’y dit reste au groupe."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        group: ExchangeGroup,
        session: Session | None = None,
        to_open: bool = False,
        minutes: int = 90,
        **kwargs: Any,
    ) -> None:
        """`to_open`: it is open or about to be, so a date and somewhere to meet are asked. `minutes`: of the method."""
        super().__init__(*args, **kwargs)
        self.group, self.session, self.to_open, self.default_minutes = group, session, to_open, minutes
        members = Membership.objects.in_effect().filter(group=group).values("user")
        people: Any = self.fields["secretary"]
        people.queryset = User.objects.filter(pk__in=members)
        people.label_from_instance = lambda person: person.public_name
        tools: Any = self.fields["tool"]
        tools.queryset = ToolPage.objects.live().order_by("title")
        tools.label_from_instance = lambda tool: tool.title
        themes: Any = self.fields["themes"]
        themes.queryset = Theme.objects.order_by("name")
        self.of_peers = group.is_peer_group or (session is not None and session.is_of_peers)
        if self.of_peers:
            self.fields["is_public"].widget = forms.HiddenInput()

    def clean_phone_number(self) -> str:
        number: str = self.cleaned_data["phone_number"].strip()
        if number and not PHONE.match(number):
            raise ValidationError(_("Écrivez un numéro : des chiffres et des espaces."))
        return number

    def clean_is_public(self) -> bool:
        if self.cleaned_data["is_public"] and self.of_peers:
            raise ValidationError(_("Un groupe entre pairs n’ouvre pas ses séances au-delà du groupe."))
        if self.session is not None and self.session.is_public and not self.cleaned_data["is_public"]:
            members = Membership.objects.in_effect().filter(group=self.group).values("user")
            coming = self.session.registrations.exclude(state=RegistrationState.WITHDRAWN)
            if coming.filter(user__isnull=False).exclude(user__in=members).exists():
                raise ValidationError(
                    _("Des personnes d’ailleurs ont déjà une place : la séance reste ouverte à tous.")
                )
        return bool(self.cleaned_data["is_public"])

    def clean_capacity(self) -> int | None:
        places: int | None = self.cleaned_data["capacity"]
        if places is not None and self.session is not None:
            taken = self.session.registrations.filter(state=RegistrationState.REGISTERED).count()
            if places < taken:
                raise ValidationError(_("%(n)d personnes ont déjà une place.") % {"n": taken})
        return places

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.errors.pop("submission_key", None):  # made up: nothing to say to a person about it
            cleaned["submission_key"] = None
        self._clean_moment(cleaned)
        if cleaned.get("phone_code") and not cleaned.get("phone_number") and "phone_number" not in self.errors:
            self.add_error("phone_number", _("Donnez aussi le numéro : le code seul ne sert à rien."))
        link, number = cleaned.get("video_link"), cleaned.get("phone_number")
        self.asks_about_phone = bool(link and not number and "phone_number" not in self.errors)
        if self.asks_about_phone and not cleaned.get("without_phone") and self.to_open:
            words = _("Donnez aussi un numéro : une personne sans data ne pourra pas suivre. Sinon, cochez la case.")
            self.add_error("phone_number", words)
        nowhere = not any((cleaned.get("place"), link, number)) and not (
            {"video_link", "phone_number"} & set(self.errors)
        )
        if self.to_open and nowhere:
            self.add_error("place", _("Dites où se retrouver : un lieu, un lien de visio ou un numéro de téléphone."))
        return cleaned

    def _clean_moment(self, cleaned: dict[str, Any]) -> None:
        if {"day", "start", "end"} & set(self.errors):
            return
        day, start, end = cleaned.get("day"), cleaned.get("start"), cleaned.get("end")
        cleaned["starts_at"], cleaned["minutes"] = None, self.default_minutes
        if self.to_open and not day:
            self.add_error("day", _("Choisissez le jour."))
        if (self.to_open or day) and not start:
            self.add_error("start", _("Choisissez l’heure de début."))
        if start and end:
            length = (end.hour - start.hour) * 60 + end.minute - start.minute
            if length <= 0:
                self.add_error("end", _("La fin vient après le début."))
            elif length < SHORTEST:
                self.add_error("end", _("Une séance dure au moins un quart d’heure."))
            elif length > LONGEST:
                self.add_error("end", _("Une séance dure huit heures au plus."))
            else:
                cleaned["minutes"] = length
        if not (day and start):
            return
        try:
            cleaned["starts_at"] = moment_of(day, start)
        except ValidationError as error:
            self.add_error("start", error)
            return
        if cleaned["starts_at"] <= timezone.now():
            self.add_error("day", _("Cette date est passée."))

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the session, themes left out."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "minutes", *PLAIN_FIELDS)}


def initial_of(session: Session) -> dict[str, Any]:
    """Return what the form shows of a session."""
    shown: dict[str, Any] = {name: getattr(session, name) for name in PLAIN_FIELDS}
    shown["themes"] = list(session.themes.all())
    shown["without_phone"] = bool(session.video_link and not session.phone_number)
    if session.starts_at and session.ends_at:
        start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        shown |= {"day": start.date(), "start": start.time(), "end": end.time()}
    return shown


class CancelForm(forms.Form):
    """Why a session is cancelled."""

    reason = PublishedField(
        label=_("Un mot à ceux qui venaient"),
        max_length=300,
        error_messages={"required": _("Dites pourquoi, en une phrase : tout le monde le lira.")},
    )


class DatesForm(forms.Form):
    """The dates that a poll offers: two at least, five at most, and the last day to answer."""

    answers_until = forms.DateField(
        label=_("Répondre au plus tard le"),
        help_text=_("Vide : jusqu’à ce que vous reteniez une date. Chacun ne voit que ses propres réponses."),
        required=False,
        widget=DayInput,
        error_messages={"invalid": _("Écrivez une date.")},
    )

    def __init__(self, *args: Any, known: list[datetime.datetime] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [timezone.localtime(moment) for moment in known or []]
        for number in range(1, DATES_OFFERED + 1):
            moment = shown[number - 1] if number <= len(shown) else None
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("Date %(n)d, jour") % {"n": number},
                required=False,
                widget=DayInput,
                initial=moment.date() if moment else None,
                error_messages={"invalid": _("Écrivez une date.")},
            )
            self.fields[f"hour_{number}"] = forms.TimeField(
                label=_("Date %(n)d, heure de début") % {"n": number},
                required=False,
                widget=HourInput,
                initial=moment.time() if moment else None,
                error_messages={"invalid": _("Écrivez une heure : 13:00.")},
            )

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[f"day_{number}"], self[f"hour_{number}"]) for number in range(1, DATES_OFFERED + 1)]

    def clean(self) -> dict[str, Any]:
        self.starts: list[datetime.datetime] = []
        for number in range(1, DATES_OFFERED + 1):
            day, hour = self.cleaned_data.get(f"day_{number}"), self.cleaned_data.get(f"hour_{number}")
            if day and not hour and f"hour_{number}" not in self.errors:
                self.add_error(f"hour_{number}", _("Choisissez l’heure de début."))
            if hour and not day and f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", _("Choisissez le jour."))
            if not (day and hour):
                continue
            try:
                moment = moment_of(day, hour)
            except ValidationError as error:
                self.add_error(f"hour_{number}", error)
                continue
            if moment <= timezone.now():
                self.add_error(f"day_{number}", _("Cette date est passée."))
            self.starts.append(moment)
        last = self.cleaned_data.get("answers_until")
        if last and last < timezone.localdate():
            self.add_error("answers_until", _("Cette date est passée."))
        elif last and self.starts and last > timezone.localdate(min(self.starts)):
            self.add_error("answers_until", _("Avant la première des dates proposées."))
        if not self.errors and len(set(self.starts)) < 2:  # noqa: PLR2004 — a choice
            self.add_error("day_1", _("Proposez au moins deux dates."))
        return self.cleaned_data


class ForSomebodyForm(forms.Form):
    """Somebody who called: a member of the group, or the name of who has no account (`with_guests`)."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Membre du groupe"), required=False, empty_label=_("Choisir")
    )
    name = forms.CharField(label=_("Ou le nom de qui n’a pas de compte"), required=False, max_length=80)

    def __init__(self, *args: Any, people: Any, with_guests: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda person: person.public_name  # type: ignore[attr-defined]
        if not with_guests:
            del self.fields["name"]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.values()):
            self.add_error("person", _("Dites de qui il s’agit."))
        return self.cleaned_data


class ItemForm(GuardedForm):
    """Something to talk of, proposed before the session."""

    guarded = ("title", "detail")

    title = PublishedField(
        label=_("Votre sujet, en une phrase"),
        max_length=120,
        error_messages={"required": _("Écrivez votre sujet.")},
    )
    detail = TextField(
        label=_("En quelques mots"),
        help_text=_("Ne nommez jamais une personne accompagnée, et rien qui la fasse reconnaître."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    type = forms.ChoiceField(label=_("C’est"), choices=ItemType.choices, initial=ItemType.DISCUSSION)


class StepForm(forms.Form):
    """One step of a session; a row without a name is left out."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST_ID)
    name = PublishedField(label=_("Étape"), max_length=80, error_messages={"required": _("Donnez un nom à l’étape.")})
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=LONGEST,
        error_messages={"required": _("Combien de minutes ?"), "min_value": _("Au moins une minute.")},
    )
    role = forms.CharField(label=_("Qui mène ou parle"), max_length=80, required=False)
    instruction = TextField(
        label=_("Consigne"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    takes_items = forms.BooleanField(label=_("Les sujets de l’ordre du jour se traitent ici"), required=False)


# One blank row to add a step; a formset keeps what was typed whatever its errors.
StepFormSet = forms.formset_factory(StepForm, extra=1, can_delete=True, max_num=MOST_STEPS, validate_max=True)
