"""A Turtle file -> its triples, in the project's prefixes, and every fault at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

import pyoxigraph as ox

from contrats.errors import SourceError
from contrats.lines import line_of_prefix
from contrats.vocabulary import BASE, CATALOGUED, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

_KNOWN: Final = dict(PREFIXES) | dict(CATALOGUED)


def parse_turtle(path: Path, name: str) -> tuple[str, list[ox.Quad]]:
    """Return the text of a Turtle file and its triples, blank nodes allowed (lists in shapes)."""
    content = path.read_bytes()
    parser = ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=BASE)
    try:
        triples = list(parser)
    except SyntaxError as error:
        _refuse_syntax(name, error)
    text = content.decode("utf-8")
    _refuse_foreign_prefixes(name, text, parser.prefixes)
    return text, triples


def _refuse_syntax(name: str, error: SyntaxError) -> NoReturn:
    """Say where a file stops being Turtle."""
    where = f"{name}:{error.lineno}:{error.offset}" if error.lineno else name
    raise SourceError(
        f"{where} : ce n’est pas du Turtle ({error.msg}).",
        f"{where}: this is not Turtle ({error.msg}).",
    ) from error


def _refuse_foreign_prefixes(name: str, text: str, prefixes: dict[str, str]) -> None:
    """Refuse a prefix that `vocabulary` does not know, or knows with another meaning."""
    for prefix, namespace in prefixes.items():
        known = _KNOWN.get(prefix)
        if known == namespace:
            continue
        where = f"{name}:{line_of_prefix(text, prefix)}"
        other = next((p for p, n in _KNOWN.items() if n == namespace), None)
        mend_fr = f"écrivez {prefix}: <{known}>" if known else "employez un préfixe du projet"
        mend_en = f"write {prefix}: <{known}>" if known else "use a prefix of the project"
        if other is not None:
            mend_fr, mend_en = f"cet espace s’écrit {other}:", f"that namespace is written {other}:"
        raise SourceError(
            f"{where} : préfixe « {prefix}: <{namespace}> » inconnu ; {mend_fr}.",
            f'{where}: unknown prefix "{prefix}: <{namespace}>"; {mend_en}.',
        )
