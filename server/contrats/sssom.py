"""The commented YAML header of SSSOM/TSV, and the CURIEs that its curie map expands.

https://mapping-commons.github.io/sssom/spec-formats-tsv/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
import yaml

from contrats.errors import SourceError

ENTITY_REFERENCES: Final = frozenset(
    {
        "subject_id",
        "predicate_id",
        "object_id",
        "mapping_justification",
        "subject_source",
        "object_source",
    }
)
"""Slots whose values are CURIEs (https://mapping-commons.github.io/sssom/EntityReference/)."""


@dataclass(frozen=True, slots=True)
class MappingSet:
    """What the header says: `slots` each with its values as written, `prefixes` the curie map."""

    slots: dict[str, tuple[str, ...]]
    prefixes: dict[str, str]


def split_header(text: str) -> tuple[str, int]:
    """Return the YAML of the leading `#` lines of `text`, and how many lines there are."""
    comment = re.match(r"(?:#[^\n]*\n)*", text)
    lines = comment[0].split("\n")[:-1] if comment else []
    return "\n".join(line[1:] for line in lines), len(lines)


def read_header(comment: str, name: str) -> MappingSet:
    """Return the mapping set that the YAML `comment`, on top of the file `name`, describes."""
    slots = _read_yaml(comment, name)
    prefixes = slots.pop("curie_map", {})
    if not isinstance(prefixes, dict) or not all(isinstance(v, str) for v in prefixes.values()):
        raise SourceError(
            f"{name}:1 : curie_map doit donner un espace de noms à chaque préfixe.",
            f"{name}:1: curie_map must give each prefix a namespace.",
        )
    pairs = ((slot, value if isinstance(value, list) else [value]) for slot, value in slots.items())
    texts = {slot: tuple(v for v in values if isinstance(v, str)) for slot, values in pairs}
    return MappingSet(texts, prefixes)


def expand(curie: str, prefixes: dict[str, str], where: str) -> ox.NamedNode:
    """Return the IRI of `curie`; `where` says the file, line and column for the error."""
    prefix, separator, local = curie.partition(":")
    if not separator or prefix not in prefixes:
        raise SourceError(
            f"{where} : « {curie} » : le préfixe « {prefix} » n’est pas dans le curie_map ; "
            "ajoutez-le à l’en-tête.",
            f'{where}: "{curie}": the prefix "{prefix}" is not in the curie_map; '
            "add it to the header.",
        )
    try:
        return ox.NamedNode(prefixes[prefix] + local)
    except ValueError as error:
        raise SourceError(
            f"{where} : « {curie} » ne donne pas un IRI ({error}) ; corrigez-le.",
            f'{where}: "{curie}" gives no IRI ({error}); mend it.',
        ) from error


def _read_yaml(comment: str, name: str) -> dict[str, object]:
    """Return the header's pairs; every scalar stays the string that was written."""
    try:
        pairs = yaml.load(comment, Loader=yaml.BaseLoader)  # noqa: S506 -- makes strings only
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 1
        raise SourceError(
            f"{name}:{line} : l’en-tête n’est pas du YAML ({error.problem}) ; corrigez-le.",
            f"{name}:{line}: the header is not YAML ({error.problem}); mend it.",
        ) from error
    if pairs is None or isinstance(pairs, dict):
        return dict(pairs or {})
    raise SourceError(
        f"{name}:1 : l’en-tête doit donner des couples « clé: valeur ».",
        f'{name}:1: the header must give "key: value" pairs.',
    )
