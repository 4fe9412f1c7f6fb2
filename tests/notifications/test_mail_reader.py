"""Whatever the program, what a person just wrote is read, and nothing else."""

import pytest

from kb_site.notifications.mail_reader.automatic import Automatic
from kb_site.notifications.mail_reader.reader import read_reply
from kb_site.notifications.mail_reader.sender import sender_of, was_forged

from .mail_corpus import AUTOMATIC, HEAD, MAILS, OWN, SITE, message_of, raw
from .more_mails import MORE, MORE_AUTOMATIC


def read(content):
    return read_reply(message_of(content), own=OWN, site=SITE)


@pytest.mark.parametrize("name", MAILS)
def test_the_words_of_the_writer_are_read(name):
    content, words = MAILS[name]
    assert read(content).words == words


@pytest.mark.parametrize("name", AUTOMATIC)
def test_what_no_person_wrote_is_known(name):
    content, sure = AUTOMATIC[name]
    assert read(content).automatic is sure


def test_the_words_are_read_from_mails_of_more_programs():
    surprises = {}
    for name, (content, right) in MORE.items():
        reading = read(content)
        got = "\n".join(" ".join(line.split()) for line in reading.words.splitlines() if line.strip())
        wanted = ["\n".join(line for line in words.splitlines() if line.strip()) for words in right]
        if got not in wanted or reading.doubtful or reading.automatic is not Automatic.NO:
            surprises[name] = (reading.words, reading.automatic, reading.doubtful)
    assert surprises == {}


def test_more_of_what_no_person_wrote_is_known():
    heard = {name: read(content).automatic for name, (content, _sure) in MORE_AUTOMATIC.items()}
    assert {name: sure for name, sure in heard.items() if sure not in MORE_AUTOMATIC[name][1]} == {}


def test_words_that_may_have_been_cut_are_told():
    below = MAILS["outlook-web-plain"][0].decode().replace("\r", "").partition("midi.")[2]
    said = f"Voir mes réponses en rouge dans votre message.\n\n{below}"
    reading = read(raw(said))
    assert reading.words == "Voir mes réponses en rouge dans votre message."
    assert reading.doubtful


FROM = {
    "Nadia <nadia@example.org>": "nadia@example.org",
    "nadia@example.org": "nadia@example.org",
    "nadia@example.org (Nadia)": "nadia@example.org",
    '"Exemple, Nadia" <nadia@example.org>': "nadia@example.org",
    "Exemple, Nadia <nadia@example.org>": "nadia@example.org",
    "=?utf-8?q?Nad=0A?= <nadia@example.org>": "nadia@example.org",
    '"nadia@example.org" <autre@ailleurs.example>': "autre@ailleurs.example",
    "nadia@example.org (x) <autre@ailleurs.example>": "",
    "nadia@example.org, autre@ailleurs.example": "",
    "<nadia@example.org> <autre@ailleurs.example>": "",
    "=?utf-8?q?nadia=40example=2Eorg=0A?= <autre@ailleurs.example>": "autre@ailleurs.example",
    "<@ailleurs.example:nadia@example.org>": "",
    "Nadia": "",
    "": "",
}


@pytest.mark.parametrize(("written", "address"), FROM.items())
def test_the_sender_is_the_one_address_that_the_mail_names(written, address):
    assert sender_of(message_of(f"From: {written}\r\n\r\nx".encode())) == address


def test_two_senders_are_nobody():
    assert not sender_of(message_of(b"From: nadia@example.org\r\nFrom: nadia@example.org\r\n\r\nx"))


@pytest.mark.parametrize(
    ("results", "forged"),
    [
        ("mx.exemple.fr; dmarc=fail header.from=example.org", True),
        ("mx.exemple.fr; spf=fail; dkim=none", True),
        ("mx.exemple.fr; spf=fail; dkim=pass", False),
        ("mx.exemple.fr; dmarc=pass", False),
        ("ailleurs.example; dmarc=fail", False),
    ],
)
def test_what_our_own_server_found_is_read_and_no_other(results, forged):
    message = message_of(f"Authentication-Results: {results}\r\n{HEAD}\r\nx".encode())
    assert was_forged(message, server="mx.exemple.fr") is forged
    assert not was_forged(message, server="")
