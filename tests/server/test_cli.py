"""The command answers on stdout, remarks on stderr, and ends with the status that scripts read."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def contrats(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "contrats", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")


def break_data(root: Path, old: str, new: str) -> None:
    path = root / "data" / "contracts" / "here-2019.ttl"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_check_of_valid_data_ends_well(small: Path) -> None:
    done = contrats("check", "--rooms", small)

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith("Les données sont valides.\nThe data is valid.\n")


def test_check_of_invalid_data_tells_findings_on_stdout_and_the_count_on_stderr(
    small: Path,
) -> None:
    break_data(small, "cls:succeeds contract:here-2012", "cls:succeeds contract:nowhere")

    done = contrats("check", "--rooms", small)

    assert done.returncode == 1
    assert done.stdout.startswith("data/contracts/here-2019.ttl:8 contract:here-2019\n")
    assert "1 erreur dans les données ; rien n’est publié. Corrigez-la," in done.stderr
    assert "1 violation in the data; nothing is published. Mend it," in done.stderr


def test_check_counts_the_errors_that_it_tells_in_the_plural(small: Path) -> None:
    break_data(small, "cls:succeeds contract:here-2012", "cls:succeeds contract:nowhere")
    break_data(small, "dcterms:title", "dcterms:titel")

    done = contrats("check", "--rooms", small)

    told = done.stdout.count("  Erreur : ")
    assert told > 1
    assert f"{told} erreurs dans les données ; rien n’est publié. Corrigez-les," in done.stderr
    assert f"{told} violations in the data; nothing is published. Mend them," in done.stderr


def test_check_tells_the_errors_last(small: Path) -> None:
    break_data(small, "    cls:generation 2 ;\n", "")
    break_data(small, "cls:succeeds contract:here-2012", "cls:succeeds contract:nowhere")

    told = contrats("check", "--rooms", small).stdout

    assert 0 < told.index("À revoir") < told.index("Erreur")


def make_info(small: Path) -> None:
    path = small / "shapes" / "contract.ttl"
    text = path.read_text("utf-8")
    assert "sh:severity sh:Warning" in text
    path.write_text(text.replace("sh:severity sh:Warning", "sh:severity sh:Info"), "utf-8")
    break_data(small, "    cls:generation 2 ;\n", "")


def test_check_only_counts_what_is_for_information(small: Path) -> None:
    make_info(small)

    done = contrats("check", "--rooms", small)

    assert (done.returncode, done.stdout) == (0, "")
    assert "1 constat pour information : « contrats check --infos ».\n" in done.stderr
    assert "1 finding for information: `contrats check --infos`.\n" in done.stderr


def test_check_shows_what_is_for_information_when_asked(small: Path) -> None:
    make_info(small)

    done = contrats("check", "--rooms", small, "--infos")

    assert done.returncode == 0
    assert "Pour information" in done.stdout
    assert "--infos" not in done.stderr


def test_check_shows_warnings_and_ends_well(small: Path) -> None:
    break_data(small, "    cls:generation 2 ;\n", "")

    done = contrats("check", "--rooms", small)

    assert done.returncode == 0
    assert "À revoir" in done.stdout


def test_a_broken_file_is_two_lines_and_no_traceback(small: Path) -> None:
    break_data(small, "cls:generation 2 ;", "cls:generation ; ;")

    done = contrats("check", "--rooms", small)

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 2
    assert done.stderr.startswith("data/contracts/here-2019.ttl:7:")


def test_build_prints_the_folder_of_the_release(small: Path, tmp_path: Path) -> None:
    done = contrats("build", "--rooms", small, "--releases", tmp_path / "releases")

    assert done.returncode == 0
    assert (tmp_path / "releases" / "current").resolve().samefile(done.stdout.strip())
    assert "publié / published: 2026-01-02-" in done.stderr


def test_build_ends_by_saying_that_a_server_follows(small: Path, tmp_path: Path) -> None:
    done = contrats("build", "--rooms", small, "--releases", tmp_path / "releases")

    french, english = done.stderr.splitlines()[-2:]
    assert french.startswith("Un serveur déjà lancé sur ce dossier la sert")
    assert english.startswith("A server already running on this folder serves it")


def test_a_second_build_says_that_nothing_changed(small: Path, tmp_path: Path) -> None:
    arguments = ("build", "--rooms", small, "--releases", tmp_path / "releases")
    first = contrats(*arguments)

    second = contrats(*arguments)

    assert second.stdout == first.stdout
    assert "à jour / up to date" in second.stderr


def test_build_of_invalid_data_tells_the_findings(small: Path, tmp_path: Path) -> None:
    break_data(small, "dcterms:title", "dcterms:titel")

    done = contrats("build", "--rooms", small, "--releases", tmp_path / "releases")

    assert done.returncode == 1
    assert "Un contrat a un titre." in done.stdout
    assert "rien n’est publié" in done.stderr


def test_a_folder_that_cannot_be_written_is_told(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    done = contrats("build", "--rooms", small, "--releases", tmp_path / "file" / "releases")

    assert done.returncode == 1
    assert "Le système a refusé" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_room_is_told(tmp_path: Path) -> None:
    done = contrats("check", "--rooms", tmp_path)

    assert done.returncode == 1
    assert "il manque ontology/" in done.stderr


def test_a_wrong_call_ends_with_two() -> None:
    assert contrats("check", "--nonsense").returncode == 2
    assert contrats("publish").returncode == 2


def test_help_is_in_french_first() -> None:
    done = contrats("build", "--help")

    assert done.stdout.index("Construire") < done.stdout.index("Build the release")
    assert "default: releases" in done.stdout
