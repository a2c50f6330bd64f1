"""The page of the catalogue: what can be taken away, by data set, and how portals harvest it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.distributions import DISTRIBUTIONS, WHOLE
from contrats.vocabulary import BASE, PREFIXES
from contrats.web import address, views
from contrats.web.description import read_description
from contrats.web.media import CATALOGUES
from contrats.web.parts import Head, Link
from contrats.web.site import this_site
from contrats.web.tongue import _, is_english
from contrats.web.words import decimal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.distributions import Distribution
    from contrats.web.description import Description

_UNITS: Final = ((1_000_000, "Mo", "MB"), (1_000, "ko", "kB"))


@dataclass(frozen=True, slots=True)
class File:
    """A file to take away: its name and address, what it is, how long, and its SHA-256."""

    name: str
    path: str
    title: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Set:
    """A data set with its files."""

    anchor: str
    title: str
    description: str
    link: str | None
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its name, what it does, where it is asked and where it is described."""

    title: str
    description: str
    endpoint: str
    described: str


def show_catalogue(feed: Iterable[ox.Triple]) -> str:
    """Return the page about the catalogue that `feed` holds in the language of the page."""
    quads = [ox.Quad(each.subject, each.predicate, each.object) for each in feed]
    iri = f"{BASE}catalog"
    d = read_description(iri, quads)
    crumbs = (Link(_(views.HOME), address.local("/")),)
    forms = views.forms_of("/catalog", CATALOGUES)
    head = Head(_("Catalogue et fichiers"), _("Catalogue DCAT-AP"), None, iri, forms, crumbs)
    return views.render(
        "catalogue.html",
        "data",
        head=head,
        described=d.text(iri, "dcterms:description"),
        sets=_sets(d),
        services=_services(d),
        feeds=(address.public("/catalog.ttl"), address.public("/en/catalog.ttl")),
        contact=this_site().settings.contact,
    )


def _sets(d: Description) -> tuple[Set, ...]:
    """Return the data sets, the whole first, in the order of the table of files."""
    whole = this_site().release.manifest.dataset
    names = dict.fromkeys(each.dataset for each in DISTRIBUTIONS)
    listed = {name: whole if name == WHOLE else PREFIXES["dataset"] + name for name in names}
    known = {str(each) for each in d.iris(d.iri, "dcat:dataset")}
    return tuple(_set(d, name, iri) for name, iri in listed.items() if iri in known)


def _set(d: Description, name: str, iri: str) -> Set:
    files = tuple(_file(each) for each in DISTRIBUTIONS if each.dataset == name and _entry(each))
    described = d.text(iri, "dcterms:description") or ""
    return Set(name, d.text(iri, "dcterms:title") or name, described, address.path_of(iri), files)


def _entry(file: Distribution) -> tuple[int, str] | None:
    """Return the bytes and the SHA-256 of a file, None when this release has none."""
    found = (
        each for each in this_site().release.manifest.files if each.path == f"dumps/{file.file}"
    )
    return next(((each.bytes, each.sha256) for each in found), None)


def _file(file: Distribution) -> File:
    size, sha256 = _entry(file) or (0, "")
    title = file.title_en if is_english() else file.title_fr
    return File(file.file, address.data(f"/dump/{file.file}"), title, _size(size), sha256)


def _size(count: int) -> str:
    """Return a size as people say it."""
    for unit, french, english in _UNITS:
        if count >= unit:
            shown = count / unit
            rounded = decimal(f"{shown:.1f}") if shown < 10 else str(round(shown))  # noqa: PLR2004 -- one digit is enough
            return f"{rounded} {english if is_english() else french}"
    return f"{count} {'bytes' if is_english() else 'octets'}"


def _services(d: Description) -> tuple[Service, ...]:
    return tuple(
        Service(
            d.text(each, "dcterms:title") or each,
            d.text(each, "dcterms:description") or "",
            d.iri_of(each, "dcat:endpointURL") or "",
            d.iri_of(each, "dcat:endpointDescription") or "",
        )
        for each in d.iris(d.iri, "dcat:service")
    )
