"""Answer a mail: published once, under the right comment, in the name of the right person; refused kindly otherwise."""

import datetime
import uuid
from email.message import EmailMessage

import pytest
from django.test import Client
from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.mailing import bounces
from kb_site.mailing.models import AddressProblem
from kb_site.mailing.tokens import read_reply_address, reply_address
from kb_site.notifications.mail_reader.reader import read_reply
from kb_site.notifications.mail_reader.signatures import Own
from kb_site.notifications.models import IncomingMail
from practices.comments.models import Comment
from practices.comments.services import delete_comment, post_comment
from tests.factories import CardFactory

pytestmark = pytest.mark.django_db
SECRET = "secret-partagé-avec-le-serveur"


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.MAIL_WEBHOOK_SECRET = SECRET
    settings.REPLY_ADDRESS = "reponse@exemple.fr"


@pytest.fixture
def answered(account):
    return post_comment(
        target=CardFactory(), author=account("membre"), text="Qui a essayé ?", submission_key=uuid.uuid4(), parent=None
    )


@pytest.fixture
def written(account, answered):
    """Return a maker of Karim's answer to the comment."""

    def make(text="Oui, à quatre.", **headers):
        message = EmailMessage()
        to = reply_address(person=account("karim").pk, handler="comment", about=answered.pk)
        fields = {"From": "Karim <karim@example.org>", "To": to, "Subject": "Re:", "Message-ID": "<1@exemple.fr>"}
        for name, value in (fields | {key.replace("_", "-"): value for key, value in headers.items()}).items():
            message[name] = value
        message.set_content(text)
        return message

    return make


def hand_over(message, secret=SECRET):
    raw = message if isinstance(message, bytes) else message.as_bytes()
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    return Client().post("/courriels/reponses/", raw, content_type="message/rfc822", headers=headers)


def replies(answered):
    return list(
        Comment.objects.filter(parent_id=answered.pk).exclude(pk=answered.pk).values_list("user__email", "comment")
    )


def test_an_answer_is_published_under_the_comment(written, answered):
    assert hand_over(written()).json() == {"outcome": "written"}
    assert replies(answered) == [("karim@example.org", "Oui, à quatre.")]


def test_the_same_mail_twice_is_published_once(written, answered):
    hand_over(written())
    assert hand_over(written()).json() == {"outcome": "written"}
    assert len(replies(answered)) == 1


def test_the_mail_tells_how_to_answer(answered, account, deliver):
    deliver()
    post_comment(
        target=answered.content_object,
        author=account("karim"), text="Moi.", submission_key=uuid.uuid4(), parent=answered,
    )  # fmt: skip
    (message,) = deliver()
    asked = read_reply_address(message.reply_to[0])
    assert asked.person == account("membre").pk
    assert message.body.startswith("— Répondez au-dessus de cette ligne")
    assert len(message.reply_to[0].partition("@")[0]) <= 64


def test_an_address_in_lower_case_still_works(written, answered):
    message = written()
    address = str(message["To"]).lower()
    del message["To"]
    message["Delivered-To"] = address
    assert hand_over(message).json() == {"outcome": "written"}


def with_photo(message, **more):
    message.add_attachment(b"\xff\xd8\xff" + b"x" * 300_000, maintype="image", subtype="jpeg", **more)
    return message


def test_the_words_are_published_and_the_sender_is_told_once_that_the_files_were_not_taken(written, answered, deliver):
    deliver()
    message = with_photo(with_photo(written(), filename="photo.jpg"), filename="autre.jpg")
    assert hand_over(message).json() == hand_over(message).json() == {"outcome": "written"}
    assert replies(answered) == [("karim@example.org", "Oui, à quatre.")]
    (told,) = [message for message in deliver() if message.to == ["karim@example.org"]]
    assert told.subject == "Votre réponse est publiée, sans les fichiers joints"
    assert "2 fichiers joints n’ont pas été pris" in told.body
    assert "ouvrez-y un sujet" in told.body
    assert deliver() == []


@pytest.mark.parametrize("how", [{"disposition": "inline"}, {"disposition": "inline", "cid": "<photo@telephone>"}])
def test_a_photo_shown_within_the_words_is_told_too(written, deliver, how):
    deliver()
    hand_over(with_photo(written(), filename="IMG_1.jpg", **how))
    (told,) = [message for message in deliver() if message.to == ["karim@example.org"]]
    assert "1 fichier joint n’a pas été pris" in told.body


def test_a_photo_without_words_is_refused_and_says_why(written, answered, deliver):
    deliver()
    message = with_photo(written(text="\n\nEnvoyé de mon iPhone\n"), filename="photo.jpg")
    assert hand_over(message).json() == {"outcome": "refused"}
    assert replies(answered) == []
    (told,) = deliver()
    assert "seulement des fichiers" in told.body
    assert "ouvrez-y un sujet" in told.body


# A logo shown in the signature, the same attached by a mail program, a cryptographic signature, a quoted text part.
SIGNATURES = {
    "cid": 'Content-Type: image/png; name="logo.png"\nContent-ID: <logo@a>\n'
    f'Content-Disposition: inline; filename="logo.png"\n\n{"x" * 40_000}',
    "attached": f'Content-Type: image/png\nContent-Disposition: attachment; filename="image001.png"\n\n{"x" * 4_000}',
    "smime": 'Content-Type: application/pkcs7-signature; name="smime.p7s"\n'
    'Content-Disposition: attachment; filename="smime.p7s"\nContent-Transfer-Encoding: base64\n\nMIIB',
    "footer": "Content-Type: text/plain; charset=utf-8\nContent-Disposition: inline\n\nListe",
}


@pytest.mark.parametrize("part", SIGNATURES.values(), ids=SIGNATURES)
def test_what_signs_a_mail_is_no_file(written, answered, deliver, part):
    deliver()
    head = written().as_string().split("\n\n")[0].split("\nContent-Type")[0]
    raw = (
        f'{head}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain; charset=utf-8\n\nOui.\n--b\n{part}\n--b--\n"
    )
    assert hand_over(raw.encode()).json() == {"outcome": "written"}
    assert replies(answered) == [("karim@example.org", "Oui.")]
    assert [message for message in deliver() if message.to == ["karim@example.org"]] == []


def test_an_answer_in_html_alone_becomes_text(written, answered):
    message = written()
    message.set_content("<style>p{}</style><p>Oui &amp; non<script>alert(1)</script></p><p>Deux</p>", subtype="html")
    hand_over(message)
    assert replies(answered) == [("karim@example.org", "Oui & non\n\nDeux")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"From": "Autre <autre@exemple.fr>"}, "autre adresse"),
        ({"text": "> Bonjour\n> bla"}, "pas trouvé de texte"),
    ],
)
def test_a_refused_answer_is_explained_to_the_account_only(written, answered, deliver, change, reason):
    deliver()
    assert hand_over(written(**change)).json() == {"outcome": "refused"}
    assert replies(answered) == []
    hand_over(written(**change))
    (message,) = deliver()
    assert message.to == ["karim@example.org"]
    assert reason in message.body


def test_an_answer_to_a_withdrawn_comment_is_refused(written, answered, account):
    delete_comment(comment=answered, author=account("membre"))
    assert hand_over(written()).json() == {"outcome": "refused"}


def test_an_account_that_is_no_longer_approved_writes_nothing(written, answered):
    User.objects.filter(email="karim@example.org").update(status=User.Status.REFUSED)
    assert hand_over(written()).json() == {"outcome": "refused"}


@pytest.mark.parametrize(
    "headers",
    [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}, {"X_Autoreply": "yes"}],
)
def test_an_automatic_answer_is_ignored_in_silence(written, answered, deliver, headers):
    deliver()
    assert hand_over(written(**headers)).json() == {"outcome": "ignored"}
    assert deliver() == []
    assert replies(answered) == []


def test_an_address_changed_by_hand_is_nobodys(written, account, answered):
    message = written()
    forged = str(message["To"]).replace(f"+{account('karim').pk}.", f"+{account('coordination').pk}.")
    del message["To"]
    message["To"] = forged
    assert hand_over(message).json() == {"outcome": "unknown"}
    assert not IncomingMail.objects.exists()


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"To: \r\n\r\n", b"Content-Type: text/plain; charset=nul\r\n\r\nx"]
)
def test_a_broken_message_breaks_nothing(raw):
    assert hand_over(raw).status_code == 200


@pytest.mark.parametrize("secret", ["", "autre", "é"])
def test_the_doors_of_the_mail_server_ask_for_the_secret(written, secret):
    assert hand_over(written(), secret=secret.encode().decode("latin-1")).status_code == 401


# Quoted text


def new_words(text):
    message = EmailMessage()
    message.set_content(text)
    return read_reply(message, own=Own("Awa", "Démo", "membre@example.org"), site="Passe-relais").words


@pytest.mark.parametrize(
    "mail",
    [
        "Oui.\n\nLe lun. 24 nov. 2026 à 10:12, Passe-relais <x@y.fr> a\nécrit :\n\n> Bonjour",
        "Oui.\n\nLe 24/11/2026 à 10:12, Passe-relais a écrit :\n> Bonjour\n-- \nAwa",
        "Oui.\n\nDe : Passe-relais <x@y.fr>\nEnvoyé : lundi 24 novembre 2026 10:12\nObjet : Café\n\nBonjour",
        "Oui.\n________________________________\nDe : Passe-relais\n",
        "Oui.\n\nEnvoyé de mon iPhone\n\n> Le 24 nov. 2026 à 10:12, X a écrit :",
        "Oui.\n\nOn Mon, Nov 24, 2026 at 10:12 AM X <x@y.fr> wrote:\n> foo",
        "Oui.\n\n> — Répondez au-dessus de cette ligne : votre texte sera publié\n> Bonjour",
        "Oui.\n\n-- \nAwa Démo\nJardins du canal",
        "Oui.\n\n-----Message d'origine-----\nDe : X",
    ],
)
def test_what_is_quoted_and_the_signature_are_dropped(mail):
    assert new_words(mail) == "Oui."


def test_ordinary_sentences_are_kept():
    text = "De : lundi au mercredi, deux groupes.\n\nLe mardi on a écrit : rien.\n\n- un\n- deux"
    assert new_words(text) == text


def test_a_very_long_hostile_line_is_read_quickly():
    assert new_words("Le " + "a " * 50_000 + "\n" + ">" * 50_000)


# Reports of the mail server


def report(body, secret=SECRET):
    headers = {"authorization": f"Bearer {secret}"}
    return Client().post("/courriels/retours/", body, content_type="application/json", headers=headers)


def test_a_bounce_is_recorded_and_stops_mails():
    events = [{"type": "bounce", "email": "Karim@example.org"}, {"type": "open", "email": "karim@example.org"}]
    assert report({"events": events}).json() == {"recorded": 1, "ignored": 1}
    report({"events": events})
    assert AddressProblem.objects.get().count == 2, "without an id, two reports are two"
    assert not bounces.may_write_to("karim@example.org", wanted_only=False)


def soft(number, **more):
    return {"type": "soft_bounce", "email": "pleine@example.org", "id": f"evt-{number}"} | more


def may_write():
    return bounces.may_write_to("pleine@example.org", wanted_only=True)


def test_a_report_with_an_id_is_counted_once_however_often_it_comes():
    for _time in range(6):
        assert report({"events": [soft(1)]}).json() == {"recorded": 1, "ignored": 0}
    assert (AddressProblem.objects.get().count, may_write()) == (1, True)
    report({"events": [soft(number) for number in range(2, 6)]})
    assert not may_write()


def test_a_full_mailbox_is_tried_again_after_a_month_and_counted_anew():
    report({"events": [soft(number) for number in range(5)]})
    AddressProblem.objects.update(last_at=timezone.now() - datetime.timedelta(days=31))
    assert may_write()
    report({"events": [soft(9)]})
    assert (AddressProblem.objects.get().count, may_write()) == (1, True)


def test_a_mail_that_arrives_lifts_what_was_said_of_the_address_but_no_complaint():
    report({"events": [soft(number) for number in range(5)]})
    report({"events": [soft(7, type="bounce"), soft(8, type="complaint"), soft(6, type="delivered")]})
    assert list(AddressProblem.objects.filter(lifted_at=None).values_list("kind", flat=True)) == ["complaint"]
    report({"events": [soft(10, type="bounce"), soft(6, type="delivered")]})
    assert not bounces.may_write_to("pleine@example.org", wanted_only=False), "the same success, told again"


ODD = [1, None, [], {}, {"type": "bounce"}, {"email": "a@exemple.fr"}, *(
    {"type": "bounce", "email": email}
    for email in ('"a b"@exemple', "", None, 3, ["a@exemple.fr"], "a" * 300 + "@exemple.fr", "a@exemplé.fr", "a@e.fr\x00", "a@e.fr\n")
), {"type": ["bounce"], "email": "a@exemple.fr"}, {"type": {}, "email": "a@exemple.fr"}]  # fmt: skip


def test_an_odd_line_takes_nothing_away_from_the_others_of_its_batch():
    right = [
        {"type": "bounce", "email": "ancien@exemple.fr"},
        {"type": "bounce", "email": "autre@exemple.fr", "id": {}},
    ]
    answer = report({"events": [right[0], *ODD, right[1]]})
    assert (answer.status_code, answer.json()) == (200, {"recorded": 2, "ignored": len(ODD)})
    assert set(AddressProblem.objects.values_list("email", flat=True)) == {"ancien@exemple.fr", "autre@exemple.fr"}


def test_coordinators_are_told_whom_our_mails_do_not_reach(signed_in, account):
    report({"events": [{"type": "bounce", "email": "Karim@example.org"}]})
    told = f"Nos e-mails n’arrivent plus à : {account('karim').get_full_name()}"
    assert told in signed_in("coordination").get("/").content.decode()
    assert told not in signed_in("membre").get("/").content.decode()


@pytest.mark.parametrize("body", ["", "[]", "{", '{"events": 3}', '{"events": {"type": "bounce"}}'])
def test_a_report_that_is_not_understood_is_refused(body):
    assert report(body).status_code == 400
    assert not AddressProblem.objects.exists()


def test_too_many_reports_at_once_are_refused_whole_rather_than_cut():
    assert report({"events": [{"type": "bounce", "email": "a@exemple.fr"}] * 1001}).status_code == 413
    assert not AddressProblem.objects.exists()


# Headers as they really come


def raw(address, *headers, text="Oui, quelle tête !"):
    """Return the bytes of a mail whose headers no library would write."""
    lines = ["From: Karim <karim@example.org>", f"To: {address}", "Content-Type: text/plain; charset=utf-8"]
    replaced = {header.partition(":")[0].lower() for header in headers}
    kept = [one for one in lines if one.partition(":")[0].lower() not in replaced]
    return "\r\n".join([*kept, *headers, "", text, ""]).encode()


STRANGE = [
    ("Message-ID: <>",),
    ("Message-ID: <[un.deux@mail.exemple.fr]>",),
    ("Message-ID: ",),
    ("Message-ID: <a@[>",),
    ("Message-ID: " + "<" * 400,),
    ("From: =?utf-8?q?Karim=0A?= <karim@example.org>",),
    ("From: =?utf-8?q?Karim=0D=0ABcc=3A_x?= <karim@example.org>",),
    ("Cc: =?utf-8?q?Marta=0A?= <marta@exemple.fr>", "Message-ID: <2@exemple.fr>"),
    ('Cc: "', "Message-ID: <3@exemple.fr>"),
    ("Cc: (a): b@exemple.fr;", "Message-ID: <4@exemple.fr>"),
    ("Cc: =?utf-8?b?****?= <b@exemple.fr>", "Message-ID: <5@exemple.fr>"),
    ("Cc: " + "(" * 3000, "Message-ID: <6@exemple.fr>"),
    ("Cc: <@,@", "Reply-To: <[", "Message-ID: <7@exemple.fr>"),
    ("Delivered-To: <[", "Message-ID: <8@exemple.fr>"),
    ("X-Original-To: =?utf-8?q?=0A?=", "Message-ID: <9@exemple.fr>"),
    ("Content-Disposition: =?utf-8?q?=0A?=; filename*=x''%FF", "Message-ID: <10@exemple.fr>"),
    ("Content-Transfer-Encoding: =?x?=", "Message-ID: <12@exemple.fr>"),
    ("Subject: =?utf-8?q?=0A?= \x00", "Date: x", "Message-ID: <13@exemple.fr>"),
    ("Auto-Submitted: ", "Precedence: =?utf-8?q?=0A?=", "Return-Path: <[", "Message-ID: <14@exemple.fr>"),
]


@pytest.mark.parametrize("headers", STRANGE, ids=lambda headers: headers[0][:30])
def test_no_header_however_strange_keeps_an_answer(headers, answered, account):
    address = reply_address(person=account("karim").pk, handler="comment", about=answered.pk)
    assert hand_over(raw(address, *headers)).json() == {"outcome": "written"}
    assert replies(answered) == [("karim@example.org", "Oui, quelle tête !")]
    assert hand_over(raw(address, *headers)).json() == {"outcome": "written"}
    assert len(replies(answered)) == 1, "twice the same"


@pytest.mark.parametrize("charset", ["charset*=utf-8''%", "charset=utf8mb4", "charset=cp-850", 'charset="'])
def test_an_unknown_alphabet_is_read_all_the_same(answered, account, charset):
    address = reply_address(person=account("karim").pk, handler="comment", about=answered.pk)
    assert hand_over(raw(address, f"Content-Type: text/plain; {charset}")).json() == {"outcome": "written"}
    assert replies(answered) == [("karim@example.org", "Oui, quelle tête !")]


@pytest.mark.parametrize(
    "to", [f"<reponse+{'9' * 5000}.comment.1.x@exemple.fr>", "=?utf-8?q?=0A?= <[", "", '"', "reponse+١.comment.1.x@a"]
)
def test_an_address_that_is_not_ours_is_unknown_however_strange(to):
    assert hand_over(raw(to, "Message-ID: <[>")).json() == {"outcome": "unknown"}
