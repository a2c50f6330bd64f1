"""The pages of a catalogue, one after the other, as each harvester finds and reads them.

Rules of opendatateam/udata, `harvest/backends/dcat.py`, and of ckan/ckanext-dcat,
`harvesters/rdf.py`, `harvesters/base.py`, `processors.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF

from contrats.rehearsal.fetching import UnreachableError
from contrats.rehearsal.obstacles import (
    StoppedError,
    charset_guessed,
    endless,
    form_unknown,
    mojibake,
    not_utf8,
    refuse_error,
    refuse_redirection,
    too_big,
    too_many_redirections,
    unreadable,
)
from contrats.rehearsal.reading import UDATA_TYPES, UnreadableError, format_by_suffix, parse
from contrats.rehearsal.words import HYDRA, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph

    from contrats.rehearsal.fetching import Answer, Bounds, Fetch
    from contrats.rehearsal.remarks import Harvest

_COLLECTIONS: Final = (
    (HYDRA.PartialCollectionView, HYDRA.next),
    (HYDRA.PagedCollection, HYDRA.nextPage),
)
_REDIRECTIONS: Final = 5
_CHARSET: Final = re.compile(r"charset=\"?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Walk:
    """How pages are asked for, and how far."""

    fetch: Fetch
    bounds: Bounds

    def pages_of_udata(self, url: str, harvest: Harvest) -> Iterator[Graph]:
        """Yield each page as udata reads it; say in `harvest` what it guesses or stumbles on."""
        address: str | None = url
        try:
            form = self._form_of_udata(url)
            while address is not None:
                self._enter(address, harvest)
                answer = self._get(address, "GET")
                refuse_redirection(answer, address)
                graph = _read(_decode_as_requests(answer, harvest), form, address)
                yield graph
                address = _next_for_udata(graph)
        except StoppedError as stopped:
            harvest.remarks.append(stopped.remark)

    def pages_of_ckan(self, url: str, harvest: Harvest) -> Iterator[Graph]:
        """Yield each page as ckanext-dcat reads it."""
        first, form = b"", None
        address: str | None = url
        try:
            while address is not None:
                if address == url and harvest.pages:
                    return  # the same content as the first page: it ends there
                self._enter(address, harvest)
                self._refuse_size(address)
                answer = self._follow(address)
                if answer.body == first:
                    return
                first, form = first or answer.body, form or answer.media_type or "xml"
                graph = _read(_decode_as_utf8(answer, address), form, address)
                yield graph
                address = _next_for_ckan(graph)
        except StoppedError as stopped:
            harvest.remarks.append(stopped.remark)

    def _enter(self, url: str, harvest: Harvest) -> None:
        """Note that the page at `url` is read; end a walk that would not end."""
        if url in harvest.pages or len(harvest.pages) == self.bounds.pages:
            raise StoppedError(endless(url, harvest.harvester))
        harvest.pages.append(url)

    def _form_of_udata(self, url: str) -> str:
        """Return the form that the suffix names, else the one that HEAD's Content-Type does."""
        form = format_by_suffix(url)
        if form:
            return form
        answer = self._get(url, "HEAD")
        refuse_redirection(answer, url)
        named = UDATA_TYPES.get(answer.media_type) or format_by_suffix(answer.media_type)
        if named:
            return named
        raise StoppedError(form_unknown(url, answer.media_type or "–"))

    def _refuse_size(self, url: str) -> None:
        """Stop, as ckanext-dcat does, at a page that HEAD says to be too long, or an error."""
        asked = self._ask(url, "HEAD")
        if asked.status in {400, 405}:
            return
        refuse_error(asked, url, "HEAD")
        length = asked.headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self.bounds.page_bytes:
            raise StoppedError(too_big(url, self.bounds.page_bytes))

    def _follow(self, url: str) -> Answer:
        """Return the answer to GET, redirections followed as ckanext-dcat does."""
        address = url
        for _ in range(_REDIRECTIONS):
            answer = self._get(address, "GET")
            if not answer.redirects:
                return answer
            address = answer.headers.get("location", "")
        raise StoppedError(too_many_redirections(url))

    def _get(self, url: str, method: str) -> Answer:
        """Return the answer, or stop at an error or at a page of which too much would be read."""
        answer = self._ask(url, method)
        refuse_error(answer, url, method)
        if answer.cut:
            raise StoppedError(too_big(url, self.bounds.page_bytes))
        return answer

    def _ask(self, url: str, method: str) -> Answer:
        try:
            return self.fetch(method, url)
        except UnreachableError as error:
            raise StoppedError(stop("unreachable", error.fr, error.en)) from error


def _read(text: str, form: str, url: str) -> Graph:
    try:
        return parse(text, form)
    except UnreadableError as fault:
        raise StoppedError(unreadable(url, form, str(fault))) from fault


def _next_for_udata(graph: Graph) -> str | None:
    """Return the next page: udata looks at one node, and at one property for each class."""
    for kind, predicate in _COLLECTIONS:
        node = graph.value(predicate=RDF.type, object=kind)
        if node is not None:
            found = graph.value(node, predicate)
            return None if found is None else str(found)
    return None


def _next_for_ckan(graph: Graph) -> str | None:
    """Return the next page: ckanext-dcat looks at every node and at both properties."""
    pages = (
        graph.value(node, predicate)
        for kind, _ in _COLLECTIONS
        for node in graph.subjects(RDF.type, kind)
        for predicate in (HYDRA.next, HYDRA.nextPage)
    )
    return next((str(each) for each in pages if each is not None), None)


def _decode_as_requests(answer: Answer, harvest: Harvest) -> str:
    """Return the text as the library `requests` decodes it: text without charset is Latin-1."""
    declared = _CHARSET.search(answer.headers.get("content-type", ""))
    if declared:
        try:
            return answer.body.decode(declared[1], errors="replace")
        except LookupError:
            return answer.body.decode("utf-8", errors="replace")
    if answer.media_type.startswith("text/"):
        if not answer.body.isascii():
            harvest.remarks.append(mojibake(answer.media_type))
        return answer.body.decode("latin-1")
    try:
        return answer.body.decode("utf-8")
    except UnicodeDecodeError:
        harvest.remarks.append(charset_guessed(answer.media_type))
        return answer.body.decode("latin-1")


def _decode_as_utf8(answer: Answer, url: str) -> str:
    try:
        return answer.body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise StoppedError(not_utf8(url, fault.start)) from fault
