"""`contrats serve` and `contrats query`, as a person runs them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack
from itertools import product
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.server.conftest import Contrats


def test_serve_prints_its_address_and_answers(releases: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "contrats",
        "serve",
        "--port",
        "0",
        "--releases",
        str(releases),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            with urlopen(f"{address}healthz") as answer:  # noqa: S310 -- loopback
                health = answer.read().decode()
        finally:
            process.terminate()

    assert address.startswith("http://127.0.0.1:")
    assert health.strip() == (releases / "current").resolve().name


def test_serve_without_a_release_is_two_clear_lines(contrats: Contrats, tmp_path: Path) -> None:
    done = contrats("serve", "--releases", tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 2
    assert "contrats build" in done.stderr


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        *product(
            ["cut", "gone"],
            ["contrats.nq", "search.sqlite", "manifest.json", "dumps/contrats.ttl"],
        ),
        ("changed", "dumps/contrats.ttl"),
    ],
)
def test_serve_of_a_damaged_release_is_two_clear_lines(
    contrats: Contrats, releases: Path, tmp_path: Path, name: str, damage: str
) -> None:
    current = (releases / "current").resolve()
    copy = shutil.copytree(current, tmp_path / current.name, copy_function=os.symlink)
    (tmp_path / "current").symlink_to(copy)
    content = (copy / name).read_bytes()
    (copy / name).unlink()
    if damage == "cut":
        (copy / name).write_bytes(content[:-10])
    elif damage == "changed":
        (copy / name).write_bytes(content[:-10] + b"0123456789")

    done = contrats("serve", "--releases", tmp_path, "--port", "0")

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 2
    assert str(copy / name) in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_on_a_taken_port_says_so(contrats: Contrats, releases: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        done = contrats("serve", "--releases", releases, "--port", str(port))

    assert (done.returncode, done.stdout) == (1, "")
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.parametrize("url", ["ftp://x", "exemple.fr", "https://x/?a=b", "javascript:alert(1)"])
def test_serve_refuses_a_public_address_that_is_none(
    contrats: Contrats, releases: Path, url: str
) -> None:
    done = contrats("serve", "--releases", releases, "--port", "0", "--public-url", url)

    assert done.returncode == 1
    assert "--public-url" in done.stderr


def test_query_reads_a_saved_query_by_name(contrats: Contrats, releases: Path) -> None:
    done = contrats("query", "signatories", "--releases", releases, "--format", "csv")

    assert done.returncode == 0
    assert done.stdout.count("contract/valence-2019") == 10


def test_query_reads_a_file_and_standard_input(
    contrats: Contrats, releases: Path, tmp_path: Path
) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/contrats-sante/def#Principle> }"
    (tmp_path / "q.rq").write_text(text)

    from_file = contrats("query", tmp_path / "q.rq", "--releases", releases, "--format", "tsv")
    typed = contrats("query", "--releases", releases, "--format", "tsv", typed=text)

    assert from_file.stdout == typed.stdout == "?n\n4\n"


def test_query_asks_a_remote_endpoint(contrats: Contrats, address: str, releases: Path) -> None:
    here = contrats("query", "priorities", "--releases", releases, "--format", "csv")
    there = contrats("query", "priorities", "--endpoint", f"{address}/sparql", "--format", "csv")

    assert there.returncode == 0
    assert there.stdout == here.stdout


def test_query_writes_a_graph(contrats: Contrats, releases: Path) -> None:
    text = "CONSTRUCT WHERE { ?s a <https://w3id.org/contrats-sante/def#Principle> }"

    done = contrats("query", "--releases", releases, "--format", "nt", typed=text)

    assert len(done.stdout.splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["-"], "SELECT * {", "ligne 1"),
        (["-"], "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        (["-"], "CLEAR ALL", "lecture seule"),
        (["no-such-query"], "", "signatories"),
        (["-", "--format", "ttl"], "ASK {}", "json"),
        (["-", "--endpoint", "http://127.0.0.1:1/sparql"], "ASK {}", "127.0.0.1:1"),
        (["-", "--endpoint", ""], "ASK {}", "--endpoint"),
        (["-", "--endpoint", "file:///etc/passwd"], "ASK {}", "--endpoint"),
        (["-"], "", "Aucune requête ; donnez un fichier ou un nom"),
        (["-"], "\ufeff \n", "Aucune requête"),
        (["signatories.rq"], "", "Vouliez-vous dire « signatories » ?"),
        (["signatoires"], "", "Vouliez-vous dire « signatories » ?"),
        (["SELECT * { ?s ?p ?o }" + " " * 5000], "", "entrée standard"),
        (["x" * 5000], "", "ni un fichier"),
    ],
)
def test_query_tells_what_is_wrong_in_two_lines(
    contrats: Contrats, releases: Path, arguments: list[str], typed: str, said: str
) -> None:
    done = contrats("query", *arguments, "--releases", releases, typed=typed)

    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_query_refuses_standard_input_that_is_not_utf_8(releases: Path) -> None:
    command = [sys.executable, "-m", "contrats", "query", "--releases", str(releases)]

    done = subprocess.run(command, check=False, capture_output=True, input=b"ASK {}\n# \xe9")

    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b"")
    assert "Entrée standard, ligne 2" in said
    assert len(said.splitlines()) == 2


def test_query_leaves_out_a_byte_order_mark(
    contrats: Contrats, releases: Path, tmp_path: Path
) -> None:
    text = "\ufeffASK { ?s ?p ?o }"
    (tmp_path / "q.rq").write_text(text, "utf-8")

    from_file = contrats("query", tmp_path / "q.rq", "--releases", releases, "--format", "csv")
    typed = contrats("query", "--releases", releases, "--format", "csv", typed=text)

    assert from_file.stdout == typed.stdout == "true\n"


def test_query_ends_its_answer_with_a_new_line(contrats: Contrats, releases: Path) -> None:
    some = contrats("query", "--releases", releases, typed="ASK {}")
    none = contrats(
        "query", "--releases", releases, "--format", "nt", typed="CONSTRUCT { ?s a ?s } {?s a 1}"
    )

    assert some.stdout.endswith("}\n")
    assert (none.returncode, none.stdout) == (0, "")


def test_silent_clients_do_not_shut_the_others_out(address: str) -> None:
    parts = urlsplit(address)
    with ExitStack() as silent:
        for _ in range(150):
            silent.enter_context(
                socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5)
            )

        with urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310 -- loopback
            status = answer.status

    assert status == 200


def test_a_body_over_the_limit_is_told_so_in_both_languages_on_the_wire(address: str) -> None:
    query = Request(  # noqa: S310 -- loopback
        f"{address}/sparql",
        data=b"#" * 100_000,
        headers={"Content-Type": "application/sparql-query"},
    )

    with pytest.raises(HTTPError) as refused:
        urlopen(query, timeout=5)  # noqa: S310 -- loopback

    with refused.value as answer:
        assert answer.code == 413
        assert "Raccourcissez" in answer.read().decode()
