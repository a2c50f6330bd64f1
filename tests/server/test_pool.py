"""Work in processes: each piece is told as it ends, and a process that dies is named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contrats.errors import SourceError, WorkerError
from contrats.pool import gather, open_pool


def silent(done: int, total: int) -> None:
    assert 0 < done <= total


def test_all_that_was_asked_is_gathered_by_name() -> None:
    told: list[tuple[int, int]] = []
    with open_pool(alone=False) as pool:
        futures = {pool.submit(abs, -n): f"file {n}" for n in range(5)}

        found = dict(gather(futures, lambda done, total: told.append((done, total))))

    assert found == {f"file {n}": n for n in range(5)}
    assert told == [(n, 5) for n in range(1, 6)]


def test_a_process_that_is_killed_is_one_clear_message() -> None:
    with open_pool(alone=False) as pool:
        futures = {pool.submit(os._exit, 9): "data/b.ttl"}

        with pytest.raises(WorkerError, match=r"data/b\.ttl") as caught:
            list(gather(futures, silent))

    assert "relancez" in caught.value.fr
    assert "run again" in caught.value.en


def test_what_is_wrong_with_a_shape_is_told_as_it_is() -> None:
    with open_pool(alone=True) as pool, pytest.raises(SourceError):
        pool.submit(fail)


def fail() -> None:
    raise SourceError("fr", "en")


LONG_WORK = """
import time
from contrats.pool import open_pool
with open_pool(alone=False) as pool:
    begun = [pool.submit(time.sleep, 60) for _ in range(2)]
    print("begun", flush=True)
    begun[0].result()
"""


def test_its_processes_end_with_the_one_that_asked_were_it_killed() -> None:
    command = [sys.executable, "-c", LONG_WORK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == "begun\n"
        workers = children(asking.pid)

        asking.send_signal(signal.SIGKILL)

    assert workers
    assert ends(workers)


def children(process: int) -> list[int]:
    """Return the processes that `process` started."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(each) for task in tasks for each in task.read_text().split()]


def ends(processes: list[int], seconds: float = 10) -> bool:
    """Tell whether all of `processes` end within some time."""
    until = time.monotonic() + seconds
    while any(Path(f"/proc/{each}").is_dir() for each in processes):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
