"""The forms of comments."""

import json
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.accounts.told_apart import told_apart
from kb_site.control_characters import as_read

from .models import CommentReport
from .rulebook import SHORTEST, TOO_LONG, TOO_SHORT, masked_text, pointed_at, publishable, sentence_of

LARGEST_ID = 2**31 - 1


class PublishedField(forms.CharField):
    """A text that others will read: by the rulebook, whose refusals are said beside the field. Its line ends count for one
    character, as browsers count them."""

    default_validators = [publishable]
    default_error_messages = {"min_length": TOO_SHORT, "max_length": TOO_LONG}

    def to_python(self, value: Any) -> str:
        if isinstance(value, str):
            value = as_read(value)
        return super().to_python(value) or ""


class TextField(PublishedField):
    """The same, of several lines."""

    widget = forms.Textarea


class QuotingField(TextField):
    """What is told of the words of somebody: it may quote what nobody may publish, and few people read it."""

    default_validators = []


MASK = "masquer"  # the button that gives texts back masked
MASKED = _("C’est masqué. Relisez, puis envoyez.")


class MaskableForm(forms.Form):
    """A form whose texts may be masked in one tap: the button gives them back without what the guard points at, and sends
    nothing (comments/mask_button.html).

    `guarded` names the fields that are read. `hidden`: the author, where their name is masked. `sent_by`: the name of the
    button that sends, where a form has one.
    """

    guarded: tuple[str, ...] = ("text",)
    hidden: User | None = None
    sent_by = ""

    def without_names(self, text: str) -> str:
        return masked_text(text, hidden=self.hidden)

    @property
    def masked_fields(self) -> str:
        """Return what the button puts in which field (JSON: id → words): a script then needs no network."""
        typed = [(self[name], as_read(str(self[name].value() or ""))) for name in self.guarded]
        changed = {field.id_for_label: masked for field, text in typed if (masked := self.without_names(text)) != text}
        return json.dumps(changed, ensure_ascii=False)

    def clean(self) -> dict[str, Any]:
        self.mask_if_asked()
        return self.cleaned_data

    def mask_if_asked(self) -> bool:
        """Mask what was typed, if that is the button pressed: the form is then no more valid, and says to read it again."""
        if MASK not in self.data:
            return False
        self.data = self.data.copy()  # type: ignore[attr-defined]
        for name in self.guarded:
            text = as_read(str(self.data.get(self.add_prefix(name)) or ""))
            masked = self.without_names(text)
            self.data[self.add_prefix(name)] = masked  # type: ignore[index]
            if masked != text:
                self.add_error(name, MASKED)
        if not self.errors:
            self.add_error(self.guarded[0], _("Rien n’était à masquer. Relisez, puis envoyez."))
        return True


class GuardedForm(MaskableForm):
    """A form whose texts are read for personal data before they are sent: what is found is pointed at, once.

    Whoever writes then corrects, takes the masked version, or says that it was read again.
    """

    personal_data_checked = forms.BooleanField(
        label=_("J’ai relu : rien ne permet de reconnaître une personne accompagnée."), required=False
    )
    personal_data_checked.template_name = "comments/personal_data_checked.html"  # type: ignore[attr-defined]

    def __init__(self, *args: Any, hidden: User | None = None, **kwargs: Any) -> None:
        """`hidden`: the author, where their name is masked: words that name them are pointed at too."""
        self.hidden = hidden
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        self.found_personal_data = False
        if self.mask_if_asked():
            return self.cleaned_data
        for name in self.guarded:
            findings = pointed_at(self.cleaned_data.get(name) or "", hidden=self.hidden)
            self.found_personal_data |= bool(findings)
            if not self.cleaned_data.get("personal_data_checked"):
                for finding in findings:
                    self.add_error(name, sentence_of(finding))
        return self.cleaned_data


class CommentTextForm(GuardedForm):
    """The text of a comment, to correct it."""

    text = TextField(
        label=_("Votre question ou votre commentaire"),
        help_text=_("Ne nommez jamais une personne accompagnée, et rien qui la fasse reconnaître."),
        min_length=SHORTEST,
        max_length=settings.COMMENT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez votre commentaire.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "comment_%s"} | kwargs)


def propose_people(field: forms.Field, address: str) -> None:
    """Let names be proposed in a text while one writes, from this address; empty: none are (suggestions.js)."""
    if address:
        field.widget.attrs |= {
            "data-suggestions": address,
            "data-suggestions-label": _("Personnes du groupe"),
            "data-script": static("kb_site/suggestions.js"),
        }


class CommentForm(CommentTextForm):
    """A new comment. The key, drawn with each form shown, makes a double submit harmless."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    parent = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST_ID)

    def __init__(self, *args: Any, people: QuerySet[User] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is not None:
            self.fields["mention"] = forms.ModelChoiceField(
                people, required=False, label=_("Prévenir quelqu’un"), empty_label=_("Personne en particulier")
            )
            names = {person.pk: name for person, name in told_apart(people)}
            self.fields["mention"].label_from_instance = lambda person: names[person.pk]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        super().clean()
        # Hidden fields have no place for a message: it goes beside the text, which is kept.
        if "submission_key" in self.errors:
            self.renew_key(_("Ce formulaire a expiré. Votre texte est gardé : publiez-le de nouveau."))
        if "parent" in self.errors:
            self.add_error("text", _("Le commentaire auquel vous répondez n’existe pas."))
        return self.cleaned_data

    def renew_key(self, message: Any) -> None:
        """Refuse this submission with a message, and let the same text be sent again with a new key."""
        self.data = dict(self.data.items()) | {"submission_key": str(uuid.uuid4())}
        self.add_error("text", message)


class ReportForm(forms.Form):
    """Why a comment should be looked at."""

    reason = forms.ChoiceField(
        label=_("Pourquoi signalez-vous ce commentaire ?"),
        choices=CommentReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une raison."),
            "invalid_choice": _("Choisissez une raison dans la liste."),
        },
    )
    details = QuotingField(
        label=_("Précision (facultatif)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("%(limit_value)d caractères au plus : il y en a %(show_value)d.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "report_%s"} | kwargs)
