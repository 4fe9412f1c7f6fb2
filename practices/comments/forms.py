"""The forms of comments."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User

from .models import CommentReport
from .rulebook import SHORTEST, TOO_LONG, TOO_SHORT, pointed_at, sentence_of

LARGEST_ID = 2**31 - 1


class TextField(forms.CharField):
    """A text of several lines, whose line ends count for one character, as browsers count them."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(value) or ""


class GuardedForm(forms.Form):
    """A form whose texts are read for personal data before they are sent: what is found is pointed at, once.

    Whoever writes then corrects, or says that it was read again. `guarded` names the fields that are read.
    """

    guarded: tuple[str, ...] = ("text",)

    personal_data_checked = forms.BooleanField(
        label=_("J’ai relu : rien ne permet de reconnaître une personne accompagnée."), required=False
    )

    def __init__(self, *args: Any, hidden: User | None = None, **kwargs: Any) -> None:
        """`hidden`: the author, where their name is masked: words that name them are pointed at too."""
        self.hidden = hidden
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        self.found_personal_data = False
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
        error_messages={
            "required": _("Écrivez votre commentaire."),
            "min_length": TOO_SHORT,
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "comment_%s"} | kwargs)


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
            self.fields["mention"].label_from_instance = lambda person: person.public_name  # type: ignore[attr-defined]

    def propose_people(self, address: str) -> None:
        """Let names be proposed while one writes, from this address; empty: none are (suggestions.js)."""
        if address:
            self.fields["text"].widget.attrs |= {
                "data-suggestions": address,
                "data-suggestions-label": _("Personnes du groupe"),
                "data-script": static("kb_site/suggestions.js"),
            }

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
    details = TextField(
        label=_("Précision (facultatif)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("%(limit_value)d caractères au plus : il y en a %(show_value)d.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "report_%s"} | kwargs)
