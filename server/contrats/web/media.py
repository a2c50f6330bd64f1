"""The media types we offer, one table a kind of answer, each line with its specification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of an answer: its suffix in an address, its media type, its name, its specification.

    `also` are other names under which clients ask for it.
    """

    suffix: str
    media_type: str
    name: str
    specification: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """Return the value of Content-Type: text is UTF-8 and says so, or "santé" is mangled.

        So is XML, whose charset a reader else has to find in its first line:
        https://www.rfc-editor.org/rfc/rfc7303#section-3.
        """
        is_text = self.media_type.startswith("text/") or self.media_type.endswith(("+xml", "/xml"))
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


HTML: Final = Variant("html", "text/html", "HTML", "https://html.spec.whatwg.org/multipage/")
TEXT: Final = Variant("txt", "text/plain", "Texte", "https://www.rfc-editor.org/rfc/rfc2046")
JSON: Final = Variant("json", "application/json", "JSON", "https://www.rfc-editor.org/rfc/rfc8259")
PROBLEM: Final = Variant(
    "problem", "application/problem+json", "JSON", "https://www.rfc-editor.org/rfc/rfc9457",
    ("application/json",),
)  # fmt: skip

TURTLE: Final = Variant(
    "ttl", "text/turtle", "Turtle", "https://www.w3.org/TR/turtle/", ("application/x-turtle",)
)
JSON_LD: Final = Variant(
    "jsonld", "application/ld+json", "JSON-LD", "https://www.w3.org/TR/json-ld11/",
    ("application/json",),
)  # fmt: skip
RDF_XML: Final = Variant(
    "rdf", "application/rdf+xml", "RDF/XML", "https://www.w3.org/TR/rdf-syntax-grammar/",
    ("application/xml",),
)  # fmt: skip
N_TRIPLES: Final = Variant(
    "nt", "application/n-triples", "N-Triples", "https://www.w3.org/TR/n-triples/"
)
TRIG: Final = Variant("trig", "application/trig", "TriG", "https://www.w3.org/TR/trig/")
N_QUADS: Final = Variant("nq", "application/n-quads", "N-Quads", "https://www.w3.org/TR/n-quads/")

GRAPHS: Final = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES, TRIG, N_QUADS)
"""What a CONSTRUCT, a DESCRIBE and an error are written in."""
DOCUMENTS: Final = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES, TRIG)
"""What a document about a thing is written in, beside HTML."""
CATALOGUES: Final = (TURTLE, RDF_XML, JSON_LD, N_TRIPLES)

RESULTS: Final = (
    Variant(
        "json", "application/sparql-results+json", "JSON",
        "https://www.w3.org/TR/sparql11-results-json/", ("application/json",),
    ),
    Variant(
        "xml", "application/sparql-results+xml", "XML",
        "https://www.w3.org/TR/rdf-sparql-XMLres/", ("application/xml", "text/xml"),
    ),
    Variant("csv", "text/csv", "CSV", "https://www.w3.org/TR/sparql11-results-csv-tsv/"),
    Variant(
        "tsv", "text/tab-separated-values", "TSV",
        "https://www.w3.org/TR/sparql11-results-csv-tsv/",
    ),
)  # fmt: skip
"""What a SELECT and an ASK are written in."""

QUERY: Final = Variant(
    "rq", "application/sparql-query", "SPARQL", "https://www.w3.org/TR/sparql11-query/#mediaType"
)
UPDATE: Final = Variant(
    "ru", "application/sparql-update", "SPARQL Update",
    "https://www.w3.org/TR/sparql11-update/#mediaType",
)  # fmt: skip
RDF_PATCH: Final = Variant(
    "rdfp", "application/rdf-patch", "RDF Patch", "https://afs.github.io/rdf-patch/"
)
"""What a difference is written in."""
ATOM: Final = Variant(
    "atom", "application/atom+xml", "Atom", "https://www.rfc-editor.org/rfc/rfc4287"
)
LINKS: Final = Variant(
    "link", "application/link-format", "TimeMap", "https://www.rfc-editor.org/rfc/rfc7089#section-5"
)
BIBTEX: Final = Variant(
    "bib", "application/x-bibtex", "BibTeX", "https://tug.ctan.org/info/bibtex/tamethebeast/"
)
RIS: Final = Variant(
    "ris", "application/x-research-info-systems", "RIS",
    "https://refman.zendesk.com/hc/en-us/articles/1500008466821",
)  # fmt: skip
CITATIONS: Final = (BIBTEX, RIS)
"""What the citation of an answer is written in."""

NOTEBOOK: Final = Variant(
    "ipynb", "application/x-ipynb+json", "Jupyter",
    "https://nbformat.readthedocs.io/en/latest/format_description.html",
)  # fmt: skip

CSV: Final = RESULTS[2]
XLSX: Final = Variant(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX",
    "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
)  # fmt: skip
TABLES: Final = (CSV, XLSX, JSON, TURTLE)
"""What a comparison is written in, beside HTML."""

ALL: Final = (
    HTML, TEXT, JSON, PROBLEM, *GRAPHS, *RESULTS, QUERY, UPDATE, RDF_PATCH, ATOM, LINKS, *CITATIONS,
    NOTEBOOK, XLSX,
)  # fmt: skip
"""Every form that is offered anywhere."""
