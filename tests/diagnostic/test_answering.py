"""Answering: one question a screen, by code, in an interview or on paper; nothing that tells who."""

import re

import pytest

from practices.diagnostic import result, services
from practices.diagnostic.access_codes import ALPHABET, own_codes, read_code, sheet_tokens
from practices.diagnostic.models import DiagnosticAnswer, DiagnosticCampaign
from practices.diagnostic.questions import PEOPLE, from_digits
from practices.diagnostic.rules import rule_in_words
from practices.models import Condition
from tests.answers import elements

pytestmark = pytest.mark.django_db
LINE = "21210121102120"


@pytest.fixture
def campaign(account):
    member = account("membre")
    return services.open_campaign(opened_by=member, structure=member.structure, place="Serres", self_service=True)


def own(campaign, number=1):
    """The address of a code that was never used."""
    return f"/diagnostic/repondre/{campaign.access_code}{services.issue_codes(campaign=campaign, number=number)[-1]}/"


def hidden(html):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', html))


def test_every_question_has_its_screen_and_the_last_one_records(client, campaign):
    address = own(campaign)
    page = client.get(address).content.decode()
    for number, (question, digit) in enumerate(zip(PEOPLE, LINE, strict=True), start=1):
        assert f"Question <span data-number>{number}</span> sur 14" in page
        assert page.count("<fieldset") - page.count("<template data-question") == 1
        response = client.post(address, hidden(page) | {question.code: digit})
        page = response.content.decode()
    assert (response.status_code, response["Location"]) == (303, "/diagnostic/merci/")
    assert campaign.answers.get().values == from_digits(LINE)


def test_a_question_left_without_answer_is_asked_again_and_going_back_loses_nothing(client, campaign):
    address = own(campaign)
    first = hidden(client.get(address).content.decode())
    response = client.post(address, first)
    assert response.status_code == 422
    assert "Touchez une réponse" in response.content.decode()
    second = hidden(client.post(address, first | {"phone": "2"}).content.decode())
    back = client.post(address, second | {"back": "1"}).content.decode()
    assert re.search(r'name="phone" value="2" required checked', back)


def test_a_visitor_who_answers_gets_no_cookie_and_leaves_no_address(client, campaign):
    sent = {"token": "a" * 32} | {q.code: d for q, d in zip(PEOPLE, LINE, strict=True)}
    response = client.post(own(campaign), sent, REMOTE_ADDR="203.0.113.9")
    assert response.status_code == 303
    assert not response.cookies
    kept = str(DiagnosticAnswer.objects.filter(campaign=campaign).values().get())
    assert "203.0.113.9" not in kept
    assert "a" * 32 not in kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "7"},
        {"phone": "<script>"},
        {"step": "99999"},
        {"step": "-1"},
        {"token": "x' OR 1=1"},
        {"token": "\x00"},
        {"french": "٣"},
    ],
)
def test_a_strange_form_is_asked_again_and_never_stored(client, campaign, wrong):
    sent = {"token": "a" * 32, "step": "0"} | {q.code: d for q, d in zip(PEOPLE, LINE, strict=True)} | wrong
    response = client.post(own(campaign), sent)
    assert response.status_code in {200, 303, 422}
    assert "<script>" not in response.content.decode()
    for answer in campaign.answers.all():
        assert answer.values == from_digits(LINE)


def test_a_code_is_read_as_people_write_it(client, campaign):
    assert read_code(" acd-f 347 ") == "ACDF347"
    assert set(read_code("O0I1B8")) <= set(ALPHABET)
    code = services.issue_codes(campaign=campaign, number=1)[0]
    response = client.get(
        "/diagnostic/", {"code": f"{campaign.access_code[:3]} {campaign.access_code[3:]}-{code}".lower()}
    )
    assert response.status_code == 302
    assert client.get("/diagnostic/", {"code": "nimporte"}).status_code == 422


def test_a_code_opens_only_a_campaign_that_is_open_and_in_self_service(client, campaign):
    address = own(campaign)
    DiagnosticCampaign.objects.filter(pk=campaign.pk).update(self_service=False)
    assert client.get(address).status_code == 404
    DiagnosticCampaign.objects.filter(pk=campaign.pk).update(self_service=True)
    services.close_campaign(campaign=campaign)
    assert client.get(address).status_code == 410
    sent = {"token": "a" * 32} | {q.code: d for q, d in zip(PEOPLE, LINE, strict=True)}
    assert client.post(address, sent).status_code == 410


def test_a_code_serves_for_one_answer(client, campaign):
    """Whoever holds a code answers once, not five hundred times: what comes after is refused, or changes nothing."""
    address = own(campaign)
    for digits in (LINE, "0" * 14):
        for token in ("a" * 32, "b" * 32):
            answer = {"token": token} | {q.code: d for q, d in zip(PEOPLE, digits, strict=True)}
            assert client.post(address, answer)["Location"] == "/diagnostic/merci/"
    assert campaign.answers.get().values == from_digits(LINE)


def test_who_kept_a_copy_of_the_codes_cannot_tell_which_served(signed_in, client, campaign):
    """Whoever gave a code to one person, and tries it afterwards, reads the same as with a code that never served."""
    member, page = signed_in("membre"), f"/diagnostic/{campaign.pk}/"
    served, fresh = services.issue_codes(campaign=campaign, number=2)
    full = {q.code: d for q, d in zip(PEOPLE, LINE, strict=True)}
    before = member.get(page).content.decode()
    client.post(f"/diagnostic/repondre/{campaign.access_code}{served}/", full)
    assert campaign.answers.count() == 1

    def told(browser, address, data=None, method="post"):
        answer = getattr(browser, method)(address, data or {}, follow=True)
        html = re.sub(r'value="[\w-]{64}"|nonce="[^"]*"', "", answer.content.decode())
        return answer.status_code, answer.redirect_chain, html

    def everything(own):
        code = campaign.access_code + own
        yield told(client, "/diagnostic/", {"code": code}, "get")
        yield told(client, f"/diagnostic/repondre/{code}/", method="get")
        yield told(client, f"/diagnostic/repondre/{code}/", full | {"phone": ""})
        yield told(client, f"/diagnostic/repondre/{code}/", full | {"step": "3", "back": "1"})
        yield told(member, f"{page}effacer/", {"feuille": own})
        yield told(member, f"{page}effacer/", {"feuille": code})
        yield told(member, f"{page}saisie/", {"feuille": [own], "ligne": [LINE]})
        yield told(member, page, method="get")
        yield told(client, f"/diagnostic/repondre/{code}/", full)
        yield told(member, page, method="get")

    for once, never in zip(everything(served), everything(fresh), strict=True):
        assert str(never).replace(fresh, served) == str(once)
    assert re.sub(r"\s+", " ", before).count("moins de 5 réponses") == 1


def test_an_interview_entered_under_a_code_does_not_say_whether_it_served(signed_in, client, campaign):
    served, fresh = services.issue_codes(campaign=campaign, number=2)
    full = {q.code: d for q, d in zip(PEOPLE, LINE, strict=True)}
    client.post(f"/diagnostic/repondre/{campaign.access_code}{served}/", full)
    for number, own in enumerate((served, fresh), start=2):
        signed_in("membre").post(f"/diagnostic/{campaign.pk}/entretien/", full | {"token": own})
        assert campaign.answers.count() == number


def test_a_campaign_that_is_full_says_so_to_every_code(client, campaign, monkeypatch):
    served, fresh = services.issue_codes(campaign=campaign, number=2)
    full = {q.code: d for q, d in zip(PEOPLE, LINE, strict=True)}
    client.post(f"/diagnostic/repondre/{campaign.access_code}{served}/", full)
    monkeypatch.setattr(services, "LARGEST_CAMPAIGN", 1)
    for own in (served, fresh):
        assert client.post(f"/diagnostic/repondre/{campaign.access_code}{own}/", full).status_code == 410


def test_once_codes_are_given_answers_are_counted_by_fives_for_those_who_gave_them(signed_in, campaign):
    """Handing out one code and watching the number grow would tell that its holder answered."""
    member, page = signed_in("membre"), f"/diagnostic/{campaign.pk}/"
    shown = []
    for own in services.issue_codes(campaign=campaign, number=11):
        services.record_answer(campaign=campaign, token=own, values=from_digits(LINE), mode="autonome")
        html = re.sub(r'value="[\w-]{64}"', "", member.get(page).content.decode())
        entry = re.sub(r'value="[\w-]{64}"', "", member.get(f"{page}saisie/").content.decode())
        shown.append((re.sub(r"(?s)^.*<h1>|</main>.*$", "", html), re.sub(r"(?s)^.*<h1>|</main>.*$", "", entry)))
    changes = [number for number in range(2, 12) if shown[number - 1] != shown[number - 2]]
    assert changes == [5, 6, 10, 11]  # a five more came, or five more may be counted


def test_nor_does_the_result_say_how_many_answers_by_code_wait(signed_in, campaign):
    member, page = signed_in("membre"), f"/diagnostic/{campaign.pk}/resultat/"
    first, *later = services.issue_codes(campaign=campaign, number=8)[::-1]
    for own in later[:6]:
        services.record_answer(campaign=campaign, token=own, values=from_digits(LINE), mode="autonome")
    services.release_answers(campaign=campaign)
    before = member.get(page).content.decode()
    services.record_answer(campaign=campaign, token=first, values=from_digits(LINE), mode="autonome")
    assert member.get(page).content.decode() == before
    services.close_campaign(campaign=campaign)
    assert "pas comptée" not in member.get(page).content.decode()


def test_a_campaign_with_codes_that_is_opened_again_the_same_day_does_not_say_whether_one_served(account, campaign):
    services.issue_codes(campaign=campaign, number=1)
    again = services.open_campaign(
        opened_by=campaign.opened_by, structure=campaign.structure, place=campaign.place, self_service=True
    )
    assert again != campaign


def test_the_code_of_a_campaign_alone_opens_nothing(client, campaign):
    assert client.get(f"/diagnostic/repondre/{campaign.access_code}/").status_code == 404
    assert client.get("/diagnostic/", {"code": campaign.access_code}).status_code == 422


def test_a_code_that_was_not_given_yet_or_of_another_campaign_opens_nothing(client, campaign, account):
    coming = own_codes(campaign.pk, 3)[2]
    services.issue_codes(campaign=campaign, number=2)
    assert client.get(f"/diagnostic/repondre/{campaign.access_code}{coming}/").status_code == 404
    other = services.open_campaign(opened_by=account("edition"), structure=None, self_service=True, place="Cuisine")
    theirs = services.issue_codes(campaign=other, number=1)[0]
    assert client.get(f"/diagnostic/repondre/{campaign.access_code}{theirs}/").status_code == 404
    with pytest.raises(services.UnknownCode):
        services.record_answer(campaign=campaign, token=theirs, values=from_digits(LINE), mode="autonome")


def test_codes_are_shown_once_and_no_page_tells_which_served(signed_in, client, campaign):
    browser, page = signed_in("membre"), f"/diagnostic/{campaign.pk}/codes/"
    first = browser.post(page, {"codes": "3"}).content.decode()
    given = re.findall(r"/diagnostic/repondre/(\w+)/", first)
    assert len(set(given)) == 3
    assert not set(given) & set(
        re.findall(r"/diagnostic/repondre/(\w+)/", browser.post(page, {"codes": "3"}).content.decode())
    )
    client.post(f"/diagnostic/repondre/{given[0]}/", {q.code: d for q, d in zip(PEOPLE, LINE, strict=True)})
    for address in (
        page,
        f"/diagnostic/{campaign.pk}/",
        f"/diagnostic/{campaign.pk}/saisie/",
        f"/diagnostic/{campaign.pk}/papier/",
    ):
        html = browser.get(address).content.decode()
        assert not any(code[6:] in html for code in given)


@pytest.mark.parametrize("number", ["", "0", "201", "abc", "-4"])
def test_a_strange_number_of_codes_is_said_beside_its_field(signed_in, campaign, number):
    response = signed_in("membre").post(f"/diagnostic/{campaign.pk}/codes/", {"codes": number})
    assert response.status_code == 422
    assert 'id="id_codes_error"' in response.content.decode()
    campaign.refresh_from_db()
    assert campaign.codes == 0


def test_no_more_codes_are_given_than_answers_may_come(campaign):
    services.issue_codes(campaign=campaign, number=services.LARGEST_CAMPAIGN)
    with pytest.raises(services.TooManyCodes):
        services.issue_codes(campaign=campaign, number=1)


def test_codes_cannot_be_guessed_one_after_the_other(client, settings):
    from django.core.cache import cache

    cache.clear()
    statuses = [client.get("/diagnostic/repondre/AAAAAA/").status_code for _try in range(35)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    cache.clear()


def test_sheets_are_all_different_and_always_the_same():
    assert len(set(sheet_tokens(7, 200))) == 200
    assert sheet_tokens(7, 200)[:10] == sheet_tokens(7, 10)
    assert sheet_tokens(8, 10) != sheet_tokens(7, 10)


def test_sixteen_sheets_are_entered_in_one_go_and_give_a_result(signed_in, campaign):
    browser = signed_in("membre")
    printed = browser.get(f"/diagnostic/{campaign.pk}/papier/?feuilles=16").content.decode()
    assert printed.count('class="sheet"') == 16
    entry = f"/diagnostic/{campaign.pk}/saisie/"
    tokens = re.findall(r'name="feuille" value="(\w+)"', browser.get(entry).content.decode())
    assert len(tokens) == 16
    response = browser.post(entry, {"feuille": tokens, "ligne": [LINE] * 16})
    assert (response.status_code, response["Location"]) == (303, entry)
    assert campaign.answers.count() == 16
    response = browser.post(f"/diagnostic/{campaign.pk}/compter/")
    assert response["Location"] == f"/diagnostic/{campaign.pk}/resultat/"
    assert "vos 15 personnes" in browser.get(response["Location"]).content.decode()


def test_a_wrong_line_comes_back_with_its_reason_and_the_right_ones_are_stored(signed_in, campaign):
    browser = signed_in("membre")
    tokens = services.print_sheets(campaign=campaign, number=5)
    lines = [LINE, "123", "9" * 13 + "x", "8" * 14, ""]
    response = browser.post(f"/diagnostic/{campaign.pk}/saisie/", {"feuille": tokens, "ligne": lines})
    html = response.content.decode()
    assert response.status_code == 422
    assert campaign.answers.count() == 1
    for words in (
        "Il faut 14 chiffres, il y en a 3",
        "Des chiffres seulement",
        "Question 1 : 8 n’est pas une réponse",
        'value="123"',
    ):
        assert words in html


def test_a_sheet_of_another_campaign_is_refused(signed_in, campaign):
    services.print_sheets(campaign=campaign, number=5)
    response = signed_in("membre").post(f"/diagnostic/{campaign.pk}/saisie/", {"feuille": ["ZZZZ"], "ligne": [LINE]})
    assert response.status_code == 422
    assert not campaign.answers.exists()


def test_another_structure_knows_nothing_of_it(signed_in, campaign):
    for role in ("karim", "coordination", "partenaire"):
        for rest in ("", "resultat/", "saisie/", "papier/", "entretien/", "equipe/"):
            assert signed_in(role).get(f"/diagnostic/{campaign.pk}/{rest}").status_code == 404


def test_members_of_a_group_read_the_diagnostic_of_their_group(account, signed_in):
    from kb_site.accounts.principals import principals_of

    key = next(iter(sorted(one for one in principals_of(account("karim")) if one not in {"public", "members"})))
    group = services.open_campaign(opened_by=account("membre"), structure=None, principal=key)
    assert signed_in("karim").get(f"/diagnostic/{group.pk}/").status_code == 200


def test_no_result_is_shown_under_five_answers_and_one_that_stays_out(signed_in, campaign):
    browser = signed_in("membre")
    for number, token in enumerate(services.print_sheets(campaign=campaign, number=6), start=1):
        services.record_answer(campaign=campaign, token=token, values=from_digits(LINE), mode="papier")
        if number < 6:
            browser.post(f"/diagnostic/{campaign.pk}/compter/")
            html = browser.get(f"/diagnostic/{campaign.pk}/resultat/").content.decode()
            assert "Pas encore de résultat" in html
            assert "au moins 6 réponses" in html  # one always stays out
            assert "à partir de 11" in html
    browser.post(f"/diagnostic/{campaign.pk}/compter/")
    assert "vos 5 personnes" in browser.get(f"/diagnostic/{campaign.pk}/resultat/").content.decode()


def test_each_rule_is_said_in_words_with_the_answer_that_people_read():
    smartphone = Condition.objects.get(slug="smartphone")
    assert (
        rule_in_words(smartphone)
        == "Remplie quand, à « Avez-vous un téléphone à vous ? », la réponse est « Oui, un smartphone »."
    )
    assert "ou mieux" in rule_in_words(Condition.objects.get(slug="telephone-joignable"))
    assert "sur place" in rule_in_words(Condition.objects.get(slug="mandat-signe"))


def sample(structure="Les Jardins du Canal"):
    return DiagnosticCampaign.objects.filter(structure__name=structure).latest("pk")


def test_the_result_says_what_is_feasible_with_whom_and_what_to_lift(signed_in, monkeypatch):
    monkeypatch.setattr(result, "SHOWN_PER_GROUP", 100)  # what suits some comes after what suits all
    html = signed_in("membre").get(f"/diagnostic/{sample().pk}/resultat/").content.decode()
    assert "vos 20 personnes" in html
    assert html.count('<ol class="steps">') == 1
    assert html.count("Comment faire") == 3
    assert re.search(r"de \d+ à \d+ de vos 20 personnes", html)
    assert '<path class="before"' in html  # the campaign of last year


def test_a_result_asks_little_whatever_the_number_of_cards(signed_in, django_assert_max_num_queries):
    browser, address = signed_in("membre"), f"/diagnostic/{sample().pk}/resultat/"
    browser.get(address)
    with django_assert_max_num_queries(12):
        html = browser.get(address).content.decode()
    assert elements(html) <= 250


def test_a_purged_campaign_keeps_the_same_result(signed_in):
    from django.utils import timezone

    campaign, browser = sample(), signed_in("membre")
    address = f"/diagnostic/{campaign.pk}/resultat/"

    def people(html):
        return re.findall(r"(\d+ de vos \d+ personnes)", html)

    before = people(browser.get(address).content.decode())
    services.purge_answers(campaign=campaign, today=timezone.localdate())
    assert people(browser.get(address).content.decode()) == before
    card = browser.get(f"{address}{_card().pk}/").content.decode()
    assert "Condition par condition" in card


def _card():
    from practices.models import PracticePage

    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


def test_who_opened_a_diagnostic_and_left_the_structure_reads_it_no_more(signed_in, account, campaign):
    colleague = account("edition")
    assert colleague.structure_id == campaign.structure_id
    for left in ({"structure": None}, {"structure": account("karim").structure}, {"status": "detached"}):
        member = account("membre")
        for name, value in left.items():
            setattr(member, name, value)
        member.save()
        for rest in ("", "resultat/", "entretien/", "saisie/", "papier/", "equipe/"):
            assert signed_in("membre").get(f"/diagnostic/{campaign.pk}/{rest}").status_code in {403, 404}
        for rest in ("compter/", "clore/", "effacer/"):
            assert signed_in("membre").post(f"/diagnostic/{campaign.pk}/{rest}").status_code in {403, 404}
        assert not campaign.is_visible_to(account("membre"))
        assert not DiagnosticCampaign.objects.visible_to(account("membre")).filter(opened_by=member).exists()
    assert signed_in("edition").get(f"/diagnostic/{campaign.pk}/").status_code == 200
