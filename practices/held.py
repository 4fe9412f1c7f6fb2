"""Who wrote, keeps and reports in practices; see kb_site/members/personal_data.py."""

from kb_site.members.models import User
from kb_site.members.personal_data import acted, hold, kept, register_eraser, unsigned
from kb_site.members.traces import Traces, take_off

from .credits import cards_of, take_person_off, take_person_off_credits
from .models import CommentRevision

OWNERSHIP = "the page stays without this owner: the backup owner and the editors' board take over"
VERIFIED = "the date of a verification stays true"

hold(
    {
        "practices.PracticePage.card_owner": unsigned(OWNERSHIP),
        "practices.PracticePage.backup_owner": unsigned(OWNERSHIP),
        "practices.PracticePage.last_verified_by": acted(VERIFIED),
        "practices.ToolPage.card_owner": unsigned(OWNERSHIP),
        "practices.ToolPage.backup_owner": unsigned(OWNERSHIP),
        "practices.ToolPage.last_verified_by": acted(VERIFIED),
        "django_comments.Comment.user": kept("a thread keeps its thread; signed « Ancien membre »"),
        "django_comments.CommentFlag.user": acted("what a moderator decided"),
        "practices.CommentReport.reporter": kept("the report waits for its decision, whoever made it"),
        "practices.CommentReport.decided_by": acted("what a moderator decided"),
    }
)


def _take_person_off(user: User) -> None:
    take_person_off(cards=cards_of(user), user=user)
    take_person_off_credits(user=user)
    take_off(CommentRevision.objects.filter(comment__user=user), Traces(user))


register_eraser(_take_person_off)
