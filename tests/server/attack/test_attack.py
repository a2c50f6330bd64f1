"""Hostile queries beside a polite client: every answer is clear and in time, nothing falls.

Hostile clients ask from loopback addresses of their own (127.0.0.2 and on), each with the budget of
a visitor; the polite one from another.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pytest
from tests.server.attack import hostile

from contrats.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

DEADLINE: Final = Limits().deadline + 3
ACCEPTED: Final = (
    "application/sparql-results+json, application/n-triples;q=0.9, application/problem+json"
)
TRIES: Final = 4
PAUSE: Final = 1.5
"""Seconds that a hostile client waits before it asks again what was refused for the crowd."""
QUICK: Final = {
    "nested-groups-under-the-length": True,
    "nested-not": True,
    "regex-that-doubles": False,
    "regex-of-repeats": False,
    "ask-a-far-path": False,
}
"""Hostile queries that the engine answers at once, and what is right."""
HOSTILE: Final = 8
"""Hostile clients at once, each waiting for its answer before it asks again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request."""

    name: str
    status: int
    body: bytes
    content_type: str
    seconds: float
    busy: bool
    """Whether the answer was to come back later."""


@dataclass(slots=True)
class Watch:
    """What the polite client and the meter saw while the others attacked."""

    polite: list[Outcome] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    called: list[bytes] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)


def ask(port: int, source: str, query_string: str, name: str, method: str = "GET") -> Outcome:
    """Return the answer to one request from the address `source`."""
    client = http.client.HTTPConnection("127.0.0.1", port, 60, source_address=(source, 0))
    started = time.monotonic()
    headers = {"Accept": ACCEPTED}
    if method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        client.request("POST", "/sparql", query_string, headers)
    else:
        client.request("GET", f"/sparql?{query_string}", headers=headers)
    response = client.getresponse()
    body = response.read()
    taken = time.monotonic() - started
    client.close()
    return Outcome(name, response.status, body, response.headers["Content-Type"] or "", taken,
                   response.headers["Retry-After"] is not None)  # fmt: skip


def persist(port: int, source: str, query_string: str, name: str, method: str) -> list[Outcome]:
    """Ask until the answer is not that too much is asked at once, at most four times."""
    outcomes = [ask(port, source, query_string, name, method)]
    while outcomes[-1].busy and len(outcomes) < TRIES:
        time.sleep(PAUSE)
        outcomes.append(ask(port, source, query_string, name, method))
    return outcomes


def family(pid: int) -> list[int]:
    """Return `pid` and all processes below it."""
    found = [pid]
    for each in found:
        children = Path(f"/proc/{each}/task").glob("*/children")
        for path in children:
            try:
                found += [int(child) for child in path.read_text().split()]
            except OSError:
                continue
    return found


def memory_of(pid: int) -> int:
    """Return the bytes that a tree of processes takes, those that several share counted once."""
    total = 0
    for each in family(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total * 1024


def processor_seconds(pid: int) -> float:
    """Return the seconds of processor that a tree of processes took, those that ended aside."""
    total = 0.0
    for each in family(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


@pytest.fixture(scope="module")
def server(releases: Path) -> Iterator[tuple[int, int]]:
    """Give the port and the process of `contrats serve`, queries bounded as they ship."""
    command = [
        sys.executable,
        "-m",
        "contrats",
        "serve",
        "--port",
        "0",
        "--releases",
        str(releases),
        "--limit",
        "pages_ahead=1",  # or pages are being made while we look what burns
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
        yield port, process.pid
        process.terminate()


@pytest.fixture(scope="module")
def attack(server: tuple[int, int]) -> tuple[list[Outcome], Watch]:
    """Ask every hostile query, some from each hostile client; return what became of all."""
    port, pid = server
    watch = Watch()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        threads = [
            threading.Thread(target=listen_for_calls, args=(listener, watch)),
            threading.Thread(target=be_polite, args=(port, watch)),
            threading.Thread(target=measure, args=(pid, watch)),
        ]
        for thread in threads:
            thread.start()
        texts = hostile.queries(listener.getsockname()[1])
        requests = [(name, urlencode({"query": text}), "POST") for name, text in texts.items()]
        requests += [(name, raw, "GET") for name, raw in hostile.RAW.items()]
        with ThreadPoolExecutor(HOSTILE) as clients:
            asked = [
                clients.submit(persist, port, f"127.0.1.{1 + n % 200}", raw, name, method)
                for n, (name, raw, method) in enumerate(requests)
            ]
            outcomes = [outcome for each in asked for outcome in each.result()]
        watch.done.set()
        for thread in threads:
            thread.join()
    return outcomes, watch


def listen_for_calls(listener: socket.socket, watch: Watch) -> None:
    """Keep whatever calls the listener."""
    while not watch.done.is_set():
        try:
            called, _ = listener.accept()
        except TimeoutError:
            continue
        with called:
            watch.called.append(called.recv(1000))


def be_polite(port: int, watch: Watch) -> None:
    """Ask cheap queries, one after the other, as a person's script does."""
    contracts = ("valence-2019", "valence-2012", "les-mureaux-2019", "diois-2019")
    for number in range(100_000):
        if watch.done.is_set():
            return
        contract = contracts[number % len(contracts)]
        text = (
            f"SELECT ?p ?o {{ <https://w3id.org/contrats-sante/id/contract/{contract}> ?p ?o "
            f"FILTER(?o != {number}) }}"
        )
        watch.polite.append(ask(port, "127.0.0.9", urlencode({"query": text}), "polite"))
        time.sleep(0.02)


def measure(pid: int, watch: Watch) -> None:
    """Note the memory of the tree from time to time."""
    while not watch.done.wait(0.25):
        watch.memory.append(memory_of(pid))


def test_there_are_at_least_sixty_hostile_queries() -> None:
    assert len(hostile.queries(1)) + len(hostile.RAW) >= 60


def test_each_answer_is_a_clear_refusal_or_complete(
    attack: tuple[list[Outcome], Watch],
) -> None:
    outcomes, _ = attack
    unclear = [
        (each.name, each.status, each.body[:200])
        for each in outcomes
        if not (is_clear_refusal(each) or is_complete(each))
    ]

    assert unclear == []


def is_clear_refusal(outcome: Outcome) -> bool:
    """Tell whether it is a 4xx or 503 that says what is wrong, and how to mend it, twice."""
    if not (400 <= outcome.status < 500 or outcome.status == 503):
        return False
    problem = json.loads(outcome.body)
    return (
        outcome.content_type == "application/problem+json"
        and len(problem["detail"]) > 30
        and len(problem["detail-en"]) > 30
    )


def is_complete(outcome: Outcome) -> bool:
    """Tell whether it is a 200 whose body can be read to its end."""
    if outcome.status != 200:
        return False
    if outcome.content_type.startswith("application/n-triples"):
        return outcome.body == b"" or outcome.body.endswith(b" .\n")
    found = json.loads(outcome.body)
    return "boolean" in found or "bindings" in found["results"]


def test_each_answer_comes_within_the_deadline_and_three_seconds(
    attack: tuple[list[Outcome], Watch],
) -> None:
    outcomes, _ = attack

    assert {each.name: each.seconds for each in outcomes if each.seconds > DEADLINE} == {}


def test_most_are_not_merely_turned_away(attack: tuple[list[Outcome], Watch]) -> None:
    outcomes, _ = attack
    last = {each.name: each for each in outcomes}

    assert sum(each.busy for each in last.values()) < len(last) / 4


def test_what_is_answered_is_right(attack: tuple[list[Outcome], Watch]) -> None:
    outcomes, _ = attack
    said = {
        each.name: json.loads(each.body).get("boolean")
        for each in outcomes
        if each.status == 200 and each.content_type == "application/sparql-results+json"
    }

    assert {name: said[name] for name in QUICK} == QUICK


def test_the_polite_client_sees_no_error_and_waits_little(
    attack: tuple[list[Outcome], Watch],
) -> None:
    _, watch = attack
    times = sorted(each.seconds for each in watch.polite)

    assert {each.status for each in watch.polite} == {200}
    assert len(times) > 100
    assert times[int(0.99 * len(times))] < 0.25


def test_memory_stays_under_a_gigabyte_and_a_half(attack: tuple[list[Outcome], Watch]) -> None:
    _, watch = attack

    assert max(watch.memory) < 1.5 * 1024**3


def test_nothing_calls_out(attack: tuple[list[Outcome], Watch]) -> None:
    _, watch = attack

    assert watch.called == []


def test_five_seconds_later_nothing_burns_and_the_same_process_answers(
    server: tuple[int, int], attack: tuple[list[Outcome], Watch]
) -> None:
    port, pid = server
    assert attack
    time.sleep(5)
    before = processor_seconds(pid)
    time.sleep(2)

    burned = processor_seconds(pid) - before
    answer = ask(port, "127.0.0.10", urlencode({"query": "ASK {}"}), "after")

    assert burned < 0.2
    assert (answer.status, json.loads(answer.body)["boolean"]) == (200, True)
