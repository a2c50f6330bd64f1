"""What to write in a paper: the citation of an answer, as BibTeX, as RIS, as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.citation import Citation, release_address, write_bibtex, write_ris
from contrats.engine.asked import Asked
from contrats.engine.normal import digest, normalise
from contrats.vocabulary import BASE
from contrats.web import negotiation
from contrats.web.media import BIBTEX
from contrats.web.site import this_site
from contrats.web.tongue import _, language, mark
from contrats.web.wording import summary_of

if TYPE_CHECKING:
    from flask import Response

    from contrats.store import Dataset
    from contrats.web.asking import Asking
    from contrats.web.media import Variant

_ANY: Final = mark("Requête SPARQL")


def cite_asking(asking: Asking) -> Citation:
    """Return the citation of the answer to a saved query with its parameters."""
    labels = [each.label for each in asking.choices.values()]
    question = " – ".join([summary_of(asking.query), *labels])
    return _cite(asking.query.name, question, asking.digest, [("query", asking.line)])


def cite_query(query: str, dataset: Dataset) -> Citation:
    """Return the citation of the answer to any query; a saved one is cited by its question."""
    text = normalise(query)
    saved = (each for each in this_site().library if normalise(each.text) == text)
    known = next(saved, None)
    fields = [
        ("query", text),
        *(("default-graph-uri", iri) for iri in dataset.default),
        *(("named-graph-uri", iri) for iri in dataset.named),
    ]
    name, question = (known.name, summary_of(known)) if known else ("sparql", _(_ANY))
    return _cite(name, question, digest(Asked(query, "", dataset)), fields)


def reply_citation(cited: Citation, variant: Variant) -> Response:
    """Answer with the citation in the form `variant`."""
    write = write_bibtex if variant is BIBTEX else write_ris
    return negotiation.reply(write(cited), variant)


def _cite(name: str, question: str, sha256: str, fields: list[tuple[str, str]]) -> Citation:
    """Return the citation of what `fields` ask, whose permanent address names the release."""
    site = this_site()
    bind = {"dataset": ox.NamedNode(site.release.manifest.dataset)}
    row = next(iter(site.queries.rows(site.store, "edition", bind)), None)
    return Citation(
        name=f"contrats-sante-{name}-{sha256[:8]}",
        question=question,
        dataset=row["title"].value if row else site.release.manifest.dataset,
        publisher=row["publisher"].value if row else "",
        release=site.release.identifier,
        issued=site.release.issued,
        address=release_address(BASE, site.release.identifier, fields),
        digest=sha256,
        language=language(),
    )
