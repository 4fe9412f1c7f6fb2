"""Where each proposal stands, in plain words for its author."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from .editing_sessions import readers_of
from .models.proposals import Proposal
from .models.review import NetworkReviewTask, ReviewDeadline, ReviewQuestion, StoppedReview


@dataclass(frozen=True)
class Progress:
    """The state of one proposal: a few words, a sentence, and what its author may do now."""

    label: str
    sentence: str
    questions: list[ReviewQuestion] = field(default_factory=list)
    reason: str = ""
    may_correct: bool = False
    may_withdraw: bool = False
    reader: str = ""  # who is reading the card now
    deadline: ReviewDeadline | None = None
    refused: StoppedReview | None = None  # « pas pour nous », that its author may answer

    @property
    def unanswered(self) -> list[ReviewQuestion]:
        return [question for question in self.questions if not question.answer]


def progress_of(proposals: Iterable[Proposal]) -> dict[int, Progress]:
    """Return the state of each proposal by its key, in seven queries whatever their number."""
    proposals = list(proposals)
    ids = [proposal.card_id for proposal in proposals]
    keys = [str(pk) for pk in ids]
    base_type = ContentType.objects.get_for_model(Page)
    reviews = {
        int(state.object_id): state
        for state in WorkflowState.objects.active()
        .filter(base_content_type=base_type, object_id__in=keys)
        .select_related("current_task_state__task")
    }
    questions: dict[int, list[ReviewQuestion]] = {}
    for question in ReviewQuestion.objects.filter(card__in=ids).select_related("asked_by"):
        questions.setdefault(question.card_id, []).append(question)
    scheduled = {
        int(revision.object_id): revision
        for revision in Revision.objects.filter(
            base_content_type=base_type, object_id__in=keys, approved_go_live_at__isnull=False
        ).defer("content")
    }
    stopped = {row.card_id: row for row in StoppedReview.objects.filter(card__in=ids)}
    deadlines = ReviewDeadline.objects.in_bulk(ids, field_name="card_id") if ids else {}
    readers = readers_of(ids)
    network_tasks = set(NetworkReviewTask.objects.values_list("pk", flat=True)) if reviews else set()
    return {
        proposal.pk: _progress(
            proposal,
            reviews.get(proposal.card_id),
            questions.get(proposal.card_id, []),
            scheduled.get(proposal.card_id),
            Beside(
                deadlines.get(proposal.card_id),
                readers.get(proposal.card_id, ""),
                network_tasks,
                stopped.get(proposal.card_id),
            ),
        )
        for proposal in proposals
    }


@dataclass(frozen=True)
class Beside:
    """What goes with a review under way, or with the last one that was stopped."""

    deadline: ReviewDeadline | None
    reader: str
    network_tasks: set[int]
    stopped: StoppedReview | None


def _progress(
    proposal: Proposal,
    review: WorkflowState | None,
    questions: list[ReviewQuestion],
    scheduled: Revision | None,
    beside: Beside,
) -> Progress:
    card = proposal.card
    if card.live:
        return Progress(_("Publiée"), _("Elle est en ligne. Merci !"), questions)
    if scheduled is not None:
        return Progress(_("Acceptée"), _("Elle sera publiée à la date choisie par le réseau."), questions)
    if review is None:
        return _at_rest(proposal, questions, beside.stopped)
    task_state: TaskState | None = review.current_task_state
    if review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Progress(
            _("À corriger"),
            _("Le réseau vous demande une correction. Corrigez, puis renvoyez : la relecture reprend."),
            questions,
            reason=task_state.comment if task_state else "",
            may_correct=True,
            may_withdraw=True,
        )
    if any(not question.answer for question in questions):
        label, sentence = _("Une question pour vous"), _("Un relecteur attend votre réponse. La relecture continue.")
    elif task_state is not None and task_state.task_id in beside.network_tasks:
        label, sentence = _("En relecture"), _("Les éditeurs du réseau la lisent : est-elle utile, claire, complète ?")
    else:
        label = _("Dernière vérification")
        sentence = _("Relue et appréciée. Le réseau vérifie que personne n’est reconnaissable, puis il publie.")
    return Progress(label, sentence, questions, may_withdraw=True, reader=beside.reader, deadline=beside.deadline)


def _at_rest(proposal: Proposal, questions: list[ReviewQuestion], stopped: StoppedReview | None) -> Progress:
    if proposal.withdrawn_at:
        return Progress(_("Retirée"), _("Vous l’avez retirée : personne ne la relit."), questions)
    if proposal.card.first_published_at:
        return Progress(_("Plus en ligne"), _("Elle a été publiée, puis retirée du site par le réseau."), questions)
    if stopped is not None and stopped.final:
        sentence = _("Le réseau ne la publiera pas ; voici pourquoi. Vous pouvez répondre. Votre texte reste à vous.")
        return Progress(_("Pas retenue"), sentence, questions, reason=stopped.reason, refused=stopped)
    if stopped is not None:
        sentence = _("Le réseau a arrêté la relecture. Votre texte est gardé en brouillon ; voici pourquoi.")
        return Progress(_("Relecture arrêtée"), sentence, questions, reason=stopped.reason)
    return Progress(
        _("Gardée en brouillon"), _("Le réseau l’a mise de côté. Écrivez-lui pour en savoir plus."), questions
    )
