"""/relire/: the review of a card on one screen of the site, one card after the other."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import button_of, object_of_address, requires
from kb_site.accounts.models import Network
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status

from ...models import PracticePage
from ...page_sections import section_context
from ...permissions import pages_to_publish, publishes_pages, sections_to_publish
from ..desk_context import desk_context, next_after, people_who_review
from ..forms.desk import AssignForm, RemarkForm, ReplyForm, TypingErrorForm, VerdictForm, completing_form
from ..models.desk import SavedReply
from ..models.review import PrivacyTask
from ..publication_checks import problems_of
from ..queue import queue_for
from ..services import desk
from ..services.review import NoReview
from ..services.typing_errors import NotATypingError, may_mend, publish_typing_error
from ..what_changed import changes_of

reviewers_only = requires(publishes_pages)


def _card(user: Any, card_id: int) -> PracticePage | None:
    return PracticePage.objects.filter(pk=card_id, pk__in=pages_to_publish(user).order_by().values("pk")).first()


card_to_review = object_of_address(_card, accounts=reviewers_only)


def _here(card: PracticePage, anchor: str = "") -> SeeOther:
    return SeeOther(reverse("review_card", args=[card.pk]) + anchor)


@require_safe
@reviewers_only
def review_desk(request: MemberRequest) -> HttpResponseBase:
    """The first card that waits for this person, or a page that says that none does."""
    first = queue_for(request.user).first()
    if first is not None:
        return SeeOther(reverse("review_card", args=[first.pk]))
    return render(request, "editorial/review/nothing.html", desk_context(request, None))


def _screen(request: HttpRequest, card: PracticePage, **forms: Any) -> HttpResponse:
    latest: PracticePage = card.get_latest_revision_as_object()
    shown = desk_context(request, card, latest) | {"page": latest, "is_draft": True} | forms
    status = next((form_status(form) for form in forms.values()), HTTPStatus.OK)
    return render(request, "editorial/review/card.html", section_context(latest, request) | shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@card_to_review
def review_card(request: MemberRequest, card: PracticePage) -> HttpResponseBase:
    """Read a card beside what changed, and decide; then the next one."""
    if request.method != "POST":
        return _screen(request, card)
    step = desk.step_of(card, request.user)
    if step is None:
        messages.warning(request, _("Cette fiche n’attend pas votre décision."))
        return _here(card)
    privacy = isinstance(step.task.specific, PrivacyTask)
    form = VerdictForm(request.POST, card=card, network=card.network, privacy=privacy)
    if not form.is_valid():
        return _screen(request, card, form=form)
    chosen = form.cleaned_data
    following = next_after(card, request.user)
    if chosen["keep_as"]:
        desk.keep_reply(network=card.network, title=chosen["keep_as"], text=chosen["words"], by=request.user)
    try:
        desk.decide(
            card=card,
            by=request.user,
            verdict=chosen["verdict"],
            words=chosen["words"],
            checked=form.ticked == len(PrivacyTask.items),
            change_note=chosen.get("change_note") or "",
        )
    except desk.AlreadyDecided:
        messages.warning(request, _("Quelqu’un vient de décider sur cette fiche."))
        return _here(card)
    return SeeOther(reverse("review_card", args=[following.pk]) if following else reverse("review_desk"))


@button_of("review_card", "card_id")
@card_to_review
def review_undo(request: MemberRequest, card: PracticePage) -> HttpResponseBase:
    """Take one's decision back, within ten seconds."""
    try:
        desk.undo(card=card, by=request.user)
    except desk.TooLate:
        messages.warning(request, _("Trop tard : la décision est déjà appliquée."))
    else:
        messages.success(request, _("Votre décision est annulée."))
    return _here(card)


@button_of("review_card", "card_id")
@card_to_review
def review_assign(request: MemberRequest, card: PracticePage) -> HttpResponseBase:
    """Entrust the review to one person, or to nobody in particular."""
    form = AssignForm(request.POST, people=people_who_review(card))
    if not form.is_valid():
        return _screen(request, card, assign_form=form)
    person = form.cleaned_data["person"]
    try:
        desk.assign(card=card, to=person, by=request.user)
    except desk.NotAReviewer:
        messages.warning(request, _("Cette personne ne relit pas cette fiche."))
    else:
        told = (
            _("%s est prévenu : à son tour.") % person if person else _("La relecture n’est plus confiée à personne.")
        )
        messages.success(request, told)
    return _here(card)


@button_of("review_card", "card_id")
@card_to_review
def review_complete(request: MemberRequest, card: PracticePage) -> HttpResponseBase:
    """Complete in place what publication still asks for."""
    latest: PracticePage = card.get_latest_revision_as_object()
    form = completing_form(latest, problems_of(latest), request.POST)
    if form is not None:
        if not form.is_valid():
            return _screen(request, card, complete_form=form)
        form.instance.save_revision(user=request.user, log_action=True, clean=False)
        messages.success(request, _("C’est complété."))
    return _here(card)


@button_of("review_card", "card_id")
@card_to_review
def review_remark(request: MemberRequest, card: PracticePage) -> HttpResponseBase:
    """Write a remark on a sentence."""
    form = RemarkForm(request.POST, people=people_who_review(card))
    if not form.is_valid():
        return _screen(request, card, remark_form=form)
    chosen = form.cleaned_data
    desk.remark(card=card, by=request.user, field=chosen["field"], text=form.written(), tell=chosen["tell"])
    return _here(card, "#remarques")


@button_of("review_card", "card_id")
@card_to_review
def review_resolve(request: MemberRequest, card: PracticePage, remark_id: int) -> HttpResponseBase:
    """Say that a remark is dealt with."""
    desk.resolve(remark=get_object_or_404(card.wagtail_admin_comments, pk=remark_id), by=request.user)
    return _here(card, "#remarques")


@button_of("review_card", "card_id")
@card_to_review
def review_send(request: MemberRequest, card: PracticePage) -> HttpResponseBase:
    """Send a card to its review: the change of a published card, or a draft that no review holds."""
    try:
        desk.take_up_again(card=card, by=request.user)
    except NoReview:
        messages.warning(request, _("Cette fiche est déjà en relecture."))
    else:
        messages.success(request, _("La fiche est en relecture : une autre personne la lira."))
    return _here(card)


@require_http_methods(["GET", "HEAD", "POST"])
@card_to_review
def typing_error(request: MemberRequest, card: PracticePage) -> HttpResponseBase:
    """Publish a typing error without a second pair of eyes: said so, and kept in the history."""
    if not may_mend(card, request.user):
        messages.warning(request, _("Rien à publier ici : la fiche n’a pas changé, ou elle est en relecture."))
        return _here(card)
    form = TypingErrorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            publish_typing_error(card=card, by=request.user)
        except NotATypingError:
            messages.warning(request, _("Rien à publier ici : la fiche n’a pas changé, ou elle est en relecture."))
            return _here(card)
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
        else:
            messages.success(request, _("La coquille est corrigée, et l’historique le dit."))
            return SeeOther(card.get_url(request) or reverse("review_desk"))
    context = {"card": card, "form": form, "changes": changes_of(card)}
    return render(request, "editorial/review/typing_error.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def saved_replies(request: MemberRequest) -> HttpResponseBase:
    """The words that the editors of one's networks keep, and a form for more."""
    networks = Network.objects.filter(section__in=sections_to_publish(request.user))
    form = ReplyForm(request.POST if request.method == "POST" else None, networks=networks)
    if form.is_valid():
        desk.keep_reply(by=request.user, **form.cleaned_data)
        messages.success(request, _("C’est gardé pour le réseau."))
        return SeeOther(reverse("saved_replies"))
    replies = SavedReply.objects.filter(network__in=networks).select_related("network")
    context = {"form": form, "replies": replies}
    return render(request, "editorial/review/replies.html", context, status=form_status(form))


@button_of("saved_replies")
@reviewers_only
def saved_reply_delete(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Forget words that serve no more."""
    networks = Network.objects.filter(section__in=sections_to_publish(request.user))
    get_object_or_404(SavedReply, pk=pk, network__in=networks).delete()
    return SeeOther(reverse("saved_replies"))
