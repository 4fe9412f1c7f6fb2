"""Who wrote, keeps and reports in practices; see kb_site/members/personal_data.py."""

from kb_site.members.personal_data import acted, hold, kept, unsigned

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
