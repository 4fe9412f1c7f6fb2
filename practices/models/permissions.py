"""Four eyes: who writes a card never publishes it alone."""

from wagtail.models import Page, PagePermissionTester, Revision, WorkflowState


def accepted_in_review(page: Page) -> bool:
    """Whether the version of a published page that is not online yet is the one that its last review accepted."""
    if page.latest_revision_id in {None, page.live_revision_id}:
        return False
    states = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_APPROVED)
    last = states.order_by("-created_at", "-pk").values_list("current_task_state__finished_at", flat=True).first()
    saved = Revision.objects.filter(pk=page.latest_revision_id).values_list("created_at", flat=True).first()
    return bool(last and saved and last >= saved)


class CardPermissionTester(PagePermissionTester):
    """Wagtail's rights on a page, without the first publication of one's own card, nor of a card in review.

    Administrators keep it, so that a site with one person can live. Once published, a card changes by review alone: whoever
    edits it sends the change to somebody else, except a typing error (practices/editorial/services/typing_errors.py).
    """

    def answers_for(self) -> bool:
        """Whether this person publishes in the network of the card, four eyes apart."""
        return bool(super().can_publish())

    def can_publish(self) -> bool:
        if not self.answers_for():
            return False
        if self.user.is_superuser:
            return True
        if self.page.first_published_at is not None:
            return accepted_in_review(self.page)
        return self.page.owner_id != self.user.pk and self.page.current_workflow_state is None

    def can_set_view_restrictions(self) -> bool:
        return self.answers_for()  # who reads a card, not what it says

    def can_unschedule(self) -> bool:
        return self.answers_for()


class SectionPermissionTester(PagePermissionTester):
    """Wagtail's rights on a section, where nobody creates and publishes a card in one go."""

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and self.user.is_superuser
