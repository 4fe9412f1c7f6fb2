"""Imports go one way: search → exchange_groups → practices → members; kb_site wires."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GROUND = (
    "kb_site.members", "kb_site.notifications", "kb_site.findable", "kb_site.embedded_postgresql",
    "kb_site.control_characters",
)  # fmt: skip
MAY_IMPORT = {
    "practices": ("practices", *GROUND),
    "exchange_groups": ("exchange_groups", "practices", *GROUND),
    "search": ("search", "exchange_groups", "practices", *GROUND),
    "kb_site/members": GROUND,
    "kb_site/notifications": GROUND,
    "kb_site/embedded_postgresql": ("kb_site.embedded_postgresql",),
}
OURS = ("practices", "exchange_groups", "search", "kb_site")


def imports_of(path: Path) -> set[str]:
    """Return the absolute names of the modules of ours that a file imports."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            found.add(f"{base}.{node.module or ''}".rstrip(".") if node.level else node.module or "")
    return {name for name in found if name.split(".")[0] in OURS}


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_from_the_rooms_below(room):
    allowed = MAY_IMPORT[room]
    wrong = [
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
        for name in imports_of(path)
        if not any(name == base or name.startswith(f"{base}.") for base in allowed)
    ]
    assert wrong == []


def test_only_the_elasticsearch_engine_may_import_its_client():
    home = ROOT / "search" / "engines" / "elasticsearch"
    client = re.compile(r"^\s*(?:from|import) (?:elasticsearch|elastic_transport)\b", re.MULTILINE)
    others = [path for room in OURS for path in (ROOT / room).rglob("*.py") if home not in path.parents]
    assert [path for path in others if client.search(path.read_text("utf-8"))] == []
