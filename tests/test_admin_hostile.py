"""Hostile words through every form of the admin that makes something small: kept whole or refused, never run, never a 500."""

import pytest
from django import forms
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

pytestmark = pytest.mark.django_db

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"'><img src=x onerror=alert(1)>",
    "template": "{{ request.user.email }}{% debug %}",
    "controls": "a\x0b\x00\x1b[31m\u202eb",
    "formula": '=HYPERLINK("http://x")',
    "percent": "%(name)s %s {0} {name}",
    "long": "é" * 9000,
    "spaces": " \u00a0\u2003",
}
NEVER_WRITTEN = ("<script>alert(1)", "<img src=x onerror")


def filled(form, words):
    """The form as it is sent, every text field saying these words, the rest chosen among what is offered."""
    values = {}
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
            values[key] = []
        elif isinstance(field, forms.ModelChoiceField):
            first = field.queryset.first()
            values[key] = first.pk if first else ""
        elif isinstance(field, forms.ChoiceField):
            values[key] = next((value for value, _label in field.choices if value), "")
        elif isinstance(field, forms.BooleanField):
            continue
        elif isinstance(field, forms.IntegerField):
            values[key] = 7
        elif isinstance(field, forms.SlugField):
            values[key] = "essai"
        else:
            values[key] = words
    for formset in getattr(form, "formsets", {}).values():
        values |= {f"{formset.prefix}-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
        values[f"{formset.prefix}-MAX_NUM_FORMS"] = 1000
    return values


@pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model._meta.label)
def test_no_form_of_the_admin_falls_over_nor_lets_words_run(signed_in, model):
    browser, viewset = signed_in("admin"), model.snippet_viewset
    browser.raise_request_exception = False
    add = reverse(viewset.get_url_name("add"))
    form = browser.get(add).context["form"]
    for kind, words in HOSTILE.items():
        before = set(model._default_manager.values_list("pk", flat=True))
        answer = browser.post(add, filled(form, words), follow=True)
        assert answer.status_code < 500, kind
        pages = [answer]
        made = set(model._default_manager.values_list("pk", flat=True)) - before
        for pk in made:
            pages += [
                browser.get(reverse(viewset.get_url_name(name), args=[pk])) for name in ("edit", "history", "usage")
            ]
        pages.append(browser.get(reverse(viewset.get_url_name("list")), {"q": words[:50]}))
        for page in pages:
            assert page.status_code < 500, kind
            written = page.content.decode()
            assert not [one for one in NEVER_WRITTEN if one in written], kind
            assert "\x0b" not in written, kind
        model._default_manager.filter(pk__in=made).delete()
