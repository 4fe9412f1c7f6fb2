"""Threads: their order, their levels, their pages, their cost."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from kb_site.accounts.models import User
from practices.comments.models import Comment
from practices.comments.threads import threads_of

from .acting import add_address, render_comments, say, sent, visitor


@pytest.mark.usefixtures("no_other_comment")
class TestThreads:
    def test_the_number_of_queries_does_not_follow_the_number_of_comments(
        self, card, anna, paul, django_assert_max_num_queries
    ):
        first = say(card, anna)
        ContentType.objects.clear_cache()
        with django_assert_max_num_queries(3):
            threads_of(card, anna)
        for number in range(47):
            say(card, (anna, paul)[number % 2], parent=first if number % 4 else None)
        assert Comment.objects.count() == 48
        reader = User.objects.get(pk=anna.pk)
        card.url  # noqa: B018 (its cache is the page's, not ours)
        render_comments(card, reader)  # what a process keeps for a minute: the name of the site
        ContentType.objects.clear_cache()
        with django_assert_max_num_queries(3 + 1):  # who wrote some of them: the rules of the help numbers
            html = render_comments(card, reader)
        assert html.count("<article") == 36, "a thread longer than a page is never cut"
        assert "gravatar" not in html
        assert html.count("//") == 0

    def test_five_threads_a_page_and_the_right_page_after_posting(self, client, card, anna):
        for number in range(1, 8):
            say(card, anna, f"Fil {number}")
        assert [str(item.html) for item in threads_of(card, anna).comments] == [
            f"<p>Fil {number}</p>" for number in range(1, 6)
        ]
        second = threads_of(card, anna, "2")
        assert (len(second.comments), second.previous, second.next, second.total) == (2, 1, None, 7)
        client.force_login(anna)
        response = client.post(add_address(card), sent())
        assert response.url == f"{card.url}?commentaires=2#c{Comment.objects.order_by('-pk')[0].pk}"

    @pytest.mark.parametrize("number", [None, "", "x", "0", "-4", "1" * 5000, "²", 99, "٣"])
    def test_an_absurd_page_number_shows_the_nearest_page(self, card, anna, number):
        say(card, anna)
        assert threads_of(card, anna, number).number == 1

    def test_a_visitor_reads_but_gets_no_form_nor_cookie(self, client, card, anna):
        say(card, anna, "Parole publique")
        html = render_comments(card, visitor())
        assert "Parole publique" in html
        assert "Anna D." in html
        assert "Conseiller ou conseillère" in html
        for absent in ("csrfmiddlewaretoken", "<form", "Répondre", "Signaler", "anna@example.net", "Chantier d’essai"):
            assert absent not in html
        assert f"{reverse('account_login')}?next=%2Fpratiques%2Fessai-nord%2Fcafe-zoom%2F%23commentaires" in html

    def test_the_page_of_a_card_shows_its_comments_and_sets_no_cookie(self, client, card, anna):
        comment = say(card, anna, "Parole publique")
        response = client.get(card.url)
        assert response.status_code == 200
        assert f'id="c{comment.pk}"' in response.content.decode()
        assert not response.cookies
        client.force_login(anna)
        assert add_address(card) in client.get(card.url + "?commentaires=2").content.decode()

    def test_an_account_that_waits_gets_one_sentence_instead_of_the_form(self, card, pending):
        html = render_comments(card, pending)
        assert "<form" not in html
        assert "validé votre compte" in html

    def test_each_one_gets_the_links_that_open_for_them(self, card, anna, paul):
        comment = say(card, anna)
        own, others = (threads_of(card, viewer).comments[0] for viewer in (anna, paul))
        assert (own.may_reply, own.may_edit, own.may_delete, own.may_report) == (True, True, True, False)
        assert (others.may_reply, others.may_edit, others.may_delete, others.may_report) == (True, False, False, True)
        deep = say(card, anna, parent=say(card, anna, parent=comment))
        assert {item.id: item.may_reply for item in threads_of(card, paul).comments}[deep.pk] is False

    def test_a_reply_says_to_whom(self, card, anna, paul):
        say(card, paul, parent=say(card, anna))
        assert "en réponse à Anna D." in render_comments(card, visitor())

    def test_the_text_of_a_hidden_comment_is_nowhere(self, card, anna, paul):
        hidden = say(card, anna, "Texte caché")
        say(card, paul, "Réponse visible", parent=hidden)
        Comment.objects.filter(pk=hidden.pk).update(is_public=False)
        assert "Texte caché" not in str(threads_of(card, anna))
        assert "Réponse visible" in render_comments(card, anna)

    def test_a_comment_of_a_deleted_account_stays_without_a_name(self, card, anna):
        say(card, anna, "Toujours utile")
        anna.delete()
        html = render_comments(card, visitor())
        assert "Compte supprimé" in html
        assert "Toujours utile" in html

    def test_comments_of_other_cards_are_not_mixed_in(self, card, other_card, anna):
        say(other_card, anna)
        assert threads_of(card, anna).total == 0

    def test_eight_elements_at_most_for_a_comment(self, card, anna, paul):
        say(card, anna, parent=say(card, paul))
        for viewer in (anna, paul):
            article = re.findall(r"<article.*?</article>", render_comments(card, viewer), re.S)
            assert all(len(re.findall(r"<[a-z]", html)) <= 8 for html in article)
