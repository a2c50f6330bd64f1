"""The model on one page: what is drawn of the ontology, where it stands, under which names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contrats.vocabulary import expand
from contrats.web.description import Description
from contrats.web.parts import link_to
from contrats.web.site import this_site
from contrats.web.tongue import _, mark
from contrats.web.words import capital

if TYPE_CHECKING:
    from contrats.web.parts import Link

_WIDTH: Final = 204
_HEIGHT: Final = 64
_ACROSS: Final = 312
"""From the left of a box to that of the next: the gap between them holds the name of an arrow."""
_DOWN: Final = 140


@dataclass(frozen=True, slots=True)
class Drawn:
    """A class, in its place on the grid; `said` is what the boxes of one class are told apart by.

    What is `editorial` looks as such.
    """

    name: str
    column: int
    row: int
    said: str = ""
    editorial: bool = False


BOXES: Final = {
    "evaluation": Drawn("cls:Evaluation", 0, 0),
    "project": Drawn("cls:RegionalHealthProject", 1, 0),
    "document": Drawn("cls:PlanDocument", 2, 0),
    "item": Drawn("cls:PlanItem", 3, 0),
    "action": Drawn("cls:Action", 0, 1),
    "contract": Drawn("cls:LocalHealthContract", 1, 1),
    "priority": Drawn("cls:Priority", 2, 1),
    "alignment": Drawn("cls:Alignment", 3, 1, editorial=True),
    "territory": Drawn("igeo:Commune", 0, 2, mark("territoire")),
    "participation": Drawn("cv:Participation", 1, 2),
    "theme": Drawn("skos:Concept", 2, 2, mark("thème"), editorial=True),
    "population": Drawn("skos:Concept", 3, 2, mark("population"), editorial=True),
    "actor": Drawn("org:FormalOrganization", 1, 3),
    "extract": Drawn("oa:SpecificResource", 2, 3),
    "source": Drawn("cls:SourceDocument", 3, 3),
}
ARROWS: Final = (
    ("contract", "cls:implementsPlan", "project"),
    ("document", "dcterms:isPartOf", "project"),
    ("item", "dcterms:isPartOf", "document"),
    ("contract", "cls:hasPriority", "priority"),
    ("alignment", "owl:annotatedSource", "priority"),
    ("alignment", "owl:annotatedTarget", "item"),
    ("priority", "cls:hasTheme", "theme"),
    ("priority", "cls:targetsPopulation", "population"),
    ("contract", "cls:hasEvaluation", "evaluation"),
    ("contract", "cls:hasAction", "action"),
    ("contract", "dcterms:spatial", "territory"),
    ("contract", "cv:hasParticipation", "participation"),
    ("participation", "cv:hasParticipant", "actor"),
    ("participation", "prov:hadPrimarySource", "extract"),
    ("extract", "oa:hasSource", "source"),
)
_EDITORIAL: Final = frozenset({"cls:hasTheme", "cls:targetsPopulation"})


_LONGEST: Final = 16
"""Letters of the name of an arrow on one line."""


@dataclass(frozen=True, slots=True)
class Box:
    """A class as it is drawn, around the point `x`, `y`."""

    link: Link
    title: str
    code: str
    x: int
    y: int
    editorial: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A property as it is drawn, from the edge of a box to that of another."""

    link: Link
    code: str
    start: Box
    end: Box
    line: tuple[float, ...]
    lines: tuple[str, ...]
    x: float
    y: float
    editorial: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole, in the units of the drawing."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int = 3 * _ACROSS + _WIDTH + 4
    height: int = 3 * _DOWN + _HEIGHT + 4
    box_width: int = _WIDTH
    box_height: int = _HEIGHT


def draw_model() -> Drawing:
    """Return the drawing, its names those of the ontology in the language of the page."""
    d = Description("", this_site().statements)
    boxes = {key: _box(d, drawn) for key, drawn in BOXES.items()}
    arrows = (_arrow(d, boxes[start], name, boxes[end]) for start, name, end in ARROWS)
    return Drawing(tuple(boxes.values()), tuple(arrows))


def _box(d: Description, drawn: Drawn) -> Box:
    link = link_to(d, expand(drawn.name))
    return Box(
        link,
        capital(_(drawn.said) if drawn.said else link.text),
        drawn.name,
        drawn.column * _ACROSS + _WIDTH // 2 + 2,
        drawn.row * _DOWN + _HEIGHT // 2 + 2,
        drawn.editorial,
    )


def _arrow(d: Description, start: Box, name: str, end: Box) -> Arrow:
    link = link_to(d, expand(name))
    (x1, y1), (x2, y2) = _edge(start, end), _edge(end, start)
    return Arrow(
        link, name, start, end, (x1, y1, x2, y2), _lines(link.text),
        round((x1 + x2) / 2, 1), round((y1 + y2) / 2, 1), start.editorial or name in _EDITORIAL,
    )  # fmt: skip


def _edge(box: Box, other: Box) -> tuple[float, float]:
    """Return where the line from the middle of `box` to that of `other` leaves `box`."""
    across, down = other.x - box.x, other.y - box.y
    part = min(
        _WIDTH / 2 / abs(across) if across else 1.0, _HEIGHT / 2 / abs(down) if down else 1.0
    )
    return round(box.x + across * part, 1), round(box.y + down * part, 1)


def _lines(text: str) -> tuple[str, ...]:
    """Return `text` on one line, or on two when it is too long for the gap between boxes."""
    if len(text) <= _LONGEST or " " not in text:
        return (text,)
    blanks = [i for i, letter in enumerate(text) if letter == " "]
    cut = min(blanks, key=lambda i: abs(i - len(text) / 2))
    return text[:cut], text[cut + 1 :]
