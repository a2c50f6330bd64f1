"""What we answer is what others read: each form of rows, booleans and graphs, by their programs.

Compared with what the engine finds when it is asked here, without a server.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML
from tests.clients import (
    comunica_client,
    python_client,
    rdflib_client,
    roqet_client,
    wrapper_client,
)
from tests.clients.terms import QUERIES, read_rows, read_statements, show, show_value

from contrats.vocabulary import BASE
from contrats.web import media

if TYPE_CHECKING:
    from collections.abc import Callable

    from contrats.store import EmbeddedStore

pytestmark = pytest.mark.filterwarnings(
    "ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated:DeprecationWarning"
)

METHODS: Final = {"GET": GET, "form": POST, "direct": POSTDIRECTLY}
RDFLIB_METHODS: Final[dict[str, rdflib_client.Method]] = {
    "GET": "GET",
    "form": "POST_FORM",
    "direct": "POST",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """A client: the suffix of the form that it reads, and how it is asked."""

    form: str
    read: Callable[[str, str], Any]


ROWS: Final = {
    **{
        f"pyoxigraph-{f}": Reader(f, partial(python_client.rows, form=f))
        for f in ("json", "xml", "tsv")
    },
    "Python-csv": Reader("csv", python_client.csv_rows),
    **{f"rdflib-{f}": Reader(f, partial(rdflib_client.rows, form=f)) for f in ("xml", "tsv")},
    "rdflib-csv": Reader("csv", partial(rdflib_client.rows, form="csv", shown=show_value)),
    "rdflib-anything": Reader("json", partial(rdflib_client.rows, form=None)),
    **{
        f"rdflib-json-{name}": Reader("json", partial(rdflib_client.rows, form="json", method=m))
        for name, m in RDFLIB_METHODS.items()
    },
    **{
        f"SPARQLWrapper-{form}-{name}": Reader(
            form, partial(wrapper_client.rows, form=form, method=m)
        )
        for form in (JSON, XML, CSV, TSV)
        for name, m in METHODS.items()
    },
    "roqet-xml": Reader("xml", roqet_client.rows),
    **{f"roqet-{f}": Reader(f, partial(roqet_client.rows_of_file, form=f)) for f in ("csv", "tsv")},
    **{
        f"Comunica-{kind}": Reader("json", partial(comunica_client.rows, kind=kind))
        for kind in comunica_client.KINDS
    },
}
STUMBLES: Final[dict[str, set[str]]] = {
    "terms": set(),
    "harder": {"roqet-csv", "roqet-tsv"},
    "hardest": {"roqet-tsv", "rdflib-csv", "rdflib-tsv"},
}
"""Who does not read the rows of a query, whoever wrote them: its first lines say why."""

BOOLEANS: Final = {
    **{f"rdflib-{f}": Reader(f, partial(rdflib_client.boolean, form=f)) for f in ("json", "xml")},
    "rdflib-anything": Reader("json", partial(rdflib_client.boolean, form=None)),
    **{
        f"SPARQLWrapper-{form}-{name}": Reader(
            form, partial(wrapper_client.boolean, form=form, method=m)
        )
        for form in (JSON, XML, CSV, TSV)
        for name, m in METHODS.items()
    },
    **{
        f"Comunica-{kind}": Reader("json", partial(comunica_client.boolean, kind=kind))
        for kind in comunica_client.KINDS
    },
}

GRAPHS: Final = {
    **{
        f"pyoxigraph-{offer.suffix}": Reader(
            offer.suffix, partial(python_client.graph, form=offer.suffix)
        )
        for offer in media.GRAPHS
    },
    **{
        f"rdflib-{offer.suffix}": Reader(
            offer.suffix, partial(rdflib_client.parsed, form=offer.suffix)
        )
        for offer in media.GRAPHS
    },
    "SPARQLStore-anything": Reader("ttl", partial(rdflib_client.graph, form=None)),
    **{
        f"SPARQLStore-xml-{name}": Reader("rdf", partial(rdflib_client.graph, form="xml", method=m))
        for name, m in RDFLIB_METHODS.items()
    },
    **{
        f"SPARQLWrapper-{form}-{name}": Reader(
            suffix, partial(wrapper_client.graph, form=form, method=m)
        )
        for form, suffix in {
            TURTLE: "ttl",
            N3: "ttl",
            XML: "rdf",
            RDFXML: "rdf",
            JSONLD: "jsonld",
        }.items()
        for name, m in METHODS.items()
    },
    **{f"roqet-{f}": Reader(f, partial(roqet_client.graph, form=f)) for f in roqet_client.PARSERS},
    **{
        f"Comunica-{kind}": Reader("ttl", partial(comunica_client.graph, kind=kind))
        for kind in comunica_client.KINDS
    },
}


@pytest.fixture(scope="session")
def endpoint(address: str) -> str:
    return f"{address}/sparql"


@pytest.mark.parametrize(
    ("query", "name"),
    [(query, name) for query, lost in STUMBLES.items() for name in ROWS if name not in lost],
)
def test_a_client_reads_every_kind_of_term_in_rows(endpoint: str, query: str, name: str) -> None:
    # No local holds the engine's rows: a client's fault would keep this frame, for another thread.
    shown = show_value if ROWS[name].form == "csv" else show
    expected = read_rows(ox.Store().query(QUERIES[query]), shown)

    read = ROWS[name].read(endpoint, QUERIES[query])

    assert read == expected


@pytest.mark.parametrize(("query", "answer"), [("yes", True), ("no", False)])
@pytest.mark.parametrize("reader", BOOLEANS.values(), ids=BOOLEANS)
def test_a_client_reads_a_yes_or_no(
    endpoint: str, reader: Reader, query: str, *, answer: bool
) -> None:
    read = reader.read(endpoint, QUERIES[query])

    assert read is answer


def statements_of(query: str) -> list[ox.Triple]:
    """Return the graph that the engine makes of nothing."""
    found = ox.Store().query(query)
    assert isinstance(found, ox.QueryTriples)
    return list(found)


@pytest.mark.parametrize("reader", GRAPHS.values(), ids=GRAPHS)
def test_a_client_reads_every_kind_of_term_in_a_graph(endpoint: str, reader: Reader) -> None:
    expected = read_statements(statements_of(QUERIES["graph"]))

    read = reader.read(endpoint, QUERIES["graph"])

    assert read == expected


@pytest.mark.parametrize("reader", GRAPHS.values(), ids=GRAPHS)
def test_a_client_reads_a_whole_contract(
    endpoint: str, store: EmbeddedStore, reader: Reader
) -> None:
    found = store.answer(QUERIES["contract"])
    assert isinstance(found, list)

    read = reader.read(endpoint, QUERIES["contract"])

    assert len(found) > 50
    assert read == read_statements(found)


def test_every_form_on_offer_is_read_by_a_stranger() -> None:
    ours = ("pyoxigraph", "Python")
    rows, booleans, graphs = (
        {reader.form for name, reader in table.items() if not name.startswith(ours)}
        for table in (ROWS, BOOLEANS, GRAPHS)
    )

    assert rows == booleans == {offer.suffix for offer in media.RESULTS}
    assert graphs == {offer.suffix for offer in media.GRAPHS}


def test_a_named_graph_is_a_graph_of_rdflibs(endpoint: str, store: EmbeddedStore) -> None:
    name = f"{BASE}graph/contract/valence-2019"
    stated = store.quads.quads_for_pattern(None, None, None, ox.NamedNode(name))

    graph = rdflib.Graph(SPARQLStore(endpoint), identifier=name)

    assert rdflib_client.read(graph) == read_statements(stated)
    assert len(graph) > 50
