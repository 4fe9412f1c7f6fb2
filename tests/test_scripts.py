"""Our scripts are modules that share by importing, at no request more than the page costs already.

A field of a form is asked by its name, where no property of the form or of its list can stand in for it:
`form.elements.item` is a method of the list of fields, never the field named « item »; `form.action` is the field of
that name as soon as there is one, never the address again.
"""

import re
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from rcssmin import cssmin

from kb_site.facts.panels import CitePanel
from kb_site.static_files import StaticFilesStorage
from practices.widgets import MarkedTextarea

SCRIPTS = sorted((Path(settings.BASE_DIR) / "kb_site/static/kb_site").glob("*.js"))
SERVICE_WORKER = Path(settings.BASE_DIR) / "kb_site/pocket/service_worker.js"  # served at the root, loaded by no page
TEMPLATES = Path(settings.BASE_DIR) / "templates"
SCRIPT_TAG = re.compile(r"<script\b[^>]*>")
ON_DEMAND = re.compile(r"data-script=\"{% static '[\w/.]+' %}\"")  # site.js imports it when the field is entered
IMPORTED = re.compile(r"""(?m)^(?:import|export)\b[^;]*?["']\./([\w.]+)["'];$""")
ON_THE_PAGE_ALREADY = {"site.js", "drafts.js"}  # base.html loads them; drafts.js for accounts only
FIELD_OF_A_LIST = re.compile(r"\belements\s*(?:\?\.|\.)\s*(?!namedItem\b|length\b)\w+|\belements\s*(?:\?\.)?\[")
# What scripts may ask of a form itself. No field bears one of these names (see below).
OF_A_FORM = {
    "addEventListener", "after", "append", "before", "dataset", "elements", "getAttribute", "hidden",
    "prepend", "querySelector",
    "querySelectorAll", "requestSubmit", "reset", "setAttribute",
}  # fmt: skip
MEMBER_OF_A_FORM = re.compile(r"\b(?:\w*[fF]orm|propose)(?:\?\.|\.)(\w+)")
TAKEN_APART = re.compile(r"\{[^{}]*\}\s*=\s*(?:\w+\.)*(?:\w*[fF]orm|elements)\b")


def code_of(script: Path) -> str:
    return re.sub(r"(?m)(?:^|\s)//.*$", "", script.read_text("utf-8"))


def faults(code: str) -> list[str]:
    found = [*FIELD_OF_A_LIST.findall(code), *TAKEN_APART.findall(code)]
    return found + [one.group() for one in MEMBER_OF_A_FORM.finditer(code) if one.group(1) not in OF_A_FORM]


def test_the_linter_finds_nothing():
    linter = Path(sys.executable).parent / "oxlint"
    found = subprocess.run(
        [linter, "--deny-warnings", SCRIPTS[0].parent, SERVICE_WORKER],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def test_every_script_of_ours_is_loaded_as_a_module():
    tags = [tag for template in TEMPLATES.rglob("*.html") for tag in SCRIPT_TAG.findall(template.read_text("utf-8"))]
    ours = [tag for tag in tags if "'kb_site/" in tag]
    assert [tag for tag in ours if not tag.startswith('<script type="module" src=')] == []
    on_demand = [
        found for template in TEMPLATES.rglob("*.html") for found in ON_DEMAND.findall(template.read_text("utf-8"))
    ]
    media = MarkedTextarea().media + CitePanel.BoundPanel.media.fget(None)
    of_widgets = [str(script) for script in media._js if "kb_site/" in str(script)]
    assert [tag for tag in of_widgets if 'type="module"' not in tag] == []
    loaded = {name for tag in (*ours, *on_demand, *of_widgets) for name in re.findall(r"kb_site/(\w+\.js)", tag)}
    assert loaded == {script.name for script in SCRIPTS}


def test_no_import_costs_a_request():
    imported = {script.name: set(IMPORTED.findall(script.read_text("utf-8"))) for script in SCRIPTS}
    assert {name: files for name, files in imported.items() if not files <= ON_THE_PAGE_ALREADY} == {}
    assert imported["site.js"] == set()
    assert any(imported.values())


def test_a_module_is_imported_under_the_name_by_which_pages_load_it(tmp_path):
    for script in SCRIPTS:
        shutil.copy(script, tmp_path)
    storage = StaticFilesStorage(location=tmp_path)
    given = FileSystemStorage(location=tmp_path)
    faults = [
        error
        for *_names, error in storage.post_process({one.name: (given, one.name) for one in SCRIPTS})
        if error is not True
    ]
    names = storage.load_manifest()[0]
    assert faults == []
    for script in SCRIPTS:
        imported = IMPORTED.findall((tmp_path / names[script.name]).read_text("utf-8"))
        assert imported == [names[name] for name in IMPORTED.findall(script.read_text("utf-8"))]


def test_style_sheets_leave_without_what_only_we_read(tmp_path):
    sheet = b"/* Why\n   so. */\n.a {\n  color: red; /* here */\n}\n"
    storage = StaticFilesStorage(location=tmp_path)
    storage.save("kb_site/look.css", ContentFile(sheet))
    storage.save("wagtailadmin/look.css", ContentFile(sheet))
    assert (tmp_path / "kb_site/look.css").read_bytes() == b".a{color:red}"
    assert (tmp_path / "wagtailadmin/look.css").read_bytes() == sheet


def test_style_sheets_are_whole_under_the_name_by_which_pages_load_them(tmp_path):
    """As collectstatic does: copied, then saved again under the name that tells what they hold."""
    source, storage = FileSystemStorage(location=SCRIPTS[0].parents[1]), StaticFilesStorage(location=tmp_path)
    sheets = [f"kb_site/{sheet.name}" for sheet in SCRIPTS[0].parent.glob("*.css")]
    drawn = ["kb_site/pictograms.svg"]
    for name in sheets + drawn:
        with source.open(name) as sheet:
            storage.save(name, sheet)
    done = list(storage.post_process({name: (source, name) for name in sheets + drawn}))
    assert [error for *_names, error in done if isinstance(error, Exception)] == []
    names = storage.load_manifest()[0]
    assert sheets
    for name in sheets:
        whole = cssmin(Path(source.path(name)).read_text("utf-8"))
        given = (tmp_path / names[name]).read_text("utf-8")
        assert given.count("{") == whole.count("{"), name


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_asks_for_a_field_by_its_name(script):
    assert faults(code_of(script)) == []


@pytest.mark.parametrize(
    "code",
    [
        "form.elements.item.value = 1;", "form.elements?.text", "doForm.elements[name]", "form.elements['item']",
        "area.form.action", "fetch(form.action)", "form.name", "const { item } = form.elements;", "const { id } = form;",
    ],
)  # fmt: skip
def test_the_traps_are_seen(code):
    assert faults(code)


@pytest.mark.parametrize(
    "code",
    [
        "form.elements.namedItem('item')",
        "[...form.elements].filter(Boolean)",
        "form.dataset.draft",
        "new FormData(form)",
    ],
)
def test_what_is_safe_is_let_through(code):
    assert faults(code) == []


def names_of_fields() -> set[str]:
    """The names of the fields of all our forms, written in Python or in templates."""
    for app in apps.get_app_configs():
        for path in Path(app.path).glob("*forms.py"):
            if Path(settings.BASE_DIR) in path.parents and ".venv" not in path.parts:
                with suppress(ImproperlyConfigured):  # the form of a sign-in that this deployment has not
                    import_module(f"{app.name}.{path.stem}")
    classes, names = [forms.BaseForm], set()
    while classes:
        one = classes.pop()
        classes += one.__subclasses__()
        names |= set(getattr(one, "base_fields", {}))
    for template in TEMPLATES.rglob("*.html"):
        names |= set(re.findall(r"<(?:input|button|select|textarea)[^>]*\sname=\"(\w+)\"", template.read_text("utf-8")))
    return names


def test_no_field_is_named_as_what_scripts_ask_of_a_form():
    assert names_of_fields() & OF_A_FORM == set()
    assert {"item", "text", "do"} <= names_of_fields()
