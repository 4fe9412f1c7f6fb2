"""From a session to cards: an idea becomes a draft; those who were there are asked what they tried."""

from http import HTTPStatus

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status
from practices.editorial.services.proposals import ProposalError

from ...forms.topics import TopicCardForm
from ..access import minutes_to_write
from ..choices import LineKind, MinutesState
from ..models import Minutes, MinutesLine
from ..sections import lines_of, sections_of
from ..services import cards
from ..services.errors import MinutesError

TITLE_LENGTH = 100


@require_http_methods(["GET", "HEAD", "POST"])
@minutes_to_write
def minutes_card(request: MemberRequest, minutes: Minutes, line_id: int) -> HttpResponseBase:
    """Make a card of an idea: its words and those of its point are offered, to be written again."""
    ideas = MinutesLine.objects.standing().filter(minutes=minutes, kind=LineKind.IDEE)
    line = get_object_or_404(ideas, pk=line_id)
    if line.card_id:
        messages.info(request, _("Une fiche est déjà tirée de cette idée."))
        return redirect(minutes)
    form = TopicCardForm(request.POST) if request.method == "POST" else TopicCardForm(initial=_offered(minutes, line))
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["submission_key"]
        try:
            card = cards.draw_card_of_line(line=line, by=request.user, idea=form.idea(), submission_key=key)
        except MinutesError as error:
            form.add_error(None, str(error.message))
        except ProposalError:
            form.add_error(None, _("Le réseau de ce groupe ne reçoit pas de fiche pour le moment."))
        else:
            messages.success(request, _("La fiche « %s » est envoyée en relecture.") % card.title)
            return SeeOther(minutes.get_absolute_url())
    context = {"minutes": minutes, "session": minutes.session, "line": line, "form": form}
    status = form_status(form)
    return render(request, "minutes/card.html", context, status=status)


def _offered(minutes: Minutes, line: MinutesLine) -> dict[str, str]:
    """The idea as a title, what was said on the same point as steps, what was needed as conditions."""
    point = next(part for part in sections_of(lines_of(minutes)) if line in part.lines)
    said = [other.text for other in point.lines if other.kind in (LineKind.NOTE, LineKind.DECISION)]
    needed = [other.text for other in point.lines if other.kind == LineKind.BESOIN]
    return {
        "title": " ".join(line.text.split())[:TITLE_LENGTH],
        "context": minutes.session.objective,
        "steps": "\n".join(said),
        "conditions": "\n".join(needed),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@minutes_to_write
def minutes_tries(request: MemberRequest, minutes: Minutes) -> HttpResponseBase:
    """Ask those who were there whether they tried a card that was talked of."""
    if minutes.state == MinutesState.DRAFT:
        return redirect(minutes)
    talked_of = cards.cards_talked_of(minutes.session, request.user)
    if request.method == "POST":
        chosen = request.POST.get("fiche", "")
        known = {str(card.pk): card for card in talked_of}
        if chosen not in known:
            return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
        asked = cards.ask_about_card(minutes=minutes, card=known[chosen], by=request.user)
        words = ngettext("%(n)d personne reçoit la question.", "%(n)d personnes reçoivent la question.", asked)
        messages.success(request, words % {"n": asked} if asked else _("La question a déjà été posée."))
        return SeeOther(request.path)
    asked_about = set(minutes.cards_asked_about.values_list("pk", flat=True))
    rows = [(card, card.pk in asked_about) for card in talked_of]
    return render(request, "minutes/tries.html", {"minutes": minutes, "session": minutes.session, "rows": rows})
