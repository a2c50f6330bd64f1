"""What one client may ask for in a minute, told by the time that is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.engine.budget import Budgets, client_key
from contrats.errors import BudgetError
from contrats.limits import Limits

LIMITS = Limits(client_requests=10, client_seconds=6)


def test_a_client_has_its_requests_and_no_more() -> None:
    budgets = Budgets(LIMITS)
    for _ in range(10):
        budgets.spend_request("127.0.0.2", 100.0)

    with pytest.raises(BudgetError, match="10 requêtes") as refused:
        budgets.spend_request("127.0.0.2", 100.0)

    assert 1 <= refused.value.wait <= 7
    budgets.spend_request("127.0.0.3", 100.0)


def test_after_the_time_told_a_client_may_ask_again() -> None:
    budgets = Budgets(LIMITS)
    budgets.spend_request("127.0.0.2", 0.0)
    budgets.spend_seconds("127.0.0.2", 20, 0.0)

    with pytest.raises(BudgetError, match="6 s de moteur") as refused:
        budgets.spend_request("127.0.0.2", 1.0)

    budgets.spend_request("127.0.0.2", 1.0 + refused.value.wait)


def test_what_is_given_back_was_never_spent() -> None:
    budgets = Budgets(LIMITS)
    for _ in range(50):
        budgets.spend_request("127.0.0.2", 0.0)
        budgets.give_back("127.0.0.2")

    assert budgets.accounts["127.0.0.2"].requests == 10


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60))
def test_in_no_minute_does_a_client_get_more_than_twice_its_share(pauses: list[float]) -> None:
    budgets, now, granted = Budgets(LIMITS), 0.0, []
    for pause in pauses:
        now += pause
        try:
            budgets.spend_request("a", now)
        except BudgetError:
            continue
        granted.append(now)

    for start in granted:
        assert sum(start <= each < start + 60 for each in granted) <= 20


@pytest.mark.parametrize(
    ("client", "key"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("no address", "no address"),
    ],
)
def test_a_client_is_told_by_what_it_cannot_choose(client: str, key: str) -> None:
    assert client_key(client) == key


def test_clients_without_end_take_no_memory_without_end() -> None:
    budgets = Budgets(LIMITS)
    for number in range(20_000):
        budgets.spend_request(str(number), 0.0)

    assert len(budgets.accounts) == 10_000
