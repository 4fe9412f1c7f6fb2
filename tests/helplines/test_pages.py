"""The box of numbers: in a search, under what one has just written, in the form while one writes; kept by editors."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from exchange_groups.models import Topic
from kb_site.helplines.models import DangerSituation, Helpline, SituationLine
from kb_site.helplines.services import ensure_helplines, helplines_for
from practices.comments.models import Comment
from practices.models import PracticePage
from tests.comments.acting import sent
from tests.exchange_groups.test_topics import written

pytestmark = pytest.mark.django_db

SAID = "Elle dit qu’elle veut en finir."
BOX = 'class="helplines"'
NEW = "/groupes/cip-ile-de-france/sujets/nouveau/"


def shown(response) -> str:
    html = response.content.decode()
    return html[html.index(BOX) : html.index("</aside>")] if BOX in html else ""


def test_a_search_shows_the_numbers_before_its_results_whoever_asks(signed_in):
    for role in (None, "membre"):
        response = signed_in(role).get("/recherche/", {"q": "parle de mourir"})
        assert 'href="tel:3114"' in shown(response)
        html = response.content.decode()
        assert html.index(BOX) < html.find('id="resultats"') or 'id="resultats"' not in html


def test_another_search_shows_none(signed_in):
    assert shown(signed_in(None).get("/recherche/", {"q": "groupe whatsapp"})) == ""


def test_who_comments_of_a_danger_reads_the_numbers_under_the_words_and_nobody_else_does(signed_in):
    card = PracticePage.objects.live().filter(visibility="public").first()
    author = signed_in("membre")
    answer = author.post(reverse("comment_add", args=[card.pk]), sent(SAID))
    assert answer.status_code == 303
    assert Comment.objects.filter(comment=SAID).exists()
    assert "3114" in shown(author.get(card.url))
    assert shown(signed_in("karim").get(card.url)) == ""


def test_who_opens_a_topic_of_a_danger_reads_the_numbers_and_the_topic_is_published(signed_in):
    browser = signed_in("karim")
    answer = browser.post(NEW, written(body=SAID))
    assert answer.status_code == 303
    assert "3114" in shown(browser.get(answer.url))
    reply = reverse("comment_add", kwargs={"kind": "sujet", "target_id": Topic.objects.latest("pk").pk})
    assert browser.post(reply, sent("Son mari la frappe.")).status_code == 303
    assert browser.get(answer.url).content.decode().count(BOX) == 2


def test_a_form_given_back_shows_the_numbers_and_keeps_the_words(signed_in):
    response = signed_in("karim").post(NEW, written(title="", body=SAID))
    assert response.status_code == 422
    assert "3114" in shown(response)
    assert "en finir" in response.content.decode()


def test_a_diagnostic_shows_them_for_the_place_that_was_typed(signed_in):
    browser = signed_in("membre")
    response = browser.post(reverse("diagnostic_open"), {"place": "chantier, menaces de mort" + " x" * 20})
    assert response.status_code == 422
    assert "tel:17" in shown(response)


def test_the_script_asks_by_a_form_and_is_told_nothing_when_there_is_no_danger(client):
    address = reverse("helplines")
    response = client.post(address, {"text": SAID})
    assert "tel:3114" in shown(response)
    assert "no-store" in response["Cache-Control"]
    assert client.post(address, {"text": "Bonjour à tous"}).status_code == 204
    assert client.post(address).status_code == 204


def test_what_was_typed_is_neither_stored_nor_logged(client, caplog, django_assert_max_num_queries):
    caplog.set_level("DEBUG", logger="django.request")
    with django_assert_max_num_queries(1):
        client.post(reverse("helplines"), {"text": SAID})
    assert "finir" not in caplog.text


def test_a_rule_that_an_editor_writes_holds_at_once():
    assert helplines_for("zouglou") == []
    line = Helpline.objects.get(number="15")
    situation = DangerSituation.objects.create(
        name="Essai", advice="Appelez.", wordings="zouglou", order=1, review_on=timezone.localdate()
    )
    SituationLine.objects.create(situation=situation, helpline=line)
    (found,) = helplines_for("un Zouglou")
    assert (found.situation, [one.number for one in found.lines]) == ("Essai", ["15"])
    situation.wordings = "autre"
    situation.save()
    assert helplines_for("un zouglou") == []


def test_a_line_in_which_nothing_can_be_recognised_is_refused_beside_its_field():
    situation = DangerSituation(
        name="Essai", advice="Appelez.", wordings="suicide\nelle a", review_on=timezone.localdate()
    )
    with pytest.raises(ValidationError) as refusal:
        situation.full_clean()
    assert "elle a" in refusal.value.message_dict["wordings"][0]


def test_two_dangers_show_each_number_once():
    first, second = helplines_for("Son mari la frappe. Elle parle de se suicider.")
    numbers = [line.number for line in (*first.lines, *second.lines)]
    assert {"3114", "3919", "17"} <= {*numbers}
    assert len(numbers) == len({*numbers})


def test_a_new_site_gets_the_numbers_once_and_what_editors_keep_is_never_touched():
    DangerSituation.objects.exclude(name__startswith="Suicide").delete()
    assert ensure_helplines() == 0
    DangerSituation.objects.all().delete()
    Helpline.objects.filter(number="15").update(hours="jour et nuit")
    assert ensure_helplines() == 13 - 1
    assert Helpline.objects.get(number="15").hours == "jour et nuit"


def test_an_editor_reads_and_writes_the_rules_in_the_admin(signed_in):
    listing = reverse("wagtailsnippets_helplines_dangersituation:list")
    assert "Suicide" in signed_in("edition").get(listing).content.decode()
    form = reverse("wagtailsnippets_helplines_dangersituation:add")
    assert signed_in("edition").get(form).status_code == 200
