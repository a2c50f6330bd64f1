"""The guard refuses what the engine would obey, and only that."""

from __future__ import annotations

import contextlib
import string

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats import guard
from contrats.errors import QueryRefusedError
from contrats.limits import Limits
from contrats.tokens import FORMS

LIMITS = Limits()
CALL = "<http://127.0.0.1:9/> { ?s ?p ?o }"

REMOTE = {
    "plain": f"SELECT * {{ SERVICE {CALL} }}",
    "lower case": f"SELECT * {{ service {CALL} }}",
    "silent": f"SELECT * {{ SERVICE SILENT {CALL} }}",
    "no space": "SELECT * { SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "variable": "SELECT * { SERVICE?g { ?s ?p ?o } }",
    "glued to silent": "SELECT * { {}SERVICESILENT<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "glued to a boolean": f"SELECT * {{ ?s ?p trueSERVICE {CALL} }}",
    "glued to a number": f"SELECT * {{ ?s ?p 1SERVICE {CALL} }}",
    "like a prefixed name": "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "glued to a prefix": "PREFIX a: <http://127.0.0.1:9/> SELECT * { SERVICEa:x { ?s ?p ?o } }",
    "before a comment": f"SELECT * {{ SERVICE # who\n {CALL} }}",
    "after a comment ended by a carriage return": f"SELECT * {{ #\rSERVICE {CALL} }}",
    "code point escape": rf"SELECT * {{ SERV\u0049CE {CALL} }}",
    "after an escaped backslash": rf'ASK {{ BIND("\u005C" AS ?q) SERVICE {CALL} BIND("" AS ?d) }}',
    "after an escape in an IRI": (
        rf'ASK {{ ?s <http://\u0061#> ?o BIND("\u005C" AS ?q) SERVICE {CALL} BIND("" AS ?d) }}'
    ),
    "in what looks like an IRI": (
        "ASK { BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)SERVICE#>\n" + CALL + " }"
    ),
    "in what looks like a string": (
        f"ASK {{ BIND(1 AS ?a) FILTER(?a<'>')SERVICE {CALL} BIND('' AS ?z) }}"
    ),
    "after two less-than signs": f"ASK {{ FILTER(1<<http://x>)SERVICE {CALL} }}",
    "after a data block": f"ASK {{ VALUES ?a {{ 1 }} SERVICE {CALL} }}",
    "in a sub-query": f"ASK {{ {{ SELECT * {{ SERVICE {CALL} }} }} }}",
    "in EXISTS": f"ASK {{ FILTER EXISTS {{ SERVICE {CALL} }} }}",
}

HARMLESS = {
    "string": 'ASK { ?s ?p "SERVICE <http://x/> {}" }',
    "long string": "ASK { ?s ?p '''it's a\nSERVICE {''' }",
    "string with an escaped quote": r'ASK { ?s ?p "\" SERVICE <http://x/> {}" }',
    "IRI": "ASK { ?s <http://x/service#SERVICE> ?o }",
    "IRI in parentheses": "ASK { ?s ?p ?o FILTER(?o IN (<http://x/service>, <http://y/SERVICE>)) }",
    "comment": "ASK { # SERVICE <http://x/> {}\n }",
    "prefixed name": "PREFIX sd: <http://x/> ASK { ?s a sd:Service ; sd:service ?o }",
    "prefix": "PREFIX service: <http://x/> ASK { GRAPH service:a { service:b service:c ?o } }",
    "variable": "ASK { ?service ?p $SERVICE }",
    "language": 'ASK { ?s ?p "x"@service }',
    "blank node": "ASK { _:service ?p ?o }",
    "FROM": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "comparison": "ASK { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
}


@pytest.mark.parametrize("text", REMOTE.values(), ids=REMOTE.keys())
def test_a_remote_call_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE") as refused:
        guard.check(text, LIMITS)

    assert refused.value.line is not None
    assert refused.value.column is not None
    assert f"ligne {refused.value.line}, colonne {refused.value.column}" in refused.value.fr


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS.keys())
def test_the_word_service_is_no_call_where_it_is_no_keyword(text: str) -> None:
    form = guard.check(text, LIMITS)

    ox.Store().query(text)
    assert form in {"ASK", "SELECT"}


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <http://a> <http://b> 1 }",
        "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }",
        "clear all",
        "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_by_name(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="lecture seule"):
        guard.check(text, LIMITS)


@pytest.mark.parametrize(
    "text",
    [
        "ASK {" + "{" * 41 + "}" * 42,
        "ASK { FILTER(" + "IF(" * 200 + "1" + ",1,1)" * 200 + ") }",
        "ASK {" + "FILTER EXISTS{" * 300 + "}" * 301,
        "ASK {" + "<<" * 50 + "?s" + " a 1>>" * 50 + " a 1}",
        "ASK { FILTER(" + "1+" * 5000 + "1) }",
    ],
    ids=["groups", "IF", "EXISTS", "triple terms", "long"],
)
def test_what_crashes_or_hangs_the_engine_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError):
        guard.check(text, LIMITS)


def test_a_list_of_values_with_hashes_is_honest() -> None:
    rows = "\n".join(f"(<http://x/#a{n}> <http://x/#b{n}>)" for n in range(150))

    assert guard.check(f"SELECT * {{ VALUES (?a ?b) {{ {rows} }} }}", LIMITS) == "SELECT"


@pytest.mark.parametrize("form", ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
def test_the_form_is_the_first_word_after_the_prologue(form: str) -> None:
    text = f"BASE <http://x/>\nPREFIX ask: <http://select/>\n# ASK\n{form.lower()} * {{}}"

    assert guard.check(text, LIMITS) == form


_FILLERS = st.sampled_from(
    [
        "",
        " ",
        "\n",
        "# c\n",
        "?a<?b",
        "<http://x/#y>",
        "'",
        '"',
        "''",
        "(",
        ")",
        "1",
        "a:b",
        "\\u0020",
    ]
)


@given(before=st.lists(_FILLERS, max_size=6), after=st.lists(_FILLERS, max_size=3))
def test_no_filler_hides_a_call_that_the_engine_would_make(
    before: list[str], after: list[str]
) -> None:
    """What the guard lets pass is not a query that the engine understands as a remote call.

    The engine gives a remote call away: port 9 is one that it refuses to dial.
    """
    left, right = "".join(before), "".join(after)
    text = f"PREFIX a: <http://a/> SELECT * {{ BIND(1 AS ?z) {left} SERVICE{right} {CALL} }}"
    try:
        guard.check(text, LIMITS)
    except QueryRefusedError:
        return

    with pytest.raises((SyntaxError, StopIteration)):
        next(ox.Store().query(text))  # type: ignore[arg-type]


@given(st.text(alphabet=string.printable + "éà\\\u2028", max_size=400))
def test_any_text_is_passed_or_refused_and_nothing_else(text: str) -> None:
    form = "SELECT"
    with contextlib.suppress(QueryRefusedError):
        form = guard.check(text, LIMITS)

    assert form in FORMS


@pytest.mark.parametrize("sign", ["/", "|", "/^"])
def test_a_path_that_would_hold_the_engine_is_refused_with_its_place(sign: str) -> None:
    text = "ASK {\n?s " + sign.join(["<a:b>"] * 150) + " ?o }"

    with pytest.raises(QueryRefusedError, match="chemin") as refused:
        guard.check(text, LIMITS)

    assert refused.value.line == 2
    assert refused.value.column is not None


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s " + "/".join(["<a:b/c>"] * 101) + " ?o }",
        "ASK { VALUES ?a {" + " '1'^^<a:b>" * 200 + " } }",
        "ASK { ?s ?p ?o FILTER(" + "||".join(["?o=1"] * 150) + ") }",
        "ASK { ?s ?p '" + "/|^" * 200 + "' }",
    ],
    ids=["hundred steps", "datatypes", "or", "string"],
)
def test_what_is_no_long_path_is_let_through(text: str) -> None:
    assert guard.check(text, LIMITS) == "ASK"
