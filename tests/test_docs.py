"""What the papers, docstrings and comments name exists: files, functions, models, tables."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PAPERS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
ARCHITECTURE = ROOT / "docs" / "architecture.md"
OURS = ("kb_site", "practices", "exchange_groups", "search")
TOPS = tuple(f"{top}/" for top in (*OURS, "templates", "fixtures", "tests", "docs"))
# A pattern, a gap to fill in, or what the site writes.
MADE = re.compile(r"[<{*…]|var/")
FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)


def quoted(paper: Path) -> list[str]:
    """Return what stands between backticks, in order; blocks of code are left out."""
    return re.findall(r"`([^`\n]+)`", FENCED.sub("", paper.read_text("utf-8")))


def files_named(paper: Path) -> list[str]:
    return [words for words in quoted(paper) if words.startswith(TOPS) and " " not in words and not MADE.search(words)]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_files_named_in_a_paper_exist(paper):
    assert [name for name in files_named(paper) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_links_between_papers_lead_somewhere(paper):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", FENCED.sub("", paper.read_text("utf-8")))
    assert [link for link in links if not (paper.parent / link).exists()] == []


@cache
def defined_in(path: str) -> set[str]:
    """Return the functions and classes of a module, its methods as Class.method, and what it gives a name to."""
    found: set[str] = set()
    for node in ast.parse((ROOT / path).read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return found


def functions_named(paper: Path) -> Iterator[tuple[str, str]]:
    """Yield each function with the module named before it, which is the one that defines it."""
    module = ""
    for words in quoted(paper):
        if words.endswith(".py") and words.startswith(TOPS):
            module = words
        elif re.fullmatch(r"[\w.]+\(\)", words) and module:
            yield module, words.removesuffix("()")


def test_functions_named_in_the_flows_are_in_the_file_named_before_them():
    flows = list(functions_named(ARCHITECTURE))
    assert flows
    assert [f"{module}: {name}" for module, name in flows if name not in defined_in(module)] == []


def test_the_glossary_names_models_with_their_tables():
    rows = re.findall(r"^\| .+ \| `(\w+)` \| `(\w+)` \|$", ARCHITECTURE.read_text("utf-8"), re.MULTILINE)
    ours = {(model.__name__, model._meta.db_table) for model in apps.get_models()}
    assert rows
    assert [row for row in rows if row not in ours] == []


# Each app has its own: a comment may name it without saying whose.
IN_EVERY_APP = {
    "sharing.py",
    "board_panels.py",
    "data_retention.py",
    "notification_types.py",
    "sensitive_acts.py",
    "statistics.py",
}
MODULE = re.compile(r"(?<![\w/.<*-])[\w-]+(?:/[\w-]+)*\.py\b")


def told_by(path: Path) -> str:
    """Return the docstrings and comments of a module."""
    source = path.read_text("utf-8")
    if ".py" not in source:
        return ""
    nodes = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    ]
    comments = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    return "\n".join([*(ast.get_docstring(node) or "" for node in nodes), *comments])


def test_modules_named_in_docstrings_and_comments_exist():
    """Such a name is read from the folder of the module, or from one above it."""
    gone = []
    for path in (path for top in (*OURS, "tests") for path in (ROOT / top).rglob("*.py")):
        if {"migrations", "node_modules"} & {*path.parts}:
            continue
        folders = [folder for folder in path.parents if folder.is_relative_to(ROOT)]
        named = set(MODULE.findall(told_by(path))) - IN_EVERY_APP
        gone += [
            f"{path.relative_to(ROOT)}: {name}" for name in named if not any((up / name).exists() for up in folders)
        ]
    assert gone == []
