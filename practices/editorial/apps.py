from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    """Proposals, review and experts' opinions. Installed after wagtail.admin, whose workflow mails ours replace."""

    name = "practices.editorial"
    label = "editorial"
    verbose_name = _("Rédaction")
    shown_to_visitors = ("Proposal", "NetworkReviewTask", "PrivacyTask")
    never_shown_to_visitors = (
        "ChangeNote",
        "ExpertInvitation",
        "ExpertNote",
        "PendingDecision",
        "ProposalDraft",
        "ReviewAssignment",
        "ReviewDeadline",
        "ReviewQuestion",
        "SavedReply",
        "StoppedReview",
    )

    def ready(self) -> None:
        # What this reads are models, which are loaded only now.
        from wagtail.models import TaskState, WorkflowState
        from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

        from . import mail_replies, notification_types, signal_handlers  # noqa: F401

        notification_types.register()
        mail_replies.register()
        for signal, sender, uid in (
            (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
            (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
            (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
            (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
        ):
            signal.disconnect(sender=sender, dispatch_uid=uid)
