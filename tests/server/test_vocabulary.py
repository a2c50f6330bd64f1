"""A compact name and its IRI say the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contrats.vocabulary import PREFIXES, compact


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True))
def test_a_compact_name_expands_to_the_iri_it_came_from(prefix: str, name: str) -> None:
    iri = PREFIXES[prefix] + name

    found, _, local = compact(iri).partition(":")

    assert PREFIXES[found] + local == iri


def test_no_two_prefixes_have_one_namespace() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
