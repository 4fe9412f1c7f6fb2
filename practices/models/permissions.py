"""Four eyes: who writes a card never publishes it alone."""

from wagtail.models import PagePermissionTester


class CardPermissionTester(PagePermissionTester):
    """Wagtail's rights on a page, without the first publication of one's own card, nor of a card in review.

    Administrators keep it, so that a site with one person can live. Once published, a card is changed as rights say.
    """

    def can_publish(self) -> bool:
        if not super().can_publish():
            return False
        if self.user.is_superuser or self.page.first_published_at is not None:
            return True
        return self.page.owner_id != self.user.pk and self.page.current_workflow_state is None


class SectionPermissionTester(PagePermissionTester):
    """Wagtail's rights on a section, where nobody creates and publishes a card in one go."""

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and self.user.is_superuser
