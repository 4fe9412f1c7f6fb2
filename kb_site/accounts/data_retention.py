"""What accounts are named by, here and in the libraries; see personal_data.py."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from kb_site.personal_data import (
    ERASED,
    ERASED_KEY,
    Description,
    Matter,
    acted,
    describe,
    hold,
    kept,
    register_eraser,
    unsigned,
)

from .models import User
from .retention_periods import ERASE_AFTER

EDITORS_WORK = "the history of a page stays true; it shows « Ancien membre »"

hold(
    {
        "members.User.decided_by": acted("who approved an account, for the audit", their_words=False),
        "members.User_groups.user": ERASED_KEY,
        "members.User_user_permissions.user": ERASED_KEY,
        "members.AddressChange.user": ERASED,
        "members.AddressChange.asked_by": acted("who asked for it, for the audit", their_words=False),
        "members.Invitation.account": ERASED,
        "members.Invitation.invited_by": unsigned("the invitation is the structure's; it holds a colleague's address"),
        # Signing in
        "account.EmailAddress.user": ERASED,
        "mfa.Authenticator.user": ERASED_KEY,
        "usersessions.UserSession.user": ERASED_KEY,
        "socialaccount.SocialAccount.user": ERASED,
        # Wagtail: preferences and work in progress
        "wagtailusers.UserProfile.user": ERASED,
        "wagtailadmin.EditingSession.user": ERASED_KEY,
        "wagtailadmin.FormState.user": ERASED_KEY,
        "wagtailcore.APIToken.user": ERASED_KEY,
        "wagtailcore.PageSubscription.user": ERASED,
        "wagtailcore.UploadedFile.uploaded_by_user": ERASED_KEY,
        # Wagtail: pages belong to networks
        "wagtailcore.Page.owner": acted("four eyes: who wrote a card never approves it", their_words=False),
        "wagtailcore.Page.locked_by": unsigned("nobody could lift the lock"),
        "wagtailcore.Revision.user": acted(EDITORS_WORK, their_words=False),
        "wagtailcore.Comment.user": kept(EDITORS_WORK),
        "wagtailcore.Comment.resolved_by": acted(EDITORS_WORK),
        "wagtailcore.CommentReply.user": kept(EDITORS_WORK),
        "wagtailcore.PageLogEntry.user": acted(EDITORS_WORK),
        "wagtailcore.ModelLogEntry.user": acted(EDITORS_WORK),
        "wagtailcore.TaskState.finished_by": acted(EDITORS_WORK),
        "wagtailcore.WorkflowState.requested_by": acted(EDITORS_WORK),
        "wagtaildocs.Document.uploaded_by_user": acted(EDITORS_WORK),
        "wagtailimages.Image.uploaded_by_user": acted(EDITORS_WORK),
    }
)


def _erase_portrait(user: User) -> None:
    """The file of the portrait, which a deleted row would leave on the disk."""
    profile = UserProfile.objects.filter(user=user).first()
    if profile and profile.avatar:
        profile.avatar.delete(save=False)


def _take_name_off_the_log(user: User) -> None:
    """The administration's log of changes to the account copies its name."""
    account = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=account, object_id=str(user.pk)).update(label=str(_("Ancien membre")))


register_eraser(_erase_portrait)
register_eraser(_take_name_off_the_log)

describe(
    Description(
        Matter.ACCOUNT,
        _lazy("Votre nom, votre adresse e-mail, votre métier, votre structure, le jour de votre dernière venue"),
        _lazy("votre nom et votre structure : les membres ; le reste : vous et la coordination"),
        (
            "members.User",
            "members.AddressChange",
            "account.EmailAddress",
            "wagtailusers.UserProfile",
        ),
        kept_for=ERASE_AFTER,
        after=_lazy("sans visite, après un e-mail qui prévient"),
    ),
    Description(
        Matter.ACCOUNT,
        _lazy("Vos rôles"),
        _lazy("vous et la coordination"),
        (
            "members.User_groups",
            "members.User_user_permissions",
        ),
    ),
    Description(
        Matter.ACCOUNT,
        _lazy("Les appareils où votre compte est ouvert, vos clés d’accès"),
        _lazy("vous"),
        (
            "usersessions.UserSession",
            "mfa.Authenticator",
            "socialaccount.SocialAccount",
        ),
    ),
    Description(
        Matter.ACCOUNT,
        _lazy("Les invitations de votre structure"),
        _lazy("le référent ou la référente de la structure, et la coordination"),
        ("members.Invitation",),
    ),
    Description(
        Matter.EDITED,
        _lazy("Vos pages, images et documents, leur historique et les remarques entre éditeurs"),
        _lazy("les éditeurs de vos réseaux"),
        (
            "wagtailcore.Page",
            "wagtailcore.Revision",
            "wagtailcore.Comment",
            "wagtailcore.CommentReply",
            "wagtailcore.PageLogEntry",
            "wagtailcore.ModelLogEntry",
            "wagtailcore.TaskState",
            "wagtailcore.WorkflowState",
            "wagtaildocs.Document",
            "wagtailimages.Image",
        ),
    ),
    Description(
        Matter.EDITED,
        _lazy("Vos réglages des écrans d’édition et ce qui y est en cours"),
        _lazy("vous"),
        (
            "wagtailadmin.EditingSession",
            "wagtailadmin.FormState",
            "wagtailcore.APIToken",
            "wagtailcore.PageSubscription",
            "wagtailcore.UploadedFile",
        ),
    ),
)
