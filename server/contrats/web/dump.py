"""The files of a release: from the manifest's names alone, whole or a part of them.

A file has the date of the release, not that of the disk: the same bytes, the same date. What is
compressed already is sent so to whoever accepts it: `x.ttl.gz` for `x.ttl`; what is small is
compressed when it is asked for. Each of both has its own tag. A range is one of the file as it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import PreconditionFailed, RequestedRangeNotSatisfiable
from werkzeug.http import http_date

from contrats.distributions import GZIP
from contrats.dumps import compress_bytes
from contrats.manifest import NAME
from contrats.parts import CONTRACT
from contrats.web import address, negotiation
from contrats.web.kept import keep_for_all
from contrats.web.media import CSV, GRAPHS, JSON, RESULTS, XLSX
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contrats.manifest import FileEntry

routes = Blueprint("dump", __name__)

SMALL: Final = 4_000_000
"""Bytes of a file that is compressed when it is asked for."""
LISTED: Final = 60
"""Names that a 404 lists."""
_FOLDER: Final = "dumps/"
_ONE_RANGE: Final = re.compile(r"bytes=\s*(?:\d+-\d*|-\d+)\s*")
_FORMS: Final = (*GRAPHS, *RESULTS, XLSX)
_TYPES: Final = {variant.suffix: variant.content_type for variant in _FORMS} | {"gz": GZIP}
_SAVED: Final = frozenset({"gz", XLSX.suffix, CSV.suffix, "tsv"})
"""What a browser is told to save under its name: it could show none of them as people want it."""


@routes.get("/dump")
@routes.get("/dump/contract", endpoint="contracts")
def listed() -> Response:
    """Answer with the files of the whole, or of all contracts: length, SHA-256 and address."""
    of_contracts = request.endpoint == "dump.contracts"
    negotiation.choose((JSON,))
    files = [
        {
            "file": name,
            "bytes": entry.bytes,
            "sha256": entry.sha256,
            "address": address.public(f"/dump/{name}"),
        }
        for name, entry in entries().items()
        if name.startswith(f"{CONTRACT}/") == of_contracts
    ]
    release = this_site().release
    told = {"release": release.identifier, "issued": release.issued, "files": files}
    return negotiation.reply(json.dumps(told, ensure_ascii=False, indent=1) + "\n", JSON)


@routes.get("/dump/<path:name>")
def dump(name: str) -> Response:
    """Answer with a file that the manifest names, whole, compressed, or the range asked for."""
    entry = entries().get(name)
    if entry is None:
        raise _unknown(name)
    part = _asks_part(entry.sha256)
    response = _plain(entry) if part else _compressed(name, entry) or _plain(entry)
    _describe(response, name)
    dated = keep_for_all("dated", _find_date)
    if dated.alone:
        response.headers["Last-Modified"] = dated.date
    try:
        length = entry.bytes if part else None
        response.make_conditional(request, accept_ranges=part, complete_length=length)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise
    if response.status_code == HTTPStatus.PRECONDITION_FAILED:
        response.close()
        raise PreconditionFailed
    response.headers["Last-Modified"] = dated.date
    return response


@dataclass(frozen=True, slots=True)
class Dated:
    """When the release is said to have come out, and whether it is the only one that is."""

    date: str
    alone: bool


def _find_date() -> Dated:
    """Return the date of the release, never one to come: it is not later than the build.

    Another release of the same version has other bytes under the same date, so that
    If-Modified-Since would tell nothing: only tags do.
    """
    release = this_site().release
    issued = datetime.fromisoformat(release.issued).replace(tzinfo=UTC).timestamp()
    date = min(issued, release.path(NAME).stat().st_mtime)
    same = release.folder.parent.glob(f"{release.version}-*/{NAME}")
    return Dated(http_date(date), len(list(same)) <= 1)


def entries() -> Mapping[str, FileEntry]:
    """Return what the manifest says of each file that can be taken, by its name below /dump/."""
    return keep_for_all(
        "dumps",
        lambda: {
            entry.path.removeprefix(_FOLDER): entry
            for entry in this_site().release.manifest.files
            if entry.path.startswith(_FOLDER)
        },
    )


def _unknown(name: str) -> RefusalError:
    """Return the 404 that lists what there is: in the folder that was asked, in few words."""
    names = list(entries())
    folder = f"{name.rpartition('/')[0]}/" if "/" in name else ""
    near = [each for each in names if each.startswith(folder) and "/" not in each[len(folder) :]]
    stem = name[len(folder) :].partition(".")[0]
    same = [each for each in near if each[len(folder) :].partition(".")[0] == stem and stem]
    found = same or near or [each for each in names if "/" not in each]
    listed = ", ".join(sorted(found)[:LISTED])
    more = " …" if len(found) > LISTED else ""
    return RefusalError(
        404,
        f"Aucun fichier de ce nom. Fichiers de cette publication : {listed}{more}.",
        f"No file of that name. Files of this release: {listed}{more}.",
    )


def _plain(entry: FileEntry) -> Response:
    """Return the file as it is."""
    response = _send(entry)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _compressed(name: str, entry: FileEntry) -> Response | None:
    """Return the file compressed where that is accepted, and there is such a thing."""
    suffix = name.rpartition(".")[2]
    if suffix in {"gz", XLSX.suffix} or not request.accept_encodings["gzip"]:
        return None
    other = entries().get(f"{name}.gz")
    if other is not None:
        response = _send(other)
    elif entry.bytes <= SMALL:
        content = this_site().release.path(entry.path).read_bytes()
        response = Response(compress_bytes(content))
        response.set_etag(f"{entry.sha256}-gzip")
    else:
        return None
    response.headers["Content-Encoding"] = "gzip"
    return response


def _send(entry: FileEntry) -> Response:
    path = this_site().release.path(entry.path).resolve()
    return send_file(path, "application/octet-stream", etag=entry.sha256, conditional=False)


def _describe(response: Response, name: str) -> None:
    """Add what is said of the file, whatever way it is sent."""
    suffix = name.rpartition(".")[2]
    response.content_type = _TYPES.get(suffix, "application/octet-stream")
    response.headers["Cache-Control"] = "no-cache"
    if suffix in _SAVED:
        file = name.rpartition("/")[2]
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    if suffix not in {"gz", XLSX.suffix}:
        response.headers["Vary"] = "Accept-Encoding"


def _asks_part(digest: str) -> bool:
    """Tell whether one range of bytes of this very file is asked for; else it is given whole.

    A server may ignore a Range (https://www.rfc-editor.org/rfc/rfc9110#section-14.2) and must
    when If-Range holds a weak tag or that of another file (section 13.1.5), or a date: that of
    a release says a day, and two releases may come out in one.
    """
    asked = request.headers.get("Range", "")
    condition = request.headers.get("If-Range")
    same = condition is None or condition.strip() == f'"{digest}"'
    return request.method == "GET" and _ONE_RANGE.fullmatch(asked) is not None and same
