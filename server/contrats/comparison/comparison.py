"""Contracts -> Comparison: everything that a page, a table or a file shows of them side by side."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrats.comparison.acts import read_acts
from contrats.comparison.generations import read_generation
from contrats.comparison.plans import read_coverage
from contrats.comparison.signatures import read_signatures
from contrats.comparison.subjects import read_subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contrats.comparison.acts import Act
    from contrats.comparison.generations import Generation
    from contrats.comparison.plans import Coverage
    from contrats.comparison.questions import Questions
    from contrats.comparison.signatures import Signatures
    from contrats.comparison.subjects import Subjects


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several contracts side by side; the cells of each matrix are in the order of `acts`."""

    acts: tuple[Act, ...]
    chain: bool
    """Whether each follows the one before it: generations of one contract."""
    signatures: Signatures
    subjects: Subjects
    coverage: Coverage
    generations: tuple[Generation, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the short names of the contracts."""
        return tuple(act.name for act in self.acts)


def compare(questions: Questions, contracts: Sequence[str]) -> Comparison:
    """Return `contracts` side by side: as they are given, but generations from first to last."""
    acts = _in_line(read_acts(questions, contracts))
    ordered = [act.iri for act in acts]
    chain = len(acts) > 1 and all(b.previous == a.iri for a, b in itertools.pairwise(acts))
    signatures = read_signatures(questions, ordered, chain=chain)
    return Comparison(
        acts,
        chain,
        signatures,
        read_subjects(questions, ordered),
        read_coverage(questions, ordered),
        tuple(_generations(questions, acts, signatures.bodies.whole)) if chain else (),
    )


def _generations(
    questions: Questions, acts: Sequence[Act], whole: Sequence[bool]
) -> Iterable[Generation]:
    for (earlier, later), known in zip(
        itertools.pairwise(acts), itertools.pairwise(whole), strict=True
    ):
        found = read_generation(questions, earlier, later, known)
        if found:
            yield found


def _in_line(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Return generations of one contract from the first to the last, other acts as they are."""
    after = {act.previous: act for act in acts if act.previous}
    given = {act.iri for act in acts}
    heads = [act for act in acts if act.previous not in given]
    if len(heads) != 1:
        return acts
    line = heads
    while line[-1].iri in after and len(line) < len(acts):
        line.append(after[line[-1].iri])
    return tuple(line) if len(line) == len(acts) else acts
