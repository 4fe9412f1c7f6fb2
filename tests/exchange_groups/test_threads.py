"""Replies to topics: the traps of django-comments-xtd, closed on topics as they are on cards; marks and moderation."""

import datetime
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from exchange_groups.calls import proposed_for
from exchange_groups.models import ExchangeGroup, Membership, Mention, Reaction, Topic, TopicVisit, UsefulReply
from exchange_groups.services import memberships, moderation, reactions
from kb_site.accounts.models import User
from kb_site.notifications.fanout import spread_event
from practices.comments.models import BlockedWord, Comment, CommentReport
from practices.comments.services import delete_comment, report_comment
from practices.comments.threads import threads_of

pytestmark = pytest.mark.django_db

DOORS = ["comment_reply", "comment_edit", "comment_delete", "comment_report"]
OUTSIDERS = ["lucie", "partenaire", "coordination", "admin", "edition-parcours"]


def sent(text="J’en ai six en trop", **fields):
    return {"text": text, "submission_key": str(uuid.uuid4())} | fields


def add(topic):
    return reverse("comment_add", kwargs={"kind": "sujet", "target_id": topic.pk})


def replies(topic):
    return Comment.objects.filter(object_pk=str(topic.pk), content_type__model="topic")


class TestTheLibrarysTraps:
    @pytest.mark.parametrize("door", DOORS)
    def test_an_outsider_neither_sees_nor_answers_a_reply(self, signed_in, account, topic, say, door):
        reply = say(topic, account("karim"), "Parole du groupe")
        for name in OUTSIDERS:
            browser = signed_in(name)
            for method in (browser.get, browser.post):
                response = method(reverse(door, args=[reply.pk]), sent())
                assert response.status_code == 404
                assert "Parole du groupe" not in response.content.decode()
            assert browser.post(add(topic), sent()).status_code == 404
            assert browser.get(reverse("comment_show", args=[reply.pk])).status_code == 404
        assert replies(topic).count() == 1

    def test_a_visitor_is_led_to_sign_in_whether_the_reply_exists_or_not(self, client, account, topic, say):
        reply = say(topic, account("karim"))
        for pk in (reply.pk, 999_999):
            assert client.get(reverse("comment_show", args=[pk])).status_code == 302
        assert client.get(topic.get_absolute_url()).status_code == 302

    def test_name_address_and_author_cannot_be_forged(self, signed_in, account, topic, mailoutbox):
        forged = {
            "name": "La Direction",
            "email": "victime@example.net",
            "user": account("animation").pk,
            "masked": "on",
        }
        signed_in("karim").post(add(topic), sent(**forged))
        comment = replies(topic).get()
        assert (comment.user, comment.user_name, comment.user_email) == (account("karim"), "", "")
        assert not comment.masked
        assert mailoutbox == []

    def test_a_reply_to_a_comment_of_another_topic_is_refused_and_the_text_kept(self, signed_in, account, topic, say):
        other = Topic.objects.get(title__startswith="Les forfaits")
        elsewhere = replies(other).first()
        response = signed_in("karim").post(add(topic), sent("Texte à garder", parent=elsewhere.pk))
        assert response.status_code == 422
        assert "Texte à garder" in response.content.decode()
        assert not replies(topic).exists()

    def test_a_reply_to_a_comment_of_a_card_is_refused(self, signed_in, topic):
        on_a_card = Comment.objects.filter(content_type__model="practicepage").first()
        assert signed_in("karim").post(add(topic), sent(parent=on_a_card.pk)).status_code == 422

    def test_two_levels_and_no_more_a_reply_to_the_last_one_stands_beside_it(self, signed_in, account, topic, say):
        first = say(topic, account("karim"))
        second = say(topic, account("membre"), parent=first)
        browser = signed_in("karim")
        response = browser.post(reverse("comment_reply", args=[second.pk]), sent("À côté"))
        assert response.status_code == 303
        beside = replies(topic).get(comment="À côté")
        assert (beside.level, beside.parent_id) == (1, first.pk)
        topic.refresh_from_db()
        assert [item.may_reply for item in threads_of(topic, account("karim")).comments] == [True, False, False]

    def test_withdrawing_a_reply_keeps_those_under_it(self, signed_in, account, topic, say):
        first = say(topic, account("karim"), "À effacer")
        say(topic, account("membre"), "Reste", parent=first)
        assert signed_in("karim").post(reverse("comment_delete", args=[first.pk])).status_code == 303
        html = signed_in("membre").get(topic.get_absolute_url()).content.decode()
        assert "Réponse retirée" in html
        assert "Reste" in html
        assert "À effacer" not in html

    def test_sending_twice_writes_once(self, signed_in, topic):
        form = sent()
        browser = signed_in("karim")
        assert {browser.post(add(topic), form).status_code for _time in range(3)} == {303}
        assert replies(topic).count() == 1
        topic.refresh_from_db()
        assert topic.reply_count == 1

    def test_nothing_is_fetched_elsewhere(self, signed_in, account, topic, say):
        say(topic, account("karim"))
        html = signed_in("membre").get(topic.get_absolute_url()).content.decode()
        assert "gravatar" not in html
        assert re.findall(r'(?:src|action)="https?:', html) == []

    def test_markup_typed_is_shown_not_run(self, signed_in, account, topic, say):
        say(topic, account("karim"), "<script>alert(1)</script> <img src=x onerror=alert(1)>")
        html = signed_in("membre").get(topic.get_absolute_url()).content.decode()
        assert "<script>alert" not in html
        assert "<img" not in html


class TestWriting:
    @pytest.mark.parametrize("state", ["paused", "closed"])
    def test_a_group_at_rest_takes_no_reply_and_keeps_the_text(self, signed_in, topic, state):
        ExchangeGroup.objects.filter(pk=topic.group_id).update(state=state)
        browser = signed_in("karim")
        assert browser.get(add(topic)).status_code == 403
        response = browser.post(add(topic), sent("Texte à garder"))
        assert response.status_code == 422
        assert "Texte à garder" in response.content.decode()

    def test_a_closed_topic_says_why(self, signed_in, account, topic):
        moderation.close_topic(topic=topic, reason="Les casques sont trouvés")
        html = signed_in("karim").get(topic.get_absolute_url()).content.decode()
        assert "Les casques sont trouvés" in html
        assert signed_in("karim").post(add(topic), sent()).status_code == 422

    def test_personal_data_is_pointed_at_once_then_left_to_the_person(self, signed_in, topic):
        browser = signed_in("karim")
        form = sent("Appelez le 06 12 34 56 78")
        response = browser.post(add(topic), form)
        assert response.status_code == 422
        assert "numéro de téléphone" in response.content.decode()
        assert browser.post(add(topic), form | {"personal_data_checked": "on"}).status_code == 303

    def test_a_blocked_word_is_refused_with_the_editors_advice(self, signed_in, topic):
        BlockedWord.objects.create(word="cas social", advice="Dites « une personne accompagnée ».")
        response = signed_in("karim").post(add(topic), sent("Encore un CAS SOCIAL, dit-on"))
        assert response.status_code == 422
        assert "Dites « une personne accompagnée »" in response.content.decode()
        assert signed_in("karim").post(add(topic), sent("Un cas socialement utile")).status_code == 303

    def test_too_many_messages_in_a_row_wait_with_their_text(self, signed_in, topic, settings):
        settings.COMMENT_PACE = (2, 10)
        browser = signed_in("karim")
        assert [browser.post(add(topic), sent(f"Message {n}")).status_code for n in range(3)] == [303, 303, 429]
        response = browser.post(add(topic), sent("Texte à garder"))
        assert "10 minutes" in response.content.decode()
        assert "Texte à garder" in response.content.decode()

    def test_quoting_brings_the_words_answered(self, signed_in, account, topic, say):
        reply = say(topic, account("karim"), "Première ligne\n\nSeconde ligne")
        form = signed_in("membre").get(reverse("comment_reply", args=[reply.pk]) + "?citer").context["form"]
        assert form["text"].value() == "> Première ligne\n> Seconde ligne\n\n"
        say(topic, account("membre"), "> Première ligne\n\nD’accord", parent=reply)
        html = signed_in("karim").get(topic.get_absolute_url()).content.decode()
        assert "<blockquote><p>Première ligne</p></blockquote><p>D’accord</p>" in html

    def test_a_correction_keeps_the_former_words_for_author_and_facilitator(self, signed_in, account, topic, say):
        reply = say(topic, account("karim"), "J’en ai cinc")
        signed_in("karim").post(reverse("comment_edit", args=[reply.pk]), {"text": "J’en ai cinq"})
        address = reverse("reply_actions", args=[topic.group.slug, topic.pk, topic.slug, reply.pk])
        for name, seen in {"karim": True, "animation": True, "membre": False}.items():
            assert ("J’en ai cinc" in signed_in(name).get(address).content.decode()) is seen

    def test_a_correction_that_removes_personal_data_keeps_no_trace(self, signed_in, account, topic, say):
        reply = say(topic, account("karim"), "Voyez M. Diallo")
        signed_in("karim").post(reverse("comment_edit", args=[reply.pk]), {"text": "Voyez le magasinier"})
        assert not reply.revisions.exists()


class TestMentions:
    def test_only_members_of_the_group_can_be_called(self, signed_in, account, topic):
        people = signed_in("karim").get(add(topic)).context["form"].fields["mention"].queryset
        assert {person.first_name for person in people} == {"Awa", "Inès", "Marta"}
        response = signed_in("karim").post(add(topic), sent(mention=account("lucie").pk))
        assert response.status_code == 422
        assert signed_in("karim").post(add(topic), sent(mention=account("membre").pk)).status_code == 303
        assert Mention.objects.get().user == account("membre")
        assert "à l’attention de Awa" in signed_in("edition").get(topic.get_absolute_url()).content.decode()

    def test_a_name_after_an_at_sign_calls_those_of_the_group_who_bear_it_and_nobody_else(
        self, signed_in, account, topic
    ):
        browser = signed_in("karim")
        lucie = account("lucie").public_name  # not in the group
        people = browser.get(add(topic)).context["form"].fields["mention"].queryset
        names = {person.first_name: person.public_name for person in people}
        written = f"@{names['Inès'].lower().replace('è', 'e')} @{lucie} et moi@{names['Marta']} : qu’en dites-vous ?"
        browser.post(add(topic), sent(written))
        assert [called.user.first_name for called in Mention.objects.all()] == ["Inès"]

    def test_the_names_proposed_are_those_that_a_reply_may_call(self, signed_in, topic):
        address = reverse("topic_people", args=[topic.group.slug, topic.pk, topic.slug])
        browser = signed_in("karim")

        def proposed(letters):
            return re.findall(r'data-name="(.*?)"', browser.get(address, {"q": letters}).content.decode())

        assert [name.split()[0] for name in proposed("")] == ["Awa", "Inès", "Marta"]
        assert [name.split()[0] for name in proposed("INE")] == ["Inès"]
        assert proposed("Karim") == proposed("Lucie") == []
        assert browser.get(address, {"q": ""}, headers={"Save-Data": "on"}).status_code == 204
        topic.state = "closed"
        topic.save()
        assert browser.get(address, {"q": ""}).status_code == 404

    def test_no_more_than_eight_names_are_proposed(self):
        people = [User(first_name=f"Awa{number}", last_name="Diop") for number in range(9)]
        assert [person for person, _name in proposed_for("awa", people)] == people[:8]


class TestMaskedAuthor:
    @pytest.fixture
    def masked(self, db):
        return Topic.objects.select_related("group").get(title__startswith="Les forfaits")

    @pytest.mark.parametrize("name", ["karim", "edition", "membre"])
    def test_the_name_is_nowhere_on_the_page_for_members(self, signed_in, account, masked, say, name):
        say(masked, account("membre"), "Merci, je précise")
        browser = signed_in(name)
        for address in (masked.get_absolute_url(), masked.group.get_absolute_url()):
            html = browser.get(address).content.decode()
            assert "Auteur masqué" in html
        html = browser.get(masked.get_absolute_url()).content.decode()
        assert "Awa" not in html
        assert "Jardins du Canal" not in html.split("Merci, je précise")[0].split('id="commentaires"')[0]

    def test_the_facilitator_sees_the_name(self, signed_in, masked):
        assert (
            "Awa D. (nom masqué aux autres)" in signed_in("animation").get(masked.get_absolute_url()).content.decode()
        )

    def test_answering_one_s_masked_topic_stays_masked_everywhere(self, signed_in, account, masked, say):
        reply = say(masked, account("membre"), "Je précise")
        assert reply.masked
        for address in (
            reverse("comment_reply", args=[reply.pk]),
            reverse("comment_report", args=[reply.pk]),
            reverse("reply_actions", args=[masked.group.slug, masked.pk, masked.slug, reply.pk]),
        ):
            html = signed_in("karim").get(address).content.decode()
            assert "Awa" not in re.sub(r"<select.*?</select>", "", html, flags=re.S)  # every member can be called upon

    def test_notifications_have_no_actor(self, account, masked, say, monkeypatch):
        told = []
        monkeypatch.setattr("exchange_groups.notify.notify", lambda **event: told.append(event))
        say(masked, account("membre"), "Je précise")
        assert told
        assert all(event["actor"] is None for event in told)

    def test_a_merged_masked_topic_stays_masked(self, signed_in, masked, topic):
        moderation.merge_topics(topic=masked, into=topic)
        html = signed_in("karim").get(topic.get_absolute_url()).content.decode()
        assert "Auteur masqué" in html
        assert "Awa" not in html


class TestMarks:
    def test_the_author_and_the_facilitators_mark_several_useful_replies_shown_first(
        self, signed_in, account, topic, say
    ):
        first, second, third = (say(topic, account("karim"), f"Réponse {n}") for n in range(3))

        def address(reply):
            return reverse("reply_actions", args=[topic.group.slug, topic.pk, topic.slug, reply.pk])

        assert signed_in("karim").post(address(second), {"utile": ""}).status_code == 404
        assert signed_in("edition").post(address(third), {"utile": ""}).status_code == 303  # its author
        assert signed_in("animation").post(address(second), {"utile": ""}).status_code == 303
        topic.refresh_from_db()
        assert topic.state == "answered"
        shown = [item.id for item in threads_of(topic, account("karim")).comments]
        assert shown == [second.pk, third.pk, first.pk]
        for reply in (second, third):
            signed_in("animation").post(address(reply), {})
        topic.refresh_from_db()
        assert topic.state == "open"
        assert not UsefulReply.objects.filter(topic=topic).exists()

    def test_reactions_count_once_a_person_and_are_taken_back(self, signed_in, topic):
        address = reverse("topic_react", args=[topic.group.slug, topic.pk, topic.slug])
        browser = signed_in("karim")
        Reaction.objects.filter(topic=topic).delete()
        assert browser.post(address, {"reaction": "meme_situation"}).status_code == 303
        assert Reaction.objects.filter(topic=topic).count() == 1
        browser.post(address, {"reaction": "meme_situation"})
        assert not Reaction.objects.filter(topic=topic).exists()
        for wrong in ("", "nimporte", "utile:x", "utile:" + "9" * 30, "utile:²", "utile:0"):
            assert browser.post(address, {"reaction": wrong}).status_code == 404

    def test_what_came_since_the_last_visit_is_told(self, signed_in, account, topic, say):
        browser = signed_in("karim")
        browser.get(topic.get_absolute_url())
        TopicVisit.objects.update(seen_at=timezone.now() - datetime.timedelta(hours=1))
        say(topic, account("membre"))
        assert "1 nouvelle depuis votre visite" in browser.get(topic.get_absolute_url()).content.decode()
        assert "depuis votre visite" not in browser.get(topic.get_absolute_url()).content.decode()

    def test_filters_of_the_list(self, signed_in, topic):
        browser = signed_in("edition")
        group = topic.group.get_absolute_url()
        titles = {
            view: {line.topic.title for line in browser.get(f"{group}?voir={view}").context["listing"].lines}
            for view in ("sans-reponse", "les-miens", "non-lus", "nimporte")
        }
        assert titles["sans-reponse"] == titles["les-miens"] == {topic.title}
        assert len(titles["nimporte"]) == len(titles["non-lus"]) == 6


class TestCare:
    def test_merging_carries_the_words_the_marks_and_the_address(self, signed_in, account, topic, say):
        other = Topic.objects.select_related("group").get(title__startswith="Les forfaits")
        say(topic, account("membre"), "J’en ai")
        former = topic.get_absolute_url()
        moderation.merge_topics(topic=topic, into=other)
        other.refresh_from_db()
        assert other.reply_count == 3
        html = signed_in("karim").get(other.get_absolute_url()).content.decode()
        assert "Deux postes dans la même pièce" in html
        assert "J’en ai" in html
        assert signed_in("karim").get(former).url == other.get_absolute_url()
        with pytest.raises(moderation.NotThere):
            moderation.merge_topics(topic=topic, into=other)

    def test_splitting_makes_a_topic_of_threads(self, account, say):
        topic = Topic.objects.select_related("group").get(title__startswith="Nous avons remplacé la visio")
        root = replies(topic).get(comment__startswith="Même chose chez nous")
        new = moderation.split_topic(
            topic=topic, threads=[root.pk], title="Alterner les appels", by=account("animation")
        )
        topic.refresh_from_db()
        assert (new.author, new.reply_count, topic.reply_count) == (account("karim"), 2, 2)
        assert new.body.startswith("Même chose")
        shown = threads_of(Topic.objects.get(pk=new.pk), account("karim")).comments
        assert [(item.level, item.author) for item in shown] == [(0, "Awa D."), (0, "Karim D.")]
        with pytest.raises(moderation.NothingToSplit):
            moderation.split_topic(topic=topic, threads=[999_999], title="Rien", by=account("animation"))

    def test_a_moved_topic_leaves_with_its_words(self, signed_in, topic):
        former = topic.get_absolute_url()
        moderation.move_topic(topic=topic, to=ExchangeGroup.objects.get(slug="encadrants-techniques"))
        assert signed_in("mediateur").get(Topic.objects.get(pk=topic.pk).get_absolute_url()).status_code == 200
        assert signed_in("mediateur").get(former).status_code == 302

    def test_a_facilitator_moves_only_to_groups_that_they_lead(self, signed_in, topic):
        foreign = ExchangeGroup.objects.get(slug="encadrants-techniques")
        address = reverse("topic_manage", args=[topic.group.slug, topic.pk, topic.slug])
        data = {"action": "deplacer", "group": foreign.pk}
        assert signed_in("animation").post(address, data).status_code == 422
        topic.refresh_from_db()
        assert topic.group.slug == "cip-ile-de-france"

    @pytest.mark.parametrize(
        ("action", "field", "value"), [("epingler", "pinned", True), ("proposer", "proposed_for_session_at", None)]
    )
    def test_simple_care(self, signed_in, topic, action, field, value):
        address = reverse("topic_manage", args=[topic.group.slug, topic.pk, topic.slug])
        assert signed_in("animation").post(address, {"action": action}).status_code == 303
        topic.refresh_from_db()
        changed = getattr(topic, field)
        assert changed if value is None else changed == value

    def test_a_close_without_reason_is_not_done(self, signed_in, topic):
        address = reverse("topic_manage", args=[topic.group.slug, topic.pk, topic.slug])
        browser = signed_in("animation")
        assert browser.post(address, {"action": "clore", "reason": " "}).status_code == 422
        assert browser.post(address, {"action": "clore", "reason": "Réglé"}).status_code == 303
        assert browser.post(address, {"action": "rouvrir"}).status_code == 303
        topic.refresh_from_db()
        assert (topic.state, topic.close_reason) == ("open", "")
        assert browser.post(address, {"action": "detruire"}).status_code == 404


class TestModeration:
    def test_the_queue_shows_a_reported_reply_to_the_facilitator_and_to_nobody_else(
        self, signed_in, account, topic, say
    ):
        reply = say(topic, account("karim"), "Parole signalée")
        report_comment(comment=reply, reporter=account("membre"), reason="nominatif")
        queue = reverse("comment_moderation")
        assert "Parole signalée" in signed_in("animation").get(queue).content.decode()
        for name in ("edition", "coordination", "admin", "edition-numerique"):
            browser = signed_in(name)
            assert "Parole signalée" not in browser.get(queue).content.decode()
            assert browser.post(reverse("comment_decide", args=[reply.pk]), {"outcome": "removed"}).status_code == 404
        decided = signed_in("animation").post(reverse("comment_decide", args=[reply.pk]), {"outcome": "removed"})
        assert decided.status_code == 303
        topic.refresh_from_db()
        assert topic.reply_count == 0
        assert CommentReport.objects.get().outcome == "removed"

    def test_a_reported_topic_is_kept_or_removed_with_a_reason(self, signed_in, topic):
        signed_in("karim").post(f"{topic.get_absolute_url()}signaler/", {"reason": "faux", "details": "Voir"})
        browser = signed_in("animation")
        assert "Voir" in browser.get(reverse("manage_reports", args=[topic.group.slug])).content.decode()
        address = reverse("manage_report", args=[topic.group.slug, topic.pk])
        assert browser.post(address, {"outcome": "removed"}).status_code == 422
        assert browser.post(address, {"outcome": "removed", "reason": "Personne reconnaissable"}).status_code == 303
        topic.refresh_from_db()
        assert topic.is_removed
        assert topic.body == ""
        assert signed_in("edition").get(topic.get_absolute_url()).status_code == 404
        assert signed_in("edition-parcours").post(address, {"outcome": "kept"}).status_code == 404


class TestDepartures:
    def test_words_stay_under_former_member(self, signed_in, account, topic, say, cip):
        say(topic, account("karim"), "Je laisse ceci")
        memberships.leave(group=cip, user=account("karim"))
        html = signed_in("membre").get(topic.get_absolute_url()).content.decode()
        assert "Je laisse ceci" in html
        assert "Ancien membre" in html
        assert "Karim" not in html
        assert "Atelier Rebond" not in html

    def test_words_are_erased_for_who_asks_it_on_leaving(self, signed_in, account, topic, say, cip):
        say(topic, account("karim"), "À effacer avec moi")
        signed_in("karim").post(reverse("group_leave", args=[cip.slug]), {"words": "effacer"})
        assert not Membership.objects.current().filter(group=cip, user=account("karim")).exists()
        assert not replies(topic).filter(comment__contains="effacer").exists()
        own = Topic.objects.get(merged_into=None, group=cip, title="Sujet effacé par son auteur")
        assert own.author is None
        assert not Topic.objects.filter(title__startswith="Que faire quand").exists()

    def test_a_deleted_account_leaves_words_without_a_name(self, signed_in, account, topic, say):
        say(topic, account("karim"), "Je laisse ceci")
        account("karim").delete()
        html = signed_in("membre").get(topic.get_absolute_url()).content.decode()
        assert "Compte supprimé" in html
        assert "Karim" not in html

    def test_who_left_is_told_of_nothing_more(self, account, topic, say, cip):
        reply = say(topic, account("karim"))
        event = {
            "kind": "topic_answer", "target": topic.pk, "key": f"comment:{reply.pk}", "actor": None, "source": reply.pk,
            "recipients": [account("membre").pk], "followers_of": [], "excluding": [],
        }  # fmt: skip
        memberships.leave(group=cip, user=account("membre"))
        assert spread_event(**event) == []
        assert spread_event(**event | {"recipients": [account("edition").pk]}) == [account("edition").pk]

    def test_a_withdrawn_reply_is_told_to_nobody(self, account, topic, say):
        from exchange_groups.notification_types import _replies

        reply = say(topic, account("karim"))
        delete_comment(comment=reply, author=account("karim"))
        assert _replies([reply.pk]) == {}


def test_marks_are_those_of_the_topic_only(account, topic, say):
    reply = say(topic, account("karim"))
    reactions.mark_useful(topic=topic, comment=reply, by=account("edition"))
    reactions.mark_useful(topic=topic, comment=reply, by=account("animation"))
    assert UsefulReply.objects.filter(comment=reply).count() == 1
