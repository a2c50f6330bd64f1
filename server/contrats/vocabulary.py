"""Every prefix and every IRI pattern of the project: the only place where one is spelled out."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE: Final = "https://w3id.org/contrats-sante/"
DEF: Final = f"{BASE}def#"
SHAPE: Final = f"{BASE}shape#"
LICENCE: Final = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
"""That of all that is published here, as `data/dataset.ttl` states it."""

KINDS: Final = (
    "action",
    "action-area",
    "actor",
    "actor-type",
    "agent",
    "alignment",
    "assertion-status",
    "claim",
    "classification",
    "confidence-level",
    "contract",
    "dataset",
    "date-precision",
    "diagnosis",
    "disagreement",
    "document",
    "evaluation",
    "event",
    "extract",
    "framework",
    "framework-kind",
    "group",
    "group-kind",
    "identification-basis",
    "identifier",
    "item-count",
    "item-kind",
    "key-element",
    "law",
    "legal-field",
    "mapping-set",
    "objective",
    "observation",
    "participation",
    "period",
    "place",
    "plan",
    "plan-link-kind",
    "plan-reference",
    "population",
    "principle",
    "priority",
    "resource",
    "role",
    "scheme",
    "selector",
    "series",
    "service",
    "source",
    "source-kind",
    "stage",
    "statement",
    "structure",
    "target-group",
    "territory",
    "theme",
    "wording",
)
"""The second step of every `id/<kind>/<name>`; each is also the prefix `<kind>:`."""

EXTERNAL: Final = MappingProxyType(
    {
        "adms": "http://www.w3.org/ns/adms#",
        "cv": "http://data.europa.eu/m8g/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#",
        "eurovoc": "http://eurovoc.europa.eu/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "igeo": "http://rdf.insee.fr/def/geo#",
        "locn": "http://www.w3.org/ns/locn#",
        "mesh": "http://id.nlm.nih.gov/mesh/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "semapv": "https://w3id.org/semapv/vocab/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "sssom": "https://w3id.org/sssom/",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""The vocabularies we reuse: the terms of each that we use are in `ontology/reused*.ttl`."""

CATALOGUED: Final = MappingProxyType(
    {
        "dcatap": "http://data.europa.eu/r5r/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "spdx": "http://spdx.org/rdf/terms#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
    }
)
"""The vocabularies that the catalogue alone speaks, which no file of `data/` does."""

PREFIXES: Final = MappingProxyType(
    {"cls": DEF, "shape": SHAPE, "graph": f"{BASE}graph/"}
    | {kind: f"{BASE}id/{kind}/" for kind in KINDS}
    | dict(EXTERNAL)
)
"""Every prefix that a file of the four rooms may declare, each with its one meaning."""

_LONGEST_FIRST: Final = tuple(
    sorted(((ns, prefix) for prefix, ns in PREFIXES.items()), key=lambda pair: -len(pair[0]))
)


def compact(iri: str) -> str:
    """Return `iri` as `prefix:name` when a prefix of ours fits, else the IRI itself.

    The longest namespace wins, so that `id/actor-type/` is not read as `id/`.
    """
    for namespace, prefix in _LONGEST_FIRST:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


@cache  # the names that the code writes
def expand(name: str) -> str:
    """Return the IRI of the prefixed name `name`, whose prefix is one of ours."""
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest


_PREFIX_OF: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def prefixes_of(iris: Iterable[str]) -> dict[str, str]:
    """Return those of our prefixes that `iris` have a use for, by their namespaces' order."""
    spaces = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {_PREFIX_OF[space]: space for space in sorted(spaces & _PREFIX_OF.keys())}
