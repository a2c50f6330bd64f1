"""Every limit is told, may be set, and is set to nothing that makes no sense."""

from __future__ import annotations

import pytest

from contrats.limits import Limits, LimitValueError, set_limits, told_limits


def test_each_limit_is_told_in_both_languages_with_its_unit() -> None:
    told = told_limits(Limits())

    assert len(told) > 20
    assert all(each.fr and each.en and each.unit and each.value > 0 for each in told)
    assert len({each.fr for each in told}) == len(told)


def test_a_limit_is_set_by_its_name() -> None:
    limits = set_limits(["deadline=2.5", "query_bytes=100"])

    assert (limits.deadline, limits.query_bytes) == (2.5, 100)


@pytest.mark.parametrize(
    "said", ["nothing=1", "deadline", "deadline=", "deadline=-1", "query_bytes=1.5", "slow=nan"]
)
def test_a_limit_that_makes_no_sense_is_refused_by_name(said: str) -> None:
    with pytest.raises(LimitValueError, match=said.partition("=")[0]) as refused:
        set_limits([said])

    assert said.partition("=")[0] in refused.value.en
