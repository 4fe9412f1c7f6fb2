"""A variable that a template does not receive fails the test that shows it."""

import pytest
from django.conf import settings
from django.template import Context, Engine

from tests.unknown_variables import FailsForUnknownVariables, UnknownVariable

LOUD = ["{{ missing }}", "{{ known.missing }}", "{{ missing|upper }}", "{% include missing %}",
        "{% with shown=missing %}{% endwith %}", "{% load i18n %}{% blocktranslate %}{{ missing }}{% endblocktranslate %}",
        "{% load i18n %}{% blocktranslate with a=missing %}{{ a }}{% endblocktranslate %}"]  # fmt: skip
SILENT = ["{{ known }}", "{% if missing %}{% endif %}", "{% if missing == 1 %}{% endif %}",
          "{% for one in missing %}{% endfor %}", '{{ missing|default:"" }}', "{% firstof missing known %}"]  # fmt: skip


@pytest.fixture
def render(tmp_path):
    """Return what renders these words as a template of ours, or of somebody else."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"

    def render(words, *, folder="ours"):
        for path in (ours, theirs):
            path.mkdir(exist_ok=True)
        (tmp_path / folder / "page.html").write_text(words)
        (theirs / "base.html").write_text("{{ missing }}{% block content %}{% endblock %}")
        engine = Engine(
            dirs=[ours, theirs],
            libraries={"i18n": "django.templatetags.i18n"},
            string_if_invalid=FailsForUnknownVariables(folder=ours),
        )
        return engine.get_template("page.html").render(Context({"known": "connu"}))

    return render


@pytest.mark.parametrize("words", LOUD)
def test_a_missing_variable_fails_and_is_named(render, words):
    with pytest.raises(UnknownVariable, match=r"missing.* in page\.html"):
        render(words)


@pytest.mark.parametrize("words", SILENT)
def test_a_template_may_ask_whether_there_is_one(render, words):
    render(words)


@pytest.mark.parametrize("words", LOUD[:3])
def test_the_templates_of_libraries_stay_silent(render, words):
    render(words, folder="theirs")


def test_what_extends_the_template_of_a_library_is_ours(render):
    render('{% extends "base.html" %}')
    with pytest.raises(UnknownVariable):
        render('{% extends "base.html" %}{% block content %}{{ missing }}{% endblock %}')


def test_the_templates_of_the_site_are_looked_at():
    assert settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"].folder == settings.BASE_DIR / "templates"
