"""What tells two sorted files of N-Quads apart, line by line, in one reading of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GONE: Final = b"D"
NEW: Final = b"A"
"""The letters of https://afs.github.io/rdf-patch/ for a statement taken away, and one added."""


def differences(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield each line that only `old` or only `new` has, with its letter; both are sorted.

    Of either no more than one line is held at a time.
    """
    before, after = iter(old), iter(new)
    left, right = next(before, b""), next(after, b"")
    while left or right:
        if left == right:
            left, right = next(before, b""), next(after, b"")
        elif not right or (left and left < right):
            yield GONE, left
            left = next(before, b"")
        else:
            yield NEW, right
            right = next(after, b"")


def refuse_blank(changes: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """Yield `changes`; raise `ReleaseError` at a blank node, which no other program could find."""
    for letter, line in changes:
        subject, _, rest = line.partition(b" ")
        value = rest.partition(b" ")[2]
        if subject.startswith(b"_:") or value.startswith(b"_:"):
            shown = line[:120].decode("utf-8", "replace").strip()
            raise ReleaseError(
                f"contrats.nq : un nœud anonyme ({shown}) : aucune différence ne peut le nommer. "
                "Donnez-lui une IRI dans data/.",
                f"contrats.nq: a blank node ({shown}): no difference can name it. Give it an IRI "
                "in data/.",
            )
        yield letter, line
