"""What is kept stays within its bytes, and what was used last stays longest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contrats.engine.cache import Cache


def test_the_least_used_goes_first() -> None:
    cache: Cache[str] = Cache(80)
    for name in "abcdefgh":
        cache.keep(name, name, 10)
    cache.find("a")

    cache.keep("i", "i", 10)

    assert (cache.find("a"), cache.find("b"), cache.find("i")) == ("a", None, "i")


def test_a_large_part_of_all_is_not_kept() -> None:
    cache: Cache[str] = Cache(80)

    cache.keep("a", "a", 11)

    assert cache.find("a") is None


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 30)), max_size=60))
def test_the_bytes_are_those_of_what_is_kept_and_never_too_many(
    kept: list[tuple[str, int]],
) -> None:
    cache: Cache[str] = Cache(100)
    for name, size in kept:
        cache.keep(name, name, size)

    assert cache.size == sum(size for _, size in cache.kept.values()) <= 100
