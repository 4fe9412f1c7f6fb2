"""A member follows a card, reads what happens there, and stops the mails from the link of one, without JavaScript."""

import re
import uuid

import pytest
from django.core import mail


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_member_follows_a_card_reads_notifications_and_stops_the_mails(
    open_page, axe_violations, account, run_jobs, javascript
):
    from kb_site.notifications.models import Notification
    from kb_site.notifications.tasks import mails_of_the_day
    from practices.comments.services import post_comment
    from practices.models import PracticePage

    run_jobs()
    Notification.objects.all().delete()  # those of the sample comments
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    page = open_page(card.url, role="karim", javascript=javascript)
    page.get_by_role("button", name=re.compile("^Suivre « ")).click()
    page.get_by_role("status").filter(has_text=re.compile("^Vous suivez")).wait_for(state="attached")
    if javascript:
        assert axe_violations(page) == []
    post_comment(target=card, author=account("membre"), text="Essayé à quatre.", submission_key=uuid.uuid4())
    run_jobs()
    page.goto("/")
    page.get_by_role("link", name="Moi, 1 à lire", exact=True).click()
    assert "1 à lire" in page.get_by_role("navigation", name="À lire").inner_text()
    page.get_by_role("link", name="Notifications", exact=True).click()
    if javascript:
        assert axe_violations(page) == []
    page.get_by_role("link", name=re.compile("Awa D. a commenté")).click()
    assert page.locator("h1").inner_text() == card.title
    assert page.get_by_role("link", name="à lire").count() == 0
    post_comment(target=card, author=account("membre"), text="Et à dix.", submission_key=uuid.uuid4())
    run_jobs()
    mails_of_the_day(timestamp=0)
    run_jobs()
    (message,) = [message for message in mail.outbox if message.to == ["karim@example.org"]]
    visitor = open_page(re.search(r"/compte/courriels/arreter/\S+", message.body)[0], javascript=javascript)
    if javascript:
        assert axe_violations(visitor) == []
    visitor.get_by_role("button", name="Arrêter").click()
    assert visitor.locator("h1").inner_text() == "C’est arrêté"
    assert account("karim").follows.exists()
