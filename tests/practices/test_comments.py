"""Comments: what django-comments-xtd lets through, our doors do not."""
# ruff: noqa: PLR0917 (fixtures are arguments)

import datetime
import json
import re
import threading
import uuid

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from kb_site.members.groups import COORDINATION
from kb_site.members.models import Network, Structure, User
from practices import services
from practices.forms import CommentForm
from practices.models import Comment, CommentReport, PracticeIndexPage, PracticePage, PracticeSectionPage
from practices.models.tools import DataRange
from practices.plain_text import plain_text_to_html
from practices.templatetags.practices import mb_range, minutes
from practices.threads import threads_of


def make_card(section, slug, **fields):
    card = PracticePage(
        title=slug.capitalize(),
        slug=slug,
        **{
            "summary": "En une phrase",
            "kind": "lien_collectif",
            "objective": "Garder le lien",
            "limits": "Pas en cas d’urgence",
            "challenges": ["isolement"],
            "modality": "distance_direct",
            "channels": ["telephone"],
            "evidence": "temoignage",
            "first_published_at": timezone.now(),
            "last_published_at": timezone.now(),
            "steps": json.dumps([{"type": "step", "value": {"title": "Appeler", "instruction": "Appeler."}}] * 2),
        }
        | fields,
    )
    card.steps = PracticePage._meta.get_field("steps").to_python(card.steps)
    return section.add_child(instance=card)


def make_section(index, slug):
    network = Network.objects.create(name=slug.capitalize(), slug=slug)
    return index.add_child(instance=PracticeSectionPage(title=network.name, slug=slug, network=network))


@pytest.fixture
def no_other_comment(db):
    """Leave the sample comments aside."""
    Comment.objects.all().delete()


@pytest.fixture
def sections():
    """Two networks' sections."""
    index = PracticeIndexPage.objects.get()
    return make_section(index, "essai-nord"), make_section(index, "essai-sud")


@pytest.fixture
def card(sections):
    return make_card(sections[0], "cafe-zoom")


@pytest.fixture
def other_card(sections):
    return make_card(sections[1], "appels")


@pytest.fixture
def members_card(sections):
    return make_card(sections[0], "reservee", visibility="membres")


@pytest.fixture
def make_user():
    structure = Structure.objects.create(name="Chantier d’essai", siae_type="ACI", territory="93")

    def make(email, **fields):
        values = {"first_name": email.split("@")[0].capitalize(), "last_name": "Durand", "role": "cip"}
        return User.objects.create_user(
            email, **values | {"structure": structure, "status": User.Status.APPROVED} | fields
        )

    return make


@pytest.fixture
def anna(make_user):
    return make_user("anna@example.net")


@pytest.fixture
def paul(make_user):
    return make_user("paul@example.net")


@pytest.fixture
def pending(make_user):
    return make_user("attente@example.net", status=User.Status.PENDING)


def say(page, author, text="Bonjour à tous", parent=None):
    return services.post_comment(target=page, author=author, text=text, submission_key=uuid.uuid4(), parent=parent)


def sent(text="Bonjour à tous", **fields):
    return {"text": text, "submission_key": str(uuid.uuid4())} | fields


def add_address(page):
    return reverse("comment_add", args=[page.pk])


def render_comments(card, viewer, page_number=1):
    request = RequestFactory().get("/")
    request.user = viewer
    context = {
        "page": card,
        "threads": threads_of(card, viewer, page_number),
        "comment_form": CommentForm(),
        "user": viewer,
    }
    return render_to_string("practices/comments.html", context, request)


def visitor():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


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

    def test_a_reply_too_deep_is_refused_in_clear_words_and_leaves_no_row(self, client, card, anna):
        comment = say(card, anna)
        for _level in range(2):
            comment = say(card, anna, parent=comment)
        assert comment.level == 2
        client.force_login(anna)
        response = client.post(reverse("comment_reply", args=[comment.pk]), sent("Texte à garder"))
        assert response.status_code == 422
        assert "dernier niveau" in response.content.decode()
        assert "Texte à garder" in response.content.decode()
        assert client.get(reverse("comment_reply", args=[comment.pk])).status_code == 422
        assert Comment.objects.count() == 3
        with pytest.raises(services.ThreadTooDeep):
            say(card, anna, parent=comment)

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
            ("zéro\x00octet", "caractère invisible"),
        ],
    )
    def test_an_invalid_text_is_kept_with_the_reason_beside_it(self, client, card, anna, text, words):
        client.force_login(anna)
        form = sent(text)
        response = client.post(add_address(card), form)
        html = response.content.decode()
        assert response.status_code == 422
        assert words in html
        assert text.strip().replace("\x00", "") in html.replace("\x00", "")
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


@pytest.mark.usefixtures("no_other_comment")
class TestThreads:
    def test_the_number_of_queries_does_not_follow_the_number_of_comments(
        self, card, anna, paul, django_assert_max_num_queries
    ):
        first = say(card, anna)
        ContentType.objects.clear_cache()
        with django_assert_max_num_queries(3):
            threads_of(card, anna)
        for number in range(199):
            say(card, (anna, paul)[number % 2], parent=first if number % 4 else None)
        assert Comment.objects.count() == 200
        reader = User.objects.get(pk=anna.pk)
        card.url  # noqa: B018 (its cache is the page's, not ours)
        ContentType.objects.clear_cache()
        with django_assert_max_num_queries(3):
            html = render_comments(card, reader)
        assert html.count("<article") == 150, "a thread is never cut"
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


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/'onmouseover='alert(1)",
    "https://example.org/<script>alert(1)</script>",
    "- <b onclick=alert(1)>",
    "## <iframe src=//example.org>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ settings.SECRET_KEY }}{% debug %}",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "\u202egnp.exe",
    "https://",
    "https://[",
    "http://a)))))" + ")" * 500,
    "'; DROP TABLE practices_comment; --",
]


class TestPlainText:
    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.parametrize("headings", [False, True])
    def test_nothing_typed_becomes_markup(self, text, headings):
        html = plain_text_to_html(text, headings=headings)
        tags = re.findall(r"<[^>]*>", html)
        allowed = r'</?(p|br|ul|li|h2)>|</a>|<a href="https?://[^"]*" rel="nofollow ugc noopener">'
        assert all(re.fullmatch(allowed, tag) for tag in tags), html

    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.usefixtures("no_other_comment")
    def test_hostile_texts_go_through_the_doors_without_harm(self, client, card, anna, paul, text):
        client.force_login(anna)
        assert client.post(add_address(card), sent(text)).status_code == 303
        comment = Comment.objects.get()
        client.force_login(paul)
        services.report_comment(comment=comment, reporter=anna, reason="autre", details=text)
        doors = [reverse(door, args=[comment.pk]) for door in ("comment_reply", "comment_report")]
        pages = [render_comments(card, paul), *(client.get(door).content.decode() for door in doors)]
        paul.is_superuser = True
        paul.save()
        pages.append(client.get(reverse("comment_moderation")).content.decode())
        for html in pages:
            assert not re.search(
                r"<(script>|img|svg/|iframe|math|b onclick)|<[^>]*href=\"javascript|<[^>]*\son\w+=", html
            )

    def test_paragraphs_lists_and_lines(self):
        text = "Bonjour\nà tous\r\n\r\nÀ prévoir :\n- un lieu\n- du temps\nEt voilà"
        assert plain_text_to_html(text) == (
            "<p>Bonjour<br>à tous</p><p>À prévoir :</p><ul><li>un lieu</li><li>du temps</li></ul><p>Et voilà</p>"
        )

    def test_titles_only_when_asked(self):
        assert plain_text_to_html("## Titre\nTexte", headings=True) == "<h2>Titre</h2><p>Texte</p>"
        assert plain_text_to_html("## Titre") == "<p>## Titre</p>"

    def test_links_are_not_followed_and_lose_the_punctuation(self):
        html = plain_text_to_html("Voir (https://example.org/a?b=1&c=(2)), ou http://example.org.")
        rel = 'rel="nofollow ugc noopener"'
        assert f'<a href="https://example.org/a?b=1&amp;c=(2)" {rel}>https://example.org/a?b=1&amp;c=(2)</a>),' in html
        assert f'<a href="http://example.org" {rel}>http://example.org</a>.' in html

    def test_empty_text_gives_nothing(self):
        assert plain_text_to_html(" \n ") == ""
        assert (
            Template("{% load practices %}{{ x|plain_text }}{{ y|plain_text_with_headings }}").render(
                Context({"x": None, "y": "## A"})
            )
            == "<h2>A</h2>"
        )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "non mesuré"),
        (DataRange(0, 0), "0 Mo"),
        (DataRange(27, 36), "27 à 36 Mo"),
        (DataRange(36, 36), "36 Mo"),
        (DataRange(800, 2400), "0,8 à 2,4 Go"),
        (DataRange(540, 1600), "540 Mo à 1,6 Go"),
        (DataRange(1000, 2000), "1 à 2 Go"),
        (DataRange(1000, 1000), "1 Go"),
    ],
)
def test_megabytes_are_said_in_words(data, words):
    assert mb_range(data) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [(None, ""), (0, "0 min"), (30, "30 min"), (60, "1 h"), (65, "1 h 05"), (90, "1 h 30"), (120, "2 h")],
)
def test_durations_are_said_in_words(duration, words):
    assert minutes(duration) == words


def run_together(count, work):
    """Run `work(number)` in threads that start at the same instant; return what was raised."""
    barrier = threading.Barrier(count)
    errors = []

    def run(number):
        try:
            barrier.wait(timeout=30)
            work(number)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    return errors


@pytest.mark.usefixtures("committed_site")
class TestAtTheSameInstant:
    def test_replies_of_ten_people_keep_one_order(self, card, anna):
        first = say(card, anna)
        branch = say(card, anna, parent=first)
        errors = run_together(10, lambda number: say(card, anna, f"n° {number}", parent=(first, branch)[number % 2]))
        assert errors == []
        orders = list(Comment.objects.filter(thread_id=first.pk).order_by("order").values_list("order", "parent_id"))
        assert [order for order, _parent in orders] == list(range(1, 13))
        assert [parent for _order, parent in orders] == [first.pk] * 2 + [branch.pk] * 5 + [first.pk] * 5
        first.refresh_from_db()
        assert first.nested_count == 11

    @pytest.mark.parametrize("is_reply", [False, True])
    def test_ten_sendings_of_one_form_make_one_row(self, card, anna, is_reply):
        parent = say(card, anna) if is_reply else None
        key = uuid.uuid4()
        stored = []

        def send(_number):
            comment = services.post_comment(
                target=card, author=anna, text="Une fois", submission_key=key, parent=parent
            )
            stored.append(comment.pk)

        assert run_together(10, send) == []
        assert len(set(stored)) == 1
        assert Comment.objects.filter(comment="Une fois").count() == 1

    def test_a_reply_and_the_removal_of_its_parent_never_mix(self, card, anna, paul):
        comment = say(card, anna)

        def act(number):
            if number:
                services.delete_comment(comment=comment, author=anna)
            else:
                try:
                    say(card, paul, "Réponse", parent=comment)
                except services.ParentUnavailable:
                    return

        assert run_together(2, act) == []
        comment.refresh_from_db()
        assert comment.is_removed
