"""See kb_site/members/personal_data.py."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, TaskState

from kb_site.members.models import User
from kb_site.members.personal_data import acted, hold, kept, register_eraser
from kb_site.members.traces import Traces, take_off

from ..credits import cards_of
from .models import ReviewQuestion, StoppedReview

hold(
    {
        "review.ReviewQuestion.asked_by": kept("question and answer belong to the card's history"),
        "review.StoppedReview.stopped_by": acted("why a review was stopped belongs to the card's history"),
        "review.ReviewDeadline.set_by": acted("the date of a review stays"),
    }
)


def _take_person_off_reviews(user: User) -> None:
    """What was said to and about the person while their cards were read."""
    cards, traces = list(cards_of(user).values_list("pk", flat=True)), Traces(user)
    page = ContentType.objects.get_for_model(Page)
    states = TaskState.objects.filter(workflow_state__base_content_type=page)
    take_off(states.filter(workflow_state__object_id__in=map(str, cards)), traces)
    take_off(ReviewQuestion.objects.filter(card__in=cards), traces)
    take_off(StoppedReview.objects.filter(card__in=cards), traces)


register_eraser(_take_person_off_reviews)
