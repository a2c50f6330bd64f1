"""Hostile queries by kind: what would crash, hang, fill or misuse an engine that trusts.

Each is a text. Nothing is said of what it must give: a clear 4xx or 503, or the whole answer.
"""

from __future__ import annotations

from typing import Final

CALL: Final = "<http://127.0.0.1:{port}/> {{ ?s ?p ?o }}"
"""A remote call to the listener of the test."""
_P: Final = "PREFIX a: <http://127.0.0.1:{port}/> "


def _nested(opened: str, closed: str, times: int, middle: str = "") -> str:
    return opened * times + middle + closed * times


NESTED: Final = {
    "nested-groups": "ASK " + _nested("{", "}", 2300),
    "nested-groups-under-the-length": "ASK " + _nested("{", "}", 39),
    "nested-if": "ASK { FILTER(" + _nested("IF(", ",1,1)", 1200, "1") + ") }",
    "nested-exists": "ASK { " + _nested("FILTER EXISTS{", "}", 900) + " }",
    "nested-optional": "ASK { " + _nested("OPTIONAL{", "}", 1200, "?s ?p ?o") + " }",
    "nested-parentheses": "ASK { FILTER(" + _nested("(", ")", 3500, "1") + ") }",
    "nested-not": "ASK { FILTER(" + "!" * 3900 + "true) }",
    "nested-minus-sign": "ASK { FILTER(" + "-" * 3900 + "1) }",
    "nested-collections": "ASK { " + _nested("(", ")", 3000, "1") + " ?p ?o }",
    "nested-blank-nodes": "ASK { " + _nested("[ ?p ", "]", 2400, "1") + " ?q ?r }",
    "nested-paths": "ASK { ?s " + _nested("(", ")", 3500, "<a:a>") + " ?o }",
    "nested-triple-terms": "ASK { " + "<<" * 39 + "?s a 1" + ">> a 1" * 39 + " }",
    "nested-select": "ASK " + _nested("{SELECT * {", "}}", 19, "?s ?p ?o"),
    "nested-graph": "ASK {" + _nested("GRAPH ?g {", "}", 38, "?s ?p ?o") + "}",
    "unbalanced-open": "ASK " + "{" * 16_000,
    "unbalanced-close": "ASK { " + "}" * 16_000,
}
FLAT: Final = {
    "chain-of-plus": "ASK { FILTER(" + "1+" * 1990 + "1) }",
    "chain-of-plus-too-long": "ASK { FILTER(" + "1+" * 8000 + "1) }",
    "chain-of-or": "ASK { FILTER(" + "?a||" * 1990 + "?a) }",
    "chain-of-and": "ASK { FILTER(" + "?a&&" * 1990 + "?a) }",
    "chain-of-times": "ASK { FILTER(" + "2*" * 1990 + "1 > 0) }",
    "chain-of-union": "ASK { {}" + "UNION{}" * 1300 + " }",
    "chain-of-minus": "ASK { ?s ?p ?o " + "MINUS{?s ?p ?o}" * 190 + " }",
    "chain-of-optional": "SELECT * { ?s ?p ?o " + "OPTIONAL{?o ?p ?s}" * 190 + " }",
    "chain-of-bind": "SELECT * { " + "".join(f"BIND(1 AS ?v{n})" for n in range(500)) + " }",
    "chain-of-values": "ASK { VALUES ?a { " + "1 " * 3900 + "} }",
    "chain-of-in": "ASK { ?s ?p ?o FILTER(?o IN (" + "1," * 1900 + "1)) }",
    "chain-of-concat": "SELECT (CONCAT(" + "'a'," * 1900 + "'a') AS ?x) {}",
    "chain-of-alternatives": "ASK { ?s <a:a>" + "|<a:a>" * 1500 + " ?o }",
    "chain-of-steps": "ASK { ?s <a:a>" + "/<a:a>" * 1500 + " ?o }",
    "chain-of-stars": "SELECT * { ?s " + "/".join(["(!<a:a>)*"] * 40) + " ?o }",
}
JOINS: Final = {
    "cross-join-count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "cross-join-of-three": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cross-join-rows": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "cross-join-of-groups": "SELECT (COUNT(*) AS ?n) { { ?a ?b ?c } { ?d ?e ?f } }",
    "self-join": "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?p ?x . ?c ?p ?x }",
    "forty-groups": "ASK { " + "".join(f"{{?a{n} ?b{n} ?c{n}}}" for n in range(40)) + " }",
    "star-of-patterns": "ASK { " + "".join(f"?s ?p{n} ?o{n} . " for n in range(25)) + " }",
    "filter-of-a-product": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?c)) > STRLEN(STR(?f))) }"
    ),
    "not-exists-of-a-product": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f FILTER(?f > ?c) } }"
    ),
    "long-list": "ASK { ?s ?p (" + "1 " * 200 + ") }",
    "optional-of-a-product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } }",
    "graphs-of-graphs": "SELECT (COUNT(*) AS ?n) { GRAPH ?g {?a ?b ?c} GRAPH ?h {?d ?e ?f} }",
}
PATHS: Final = {
    "any-path": "SELECT (COUNT(*) AS ?n) { ?s (<a:a>|!<a:a>)* ?o }",
    "any-path-twice": "SELECT (COUNT(*) AS ?n) { ?s (!<a:a>)* ?o . ?o (!<a:b>)+ ?s }",
    "any-path-back-and-forth": "SELECT (COUNT(*) AS ?n) { ?s ((!<a:a>)|^(!<a:a>))* ?o }",
    "star-of-star": "SELECT (COUNT(*) AS ?n) { ?s ((!<a:a>)*)* ?o }",
    "ask-a-far-path": "ASK { ?s (!<a:a>)* <a:nowhere> }",
}
MEMORY: Final = {
    "order-by-of-a-product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "distinct-of-a-product": "SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f }",
    "group-by-of-a-product": (
        "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d"
    ),
    "group-concat": "SELECT (GROUP_CONCAT(STR(?o)) AS ?x) { ?s ?p ?o . ?t ?q ?r }",
    "doubled-text": "SELECT ?z { BIND('" + "a" * 2000 + "' AS ?v0) "
    + "".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1}) " for n in range(40)) + "BIND(?v40 AS ?z) }",
    "replace-that-grows": "SELECT (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE('" + "a" * 200
    + "', 'a', '" + "a" * 200 + "'), 'a', '" + "a" * 200 + "'), 'a', '" + "a" * 200
    + "'), 'a', '" + "a" * 200 + "'), 'a', '" + "a" * 200 + "') AS ?x) {}",
    "order-by-everything": "SELECT * { ?s ?p ?o } ORDER BY ?o ?p ?s",
    "construct-of-a-product": "CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }",
}  # fmt: skip
REGEX: Final = {
    "regex-that-doubles": "ASK { FILTER(REGEX('" + "a" * 5000 + "!', '^(a+)+$')) }",
    "regex-of-repeats": "ASK { FILTER(REGEX('" + "a" * 500 + "', '(((a{50}){50}){50})')) }",
    "regex-made-of-data": (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?r FILTER(REGEX(STR(?o), STR(?r))) }"
    ),
    "regex-everywhere": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(.*a.*b.*c.*d.*e.*)+z$')) }",
    "regex-malformed": "ASK { FILTER(REGEX('a', '((((')) }",
}
SIZES: Final = {
    "all-rows": "SELECT * { ?s ?p ?o }",
    "all-rows-twice": "SELECT ?s ?p ?o ?s2 ?o2 { ?s ?p ?o BIND(?s AS ?s2) BIND(?o AS ?o2) }",
    "all-statements": "CONSTRUCT WHERE { ?s ?p ?o }",
    "describe-all": "DESCRIBE * { ?s ?p ?o }",
    "long-cells": "SELECT (CONCAT(STR(?o), '" + "x" * 8000 + "') AS ?l) { ?s ?p ?o }",
    "too-long-a-text": "ASK { # " + "é" * 9000 + "\n }",
}
REMOTE: Final = {
    "service": "SELECT * { SERVICE " + CALL + " }",
    "service-silent": "SELECT * { SERVICE SILENT " + CALL + " }",
    "service-small-letters": "SELECT * { sErViCe " + CALL + " }",
    "service-escaped": "SELECT * { SERV\\u0049CE " + CALL + " }",
    "service-escaped-long": "SELECT * { \\U00000053ERVICE " + CALL + " }",
    "service-glued": "SELECT * { ?s ?p trueSERVICE " + CALL + " }",
    "service-as-a-name": _P + "SELECT * {{ SERVICE:x {{ ?s ?p ?o }} }}",
    "service-after-a-comment": "SELECT * {{ #\rSERVICE " + CALL + " }}",
    "service-in-what-looks-like-an-iri": (
        "ASK {{ BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)SERVICE#>\n" + CALL + " }}"
    ),
    "service-variable": (
        "SELECT * {{ BIND(<http://127.0.0.1:{port}/> AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}"
    ),
    "service-in-exists": "ASK {{ FILTER EXISTS {{ SERVICE " + CALL + " }} }}",
    "from-an-address": "SELECT * FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
    "from-named-an-address": (
        "ASK FROM NAMED <http://127.0.0.1:{port}/> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    ),
    "load": "LOAD <http://127.0.0.1:{port}/>",
    "load-after-a-query": "ASK {{}} ; LOAD <http://127.0.0.1:{port}/>",
}
"""The only texts with places to fill in: `port` is that of the listener."""
RAW: Final = {
    "no-utf-8-in-the-address": "query=ASK%7B%3Fs%20%3Fp%20%27%FF%27%7D",
    "half-a-character": "query=ASK%7B%3Fs%20%3Fp%20%27%C3%27%7D",
    "overlong-character": "query=ASK%7B%3Fs%20%3Fp%20%27%C0%AF%27%7D",
    "surrogate": "query=ASK%7B%3Fs%20%3Fp%20%27%ED%A0%80%27%7D",
    "nothing-but-nul": "query=%00%00%00",
    "nul-in-a-query": "query=ASK%7B%3Fs%20%3Fp%20%27%00%27%7D",
    "encoded-twice": "query=ASK%257B%257D",
    "query-twice": "query=ASK%7B%7D&query=ASK%7B%7D",
    "many-fields": "&".join(["default-graph-uri=a:b"] * 200),
    "graph-that-is-none": "query=ASK%7B%7D&default-graph-uri=%3C%3E",
}
"""Query strings, as they are sent."""

_PLAIN: Final = NESTED | FLAT | JOINS | PATHS | MEMORY | REGEX | SIZES


def queries(port: int) -> dict[str, str]:
    """Return every hostile text by name; those that call out call `port` on loopback."""
    remote = {
        name: text.replace("{{", "{").replace("}}", "}").replace("{port}", str(port))
        for name, text in REMOTE.items()
    }
    return _PLAIN | remote
