"""Who may enter the pages of a comment: nobody learns of one they may not read."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from practices.comments.models import Comment

from .acting import add_address, say, sent

DOORS = ["comment_reply", "comment_edit", "comment_delete", "comment_report"]


@pytest.mark.usefixtures("no_other_comment")
class TestWhoMayEnter:
    @pytest.mark.parametrize("door", DOORS)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_visitor_signs_in_and_comes_back(self, client, card, anna, door, method):
        address = reverse(door, args=[say(card, anna).pk])
        response = getattr(client, method)(address)
        assert response.status_code == 302
        assert response.url == f"{reverse('account_login')}?next={address}"
        assert Comment.objects.filter(is_removed=False).count() == 1

    def test_a_text_typed_after_the_session_expired_is_there_after_sign_in(self, client, card, anna):
        response = client.post(add_address(card), sent("Un long texte"))
        assert response.status_code == 302
        assert not Comment.objects.exists()
        client.force_login(anna)
        assert "Un long texte" in client.get(add_address(card)).content.decode()

    @pytest.mark.parametrize("door", DOORS)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_an_account_that_waits_is_refused_with_clear_words(self, client, card, anna, pending, door, method):
        client.force_login(pending)
        response = getattr(client, method)(reverse(door, args=[say(card, anna).pk]), sent())
        assert response.status_code == 403
        assert "pas encore validé" in response.content.decode()
        assert Comment.objects.count() == 1

    def test_an_account_that_waits_posts_nothing(self, client, card, pending):
        client.force_login(pending)
        assert client.post(add_address(card), sent()).status_code == 403
        assert not Comment.objects.exists()

    @pytest.mark.parametrize("door", DOORS)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_comment_of_an_unpublished_card_is_not_found(self, client, card, anna, door, method):
        comment = say(card, anna)
        card.unpublish()
        client.force_login(anna)
        assert getattr(client, method)(reverse(door, args=[comment.pk]), sent()).status_code == 404
        assert Comment.objects.filter(is_removed=False).count() == 1

    @pytest.mark.parametrize("door", DOORS)
    def test_an_outsider_sees_nothing_of_a_members_only_card(self, client, members_card, anna, pending, door):
        comment = say(members_card, anna, "Secret de la maison")
        for outsider in (None, pending):
            if outsider:
                client.force_login(outsider)
            for method in (client.get, client.post):
                response = method(reverse(door, args=[comment.pk]), sent())
                assert response.status_code in {302, 403}
                assert "Secret" not in response.content.decode()
                assert members_card.title not in response.content.decode()
        assert Comment.objects.count() == 1

    def test_a_card_closed_to_a_group_is_closed_to_the_doors(self, client, card, anna, paul):
        from wagtail.models import PageViewRestriction

        comment = say(card, anna, "Entre nous")
        group = Group.objects.create(name="Cercle")
        restriction = PageViewRestriction.objects.create(page=card, restriction_type=PageViewRestriction.GROUPS)
        restriction.groups.add(group)
        anna.groups.add(group)
        client.force_login(paul)
        for door in DOORS:
            for method in (client.get, client.post):
                assert method(reverse(door, args=[comment.pk]), sent()).status_code == 404
        assert client.post(add_address(card), sent()).status_code == 404
        client.force_login(anna)
        assert client.get(reverse("comment_reply", args=[comment.pk])).status_code == 200

    @pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63, 10**30])
    def test_an_absurd_number_is_not_found(self, client, card, anna, number):
        client.force_login(anna)
        assert client.post(add_address(card).replace(str(card.pk), str(number)), sent()).status_code == 404
        for door in DOORS:
            assert client.post(reverse(door, args=[number]), sent()).status_code == 404

    def test_a_comment_hidden_by_an_administrator_is_not_found(self, client, card, anna, paul):
        comment = say(card, anna)
        Comment.objects.filter(pk=comment.pk).update(is_public=False)
        client.force_login(paul)
        for door in DOORS:
            assert client.post(reverse(door, args=[comment.pk]), sent()).status_code == 404

    def test_the_addresses_of_the_library_are_absent(self, client, card, anna):
        comment = say(card, anna)
        client.force_login(anna)
        for address in (
            "/comments/",
            "/comments/post/",
            f"/comments/reply/{comment.pk}/",
            "/comments/api/comment/",
            f"/commentaires/reply/{comment.pk}/",
            "/commentaires/api/comment/",
        ):
            assert client.get(address).status_code == 404

    def test_a_form_without_its_csrf_token_is_refused(self, card, anna):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        strict.force_login(anna)
        assert strict.post(add_address(card), sent()).status_code == 403
        assert not Comment.objects.exists()
