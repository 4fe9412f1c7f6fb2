"""Words are set as French is, in one place, whatever shows them; what is typed, compared or read by a machine is left alone."""

import pytest

from kb_site.french.typography import NARROW, NO_BREAK, typeset, typeset_html
from kb_site.mailing.send import render
from kb_site.mails import MAILS
from tests.answers import MARK_ALONE, badly_set
from tests.mails import composing

SHOWN = {NO_BREAK: "~", NARROW: "^"}


def seen(text):
    return text.translate(str.maketrans(SHOWN))


def test_a_mark_stays_with_its_word():
    told = "Où ? « Ici » : oui ; non ! «Là», 10 % de 5 Mo en 20 min"
    as_set = "Où^? «~Ici~»~: oui^; non^! «~Là~», 10^% de 5^Mo en 20^min"
    assert seen(typeset(told)) == as_set
    assert seen(typeset_html(f"<p>{told}</p>")) == f"<p>{as_set}</p>"
    assert seen(typeset_html("<p>Deux\n  : <b>trois</b> : quatre</p>")) == "<p>Deux~: <b>trois</b>~: quatre</p>"


def test_a_space_that_was_typed_as_an_entity_is_not_doubled():
    told = "<p>«&nbsp;Ici&#160;», « là&#xA0;» ? « Non&#8239;! » : 10&nbsp;h</p>"
    assert seen(typeset_html(told)) == "<p>«~Ici~», «~là~»^? «~Non^!~»~: 10~h</p>"
    assert badly_set("<p>«\u00a0\u00a0Ici\u00a0»</p>") != []


def test_apostrophes_quotes_and_dots_are_those_of_print():
    assert (
        seen(typeset_html("l&#x27;aide, d'abord... &quot;tout de suite&quot;")) == "l’aide, d’abord… «~tout de suite~»"
    )
    assert typeset("l'aide, d'abord...") == "l’aide, d’abord…"


def test_what_people_hear_is_set_and_what_a_machine_reads_is_not():
    for left in (
        '<a href="/recherche/?q=a ? b">',
        '<input value="Quoi ?" name="a : b">',
        '<input data-action="click->form#send" value="l\'un ? l\'autre">',
        "<textarea>Quoi ?\nl'un...</textarea>",
        "<pre>a ? b : c</pre>",
        "<code>x ? y</code>",
        '<script type="application/ld+json">{"name" : "Quoi ?"}</script>',
        "<style>a :hover { color: red !important }</style>",
    ):
        assert typeset_html(left) == left
    assert seen(typeset_html('<a title="Où ?" aria-label="Quoi !" href="?a ? b">')) == (
        '<a title="Où^?" aria-label="Quoi^!" href="?a ? b">'
    )
    assert seen(typeset_html("<pre>a ?</pre> b ? <textarea>c ?</textarea>")) == (
        "<pre>a ?</pre> b^? <textarea>c ?</textarea>"
    )


def test_what_is_set_twice_is_set_once():
    part = typeset_html("<p>Où ? « Ici » : l&#x27;un... 3 h 20</p>")
    assert typeset_html(part) == part
    assert badly_set(part) == []


def test_a_mark_that_a_line_may_leave_alone_is_seen():
    assert badly_set('<p title="Où ?">« Ici</p><b>x</b> : y<textarea>a ?</textarea>') == ["Où ?", "« Ici", " : y"]


@pytest.mark.django_db
def test_a_mail_is_set_in_its_subject_its_text_and_its_html(typography):
    to, ids = composing.topic_removed()
    mail = MAILS["topic_removed"](to=to, **ids)
    assert mail
    message = render(mail, to, key="essai")
    ((html, _type),) = message.alternatives
    for words in (message.subject, message.body, html):
        assert NO_BREAK in words
    assert badly_set(html) == []
    assert MARK_ALONE.search(f"{message.subject}\n{message.body}") is None
