"""Reports by readers, decided by editors."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from kb_site.accounts.groups import COORDINATION
from practices.comments import services
from practices.comments.models import CommentReport

from .acting import say


@pytest.mark.usefixtures("no_other_comment")
class TestReports:
    @pytest.fixture
    def editor(self, make_user, sections):
        """An editor of the first section."""
        editor = make_user("edition@example.net")
        group = Group.objects.create(name="Édition – Nord")
        publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
        GroupPagePermission.objects.create(group=group, page=sections[0], permission=publish)
        editor.groups.add(group)
        return editor

    def test_a_report_reaches_the_editors_once_a_person(self, client, card, anna, paul):
        comment = say(card, anna)
        client.force_login(paul)
        address = reverse("comment_report", args=[comment.pk])
        assert client.get(address).status_code == 200
        for reason in ("nominatif", "autre"):
            response = client.post(address, {"reason": reason, "details": "On reconnaît la personne"})
            assert (response.status_code, response.url) == (303, f"{card.url}#c{comment.pk}")
        report = CommentReport.objects.get()
        assert (report.reporter_id, report.reason) == (paul.pk, "nominatif")

    def test_a_report_made_again_after_a_decision_waits_again(self, card, anna, paul, editor):
        comment = say(card, anna)
        services.report_comment(comment=comment, reporter=paul, reason="faux")
        services.decide_report(comment=comment, outcome="kept", by=editor)
        services.report_comment(comment=comment, reporter=paul, reason="nominatif", details="On la reconnaît")
        report = CommentReport.objects.get()
        assert (report.outcome, report.reason, report.details) == ("", "nominatif", "On la reconnaît")
        assert services.decide_report(comment=comment, outcome="removed", by=editor) == 1

    def test_a_report_without_reason_keeps_the_details(self, client, card, anna, paul):
        client.force_login(paul)
        address = reverse("comment_report", args=[say(card, anna).pk])
        for reason in ("", "invente"):
            response = client.post(address, {"reason": reason, "details": "À garder"})
            assert response.status_code == 422
            assert "À garder" in response.content.decode()
            assert 'id="report_reason_error"' in response.content.decode()
        assert not CommentReport.objects.exists()

    def test_the_queue_shows_to_each_editor_their_own_section(
        self, client, card, other_card, anna, paul, editor, make_user
    ):
        here, there = say(card, anna, "Ici même"), say(other_card, anna, "Là-bas")
        for comment in (here, there):
            services.report_comment(comment=comment, reporter=paul, reason="faux", details="Voir")
        coordinator = make_user("coordination@example.net")
        coordinator.groups.add(Group.objects.get_or_create(name=COORDINATION)[0])
        boss = make_user("chef@example.net", is_superuser=True)
        for user, seen in (
            (editor, {"Ici même"}),
            (coordinator, {"Ici même", "Là-bas"}),
            (boss, {"Ici même", "Là-bas"}),
        ):
            client.force_login(user)
            html = client.get(reverse("comment_moderation")).content.decode()
            assert {text for text in ("Ici même", "Là-bas") if text in html} == seen

    def test_the_queue_is_closed_to_others(self, client, anna, pending):
        address = reverse("comment_moderation")
        assert client.get(address).status_code == 302
        for user in (anna, pending):
            client.force_login(user)
            assert client.get(address).status_code == 403

    def test_an_editor_keeps_or_removes_and_the_queue_empties(self, client, card, anna, paul, editor):
        kept, removed = say(card, anna, "Gardé"), say(card, anna, "Retiré")
        reply = say(card, paul, "Réponse", parent=removed)
        for comment in (kept, removed):
            for reporter in (paul, editor):
                services.report_comment(comment=comment, reporter=reporter, reason="faux")
        client.force_login(editor)
        for comment, outcome in ((kept, "kept"), (removed, "removed")):
            response = client.post(reverse("comment_decide", args=[comment.pk]), {"outcome": outcome})
            assert (response.status_code, response.url) == (303, reverse("comment_moderation"))
        for comment in (kept, removed, reply):
            comment.refresh_from_db()
        assert (kept.is_removed, kept.comment) == (False, "Gardé")
        assert (removed.is_removed, removed.comment) == (True, "")
        assert reply.is_public
        assert set(CommentReport.objects.values_list("outcome", "decided_by")) == {
            ("kept", editor.pk),
            ("removed", editor.pk),
        }
        assert "Aucun commentaire" in client.get(reverse("comment_moderation")).content.decode()

    def test_a_decision_is_taken_once(self, client, card, anna, paul, editor):
        comment = say(card, anna)
        services.report_comment(comment=comment, reporter=paul, reason="faux")
        client.force_login(editor)
        address = reverse("comment_decide", args=[comment.pk])
        client.post(address, {"outcome": "kept"})
        assert client.post(address, {"outcome": "removed"}).status_code == 303
        comment.refresh_from_db()
        assert not comment.is_removed

    def test_nobody_decides_elsewhere_than_at_home(self, client, other_card, anna, paul, editor):
        comment = say(other_card, anna)
        services.report_comment(comment=comment, reporter=paul, reason="faux")
        for user, status in ((editor, 404), (anna, 403), (paul, 403)):
            client.force_login(user)
            response = client.post(reverse("comment_decide", args=[comment.pk]), {"outcome": "removed"})
            assert response.status_code == status
        client.logout()
        assert client.post(reverse("comment_decide", args=[comment.pk]), {"outcome": "removed"}).status_code == 302
        comment.refresh_from_db()
        assert not comment.is_removed

    @pytest.mark.parametrize("outcome", ["", "effacer", "REMOVED"])
    def test_an_unknown_decision_changes_nothing(self, client, card, anna, paul, editor, outcome):
        comment = say(card, anna)
        services.report_comment(comment=comment, reporter=paul, reason="faux")
        client.force_login(editor)
        client.post(reverse("comment_decide", args=[comment.pk]), {"outcome": outcome})
        assert CommentReport.objects.get().outcome == ""

    def test_the_queue_costs_the_same_whatever_its_length(
        self, client, card, anna, paul, editor, django_assert_max_num_queries
    ):
        for _number in range(30):
            services.report_comment(comment=say(card, anna), reporter=paul, reason="faux")
        client.force_login(editor)
        client.get(reverse("comment_moderation"))
        with django_assert_max_num_queries(8):
            client.get(reverse("comment_moderation"))
