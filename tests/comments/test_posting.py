"""Posting a comment: once, safely, and nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from practices.comments import services
from practices.comments.models import Comment

from .acting import add_address, say, sent


@pytest.mark.usefixtures("no_other_comment")
class TestPosting:
    def test_a_comment_is_stored_and_shown_where_one_lands(self, client, card, anna):
        client.force_login(anna)
        response = client.post(add_address(card), sent("  Première ligne\r\nseconde  "))
        comment = Comment.objects.get()
        assert response.status_code == 303
        assert response.url == f"{card.url}#c{comment.pk}"
        assert comment.comment == "Première ligne\nseconde"
        assert (comment.user_id, comment.object_pk, comment.level) == (anna.pk, str(card.pk), 0)

    def test_forged_name_address_and_author_are_ignored(self, client, card, anna, paul, mailoutbox):
        client.force_login(anna)
        forged = {
            "name": "La Direction",
            "email": "victime@example.net",
            "url": "https://example.org",
            "user": str(paul.pk),
            "user_name": "La Direction",
            "user_email": "victime@example.net",
            "ip_address": "192.0.2.1",
            "is_public": "0",
            "level": "2",
            "followup": "on",
        }
        client.post(add_address(card), sent(**forged), REMOTE_ADDR="192.0.2.7")
        comment = Comment.objects.get()
        assert comment.user_id == anna.pk
        assert (comment.user_name, comment.user_email, comment.user_url, comment.ip_address) == ("", "", "", None)
        assert (comment.is_public, comment.level, comment.followup) == (True, 0, False)
        assert mailoutbox == []

    def test_a_reply_comes_under_its_parent_and_not_at_the_end(self, client, card, anna, paul):
        first = say(card, anna, "Premier")
        reply = say(card, paul, "Réponse", parent=first)
        say(card, anna, "Autre réponse", parent=first)
        client.force_login(anna)
        response = client.post(reverse("comment_reply", args=[reply.pk]), sent("Sous la réponse"))
        assert response.status_code == 303
        texts = Comment.objects.filter(thread_id=first.pk).order_by("order").values_list("comment", "level")
        assert list(texts) == [("Premier", 0), ("Réponse", 1), ("Sous la réponse", 2), ("Autre réponse", 1)]

    def test_a_reply_to_a_comment_of_another_card_is_refused_and_the_text_kept(self, client, card, other_card, anna):
        elsewhere = say(other_card, anna, "Ailleurs")
        client.force_login(anna)
        response = client.post(add_address(card), sent("Texte à garder", parent=elsewhere.pk))
        assert response.status_code == 422
        assert "Texte à garder" in response.content.decode()
        assert "Ailleurs" not in response.content.decode()
        assert Comment.objects.count() == 1
        with pytest.raises(services.ParentUnavailable):
            say(card, anna, parent=elsewhere)

    def test_a_reply_whose_hidden_parent_was_changed_is_refused(self, client, card, anna):
        first, second = say(card, anna), say(card, anna)
        client.force_login(anna)
        response = client.post(reverse("comment_reply", args=[first.pk]), sent(parent=second.pk))
        assert response.status_code == 422
        assert Comment.objects.count() == 2

    def test_a_reply_to_a_removed_comment_is_refused_and_the_text_kept(self, client, card, anna, paul):
        comment = say(card, anna)
        services.delete_comment(comment=comment, author=anna)
        client.force_login(paul)
        response = client.post(reverse("comment_reply", args=[comment.pk]), sent("Texte à garder"))
        assert response.status_code == 422
        assert "Texte à garder" in response.content.decode()
        assert Comment.objects.count() == 1

    def test_a_reply_too_deep_goes_under_the_last_comment_that_takes_any(self, client, card, anna):
        first = say(card, anna)
        second = say(card, anna, parent=first)
        last = say(card, anna, parent=second)
        assert last.level == 2
        client.force_login(anna)
        assert client.get(reverse("comment_reply", args=[last.pk])).status_code == 200
        response = client.post(reverse("comment_reply", args=[last.pk]), sent("Texte à garder"))
        assert response.status_code == 303
        kept = Comment.objects.get(comment="Texte à garder")
        assert (kept.parent_id, kept.level) == (second.pk, 2)

    def test_a_double_submit_makes_one_row_and_lands_twice_on_it(self, client, card, anna):
        client.force_login(anna)
        form = sent()
        answers = [client.post(add_address(card), form) for _time in range(2)]
        assert [answer.status_code for answer in answers] == [303, 303]
        assert answers[0].url == answers[1].url
        assert Comment.objects.count() == 1

    def test_other_words_in_a_form_that_served_are_kept_and_can_be_sent_again(self, client, card, anna):
        client.force_login(anna)
        form = sent("Premier texte")
        client.post(add_address(card), form)
        response = client.post(add_address(card), form | {"text": "Second texte"})
        assert response.status_code == 422
        html = response.content.decode()
        assert "Second texte" in html
        key = re.search(r'name="submission_key" value="([^"]+)"', html).group(1)
        assert key != form["submission_key"]
        assert client.post(add_address(card), sent("Second texte", submission_key=key)).status_code == 303
        assert Comment.objects.count() == 2

    def test_the_key_of_someone_else_gives_nothing_of_theirs(self, client, card, anna, paul):
        form = sent("À Anna")
        client.force_login(anna)
        client.post(add_address(card), form)
        client.force_login(paul)
        response = client.post(add_address(card), form | {"text": "À Paul"})
        assert response.status_code == 422
        assert "À Anna" not in response.content.decode()
        assert Comment.objects.count() == 1

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "Écrivez votre commentaire"),
            (" \r\n ", "Écrivez votre commentaire"),
            ("x", "au moins 2 caractères"),
            ("é" * 3001, "3000 au plus"),
        ],
    )
    def test_an_invalid_text_is_kept_with_the_reason_beside_it(self, client, card, anna, text, words):
        client.force_login(anna)
        form = sent(text)
        response = client.post(add_address(card), form)
        html = response.content.decode()
        assert response.status_code == 422
        assert words in html
        assert text.strip() in html
        assert 'aria-invalid="true"' in html
        assert 'aria-describedby="comment_text_helptext comment_text_error"' in html
        assert html.count('id="comment_text_error"') == 1
        assert form["submission_key"] in html
        assert not Comment.objects.exists()

    def test_line_ends_count_for_one_as_in_the_browser(self, client, card, anna):
        client.force_login(anna)
        assert client.post(add_address(card), sent("a\r\n" * 1499 + "ab")).status_code == 303

    @pytest.mark.parametrize("key", ["", "pas-une-clé", "0" * 5000])
    def test_a_form_without_a_good_key_keeps_the_text_and_gets_a_new_one(self, client, card, anna, key):
        client.force_login(anna)
        response = client.post(add_address(card), sent("Texte à garder", submission_key=key))
        html = response.content.decode()
        assert response.status_code == 422
        assert "Texte à garder" in html
        fresh = re.search(r'name="submission_key" value="([^"]+)"', html).group(1)
        assert client.post(add_address(card), sent("Texte à garder", submission_key=fresh)).status_code == 303

    @pytest.mark.parametrize("parent", ["-1", "0", "x", str(2**31), str(10**40)])
    def test_an_absurd_parent_is_refused_and_the_text_kept(self, client, card, anna, parent):
        client.force_login(anna)
        response = client.post(add_address(card), sent("Texte à garder", parent=parent))
        assert response.status_code == 422
        assert "Texte à garder" in response.content.decode()
        assert not Comment.objects.exists()
