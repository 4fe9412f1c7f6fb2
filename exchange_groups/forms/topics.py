"""The forms of topics: writing one, caring for it."""

import dataclasses
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Page

from kb_site.accounts.models import User
from practices.comments.forms import GuardedForm, PublishedField, QuotingField, TextField, propose_people
from practices.comments.models import Report
from practices.editorial.forms.proposals import IdeaForm
from practices.editorial.proposed_card import ProposedCard
from practices.models import Theme

from ..choices import TopicType
from ..models import ExchangeGroup, Topic
from ..uploads import ACCEPT, MAX_FILES, MAX_SIZE, MEGABYTE, check_files

BODY_LENGTH = 6000
CALLS_HELP = _("« @ » et un nom préviennent un membre du groupe.")


class SeveralFiles(forms.ClearableFileInput):
    """A field of files where several may be chosen at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files. The form checks each, so that one that is refused does not take the others away."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFiles(attrs={"accept": ACCEPT}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return list(data or [])


class TopicTextForm(GuardedForm):
    """The words of a topic, to correct them."""

    guarded = ("title", "body")

    title = PublishedField(
        label=_("Titre"),
        help_text=_("Une phrase courte : la question, le besoin, ce que vous avez adapté."),
        min_length=5,
        max_length=120,
    )
    body = TextField(
        label=_("Votre texte"),
        help_text=_("Ne nommez jamais une personne accompagnée. « - » en début de ligne fait une liste."),
        min_length=10,
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 9}),
    )


class TopicForm(TopicTextForm):
    """A new topic."""

    field_order = ["type", "title", "body"]

    type = forms.ChoiceField(
        label=_("De quoi s’agit-il ?"),
        choices=[(value, label.capitalize()) for value, label in TopicType.choices],
        initial=TopicType.QUESTION,
    )
    themes: "forms.ModelMultipleChoiceField[Theme]" = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=_("Thèmes"), required=False, widget=forms.SelectMultiple(attrs={"size": 5})
    )
    quoted_page = forms.ModelChoiceField(
        Page.objects.none(),
        label=_("Fiche, outil, ressource ou dossier dont vous parlez"),
        required=False,
        empty_label=_("Aucun"),
    )
    files = FilesField(  # type: ignore[assignment]
        label=_("Fichiers"),
        help_text=_("%(count)d au plus, %(size)d Mo chacun. Aucun papier d’une personne accompagnée.")
        % {"count": MAX_FILES, "size": MAX_SIZE // MEGABYTE},
        required=False,
    )
    masked = forms.BooleanField(
        label=_("Masquer mon nom"),
        help_text=_("Seule l’animation du groupe le verra. Il n’apparaît ni dans les e-mails, ni dans la recherche."),
        required=False,
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, group: ExchangeGroup, author: User, quotable: Any, kept_count: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.author = author
        body = self.fields["body"]
        body.help_text = f"{body.help_text} {CALLS_HELP}"
        propose_people(body, reverse("group_people", args=[group.slug]))
        self.kept_count = kept_count
        self.accepted_files: list[Any] = []
        self.fields["themes"].queryset = Theme.objects.all()  # type: ignore[attr-defined]
        self.fields["quoted_page"].queryset = quotable  # type: ignore[attr-defined]

    def clean_files(self) -> list[Any]:
        """Return the files to join with those kept beside the form (`kept_count`); `accepted_files` holds the good ones
        even when others are refused."""
        self.accepted_files, errors = check_files(self.cleaned_data["files"])
        if len(self.accepted_files) + self.kept_count > MAX_FILES:
            errors.append(ValidationError(_("%(most)d fichiers au plus. Retirez-en.") % {"most": MAX_FILES}))
        if errors:
            raise ValidationError(errors)
        return self.accepted_files

    def clean(self) -> dict[str, Any]:
        self.hidden = self.author if self.cleaned_data.get("masked") else None
        super().clean()
        if "submission_key" in self.errors:
            self.renew_key(_("Ce formulaire a expiré. Votre texte est gardé : publiez-le de nouveau."))
        return self.cleaned_data

    def renew_key(self, message: Any) -> None:
        """Refuse this submission with a message, and let the same text be sent again with a new key."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["submission_key"] = str(uuid.uuid4())
        self.data = data
        self.add_error("body", message)


class TopicCardForm(IdeaForm, GuardedForm):
    """A card drawn from talk, in the fields of a proposal."""

    guarded = ("title", "context", "steps", "conditions", "limits", "results")
    sent_by = "envoyer"

    context = TextField(
        label=_("Contexte"),
        help_text=_("D’où vient cette pratique, sans nommer le groupe ni personne."),
        required=False,
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def idea(self) -> ProposedCard:
        """Return what was told (valid form only)."""
        return dataclasses.replace(super().idea(), context=self.cleaned_data["context"])


class QuestionForm(forms.Form):
    """Where a question asked under a card goes."""

    title = PublishedField(label=_("Titre du sujet"), min_length=5, max_length=120)
    group = forms.ModelChoiceField(Topic.objects.none(), label=_("Groupe"), empty_label=_("Choisissez"))

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why a topic is closed."""

    reason = PublishedField(
        label=_("Pourquoi clore ce sujet ?"),
        help_text=_("Affiché en haut du sujet."),
        max_length=300,
        error_messages={"required": _("Dites pourquoi, en une phrase.")},
    )


class MoveForm(forms.Form):
    """To which group a topic goes; `groups`: those that may be chosen."""

    group = forms.ModelChoiceField(Topic.objects.none(), label=_("Vers le groupe"), empty_label=_("Choisissez"))

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Into which topic another goes; `topics`: those that may be chosen; `files_go`: how many files would be erased."""

    into = forms.ModelChoiceField(Topic.objects.none(), label=_("Fusionner avec"), empty_label=_("Choisissez un sujet"))
    files_may_go = forms.BooleanField()

    def __init__(self, *args: Any, topics: Any, files_go: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = topics  # type: ignore[attr-defined]
        if files_go:
            self.fields["files_may_go"].label = ngettext(
                "J’ai compris que %(n)s fichier joint sera effacé : il nomme la personne masquée, "
                "et ce nom ne peut pas en être retiré.",
                "J’ai compris que %(n)s fichiers joints seront effacés : ils nomment la personne masquée, "
                "et ce nom ne peut pas en être retiré.",
                files_go,
            ) % {"n": files_go}
        else:
            del self.fields["files_may_go"]


class SplitForm(forms.Form):
    """Which replies leave a topic for a new one; `threads`: key and first words of each."""

    title = PublishedField(label=_("Titre du nouveau sujet"), min_length=5, max_length=120)
    threads = forms.MultipleChoiceField(label=_("Réponses à sortir"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, threads: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["threads"].choices = threads  # type: ignore[attr-defined]


class TopicReportForm(forms.Form):
    """What is wrong with a topic, in the words of whoever reports it."""

    reason = forms.ChoiceField(
        label=_("Pourquoi signalez-vous ce sujet ?"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    details = QuotingField(
        label=_("Précision"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class TopicDecisionForm(forms.Form):
    """What a facilitator decides of a topic that was reported."""

    outcome = forms.ChoiceField(choices=Report.Outcome.choices)
    reason = PublishedField(label=_("Motif, si vous retirez"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("outcome") == Report.Outcome.REMOVED and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Dites pourquoi vous retirez ce sujet."))
        return self.cleaned_data
