"""What can be taken away, file by file: what a catalogue says of it, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

WHOLE: Final = "contrats-locaux-de-sante"
CONTRACTS: Final = "contracts"
ACTORS: Final = "actors"
PLANS: Final = "plans-and-alignments"
VOCABULARIES: Final = "vocabularies"
REPORT: Final = "validation-report"
DATASETS: Final = (WHOLE, CONTRACTS, ACTORS, PLANS, VOCABULARIES, REPORT)
"""The names of the data sets of the catalogue, below `id/dataset/`."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a data set: `dumps/<file>` in a release, `/dump/<file>` in the world.

    `eu_file_type` is a name in the EU's list of file types, `media_type` one in IANA's; of a
    compressed file both speak of what is inside, and `compression` of the outside.
    """

    dataset: str
    file: str
    title_fr: str
    title_en: str
    eu_file_type: str
    media_type: str
    compression: str | None = None

    @property
    def suffix(self) -> str:
        """Return what the name ends with, the form of what is inside: `ttl` of `x.ttl.gz`."""
        return self.file.removesuffix(".gz").rpartition(".")[2]


GZIP: Final = "application/gzip"
_FORMS: Final = {
    "ttl": ("Turtle", "RDF_TURTLE", "text/turtle"),
    "rdf": ("RDF/XML", "RDF_XML", "application/rdf+xml"),
    "jsonld": ("JSON-LD", "JSON_LD", "application/ld+json"),
    "nt": ("N-Triples", "RDF_N_TRIPLES", "application/n-triples"),
    "trig": ("TriG", "RDF_TRIG", "application/trig"),
    "nq": ("N-Quads", "RDF_N_QUADS", "application/n-quads"),
    "csv": ("CSV", "CSV", "text/csv"),
    "tsv": ("SSSOM/TSV", "TSV", "text/tab-separated-values"),
    "xlsx": (
        "XLSX",
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
"""By suffix: the name of the form, its name in the EU's list, its media type."""


def _file(dataset: str, file: str, title_fr: str, title_en: str) -> Distribution:
    name, eu_file_type, media_type = _FORMS[file.rpartition(".")[2]]
    return Distribution(
        dataset, file, f"{title_fr} ({name})", f"{title_en} ({name})", eu_file_type, media_type
    )


def _compressed(plain: Distribution) -> Distribution:
    """Return the same file, compressed."""
    return replace(
        plain,
        file=f"{plain.file}.gz",
        title_fr=plain.title_fr.replace(")", ", gzip)"),
        title_en=plain.title_en.replace(")", ", gzip)"),
        compression=GZIP,
    )


_GRAPHS: Final = tuple(
    _file(WHOLE, f"contrats.{suffix}", "Tout le jeu de données", "The whole data set")
    for suffix in ("ttl", "rdf", "jsonld", "nt", "trig", "nq")
)
_STATEMENTS: Final = _file(
    WHOLE, "contrats.csv", "Tous les énoncés, un par ligne", "All statements, one a line"
)
_WORKBOOK: Final = _file(
    WHOLE, "contrats.xlsx", "Toutes les tables en un classeur", "All tables in one workbook"
)

DISTRIBUTIONS: Final = (
    *(each for plain in (*_GRAPHS, _STATEMENTS) for each in (plain, _compressed(plain))),
    _WORKBOOK,
    _file(CONTRACTS, "contracts.csv", "Les contrats", "The contracts"),
    _file(
        CONTRACTS, "participations.csv", "Qui participe à quel contrat", "Who takes part in what"
    ),
    _file(CONTRACTS, "priorities.csv", "Les priorités des contrats", "The contracts’ priorities"),
    _file(CONTRACTS, "actions.csv", "Les actions des contrats", "The contracts’ actions"),
    _file(CONTRACTS, "sources.csv", "Les documents lus", "The documents read"),
    _file(CONTRACTS, "contracts.xlsx", "Les contrats en un classeur", "The contracts, a workbook"),
    _file(CONTRACTS, "contracts.ttl", "Les énoncés des contrats", "The contracts’ statements"),
    _file(ACTORS, "actors.csv", "Les organismes", "The bodies"),
    _file(ACTORS, "actors.xlsx", "Les organismes en un classeur", "The bodies, a workbook"),
    _file(ACTORS, "actors.ttl", "Les énoncés sur les organismes", "The bodies’ statements"),
    _file(PLANS, "plans.csv", "Les projets régionaux", "The regional plans"),
    _file(PLANS, "plan-items.csv", "Ce que visent les projets régionaux", "The plans’ items"),
    _file(PLANS, "alignments.csv", "Les alignements", "The alignments"),
    _file(PLANS, "alignments.sssom.tsv", "Les alignements", "The alignments"),
    _file(
        PLANS,
        "plans-and-alignments.xlsx",
        "Projets régionaux et alignements en un classeur",
        "Plans and alignments, a workbook",
    ),
    _file(
        PLANS,
        "plans-and-alignments.ttl",
        "Les énoncés sur les projets régionaux et les alignements",
        "The statements on plans and alignments",
    ),
    *(
        _file(VOCABULARIES, f"ontology.{suffix}", "L’ontologie et ses listes", "The ontology")
        for suffix in ("ttl", "rdf", "jsonld")
    ),
    _file(
        VOCABULARIES,
        "vocabularies.ttl",
        "Thèmes, populations et schémas",
        "Themes, populations and schemes",
    ),
    _file(VOCABULARIES, "terms.csv", "Les mots de toutes les listes", "The terms of all lists"),
    _file(REPORT, "validation-report.ttl", "Le rapport de validation", "The validation report"),
    _file(REPORT, "validation-report.csv", "Les constats de la validation", "The findings"),
)
"""Every file that the catalogue lists; those of one contract lie below `contract/`, beside them."""
