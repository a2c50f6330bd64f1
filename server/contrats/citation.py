"""How to cite an answer: the question, the release that answered, the address that asks again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
"""BibTeX's own names, which are written without braces."""
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""What TeX would obey in a text."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An answer of a release: what was asked, of what, by whom it is published, where it is.

    `issued` is an xsd:date, `address` asks the same of the same release, `digest` is the SHA-256
    of what `digested` names: of the query, or of the graph of a thing that is cited itself.
    """

    name: str
    question: str
    dataset: str
    publisher: str
    release: str
    issued: str
    address: str
    digest: str
    digested: str = "requête"


def release_address(base: str, release: str, fields: Sequence[tuple[str, str]]) -> str:
    """Return the address that asks `fields` of `release`, on the site that begins with `base`."""
    return f"{base}release/{quote(release, safe='')}/sparql?{urlencode(fields)}"


def write_bibtex(cited: Citation) -> str:
    """Return `cited` as a BibTeX entry: its kind is @misc, which every style knows.

    The publisher stands as author in braces of its own, or it would be cut into names of persons.
    The address is percent-encoded already, and never escaped: it is read verbatim.
    """
    year, month, _ = _date(cited.issued)
    fields = [
        ("author", f"{{{{{_tex(cited.publisher)}}}}}"),
        ("title", f"{{{{{_tex(cited.question)}}}}}"),
        ("howpublished", f"{{{_tex(cited.dataset)}}}"),
        ("version", f"{{{_tex(cited.release)}}}"),
        ("year", f"{{{year}}}"),
        *([("month", _MONTHS[int(month) - 1])] if month else []),
        ("url", f"{{{cited.address}}}"),
        ("note", f"{{{_tex(_note(cited))}}}"),
    ]
    lines = ",\n".join(f"  {name:<12} = {value}" for name, value in fields)
    return f"@misc{{{_key(cited)},\n{lines}\n}}\n"


def write_ris(cited: Citation) -> str:
    """Return `cited` as a record of RIS: two letters, two blanks, a hyphen, a blank; one line each.

    https://refman.zendesk.com/hc/en-us/articles/1500008466821. DATA is a data set; lines end as in
    the specification, and a value that ended one would begin another.
    """
    year, month, day = _date(cited.issued)
    fields = [
        ("TY", "DATA"),
        ("ID", _key(cited)),
        ("TI", cited.question),
        ("T2", cited.dataset),
        ("AU", f"{cited.publisher},"),
        ("PB", cited.publisher),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/"),
        ("ET", cited.release),
        ("UR", cited.address),
        ("N1", _note(cited)),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_one_line([value])}\r\n" for tag, value in fields)


def _note(cited: Citation) -> str:
    return f"{cited.dataset}, publication {cited.release} ; {cited.digested} SHA-256 {cited.digest}"


def _key(cited: Citation) -> str:
    """Return a key that BibTeX reads: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", f"{cited.name}-{cited.release}").strip("-")


def _date(issued: str) -> tuple[str, str, str]:
    """Return year, month and day of an xsd:date, xsd:gYearMonth or xsd:gYear, or empty texts."""
    found = _DATE.fullmatch(issued)
    return (found[1], found[2] or "", found[3] or "") if found else ("", "", "")


def _tex(text: str) -> str:
    """Return `text` as TeX prints it, on one line; letters with accents stay as they are."""
    return "".join(_SPECIAL.get(each, each) for each in _one_line([text]))


def _one_line(texts: Iterable[str]) -> str:
    return " ".join(word for text in texts for word in text.split())
