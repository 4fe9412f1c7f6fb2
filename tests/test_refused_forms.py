"""A form that is refused says so first: in the title of the page, then in a summary that has the focus and leads to the fields."""

import inspect

import pytest
from bs4 import BeautifulSoup
from django import forms

from kb_site.form_messages import MESSAGES

REFUSED = [
    (None, "/outils/comparer/?mo=abc", None),
    (None, "/outils/calculer/?personnes=0&heures=1&mode=video", None),
    ("membre", "/proposer/", {"action": "send"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "address", "sent"), REFUSED)
def test_a_refused_form_says_so_in_the_title_and_leads_to_each_field(signed_in, role, address, sent):
    browser = signed_in(role)
    answer = browser.get(address) if sent is None else browser.post(address, sent)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    assert page.title
    assert page.title.text.startswith("Erreur – ")
    (summary,) = page.select("main > .refused")
    assert {"autofocus", "tabindex", "role"} <= set(summary.attrs)
    links = [link["href"].removeprefix("#") for link in summary.select("a")]
    assert links
    assert [link for link in links if page.find(id=link) is None] == []


@pytest.mark.django_db
def test_a_form_that_nobody_sent_says_nothing_of_the_kind(signed_in):
    page = BeautifulSoup(signed_in("membre").get("/proposer/").content.decode(), "html.parser")
    assert page.title
    assert not page.title.text.startswith("Erreur")
    assert page.select(".refused") == []


def test_an_empty_field_says_what_to_do():
    for field, said in ((forms.CharField, "écrivez"), (forms.DateField, "Exemple"), (forms.EmailField, "Exemple")):
        with pytest.raises(forms.ValidationError, match=said):
            field().clean("")
    with pytest.raises(forms.ValidationError, match="prenom.nom@exemple.fr"):
        forms.EmailField().clean("rien")
    kinds = {kind for _name, kind in inspect.getmembers(forms, inspect.isclass) if issubclass(kind, forms.Field)}
    ruled = [kind.__name__ for kind in kinds if "obligatoire" in str(_required(kind))]
    assert ruled == []
    assert MESSAGES.keys() <= kinds


def _required(kind):
    return next(
        cls.__dict__["default_error_messages"]["required"]
        for cls in kind.__mro__
        if "required" in cls.__dict__.get("default_error_messages", {})
    )
