"""No value is ever written into the text of a query: values are bound, or stand in a VALUES block.

`contrats.values` is the one module that writes terms beside a query, each in the syntax of
N-Triples, for endpoints that know no binding.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import contrats

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(contrats.__file__).parent
ASKING = {"query", "answer", "evaluate", "rows", "quads"}
"""Methods and functions whose first or second argument may be the text of a query."""
EXEMPT = {"values.py"}
SPARQL = re.compile(
    r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE|WHERE|FILTER|BIND|VALUES|GRAPH)\b[^.]*[{(<][\s{]*[?$<]"
)


def made_up(node: ast.AST) -> bool:
    """Tell whether an expression puts a text together: an f-string, `+`, `%`, format, join."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(value, ast.FormattedValue) for value in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod)
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"format", "join", "replace"}
    )


def words_of(node: ast.AST) -> str:
    """Return the texts that stand in an expression, holes as question marks."""
    return " ".join(
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def faults_of(tree: ast.AST) -> Iterator[int]:
    """Yield the lines where a query is put together, or something put together is asked."""
    for node in ast.walk(tree):
        if made_up(node) and SPARQL.search(words_of(node)):
            yield node.lineno  # type: ignore[attr-defined]
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ASKING and any(made_up(argument) for argument in node.args[:2]):
                yield node.lineno


MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("module", [name for name in MODULES if name not in EXEMPT])
def test_no_query_is_put_together(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text("utf-8"))

    assert list(faults_of(tree)) == []


@pytest.mark.parametrize(
    "code",
    [
        "store.answer(f'SELECT * {{ <{iri}> ?p ?o }}')",
        "store.answer('SELECT * { <' + iri + '> ?p ?o }')",
        "text = 'SELECT * { ?s ?p %s }' % value",
        "text = 'ASK {{ <{}> ?p ?o }}'.format(iri)",
        "quads.query('\\n'.join(parts))",
        "evaluate(store, f'{text}')",
    ],
)
def test_what_puts_a_query_together_is_found(code: str) -> None:
    assert list(faults_of(ast.parse(code)))
