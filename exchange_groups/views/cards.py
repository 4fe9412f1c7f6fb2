"""From talk to a card: the facilitator's draft, the participants' consent, a question moved into a group."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status
from practices.comments.models import Comment
from practices.comments.services import target_of
from practices.comments.threads import moderable_comments, readable_comments_of
from practices.editorial.services.proposals import ProposalError
from practices.models import PracticePage
from practices.plain_text import plain_text_to_html

from ..access import topic_to_manage
from ..choices import GroupState, MemberRole
from ..forms.topics import QuestionForm, TopicCardForm
from ..models import CreditConsent, ExchangeGroup, Topic, UsefulReply
from ..permissions import groups_open_to
from ..services import cards
from ..services.errors import GroupError

# Where the words of a reply go; « rien » leaves them out.
FIELDS = {
    "rien": gettext_lazy("Ne pas reprendre"),
    "steps": gettext_lazy("Ce qui a été fait"),
    "conditions": gettext_lazy("Conditions"),
    "limits": gettext_lazy("Limites"),
    "results": gettext_lazy("Résultats"),
    "context": gettext_lazy("Contexte"),
}
OFFERED = 60
TITLE_LENGTH = 100


@require_http_methods(["GET", "HEAD", "POST"])
@topic_to_manage
def topic_card(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """Choose where the words go, then read the card again and send it to the network's reviewers."""
    if topic.resulting_card_id is not None:
        messages.info(request, _("Une fiche est déjà tirée de ce sujet."))
        return redirect(topic)
    replies = list(readable_comments_of(topic).select_related("user").order_by("thread_id", "order")[:OFFERED])
    if request.method != "POST":
        return _choice_page(request, topic, replies)
    used = {reply.pk: request.POST.get(f"reponse-{reply.pk}", "rien") for reply in replies}
    opening = request.POST.get("sujet", "rien")
    if "envoyer" not in request.POST:
        form = TopicCardForm(initial=_gathered(topic, opening, replies, used))
        return _card_page(request, topic, form, opening, used)
    form = TopicCardForm(request.POST)
    people = {reply.user_id for reply in replies if used[reply.pk] != "rien" and not reply.masked}
    people |= {topic.author_id} if opening != "rien" else set()
    if form.is_valid() and (card := _drawn(request, topic, form, people)):
        messages.success(request, _("La fiche « %s » est envoyée en relecture.") % card.title)
        return SeeOther(topic.get_absolute_url())
    return _card_page(request, topic, form, opening, used)


def _choice_page(request: MemberRequest, topic: Topic, replies: list[Comment]) -> HttpResponseBase:
    useful = set(UsefulReply.objects.filter(topic=topic).values_list("comment_id", flat=True))
    rows = [(reply, plain_text_to_html(reply.comment), "steps" if reply.pk in useful else "rien") for reply in replies]
    context = {"group": topic.group, "topic": topic, "rows": rows, "fields": FIELDS.items(), "form": None}
    return render(request, "groups/topic_card_choice.html", context)


def _gathered(topic: Topic, opening: str, replies: list[Comment], used: dict[int, str]) -> dict[str, str]:
    """The fields of the card, each with the words chosen for it."""
    texts: dict[str, list[str]] = {}
    for where, words in [(opening, topic.body), *((used[reply.pk], reply.comment) for reply in replies)]:
        if where in FIELDS and where != "rien":
            own = [line for line in words.splitlines() if not line.startswith(">")]
            texts.setdefault(where, []).append("\n".join(own).strip())
    return {"title": topic.title[:TITLE_LENGTH]} | {name: "\n\n".join(parts) for name, parts in texts.items()}


def _card_page(
    request: MemberRequest, topic: Topic, form: TopicCardForm, opening: str, used: dict[int, str]
) -> HttpResponseBase:
    carried = {"sujet": opening} | {f"reponse-{pk}": where for pk, where in used.items() if where != "rien"}
    status = form_status(form)
    context = {"group": topic.group, "topic": topic, "form": form, "carried": carried.items()}
    return render(request, "groups/topic_card.html", context, status=status)


def _drawn(request: MemberRequest, topic: Topic, form: TopicCardForm, people: set[int | None]) -> PracticePage | None:
    try:
        return cards.draw_card(
            topic=topic,
            by=request.user,
            idea=form.idea(),
            participants=[pk for pk in people if pk is not None],
            submission_key=form.cleaned_data["submission_key"],
        )
    except cards.AlreadyDrawn:
        form.add_error(None, _("Une fiche est déjà tirée de ce sujet."))
    except ProposalError:
        form.add_error(None, _("Le réseau de ce groupe ne reçoit pas de fiche pour le moment."))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def credit_consent(request: MemberRequest, consent_id: int) -> HttpResponseBase:
    """Say whether one wants to be named on a card; the answer can change at any time."""
    consents = CreditConsent.objects.select_related("card", "topic__group")
    consent = get_object_or_404(consents, pk=consent_id, user=request.user)
    if request.method == "POST":
        answer = request.POST.get("accord")
        if answer not in {"oui", "non"}:
            raise Http404
        cards.answer_consent(consent=consent, agreed=answer == "oui")
        messages.success(request, _("C’est noté. Vous pouvez changer d’avis ici même."))
        return SeeOther(request.path)
    topic = consent.topic if consent.topic.is_visible_to(request.user) else None
    context = {"consent": consent, "topic": topic, "card_title": consent.card.draft_title or consent.card.title}
    return render(request, "groups/credit_consent.html", context)


def groups_for_questions(user: Any, comment: Comment) -> Any:
    """The groups into which this person may move a question: those they lead, and, for whoever moderates the comment,
    those they are in."""
    moderates = moderable_comments(user).filter(pk=comment.pk).exists()
    roles = groups_open_to(user)
    allowed = [pk for pk, role in roles.items() if moderates or role == MemberRole.FACILITATOR]
    return ExchangeGroup.objects.filter(pk__in=allowed, state=GroupState.ACTIVE)


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def question_move(request: MemberRequest, comment_id: int) -> HttpResponseBase:
    """Move a question asked under a card into a group."""
    comment = get_object_or_404(Comment.objects.filter(is_public=True, is_removed=False, level=0), pk=comment_id)
    card = target_of(comment)
    groups = groups_for_questions(request.user, comment)
    if not isinstance(card, PracticePage) or not card.is_visible_to(request.user) or not groups:
        raise Http404
    first_line = comment.comment.strip().splitlines()[0] if comment.comment.strip() else ""
    initial = {"title": Truncator(first_line).chars(TITLE_LENGTH)}
    form = QuestionForm(request.POST if request.method == "POST" else None, groups=groups, initial=initial)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["group"]
        try:
            topic = cards.move_question(comment=comment, to=to, title=form.cleaned_data["title"], by=request.user)
        except GroupError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("La question est dans le groupe. Prévenez la personne qui l’a posée."))
            return SeeOther(topic.get_absolute_url())
    status = form_status(form)
    context = {"form": form, "comment": comment, "card": card, "html": plain_text_to_html(comment.comment)}
    return render(request, "groups/question_move.html", context, status=status)
