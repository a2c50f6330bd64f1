"""The reconciliation service as its clients ask it, over HTTP: OpenRefine's forms among them.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import pytest

from contrats.vocabulary import BASE

if TYPE_CHECKING:
    from email.message import Message

    from flask.testing import FlaskClient

BODY: Final = "org:FormalOrganization"
Sent = dict[str, str]


def send(
    address: str, path: str, data: bytes | None = None, method: str = "", **headers: str
) -> tuple[int, Message, bytes]:
    """Return status, headers and body of the answer to one request."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request(f"{address}{path}", data, named, method=method or None)  # noqa: S310 -- ours
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310 -- the same
            return answer.status, answer.headers, answer.read()
    except HTTPError as fault:
        with fault:
            return fault.code, fault.headers, fault.read()


def post(address: str, **fields: Any) -> Any:  # noqa: ANN401 -- JSON
    """Return the JSON that answers a form with these fields, as OpenRefine sends it."""
    form = urlencode({name: json.dumps(value) for name, value in fields.items()}).encode()
    status, headers, body = send(address, "/reconcile", form)
    assert status == 200, body.decode()
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(body)


def fetch(address: str, path: str, **headers: str) -> Any:  # noqa: ANN401 -- JSON
    status, _, body = send(address, path, None, "", **headers)
    assert status == 200, body.decode()
    return json.loads(body)


def check_types(given: list[dict[str, Any]]) -> None:
    """Check each type: an identifier, a name, and what is broader, likewise."""
    for each in given:
        assert {"id", "name"} <= set(each) <= {"id", "name", "description", "broader"}
        assert each["id"]
        assert each["name"]
        check_types(each.get("broader", []))


def check_result(result: list[dict[str, Any]]) -> None:
    """Check the candidates of a query, in the specification's section 4.2."""
    assert [each["score"] for each in result] == sorted(
        (each["score"] for each in result), reverse=True
    )
    assert sum(each["match"] for each in result) <= 1
    for each in result:
        assert set(each) == {"id", "name", "description", "type", "score", "match", "features"}
        assert all(isinstance(each[name], str) and each[name] for name in ("id", "name"))
        assert 0 <= each["score"] <= 100
        assert isinstance(each["match"], bool)
        check_types(each["type"])
        ids = [feature["id"] for feature in each["features"]]
        assert len(ids) == len(set(ids))
        assert all(isinstance(f["value"], bool | int | float) for f in each["features"])


def test_a_client_that_accepts_anything_gets_the_manifest(address: str) -> None:
    manifest = fetch(address, "/reconcile", Accept="*/*")

    assert manifest == fetch(address, "/reconcile")
    assert manifest == fetch(address, "/reconcile.json")
    assert "0.2" in manifest["versions"]
    assert manifest["identifierSpace"] == f"{BASE}id/"
    assert manifest["schemaSpace"] == f"{BASE}def#"
    check_types(manifest["defaultTypes"])
    for name in ("view", "feature_view", "preview"):
        assert manifest[name]["url"].count("{{id}}") == 1
    assert set(manifest["suggest"]) == {"entity", "type", "property"}
    assert manifest["batchSize"] == 50
    [setting] = manifest["extend"]["property_settings"]
    assert (setting["name"], setting["type"], setting["default"]) == ("limit", "number", 0)


def test_the_addresses_of_the_manifest_are_public_and_answer(client: FlaskClient) -> None:
    manifest = json.loads(client.get("/reconcile", headers={"Host": "evil.example"}).text)
    public = "https://exemple.test/contrats"
    propose = manifest["extend"]["propose_properties"]
    urls = [
        manifest["documentation"],
        manifest["preview"]["url"].replace("{{id}}", quote("actor/ch-valence", safe="")),
        manifest["feature_view"]["url"].replace("{{id}}", "words"),
        propose["service_url"] + propose["service_path"] + f"?type={BODY}",
        *(each["service_url"] + each["service_path"] for each in manifest["suggest"].values()),
    ]

    for url in urls:
        assert url.startswith(f"{public}/reconcile")
        assert client.get(url.removeprefix(public).partition("#")[0]).status_code == 200, url
    viewed = client.get(f"/reconcile/view?id={quote('actor/ch-valence', safe='')}")
    assert (viewed.status_code, viewed.headers["Location"]) == (303, "/doc/actor/ch-valence")


def test_a_batch_as_openrefine_sends_it(address: str) -> None:
    """Check the form of `StandardReconConfig`: a type, its strictness, a reconciled value."""
    place = {"id": "territory/departement-26", "name": "Drôme"}
    asked = {
        "q0": {
            "query": "CH de Valence", "type": BODY, "type_strict": "should",
            "properties": [{"pid": "dcterms:spatial", "v": place}],
        },
        "q1": {"query": "Saint-Denis", "type": "igeo:Commune", "type_strict": "should", "limit": 3},
        "q2": {"query": "Zorglub international"},
    }  # fmt: skip
    found = post(address, queries=asked)

    assert list(found) == list(asked)
    for each in found.values():
        assert set(each) == {"result"}
        check_result(each["result"])
    first = found["q0"]["result"][0]
    assert (first["id"], first["match"], first["score"]) == ("actor/ch-valence", True, 100)
    assert [t["id"] for t in first["type"]] == ["actor-type:hospital-public", BODY]
    assert {"id": "property:dcterms:spatial", "value": True} in first["features"]
    assert "correspondance certaine" in first["description"]
    assert len(found["q1"]["result"]) == 3
    assert not any(each["match"] for each in found["q1"]["result"])
    assert found["q2"] == {"result": []}


def test_get_and_post_in_each_form_give_the_same(address: str) -> None:
    batch = {"a": {"query": "CPAM 35"}}
    by_form = post(address, queries=batch)
    kind = {"Content_Type": "application/json"}

    assert fetch(address, f"/reconcile?{urlencode({'queries': json.dumps(batch)})}") == by_form
    for body in (batch, {"queries": batch}):
        status, _, answer = send(address, "/reconcile", json.dumps(body).encode(), **kind)
        assert status == 200
        assert json.loads(answer) == by_form
    single = fetch(address, "/reconcile?query=CPAM%2035")
    assert single == by_form["a"]
    assert fetch(address, f"/reconcile?query={quote(json.dumps(batch['a']))}") == by_form["a"]


def test_queries_of_a_batch_do_not_depend_on_each_other(address: str) -> None:
    batch = {f"q{n}": {"query": text} for n, text in enumerate(["CD 26", "ARS", "Valence"])}
    together = post(address, queries=batch)

    assert together == {
        key: post(address, queries={key: query})[key] for key, query in batch.items()
    }


def test_english_descriptions_are_below_en(address: str) -> None:
    found = fetch(address, "/en/reconcile?query=CD%2026")["result"][0]

    assert "out of 100, certain match" in found["description"]
    assert found["type"][1]["name"] == "Body"
    assert fetch(address, "/en/reconcile")["preview"]["url"].count("/en/reconcile/preview") == 1


@pytest.mark.parametrize(
    ("properties", "wanted"),
    [
        ([{"pid": "adms:identifier", "v": "222600017"}], "actor/departement-drome"),
        ([{"pid": "igeo:codeINSEE", "v": 26362}], "territory/commune-26362"),
        ([{"pid": "Code INSEE", "v": ["26362"]}], "territory/commune-26362"),
    ],
)
def test_properties_alone_can_tell(
    address: str, properties: list[dict[str, Any]], wanted: str
) -> None:
    [first, *_] = post(address, queries={"q": {"properties": properties}})["q"]["result"]

    assert (first["id"], first["match"]) == (wanted, True)


def test_a_property_that_says_otherwise_takes_certainty_away(address: str) -> None:
    lead = [{"pid": "cls:leadBody", "v": {"id": "actor/ville-lille", "name": "Lille"}}]
    date = [{"pid": "cls:signatureDate", "v": "2019"}]
    asked = {"query": "Contrat local de santé de Valence 2019-2023"}
    found = post(
        address, queries={"a": asked | {"properties": lead}, "b": asked | {"properties": date}}
    )

    assert [each["result"][0]["id"] for each in found.values()] == ["contract/valence-2019"] * 2
    assert not found["a"]["result"][0]["match"]
    assert {"id": "property:cls:signatureDate", "value": True} in found["b"]["result"][0][
        "features"
    ]


REFUSED: Final = {
    "no JSON": "{'q0': 1}",
    "a list": "[]",
    "nothing": "null",
    "empty": "{}",
    "no text": '{"q0": {}}',
    "blank text": '{"q0": {"query": "  "}}',
    "text that is a number": '{"q0": {"query": 5}}',
    "a query that is a text": '{"q0": "CD 26"}',
    "unknown field": '{"q0": {"query": "x", "typo": 1}}',
    "unknown type": '{"q0": {"query": "x", "type": "Q5"}}',
    "unknown strictness": '{"q0": {"query": "x", "type_strict": "very"}}',
    "unknown property": '{"q0": {"query": "x", "properties": [{"pid": "P31", "v": 1}]}}',
    "property without value": '{"q0": {"query": "x", "properties": [{"pid": "region"}]}}',
    "value of no kind": '{"q0": {"query": "x", "properties": [{"pid": "region", "v": {}}]}}',
    "limit of zero": '{"q0": {"query": "x", "limit": 0}}',
    "negative limit": '{"q0": {"query": "x", "limit": -1}}',
    "huge limit": '{"q0": {"query": "x", "limit": 1e9}}',
    "infinite limit": '{"q0": {"query": "x", "limit": 1e999}}',
    "limit that is no number": '{"q0": {"query": "x", "limit": NaN}}',
    "half a character": '{"q0": {"query": "\\ud800"}}',
    "half a character as a key": '{"\\udc00": {"query": "x"}}',
    "a text too long": json.dumps({"q0": {"query": "x" * 2000}}),
    "deep nesting": "[" * 20_000,
    "one bad query among good ones": '{"q0": {"query": "CD 26"}, "q1": {"limit": 3}}',
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=list(REFUSED))
def test_a_malformed_batch_is_refused_whole_with_the_reason(address: str, text: str) -> None:
    status, headers, body = send(address, "/reconcile", urlencode({"queries": text}).encode())
    problem = json.loads(body)

    assert status == problem["status"] == 400
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "queries" in problem["detail"]
    assert "queries" in problem["detail-en"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"nothing=1", "application/x-www-form-urlencoded", 400),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"queries=%7B%7D&extend=%7B%7D", "application/x-www-form-urlencoded", 400),
        (b"queries=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (
            json.dumps({f"q{n}": {"query": "x"} for n in range(51)}).encode(),
            "application/json",
            413,
        ),
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"<queries/>", "application/xml", 415),
    ],
)
def test_a_body_of_another_form_or_size_is_refused(
    address: str, body: bytes, kind: str, status: int
) -> None:
    found, _, answer = send(address, "/reconcile", body, Content_Type=kind)

    assert (found, json.loads(answer)["status"]) == (status, status)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reconcile?queries=", 400),
        ("/reconcile?callback=jQuery1", 400),
        ("/reconcile?queries=%7B%22q%22:%7B%22query%22:%22x%22%7D%7D&callback=f", 400),
        ("/reconcile.ttl", 404),
        ("/reconcile/preview?id=actor/nobody", 404),
        ("/reconcile/preview", 404),
        ("/reconcile/view?id=../../etc/passwd", 404),
        ("/reconcile/suggest/nothing?prefix=a", 404),
        ("/reconcile/suggest/entity?prefix=a&cursor=-1", 400),
        ("/reconcile/suggest/entity?prefix=a&cursor=99999999999999999999", 400),
        ("/reconcile/properties?type=Q5", 400),
        ("/reconcile/properties?limit=many", 400),
    ],
)
def test_other_bad_addresses_are_refused(address: str, path: str, status: int) -> None:
    found, _, body = send(address, path)

    assert (found, json.loads(body)["status"]) == (status, status)


def test_another_site_may_post_after_asking(address: str) -> None:
    asked = {
        "Origin": "http://127.0.0.1:3333",
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "content-type",
    }
    status, headers, _ = send(address, "/reconcile", None, "OPTIONS", **asked)

    assert status == 200
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in headers["Access-Control-Allow-Methods"]
    assert "content-type" in headers["Access-Control-Allow-Headers"].lower()


@pytest.mark.parametrize(
    "path",
    [
        "/reconcile", "/reconcile.html", "/reconcile?query=CD%2026", "/reconcile/properties",
        "/reconcile/suggest/entity?prefix=valen", "/reconcile/preview?id=theme/sante-mentale",
    ],
)  # fmt: skip
def test_what_is_got_is_not_sent_twice(address: str, path: str) -> None:
    status, headers, _ = send(address, path)
    again, _, body = send(address, path, If_None_Match=headers["ETag"])

    assert (status, again, body) == (200, 304, b"")


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("Centre hospitalier de Valence", "actor/ch-valence"),
        ("Valence", "territory/commune-16392"),
        ("26362", "territory/commune-26362"),
        ("actor/ch-valence", "actor/ch-valence"),
        ("sante men", "theme/sante-mentale"),
    ],
)
def test_things_are_suggested_by_the_beginning_of_their_names(
    address: str, prefix: str, first: str
) -> None:
    path = f"/reconcile/suggest/entity?{urlencode({'prefix': prefix})}"
    result = fetch(address, path)["result"]
    ids = [each["id"] for each in result]

    assert first in ids[:3]
    assert len(ids) == len(set(ids))
    for each in result:
        assert set(each) == {"id", "name", "description", "notable"}
        check_types(each["notable"])
    rest = fetch(address, f"{path}&cursor=1")["result"]
    assert rest[: len(ids) - 1] == result[1:]


def test_types_and_properties_are_suggested(address: str) -> None:
    types = fetch(address, "/reconcile/suggest/type?prefix=hopit")["result"]
    both = fetch(address, "/reconcile/suggest/type?prefix=commune")["result"]
    properties = fetch(address, "/reconcile/suggest/property?prefix=terri")["result"]

    assert types == []
    check_types(both)
    assert {each["id"] for each in both} >= {"igeo:Commune", "actor-type:commune"}
    assert properties == [{"id": "dcterms:spatial", "name": "Territoire"}]
    assert len(fetch(address, "/reconcile/suggest/property?prefix=")["result"]) > 10
    assert fetch(address, "/reconcile/suggest/entity?prefix=")["result"] == []


def test_properties_are_proposed_for_each_type(address: str) -> None:
    of = {
        name: [
            each["id"]
            for each in fetch(address, f"/reconcile/properties?type={name}")["properties"]
        ]
        for name in (BODY, "actor-type:caf", "igeo:Commune", "cls:PlanItem", "scheme:themes")
    }

    assert of[BODY] == of["actor-type:caf"]
    assert "adms:identifier" in of[BODY]
    assert "igeo:codeINSEE" in of["igeo:Commune"]
    assert "cls:itemKind" not in of["igeo:Commune"]
    assert "dcterms:isPartOf" in of["cls:PlanItem"]
    assert "skos:definition" in of["scheme:themes"]
    assert len(fetch(address, "/reconcile/properties?limit=2")["properties"]) == 2


def test_values_are_fetched_as_openrefine_asks(address: str) -> None:
    """Check the form of `ReconciledDataExtensionJob`, and that each value has one known kind."""
    wanted = [
        {"id": name}
        for name in (
            "adms:identifier", "dcterms:spatial", "cls:signs", "igeo:codeINSEE", "cls:population",
            "departement", "region", "cls:signatureDate", "start", "cls:leadBody", "signatories",
            "signatories-known", "priorities-known", "iri", "skos:definition",
        )
    ]  # fmt: skip
    ids = [
        "actor/departement-drome", "territory/commune-26362", "contract/valence-2019",
        "theme/sante-mentale",
    ]  # fmt: skip
    found = post(address, extend={"ids": ids, "properties": wanted})
    rows = found["rows"]

    assert [each["id"] for each in found["meta"]] == [each["id"] for each in wanted]
    assert found["meta"][1]["type"] == {"id": "dcterms:Location", "name": "Territoire"}
    assert list(rows) == ids
    assert all(list(row) == [each["id"] for each in wanted] for row in rows.values())
    assert {
        frozenset(cell) for row in rows.values() for cells in row.values() for cell in cells
    } <= {frozenset(each) for each in ({"id", "name"}, {"str"}, {"int"}, {"date"}, {"float"})}
    assert rows[ids[0]]["adms:identifier"] == [{"str": "222600017"}]
    assert rows[ids[0]]["dcterms:spatial"] == [{"id": "territory/departement-26", "name": "Drôme"}]
    assert rows[ids[1]]["region"] == [{"id": "territory/region-84", "name": "Auvergne-Rhône-Alpes"}]
    assert rows[ids[1]]["cls:population"][0]["int"] > 60_000
    assert rows[ids[2]]["cls:signatureDate"] == [{"date": "2019-04-04T00:00:00Z"}]
    assert rows[ids[2]]["start"] == [{"str": "2019"}]
    assert rows[ids[2]]["signatories-known"] == [{"str": "complète"}]
    assert rows[ids[2]]["adms:identifier"] == []
    assert rows[ids[3]]["iri"] == [{"str": f"{BASE}id/theme/sante-mentale"}]


def test_things_that_are_fetched_can_be_fetched_again(address: str) -> None:
    asked = {"ids": ["contract/valence-2019"], "properties": [{"id": "cls:hasSignatory"}]}
    signatories = post(address, extend=asked)["rows"]["contract/valence-2019"]["cls:hasSignatory"]
    ids = [each["id"] for each in signatories]
    limited = [{"id": "cls:hasSignatory", "settings": {"limit": "3"}}]

    again = post(address, extend={"ids": ids, "properties": [{"id": "org:classification"}]})
    assert all(row["org:classification"] for row in again["rows"].values())
    few = post(address, extend=asked | {"properties": limited})["rows"]["contract/valence-2019"]
    assert few["cls:hasSignatory"] == signatories[:3]


@pytest.mark.parametrize(
    "extend",
    [
        [],
        {},
        {"ids": [], "properties": [{"id": "iri"}]},
        {"ids": ["actor/nobody"], "properties": [{"id": "iri"}]},
        {"ids": ["actor/ch-valence"], "properties": []},
        {"ids": ["actor/ch-valence"], "properties": [{"id": "P31"}]},
        {"ids": ["actor/ch-valence"], "properties": ["iri"]},
        {"ids": "actor/ch-valence", "properties": [{"id": "iri"}]},
        {"ids": [5], "properties": [{"id": "iri"}]},
        {"ids": ["actor/ch-valence"], "properties": [{"id": "iri", "settings": {"limit": -1}}]},
        {"ids": [f"actor/{n}" for n in range(600)], "properties": [{"id": "iri"}]},
    ],
)
def test_a_malformed_extension_is_refused(address: str, extend: object) -> None:
    form = urlencode({"extend": json.dumps(extend)}).encode()
    status, _, body = send(address, "/reconcile", form)

    assert (status, json.loads(body)["status"]) == (400, 400)


@pytest.mark.parametrize(
    "name",
    ["actor/ch-valence", "territory/commune-26362", "contract/valence-2019",
     "theme/sante-mentale", "plan/cos-x1", "population/jeunes-16-25"],
)  # fmt: skip
def test_a_preview_may_be_framed_and_runs_nothing(address: str, name: str) -> None:
    status, headers, body = send(address, f"/reconcile/preview?id={quote(name, safe='')}")
    page = body.decode()

    assert status == 200
    assert "frame-ancestors *" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "<script" not in page
    assert re.search(r'<h1><a href="[^"]+/doc/' + name, page)


def test_no_other_page_may_be_framed(address: str) -> None:
    for path in ("/reconcile.html", "/reconcile", "/reconcile/view?id=actor/ch-valence", "/"):
        policy = send(address, path)[1]["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy


def test_the_page_for_people_tries_a_name_and_says_why(client: FlaskClient) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    empty = client.get("/reconcile", headers=browser)
    tried = client.get("/reconcile?name=CPAM&type=&place=26", headers=browser).text
    unknown = client.get("/en/reconcile.html?name=Zorglub&type=nothing").text
    hostile = client.get("/reconcile.html?name=<script>alert(1)</script>").text

    assert empty.content_type.startswith("text/html")
    assert "https://exemple.test/contrats/reconcile" in empty.text
    assert "CPAM de la Drôme" in tried
    assert '<span class="badge ok">certain</span>' in tried
    assert "Nothing here is like “Zorglub”" in unknown
    assert "<script>alert" not in hostile
