"""The rehearsal of a whole harvest, by both harvesters, and a look at every file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import DCAT, RDF

from contrats.rehearsal.ckan import Ckan, look_at_services
from contrats.rehearsal.fetching import Answer, Bounds, Fetch, UnreachableError
from contrats.rehearsal.remarks import Harvest, Rehearsal, Remark, sort_remarks
from contrats.rehearsal.udata import Udata
from contrats.rehearsal.walking import Walk
from contrats.rehearsal.words import lose, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from rdflib import Graph

UDATA: Final = "udata"
CKAN: Final = "ckanext-dcat"
_OK: Final = 200


def rehearse(url: str, fetch: Fetch, today: date, bounds: Bounds | None = None) -> Rehearsal:
    """Return what both harvesters would do with the catalogue at `url`, asked for by `fetch`.

    `today` is the day of the harvest: a date after it is in the future.
    """
    bounds = bounds or Bounds()
    walk = Walk(fetch, bounds)
    pages, udata = _harvest_by_udata(url, walk, today)
    ckan = _harvest_by_ckan(url, walk)
    addresses = list(dict.fromkeys(_addresses(pages)))
    files = [*_look_at_head(url, fetch), *_look_at_addresses(addresses[: bounds.files], fetch)]
    if len(addresses) > bounds.files:
        files.append(_some_left(len(addresses), bounds.files))
    return Rehearsal(url, (udata, ckan), sort_remarks(files), min(len(addresses), bounds.files))


def _harvest_by_udata(url: str, walk: Walk, today: date) -> tuple[list[Graph], Harvest]:
    """Return the pages, and the harvest: all data sets first, then all services."""
    harvest, udata = Harvest(UDATA), Udata(today)
    pages = []
    for page in walk.pages_of_udata(url, harvest):
        harvest.items += udata.datasets(page)
        pages.append(page)
    if not any(remark.weight.value == "stop" for remark in harvest.remarks):
        for page in pages:
            harvest.items += udata.services(page)
    _note_nothing(harvest)
    return pages, harvest


def _harvest_by_ckan(url: str, walk: Walk) -> Harvest:
    harvest, ckan = Harvest(CKAN), Ckan()
    for page in walk.pages_of_ckan(url, harvest):
        harvest.items += ckan.datasets(page)
        harvest.remarks += look_at_services(page)
    _note_nothing(harvest)
    return harvest


def _note_nothing(harvest: Harvest) -> None:
    """Sort the remarks; say when there is nothing to take."""
    if not harvest.items and not harvest.remarks:
        harvest.remarks.append(note("nothing", "Aucun jeu de données ici.", "No data set here."))
    harvest.remarks[:] = sort_remarks(harvest.remarks)


def _addresses(pages: Iterable[Graph]) -> Iterator[str]:
    """Yield the addresses of all files, in order."""
    for page in pages:
        for file in sorted(page.subjects(RDF.type, DCAT.Distribution), key=str):
            for predicate in (DCAT.downloadURL, DCAT.accessURL):
                yield from sorted(str(each) for each in page.objects(file, predicate))


def _look_at_addresses(addresses: Iterable[str], fetch: Fetch) -> Iterator[Remark]:
    """Yield a remark for each file that HEAD does not find at its very address."""
    for address in addresses:
        found = _status(address, fetch)
        if found != str(_OK):
            yield lose(
                "file-not-found",
                f"HEAD {address} : {found}. Un portail attend 200, sans redirection.",
                f"HEAD {address}: {found}. A portal expects 200, without redirection.",
            )


def _status(address: str, fetch: Fetch) -> str:
    try:
        return str(fetch("HEAD", address).status)
    except UnreachableError as error:
        return error.en.rstrip(".")


def _look_at_head(url: str, fetch: Fetch) -> Iterator[Remark]:
    """Yield what HEAD says of the catalogue that GET does not."""
    try:
        head, whole = fetch("HEAD", url), fetch("GET", url)
    except UnreachableError:
        return
    for name in ("content-type", "content-length", "etag"):
        if _differs(head, whole, name):
            yield lose(
                "head-is-not-get",
                f"{url} : HEAD et GET n’ont pas le même {name}.",
                f"{url}: HEAD and GET do not have the same {name}.",
            )
    if head.status != whole.status:
        yield lose(
            "head-is-not-get",
            f"{url} : HEAD répond {head.status}, GET {whole.status}.",
            f"{url}: HEAD answers {head.status}, GET {whole.status}.",
        )


def _differs(head: Answer, whole: Answer, name: str) -> bool:
    return name in head.headers and head.headers[name] != whole.headers.get(
        name, head.headers[name]
    )


def _some_left(count: int, limit: int) -> Remark:
    return note(
        "files-left",
        f"{limit} adresses de fichiers regardées sur {count}.",
        f"{limit} addresses of files looked at, of {count}.",
    )
