"""What becomes of the small world from one publication to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES: Final = """@prefix cls: <https://w3id.org/contrats-sante/def#> .
@prefix contract: <https://w3id.org/contrats-sante/id/contract/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def rename(small: Path) -> None:
    path = small / "data" / "contracts" / "here-2019.ttl"
    path.write_text(path.read_text("utf-8").replace("d’ici", "de là"), "utf-8")


def remove_first(small: Path) -> None:
    """Remove a contract, and what leads to it."""
    contracts = small / "data" / "contracts"
    (contracts / "here-2012.ttl").unlink()
    path = contracts / "here-2019.ttl"
    text = path.read_text("utf-8").replace(" ;\n    cls:succeeds contract:here-2012", "")
    path.write_text(text, "utf-8")
    table = small / "data" / "themes.csv"
    table.write_text(table.read_text("utf-8").replace("here-2012,sante-mentale\n", ""), "utf-8")


def say_why(small: Path) -> None:
    """Note why that contract was removed, in the words of the real data."""
    withdrawn = """contract:here-2012 a cls:WithdrawnThing ;
    dcterms:date "2026-12-01"^^xsd:date ;
    rdfs:comment "Décrit deux fois."@fr ;
    dcterms:isReplacedBy contract:here-2019 .
"""
    (small / "data" / "withdrawn.ttl").write_text(PREFIXES + withdrawn, "utf-8")
    terms = "cls:WithdrawnThing a owl:Class .\n"
    for term in ("dcterms:date", "dcterms:isReplacedBy"):
        terms += f"{term} a owl:AnnotationProperty .\n"
    (small / "ontology" / "withdrawn.ttl").write_text(PREFIXES + terms, "utf-8")
