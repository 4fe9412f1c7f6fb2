"""Correcting one’s words for a while, and taking them away without breaking the thread."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from practices.comments import services
from practices.comments.models import Comment
from practices.comments.threads import threads_of

from .acting import render_comments, say


@pytest.mark.usefixtures("no_other_comment")
class TestEditing:
    def test_the_author_corrects_within_the_window_and_replies_stay(self, client, card, anna, paul):
        comment = say(card, anna, "Fote")
        say(card, paul, parent=comment)
        client.force_login(anna)
        address = reverse("comment_edit", args=[comment.pk])
        assert "Fote" in client.get(address).content.decode()
        response = client.post(address, {"text": "Faute"})
        assert (response.status_code, response.url) == (303, f"{card.url}#c{comment.pk}")
        comment.refresh_from_db()
        assert comment.comment == "Faute"
        assert comment.edited_at
        assert comment.nested_count == 1
        assert threads_of(card, anna).total == 2

    def test_the_same_text_is_not_a_correction(self, card, anna):
        comment = say(card, anna, "Juste")
        services.edit_comment(comment=comment, author=anna, text="Juste")
        comment.refresh_from_db()
        assert comment.edited_at is None

    def test_after_the_window_the_text_typed_is_given_back(self, client, card, anna, monkeypatch):
        comment = say(card, anna, "Avant")
        client.force_login(anna)
        later = timezone.now() + datetime.timedelta(minutes=16)
        monkeypatch.setattr(timezone, "now", lambda: later)
        address = reverse("comment_edit", args=[comment.pk])
        assert client.get(address).status_code == 403
        response = client.post(address, {"text": "Après"})
        assert response.status_code == 422
        assert "15 minutes" in response.content.decode()
        assert "Après" in response.content.decode()
        comment.refresh_from_db()
        assert comment.comment == "Avant"
        assert not threads_of(card, anna).comments[0].may_edit

    @pytest.mark.parametrize("door", ["comment_edit", "comment_delete"])
    def test_nobody_touches_the_comment_of_another(self, client, card, anna, make_user, door):
        comment = say(card, anna, "À moi")
        client.force_login(make_user("chef@example.net", is_superuser=True))
        for method in (client.get, client.post):
            assert method(reverse(door, args=[comment.pk]), {"text": "Changé"}).status_code == 403
        comment.refresh_from_db()
        assert (comment.comment, comment.is_removed) == ("À moi", False)

    def test_an_invalid_correction_keeps_the_text_typed(self, client, card, anna):
        comment = say(card, anna, "Avant")
        client.force_login(anna)
        response = client.post(reverse("comment_edit", args=[comment.pk]), {"text": "x"})
        assert response.status_code == 422
        assert ">\nx</textarea>" in response.content.decode()


@pytest.mark.usefixtures("no_other_comment")
class TestDeleting:
    def test_deletion_keeps_the_sub_thread_and_erases_the_text(self, client, card, anna, paul):
        first = say(card, anna, "Texte à effacer")
        reply = say(card, paul, "La réponse reste", parent=first)
        client.force_login(anna)
        address = reverse("comment_delete", args=[first.pk])
        assert client.get(address).status_code == 200
        response = client.post(address)
        assert (response.status_code, response.url) == (303, f"{card.url}#c{first.pk}")
        first.refresh_from_db()
        reply.refresh_from_db()
        assert (first.is_removed, first.is_public, first.comment) == (True, True, "")
        assert (reply.is_public, reply.comment) == (True, "La réponse reste")
        html = render_comments(card, paul)
        assert "Commentaire retiré" in html
        assert "La réponse reste" in html
        assert "Anna" not in html

    def test_a_removed_comment_without_reply_disappears(self, client, card, anna):
        comment = say(card, anna)
        client.force_login(anna)
        address = reverse("comment_delete", args=[comment.pk])
        assert client.post(address).url == f"{card.url}#commentaires"
        assert threads_of(card, anna).comments == []
        assert threads_of(card, anna).total == 0
        assert client.post(address).status_code == 303
        assert client.get(address).status_code == 404

    def test_a_branch_whose_comments_are_all_removed_disappears(self, card, anna):
        first = say(card, anna, "Reste")
        reply = say(card, anna, parent=first)
        deep = say(card, anna, parent=reply)
        services.delete_comment(comment=reply, author=anna)
        assert [item.removed for item in threads_of(card, anna).comments] == [False, True, False]
        services.delete_comment(comment=deep, author=anna)
        assert [item.id for item in threads_of(card, anna).comments] == [first.pk]

    def test_reading_the_page_of_deletion_deletes_nothing(self, client, card, anna):
        comment = say(card, anna)
        client.force_login(anna)
        client.get(reverse("comment_delete", args=[comment.pk]))
        assert Comment.objects.filter(pk=comment.pk, is_removed=False).exists()
