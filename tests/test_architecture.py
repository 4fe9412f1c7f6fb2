"""Imports go one way: search → exchange_groups → practices → the ground of kb_site; its roof wires. Those inside functions
count.

A room is an app; directly in kb_site/, each module or package is one.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from procrastinate.contrib.django import app

ROOT = Path(__file__).resolve().parent.parent
OURS = ("practices", "exchange_groups", "search", "kb_site")
# The ground of kb_site knows no app: room → the rooms of the ground that it may import.
GROUND = {
    "kb_site.access": "",
    "kb_site.addresses": "",
    "kb_site.admin_search": "french",
    "kb_site.accounts": "access admin_search control_characters given_addresses home_blocks http jobs journal limits mailing personal_data role_bar search_documents french",
    "kb_site.circuit_breaker": "",
    "kb_site.control_characters": "",
    "kb_site.disclosure": "",
    "kb_site.embedded_postgresql": "",
    "kb_site.facts": "admin_search french personal_data",
    "kb_site.fail_open_cache": "circuit_breaker",
    "kb_site.french": "",
    "kb_site.given_addresses": "personal_data",
    "kb_site.helplines": "french http",
    "kb_site.home_blocks": "",
    "kb_site.http": "",
    "kb_site.jobs": "",
    "kb_site.limits": "fail_open_cache personal_data",
    "kb_site.identity": "",
    "kb_site.kept": "accounts",
    "kb_site.journal": "access personal_data",
    "kb_site.mailing": "control_characters http identity jobs personal_data",
    "kb_site.media": "http identity",
    "kb_site.message_storage": "",
    "kb_site.notifications": "access accounts control_characters french http identity jobs mailing personal_data",
    "kb_site.office_documents": "french identity",
    "kb_site.personal_data": "redaction sweep",
    "kb_site.pocket": "access accounts http identity personal_data",
    "kb_site.role_bar": "",
    "kb_site.search_documents": "",
    "kb_site.sharing": "addresses http identity",
    "kb_site.sweep": "redaction",
    "kb_site.redaction": "",
}
# App → the apps that it may import, besides the ground: one below others never knows those above it.
APPS = {
    "practices": "",
    "practices.board": "practices",
    "practices.comments": "practices practices.board",
    "practices.statistics": "practices practices.comments",
    "practices.diagnostic": "practices practices.comments",
    "practices.experiences": "practices practices.board practices.comments practices.statistics",
    "practices.lifecycle": "practices practices.board",
    "practices.opinions": "practices practices.board practices.comments",
    "practices.editorial": "practices practices.board practices.comments",
    "practices.import_export": "practices",
    "exchange_groups": "practices practices.comments practices.diagnostic practices.editorial",
    "exchange_groups.sessions": "exchange_groups practices practices.comments",
    "exchange_groups.live": "exchange_groups exchange_groups.sessions practices.comments",
    "exchange_groups.minutes": "exchange_groups exchange_groups.sessions practices practices.comments "
    "practices.editorial practices.experiences",
    "search": "exchange_groups exchange_groups.minutes exchange_groups.sessions practices",
    "search.engines.elasticsearch": "search",
    "search.card_requests": "search practices practices.board practices.comments",
    "search.zero_results": "search practices practices.board practices.comments practices.opinions",
    "search.saved": "search",
}
# Why a function may import: two files of one room need each other; apps are read before their models; a library is heavy.
INNER_IMPORTS = ("  # imports this file", "  # models are loaded only now", "  # weighs on a site that does without")


# The roof wires all the rest: whatever it needs, but no room below imports it.
def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def files() -> dict[str, Path]:
    """Return our modules, but migrations, by their dotted names."""
    found = [path for top in OURS for path in (ROOT / top).rglob("*.py") if "migrations" not in path.parts]
    return {_name(path): path for path in found}


@cache
def apps() -> list[str]:
    """Return our apps, an app before the one that holds its folder."""
    found = {name.removesuffix(".apps") for name in files() if name.endswith(".apps")} - {"kb_site"}
    return sorted(found, key=len, reverse=True)


def room_of(module: str) -> str:
    app = next((app for app in apps() if f"{module}.".startswith(f"{app}.")), "")
    return app or ".".join(module.split(".")[:2])


def imports_of(path: Path) -> Iterator[str]:
    """Yield the absolute names of the modules that a file imports, wherever in it."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join([*above, *filter(None, [node.module])])
            inner = (f"{source}.{alias.name}" for alias in node.names)
            yield from (name if name in files() else source for name in inner)


@cache
def rooms() -> dict[str, dict[str, str]]:
    """Return each room with the rooms of ours that it imports, and a file that does."""
    found: dict[str, dict[str, str]] = {}
    for module, path in files().items():
        imported = found.setdefault(room_of(module), {})
        for name in imports_of(path):
            if name.split(".")[0] in OURS and room_of(name) != room_of(module):
                imported[room_of(name)] = str(path.relative_to(ROOT))
    return found


def reached_from(room: str) -> set[str]:
    """Return every room that one imports, and those that they import in turn."""
    reached: set[str] = set()
    waiting = [room]
    while waiting:
        new = rooms().get(waiting.pop(), {}).keys() - reached
        reached |= new
        waiting += new
    return reached


def test_no_circle_of_imports():
    assert sorted(room for room in rooms() if room in reached_from(room)) == []


def test_every_app_says_what_it_may_import():
    of_kb_site = {app for app in apps() if app.startswith("kb_site.")}
    assert set(apps()) - of_kb_site == APPS.keys()
    assert {room for room in GROUND if room not in rooms()} == set()


@pytest.mark.parametrize("room", GROUND)
def test_a_room_of_the_ground_knows_no_app(room):
    allowed = {f"kb_site.{name}" for name in GROUND[room].split()}
    assert {other: file for other, file in rooms()[room].items() if other not in allowed} == {}


@pytest.mark.parametrize("room", APPS)
def test_an_app_imports_only_from_the_rooms_below(room):
    allowed = GROUND.keys() | APPS[room].split()
    assert {other: file for other, file in rooms()[room].items() if other not in allowed} == {}


def imports_inside_functions(path: Path) -> Iterator[str]:
    """Yield the lines of a file where a function imports, but those of AppConfig, which Django calls once models are loaded."""
    text = path.read_text("utf-8")
    lines = text.splitlines()
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and path.name != "apps.py":
            inner = (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))
            yield from (lines[node.lineno - 1] for node in inner)


def test_an_import_inside_a_function_says_which_of_three_reasons_it_has():
    lines = [
        (str(path.relative_to(ROOT)), line) for path in files().values() for line in imports_inside_functions(path)
    ]
    assert [one for one in lines if not one[1].endswith(INNER_IMPORTS)] == []


def test_only_the_elasticsearch_engine_may_import_its_client():
    home = ROOT / "search" / "engines" / "elasticsearch"
    client = re.compile(r"^\s*(?:from|import) (?:elasticsearch|elastic_transport)\b", re.MULTILINE)
    others = [path for path in files().values() if home not in path.parents]
    assert [path for path in others if client.search(path.read_text("utf-8"))] == []


def test_the_root_of_search_never_loads_elasticsearch():
    engine = "search.engines.elasticsearch"
    outside = {name: path for name, path in files().items() if room_of(name) == "search" and engine not in name}
    assert [name for name, path in outside.items() if any(engine in source for source in imports_of(path))] == []


def test_every_task_has_a_name_that_outlives_its_module():
    ours = [task for task in app.tasks.values() if task.func.__module__.split(".")[0] in OURS]
    assert ours
    assert [task.name for task in ours if task.name == task.full_path] == []
