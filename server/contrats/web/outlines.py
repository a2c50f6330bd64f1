"""The outlines of the départements and régions, drawn from the package that the build brings.

`server/bundles.toml` pins it. Its lines are thinned once, and the same on both sides of a border.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

BUNDLE: Final = "vendor/departments/index.js"
"""What `server/bundles.py` brings into the static files: one object, exported."""
_EXPORT: Final = "export default"
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_THIN: Final = 1.5
"""A point that adds less than this area, in square units of the drawing, is left out."""
_SLIVER: Final = 8
"""A ring of several that is smaller is not drawn."""
_RELATIVE: Final = re.compile(r"(?:m[\d\s.,-]+z\s*)+")
"""The paths that we read: only relative steps, each ring closed."""

Point = tuple[int, int]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """The rings of each département by its code in lower case, on a sheet of this size."""

    width: int
    height: int
    rings: Mapping[str, tuple[Ring, ...]] = field(repr=False)

    def path(self, codes: Iterable[str]) -> str:
        """Return the path of the land of the départements `codes`, their common borders left out.

        Empty when none of them is drawn, as those overseas.
        """
        rings = [ring for code in codes for ring in self.rings.get(code, ())]
        edges = Counter(edge for ring in rings for edge in _edges(ring))
        steps: dict[Point, list[Point]] = defaultdict(list)
        for (start, end), times in edges.items():
            if times and not edges.get((end, start)):
                steps[start].append(end)
        borders = list(_walk(steps))
        if len(rings) > 1:  # where two drawings of one border differ, a sliver is left
            borders = [ring for ring in borders if abs(_area(ring)) >= _SLIVER] or borders
        return "".join(map(_written, borders))

    def middle(self, codes: Iterable[str]) -> Point | None:
        """Return the middle of the largest ring of `codes`, where a number may be written."""
        rings = [ring for code in codes for ring in self.rings.get(code, ())]
        if not rings:
            return None
        parts = [(abs(_area(ring)), ring) for ring in rings]
        whole = sum(size for size, _ in parts)
        x = sum(size * sum(p[0] for p in ring) / len(ring) for size, ring in parts) / whole
        y = sum(size * sum(p[1] for p in ring) / len(ring) for size, ring in parts) / whole
        return round(x), round(y)


def read_outlines(path: Path) -> Outlines | None:
    """Return the outlines of the file `path`, None when the build did not bring it."""
    if not path.is_file():
        return None
    drawn = json.loads(path.read_text(encoding="utf-8").partition(_EXPORT)[2].strip().rstrip(";"))
    width, height = (round(float(size)) for size in drawn["viewBox"].split()[2:])
    rings = {each["id"].lower(): tuple(_read(each["path"])) for each in drawn["locations"]}
    kept = _thinned(ring for found in rings.values() for ring in found)
    return Outlines(
        width,
        height,
        {
            code: tuple(
                thin
                for ring in found
                if len(thin := tuple(p for p in ring if p in kept)) > 2  # noqa: PLR2004 -- a surface
            )
            for code, found in rings.items()
        },
    )


def _read(path: str) -> Iterator[Ring]:
    """Yield the rings of `path`, all turning the same way, on whole units."""
    if not _RELATIVE.fullmatch(path):
        raise ValueError(f"unexpected path: {path[:40]}")
    x = y = 0.0
    for part in path.split("z")[:-1]:
        numbers = [float(each) for each in _NUMBER.findall(part)]
        points: list[tuple[float, float]] = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        x, y = points[0]
        snapped = [(round(a), round(b)) for a, b in points]
        ring = tuple(dict.fromkeys(snapped))
        if len(ring) > 2:  # noqa: PLR2004 -- a surface
            yield ring if _area(ring) > 0 else ring[::-1]


def _thinned(rings: Iterable[Ring]) -> set[Point]:
    """Return the points that are kept: first those where borders meet, then those that matter."""
    beside: defaultdict[Point, set[Point]] = defaultdict(set)
    for start, end in (edge for ring in rings for edge in _edges(ring)):
        beside[start].add(end)
        beside[end].add(start)

    def adds(point: Point) -> float | None:
        """Return the area that `point` adds between its neighbours, None where borders meet."""
        around = beside[point]
        return abs(_area((point, *around))) if len(around) == 2 else None  # noqa: PLR2004

    waiting = [(area, point) for point in beside if (area := adds(point)) is not None]
    heapify(waiting)
    kept = set(beside)
    while waiting:
        area, point = heappop(waiting)
        if area >= _THIN:
            break
        if point not in kept or adds(point) != area:
            continue
        one, other = beside.pop(point)
        if other in beside[one]:  # a ring would close upon two points
            beside[point] = {one, other}
            continue
        kept.discard(point)
        for near, far in ((one, other), (other, one)):
            beside[near] = (beside[near] - {point}) | {far}
            again = adds(near)
            if again is not None:
                heappush(waiting, (again, near))
    return kept


def _edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    yield from pairwise((*ring, ring[0]))


def _area(ring: Ring) -> float:
    """Return the area within `ring`, negative when it turns the other way."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in _edges(ring)) / 2


def _walk(steps: dict[Point, list[Point]]) -> Iterator[Ring]:
    """Yield the rings that the borders `steps` make, each border taken once."""
    while steps:
        start = next(iter(steps))
        ring = [start]
        while ring[-1] in steps:
            ways = steps[ring[-1]]
            ring.append(ways.pop())
            if not ways:
                del steps[ring[-2]]
            if ring[-1] == start:
                break
        yield tuple(ring[:-1] if ring[-1] == start else ring)


def _written(ring: Ring) -> str:
    """Return `ring` as a path of relative steps."""
    (x, y), *_ = ring
    steps = "".join(f"{_signed(b[0] - a[0])}{_signed(b[1] - a[1])}" for a, b in pairwise(ring))
    return f"M{x} {y}l{steps.strip()}z"


def _signed(step: int) -> str:
    """Return a step, a negative one needing no space before it."""
    return f"{step}" if step < 0 else f" {step}"
