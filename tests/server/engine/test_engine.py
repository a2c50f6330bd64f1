"""Queries in processes: whole or refused, in time, and nothing of one left to the next."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from contrats.engine.asked import ROWS, Answered, Asked
from contrats.engine.rows import read_rows
from contrats.errors import (
    AnswerTooLargeError,
    BudgetError,
    BusyError,
    LimitError,
    QueryRefusedError,
)
from contrats.malformed import MalformedQueryError
from contrats.store import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server.engine.conftest import MakeEngine

    from contrats.engine.engine import Engine

PAIRS = "CONSTRUCT { ?s <http://x/with> ?t } { ?s <http://x/number> ?n . ?t ?p ?m }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def rows(answered: Answered) -> list[dict[str, str]]:
    """Return the rows of an answer in JSON, values alone."""
    assert isinstance(answered.body, bytes)
    found: dict[str, Any] = json.loads(answered.body)
    return [{k: v["value"] for k, v in row.items()} for row in found["results"]["bindings"]]


@pytest.mark.parametrize("in_memory", [True, False], ids=["memory", "disk"])
def test_an_answer_is_whole_and_says_which_release_gave_it(
    make_engine: MakeEngine,
    in_memory: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    engine = make_engine(in_memory=in_memory)

    answered = engine.answer(Asked(COUNT, "json"), "127.0.0.2")

    assert rows(answered) == [{"n": "1200"}]
    assert answered.release == engine.identifier
    assert answered.seconds > 0


def test_a_variable_is_bound_to_a_term_whatever_its_text(make_engine: MakeEngine) -> None:
    term = ox.Literal('} "é\n\\ ?x', language="fr")

    answered = make_engine().answer(
        Asked("SELECT ?v { }", "json", bind=(("v", str(term)),)), "127.0.0.2"
    )

    assert rows(answered) == [{"v": term.value}]


def test_the_graphs_asked_for_are_the_only_ones(make_engine: MakeEngine) -> None:
    nowhere = Asked(COUNT, "json", Dataset(("http://x/other",)))

    assert rows(make_engine().answer(nowhere, "127.0.0.2")) == [{"n": "0"}]


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("json", b'{"head"'),
        ("xml", b"<?xml"),
        ("csv", b"s\r\n"),
        ("tsv", b"?s\n"),
    ],
)
def test_rows_are_written_in_each_form(
    make_engine: MakeEngine, form: str, beginning: bytes
) -> None:
    answered = make_engine().answer(
        Asked("SELECT ?s { ?s <http://x/number> ?n } ORDER BY ?n", form), "127.0.0.2"
    )

    assert isinstance(answered.body, bytes)
    assert answered.body.startswith(beginning)
    assert answered.body.count(b"http://x/") == 600


def test_a_page_is_given_its_first_rows_and_how_many_there_are(make_engine: MakeEngine) -> None:
    answered = make_engine().answer(Asked("SELECT ?s ?none ?o { ?s ?p ?o }", ROWS), "127.0.0.2")

    assert isinstance(answered.body, bytes)
    columns, shown = read_rows(answered.body)
    assert columns == ("s", "none", "o")
    assert (len(shown), answered.count) == (1000, 1200)
    assert "none" not in shown[0]


def test_a_long_answer_is_on_disk_and_whole(make_engine: MakeEngine) -> None:
    engine = make_engine(memory_bytes=1000)

    answered = engine.answer(Asked("SELECT ?s { ?s ?p ?o }", "csv"), "127.0.0.2")

    assert not isinstance(answered.body, bytes)
    with answered.body as file:
        assert file.read().count(b"\n") == 1201
    assert rows(engine.answer(Asked(COUNT, "json"), "127.0.0.2")) == [{"n": "1200"}]


def test_a_long_graph_is_written_as_it_comes_without_repetition(make_engine: MakeEngine) -> None:
    asked = Asked(PAIRS, "nt")

    answered = make_engine().answer(asked, "127.0.0.2")

    assert not isinstance(answered.body, bytes)
    with answered.body as file:
        lines = file.read().splitlines()
    assert answered.count == len(lines) == len(set(lines)) == 600 * 600


@pytest.mark.parametrize(
    ("limits", "text", "form", "fault", "said"),
    [
        ({"deadline": 1.0}, ENDLESS, "json", LimitError, "1 s"),
        ({"result_bytes": 5000}, "SELECT * { ?s ?p ?o }", "json", AnswerTooLargeError, "Mio"),
        (
            {"query_memory": 64 * 1024**2},
            "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
            "json", LimitError, "64 Mio",
        ),
        ({}, "SELECT * {", "json", MalformedQueryError, "ligne 1"),
        ({}, "SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "json", QueryRefusedError, "moteur"),
        ({"client_requests": 1, "client_seconds": 1}, COUNT, "json", BudgetError, "minute"),
    ],
    ids=["time", "size", "memory", "malformed", "remote", "budget"],
)  # fmt: skip
def test_what_is_past_a_limit_is_refused_in_words_and_the_next_is_answered(  # noqa: PLR0913, PLR0917 -- a column each
    make_engine: MakeEngine,
    limits: dict[str, float],
    text: str,
    form: str,
    fault: type[Exception],
    said: str,
) -> None:
    engine = make_engine(**limits)
    if fault is BudgetError:
        engine.answer(Asked("ASK {}", "json"), "127.0.0.3")

    with pytest.raises(fault, match=said):
        engine.answer(Asked(text, form), "127.0.0.3")

    assert rows(engine.answer(Asked(COUNT, "json"), "127.0.0.4")) == [{"n": "1200"}]


@pytest.mark.parametrize(
    "text",
    ["ASK " + "{" * 4000 + "}" * 4000, "ASK { FILTER(" + "1+" * 60_000 + "1) }"],
    ids=["nested", "flat"],
)
def test_a_text_that_ends_the_engine_ends_its_own_process_alone(
    make_engine: MakeEngine, text: str
) -> None:
    engine = make_engine()

    with pytest.raises(LimitError, match="échouer le moteur"):
        engine.answer(Asked(text, "json"), "127.0.0.2")

    assert rows(engine.answer(Asked(COUNT, "json"), "127.0.0.2")) == [{"n": "1200"}]


def test_a_nested_query_has_the_stack_that_it_needs(make_engine: MakeEngine) -> None:
    engine = make_engine(query_memory=1)
    text = "ASK " + "{" * 39 + "}" * 39

    answered = engine.answer(Asked(text, "csv"), "127.0.0.2")

    assert answered.body == b"true\n"


def test_a_worker_reaches_nothing(make_engine: MakeEngine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        port = listener.getsockname()[1]
        call = Asked(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}", "json")

        with pytest.raises(QueryRefusedError):
            make_engine().answer(call, "127.0.0.2")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_when_the_zygote_is_killed_another_takes_its_place(make_engine: MakeEngine) -> None:
    engine = make_engine()
    zygote = engine.process
    os.kill(zygote, signal.SIGKILL)

    answers = list(ask_until_replaced(engine, zygote))

    assert engine.process != zygote
    assert rows(engine.answer(Asked(COUNT, "json"), "127.0.0.2")) == [{"n": "1200"}]
    assert all(rows(each) == [{"n": "1200"}] for each in answers)


def ask_until_replaced(engine: Engine, zygote: int) -> Iterator[Answered]:
    """Yield answers until the process is another; the workers of the old one end a little later.

    What is under way when they end may fail.
    """
    for number in range(1, 100):
        if engine.process != zygote:
            return
        with contextlib.suppress(LimitError):  # each asks something new: no answer is remembered
            yield engine.answer(Asked(f"{COUNT} LIMIT {number}", "json"), "127.0.0.2")
        time.sleep(0.1)


def test_the_same_question_is_answered_from_memory(make_engine: MakeEngine) -> None:
    engine = make_engine()
    first = engine.answer(Asked(COUNT, "json"), "127.0.0.2")

    again = engine.answer(Asked(f"# a remark\n{COUNT.replace(' ', '  ')}", "json"), "127.0.0.2")

    assert again is first


def test_what_chance_decides_is_asked_each_time(make_engine: MakeEngine) -> None:
    engine = make_engine()
    drawn = [engine.answer(Asked("SELECT (RAND() AS ?n) {}", "json"), "::1") for _ in range(2)]

    assert rows(drawn[0]) != rows(drawn[1])


def test_cheap_queries_go_on_while_long_ones_fill_the_slow_lane(make_engine: MakeEngine) -> None:
    engine = make_engine(deadline=4.0)
    ended: list[str] = []

    def ask_endless(client: str) -> None:
        try:
            engine.answer(Asked(ENDLESS, "json"), client)
        except (LimitError, BusyError) as fault:
            ended.append(type(fault).__name__)

    threads = [threading.Thread(target=ask_endless, args=(f"127.0.1.{n}",)) for n in range(12)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    found = [
        rows(engine.answer(Asked(f"SELECT ?o {{ <http://x/{n}> <http://x/number> ?o }}", "json"),
                           "127.0.2.1"))
        for n in range(50)
    ]  # fmt: skip
    for thread in threads:
        thread.join(timeout=10)

    assert found == [[{"o": str(n)}] for n in range(50)]
    assert len(ended) == 12
    assert {"LimitError", "BusyError"} == set(ended)


def test_a_query_that_nobody_waits_for_is_ended(make_engine: MakeEngine) -> None:
    engine = make_engine()
    started = time.monotonic()

    with pytest.raises(LimitError, match="Personne"):
        engine.answer(Asked(ENDLESS, "json"), "127.0.0.2", lambda: True)

    assert time.monotonic() - started < 5
