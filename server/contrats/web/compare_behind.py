"""The queries behind a comparison: saved questions, asked of its contracts and of nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

import pyoxigraph as ox

from contrats.engine.normal import normalise
from contrats.values import bind_rows_in_text
from contrats.web import address
from contrats.web.behind import Behind, saved
from contrats.web.selection import facets
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contrats.web.compare_choice import Choice

Term = ox.NamedNode | ox.Literal
_PREFIX: Final = re.compile(r"^PREFIX .*$", re.MULTILINE)
_START: Final = "WHERE {\n"


@dataclass(frozen=True, slots=True)
class Backing:
    """Writes the query of a number or a block: of which contracts, and of all when it is a set."""

    choice: Choice
    contracts: tuple[str, ...]
    texts: dict[str, str] = field(default_factory=dict, repr=False)
    """The questions asked of the set so far, each read once."""

    def of(self, name: str, only: Mapping[str, Sequence[Term]] | None = None) -> Behind:
        """Return what stands behind the saved question `name`, asked of the contracts.

        `only` gives variables of the answer the values that count; they must be bound in each row,
        for a variable that is not bound agrees with any value.
        """
        few = self.choice.few
        if not few and not only and not self.choice.facets:
            return saved(name)
        text = _body(name) if few else self._of_set(name)
        bound: dict[str, Sequence[Term]] = {}
        if few:
            bound["contract"] = [ox.NamedNode(each) for each in self.contracts]
        bound |= only or {}
        return asked(text, tuple(bound), product(*bound.values()))

    def _of_set(self, name: str) -> str:
        if name not in self.texts:
            body, chosen = _body(name), self.choice.facets
            self.texts[name] = asked_within(body, facets().text(chosen)) if chosen else body
        return self.texts[name]

    def pair(self, name: str, earlier: str, later: str, change: str) -> Behind:
        """Return what stands behind the rows of a question on two generations with a `change`."""
        row = (ox.NamedNode(later), ox.NamedNode(earlier), ox.Literal(change, language="fr"))
        return asked(_body(name), ("contract", "previous", "change"), [row])

    def two(self, contract: str, other: str, *, both: bool) -> Behind:
        """Return what stands behind the themes of `contract` that `other` has too, or has not."""
        row = (ox.NamedNode(contract), ox.NamedNode(other), ox.Literal(both))
        text = this_site().queries.texts["themes-of-two"]
        return asked(text[text.index("PREFIX") :], ("contract", "other", "both"), [row])


def asked_within(text: str, chosen: str) -> str:
    """Return the query `text` asked of the contracts alone that the query `chosen` answers.

    A query within a query keeps its other variables to itself
    (https://www.w3.org/TR/sparql11-query/#subqueries).
    """
    prefixes = sorted({*_PREFIX.findall(text), *_PREFIX.findall(chosen)})
    before, start, after = _PREFIX.sub("", text).lstrip().partition(_START)
    inner = _PREFIX.sub("", chosen).strip()
    return "\n".join([*prefixes, "", f"{before}{start}{{ {inner} }}\n{after}"])


def asked(text: str, names: Sequence[str], rows: Iterable[Sequence[Term]]) -> Behind:
    """Return what stands behind `text` asked of the `rows` of values of the variables `names`."""
    values = bind_rows_in_text("", names, rows) if names else ""
    query = f"query={_encoded(text)}+{quote_plus(values.strip())}"
    return Behind(
        f"{address.local('/sparql')}?{query}", f"{address.data('/sparql')}?{query}&as=csv"
    )


@lru_cache(maxsize=64)  # one question stands behind many numbers of a page
def _encoded(text: str) -> str:
    return quote_plus(normalise(text))


def _body(name: str) -> str:
    return this_site().question(name).body
