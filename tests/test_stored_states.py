"""The states that tables hold: codes in English, labels in French."""

import re

import pytest
from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import slugify

from tests.test_architecture import OURS, ROOT

STATES = [
    (model._meta.label, code, label)
    for model in apps.get_models()
    if model.__module__.split(".")[0] in OURS
    for field in model._meta.local_fields
    if field.name == "state" and field.choices
    for code, label in field.flatchoices
    if isinstance(label, Promise)
]


@pytest.mark.parametrize(("model", "code", "label"), STATES)
def test_the_code_of_a_state_is_not_its_french_label(model, code, label):
    assert code not in slugify(label).replace("-", "_"), f"{model}: a word of the screens is stored"


def test_templates_compare_with_states_that_exist():
    codes = {code for _model, code, _label in STATES}
    compared = {
        (path.name, word)
        for path in (ROOT / "templates").rglob("*.html")
        for word in re.findall(r'\bstate [=!]= "([^"]*)"', path.read_text("utf-8"))
    }
    assert compared
    assert {(name, word) for name, word in compared if word not in codes} == set()
