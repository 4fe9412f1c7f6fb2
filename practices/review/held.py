"""See kb_site/members/personal_data.py."""

from kb_site.members.personal_data import acted, hold, kept

hold(
    {
        "review.ReviewQuestion.asked_by": kept("question and answer belong to the card's history"),
        "review.ReviewDeadline.set_by": acted("the date of a review stays"),
    }
)
