"""Write the mutants of targets as JSON on standard output; runs in the environment of cosmic-ray (`make mutation`).

Those of its operators that make code which still runs (a condition turned round, a bound moved, a loop left out), and two
more for what carries rights here: a filter that is forgotten, a guard that never closes.
"""

import ast
import difflib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

from tests.mutation.targets import TARGETS, Target

COMPARISONS = {
    *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is", "In_NotIn", "NotIn_In", "GtE_Lt", "GtE_Gt", "Gt_LtE", "Gt_GtE"),
    *("Lt_GtE", "Lt_LtE", "LtE_Gt", "LtE_Lt"),
}
KINDS = {
    "ReplaceComparisonOperator": COMPARISONS,
    "ReplaceBinaryOperator": {"BitOr_BitAnd", "BitAnd_BitOr", "Add_Sub", "Sub_Add"},
    "ReplaceUnaryOperator": {"Delete_Not", "Delete_Invert"},
}
LEFT_OUT = {"ExceptionReplacer", "RemoveDecorator", "VariableInserter", "VariableReplacer"}
NARROWING = {"filter", "exclude"}


class ForgetFilter(Operator):
    """Replace `rows.filter(…)` by `rows.all()`: who reads is asked no more."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        for number, part in enumerate(getattr(node, "children", ())):
            if part.type == "trailer" and part.children[0].value == "." and part.children[1].value in NARROWING:
                call = node.children[number + 1]
                if len(call.children) > 2:  # noqa: PLR2004 - "(", arguments, ")"
                    yield part.start_pos, call.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        start, _end = list(self.mutation_positions(node))[index]
        number = next(n for n, part in enumerate(node.children) if part.start_pos == start)
        node.children[number].children[1].value = "all"
        call = node.children[number + 1]
        call.children = [call.children[0], call.children[-1]]
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        return ()


class ForgetGuard(Operator):
    """Replace the condition of an `if` by False: what it stops goes through."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "if_stmt":
            yield node.children[1].start_pos, node.children[1].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        never = parso.parse("False").children[0]
        never.prefix = " "
        node.children[1] = never
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        return ()


def operators() -> Iterator[tuple[str, Operator]]:
    """Yield each operator kept, with its name."""
    yield "ForgetFilter", ForgetFilter()
    yield "ForgetGuard", ForgetGuard()
    for name in operator_names():
        short = name.rpartition("/")[2]
        family, _, kind = short.partition("_")
        if short not in LEFT_OUT and kind in KINDS.get(family, {kind}):
            yield short, get_operator(name)()


def functions(source: str, only: tuple[str, ...]) -> dict[int, str]:
    """Return line → qualified name of the outermost function whose body holds it, for those chosen."""
    lines: dict[int, str] = {}

    def walk(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                walk(child, f"{prefix}{child.name}.")
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{prefix}{child.name}"
                if not only or any(name == one or name.startswith(f"{one}.") for one in only):
                    lines.update(dict.fromkeys(range(child.body[0].lineno, (child.end_lineno or 0) + 1), name))

    walk(ast.parse(source), "")
    return lines


def mutants(target: Target) -> Iterator[dict[str, str]]:
    """Yield each change of one place in the chosen functions, as the fields of tests.mutation.plugin.Mutant."""
    source = Path(target.module).read_text()
    where, seen = functions(source, target.only), {source}
    for name, operator in operators():
        occurrence = 0
        while (mutated := mutate_code(source, operator, occurrence)) is not None:
            occurrence += 1
            if mutated in seen or not (function := where.get(_first_changed(source, mutated))):
                continue
            seen.add(mutated)
            try:
                ast.parse(mutated)
            except SyntaxError:
                continue
            changed = difflib.unified_diff(source.splitlines(), mutated.splitlines(), lineterm="", n=0)
            difference = "\n".join(line for line in changed if not line.startswith(("---", "+++")))
            yield {
                "module": target.module,
                "function": function,
                "operator": name,
                "difference": difference,
                "source": mutated,
            }


def _first_changed(source: str, mutated: str) -> int:
    pairs = zip(source.splitlines(), mutated.splitlines(), strict=False)
    return next((number for number, (before, after) in enumerate(pairs, 1) if before != after), 0)


if __name__ == "__main__":
    json.dump([mutant for name in sys.argv[1:] for mutant in mutants(TARGETS[name])], sys.stdout)
