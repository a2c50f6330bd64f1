"""Who goes on: cheap queries before dear ones, and no client before all others."""

from __future__ import annotations

import threading

import pytest

from contrats.engine.queue import Queue, Turn
from contrats.errors import BusyError
from contrats.limits import Limits

LIMITS = Limits(processes=4, slow=1, paused=2, client_queries=2, waiting=1, deadline=0.3)


def enter(queue: Queue, client: str) -> Turn:
    turn = queue.try_enter(client)
    assert turn is not None
    return turn


def test_a_client_has_its_queries_and_another_goes_before_its_next() -> None:
    queue = Queue(LIMITS)
    enter(queue, "a")
    enter(queue, "a")

    assert queue.try_enter("a") is None
    assert queue.try_enter("b") is not None


def test_who_finds_no_process_in_time_is_told_so() -> None:
    queue = Queue(LIMITS)
    for client in "abcd":
        enter(queue, client)

    with pytest.raises(BusyError, match="en cours"):
        queue.enter("e")


def test_who_waits_starts_when_another_ends() -> None:
    queue = Queue(LIMITS)
    turns = [enter(queue, client) for client in "abcd"]
    threading.Timer(0.05, queue.leave, [turns[0]]).start()

    turn = queue.enter("e")

    assert turn in queue.turns


def test_who_waits_presses_the_oldest_to_leave_the_fast_lane() -> None:
    queue = Queue(LIMITS)
    turns = [enter(queue, client) for client in "abcd"]
    turns[0].started -= 1

    with pytest.raises(BusyError):
        queue.enter("e")

    assert turns[0].pressed


def test_the_slow_lane_has_its_places_then_some_wait_and_the_rest_is_refused() -> None:
    queue = Queue(LIMITS)
    turns = [enter(queue, client) for client in "abcd"]

    first, second, third = (queue.enter_slow(turn) for turn in turns[:3])

    assert (first, second, third) == (True, False, False)
    with pytest.raises(BusyError):
        queue.enter_slow(turns[3])


def test_in_the_slow_lane_a_client_with_one_query_there_lets_the_others_go_first() -> None:
    queue = Queue(Limits(processes=4, slow=2, paused=2, client_queries=2))
    again, other, holder = enter(queue, "a"), enter(queue, "b"), enter(queue, "a")
    last = enter(queue, "c")
    assert queue.enter_slow(holder)
    assert queue.enter_slow(last)
    assert not queue.enter_slow(again)
    assert not queue.enter_slow(other)

    queue.leave(last)

    assert not queue.await_slow(again, 0.01)
    assert queue.await_slow(other, 0.01)


def test_when_memory_is_short_the_largest_is_the_one_to_go() -> None:
    queue = Queue(Limits(all_memory=100))
    small, large = enter(queue, "a"), enter(queue, "b")
    small.grown, large.grown = 30, 80

    assert queue.is_largest(large)
    assert not queue.is_largest(small)
