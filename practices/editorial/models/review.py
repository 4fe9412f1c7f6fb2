"""The two tasks of a network's workflow, and what goes with a review: questions to the author, a due date."""

from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from ...models import PracticePage
from ..forms.review import (
    ApproveForm,
    ChecklistForm,
    ChecklistRefusalForm,
    DeadlineForm,
    DecisionForm,
    QuestionForm,
    RejectForm,
)
from ..second_eyes import waiting_for, wrote_it

Action = tuple[str, Any, bool]


class CardTask(AbstractGroupApprovalTask):
    """Abstract: a step of the review of a card, by the editors of its network, never by its author."""

    forms: ClassVar[dict[str, type[DecisionForm]]] = {}
    verbs: ClassVar[list[Action]] = []
    card: PracticePage  # the card that a decision is being taken on

    class Meta:
        abstract = True

    @property
    def decides_publication(self) -> bool:
        """Whether accepting the card at this step publishes it."""
        state = self.card.current_workflow_state
        return bool(state and state.is_at_final_task)

    def get_actions(self, obj: Page, user: Any) -> list[Action]:
        """Return what this person may decide: nothing on their own card, whatever their rights."""
        self.card = obj.specific
        state = obj.current_workflow_state
        if wrote_it(user, obj, state.requested_by_id if state else None) or not super().get_actions(obj, user):
            return []
        return self.verbs

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        """Return the cards that wait for this person: not their own words."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.filter(
            workflow_state__object_id__in=waiting_for(user).annotate(key=Cast("pk", CharField())).values("key")
        )

    def get_form_for_action(self, action: str) -> Any:
        """Return the form of an action; None for one that an address made up, which Wagtail refuses next."""
        form = self.forms.get(action)
        return partial(form, task=self) if form else None

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Start this step and tell the editors concerned."""
        from ..services.review import announce_step  # imports this file

        state: TaskState = super().start(workflow_state, user=user)
        announce_step(card=workflow_state.content_object.specific, task=self)
        return state

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **data: Any) -> None:
        """Apply a decision. Raises PermissionDenied when the person may not take it, or gives no valid reason.

        The editing screen hands over what the browser sent back: it is checked again here.
        """
        card = task_state.workflow_state.content_object.specific
        if action_name not in {name for name, _label, _modal in self.get_actions(card, user)}:
            raise PermissionDenied
        form = self.get_form_for_action(action_name)(data)
        if not form.is_valid():
            raise PermissionDenied(" ".join(str(error) for errors in form.errors.values() for error in errors))
        self.decide(task_state, user, action_name, form.cleaned_data)

    def decide(self, task_state: TaskState, user: Any, action_name: str, data: dict[str, Any]) -> None:
        """Apply a decision that was checked."""
        from ..services import review  # imports this file

        if action_name == "approve":
            task_state.approve(user=user, comment=data["comment"])
            review.announce_word(card=self.card, task_state=task_state)
        elif action_name == "reject":
            task_state.reject(user=user, comment=data["comment"])
            review.announce_refusal(card=self.card, task_state=task_state)
        elif action_name == "ask":
            review.ask_author(card=self.card, by=user, text=data["question"])
        elif action_name == "due":
            review.set_deadline(card=self.card, by=user, due_on=data["due_on"])


class NetworkReviewTask(CardTask):
    """The network's editors read the card: is it useful, clear, complete?"""

    forms = {"approve": ApproveForm, "reject": RejectForm, "ask": QuestionForm, "due": DeadlineForm}
    verbs = [
        ("approve", _("Valider la relecture"), False),
        ("approve", _("Valider, avec un mot pour l’auteur"), True),
        ("reject", _("Demander des corrections"), True),
        ("ask", _("Poser une question à l’auteur"), True),
        ("due", _("Fixer une date de relecture"), True),
    ]

    class Meta:
        verbose_name = _("relecture du réseau")
        verbose_name_plural = _("relectures du réseau")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Les éditeurs du réseau relisent la fiche ; une correction demandée est toujours expliquée."))


class PrivacyTask(CardTask):
    """The network's editors check that the card betrays nobody, item by item."""

    forms = {"approve": ChecklistForm, "reject": ChecklistRefusalForm, "ask": QuestionForm, "due": DeadlineForm}
    verbs = [
        ("approve", _("Cocher la liste et valider"), True),
        ("reject", _("Demander des corrections"), True),
        ("ask", _("Poser une question à l’auteur"), True),
        ("due", _("Fixer une date de relecture"), True),
    ]
    items = ("nobody", "consents", "tools")

    class Meta:
        verbose_name = _("confidentialité")
        verbose_name_plural = _("confidentialités")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Personne n’est reconnaissable, les accords sont donnés, les avis sur les outils sont à jour."))

    def decide(self, task_state: TaskState, user: Any, action_name: str, data: dict[str, Any]) -> None:
        if action_name == "approve":
            ticked = " · ".join(str(ChecklistForm.base_fields[item].label) for item in self.items)
            data = data | {"comment": "\n".join(filter(None, [ticked, data["comment"]]))}
        elif action_name == "reject":
            refused = {item: data[item] for item in self.items if data[item]}
            labels = {item: str(ChecklistForm.base_fields[item].label) for item in refused}
            data = {"comment": "\n".join(f"« {labels[item]} » : {words}" for item, words in refused.items())}
        super().decide(task_state, user, action_name, data)


class ReviewQuestion(models.Model):
    """A question of a reviewer to the author of a card, and the answer."""

    card = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="review_questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("posée le"), default=timezone.now)
    answer = models.TextField(_("réponse"), blank=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)

    class Meta:
        verbose_name = _("question de relecture")
        verbose_name_plural = _("questions de relecture")
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return self.text[:60]


class StoppedReview(models.Model):
    """A review that an editor stopped before its end, and why; its author reads it."""

    card = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="stopped_reviews")
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    stopped_at = models.DateTimeField(_("arrêtée le"), default=timezone.now)
    reason = models.TextField(_("raison"))
    final = models.BooleanField(_("définitif"), default=False)
    answer = models.TextField(_("réponse de l’auteur"), blank=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)

    class Meta:
        verbose_name = _("relecture arrêtée")
        verbose_name_plural = _("relectures arrêtées")
        ordering = ["stopped_at"]

    def __str__(self) -> str:
        return self.reason[:60]


class ReviewDeadline(models.Model):
    """Until when a card in review should be read; optional."""

    card = models.OneToOneField(PracticePage, on_delete=models.CASCADE, related_name="review_deadline")
    due_on = models.DateField(_("à relire avant le"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("date de relecture")
        verbose_name_plural = _("dates de relecture")

    def __str__(self) -> str:
        return f"{self.card_id}: {self.due_on}"
