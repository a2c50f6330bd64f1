"""The files of a release: from the manifest's names alone, whole or a part of them."""

from __future__ import annotations

import re
from http import HTTPStatus

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import PreconditionFailed, RequestedRangeNotSatisfiable

from contrats.web.media import GRAPHS
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

routes = Blueprint("dump", __name__)

_ONE_RANGE = re.compile(r"bytes=\s*(?:\d+-\d*|-\d+)\s*")
_TYPES = {variant.suffix: variant for variant in GRAPHS}


@routes.get("/dump/<name>")
def dump(name: str) -> Response:
    """Answer with a dump that the manifest names, whole or the ranges asked for."""
    release = this_site().release
    entries = {f.path: f for f in release.manifest.files if f.path.startswith("dumps/")}
    entry = entries.get(f"dumps/{name}")
    if entry is None:
        listed = ", ".join(sorted(path.removeprefix("dumps/") for path in entries))
        raise RefusalError(
            404,
            f"Aucun fichier de ce nom. Fichiers de cette publication : {listed}.",
            f"No file of that name. Files of this release: {listed}.",
        )
    variant = _TYPES.get(name.rpartition(".")[2])
    response = send_file(
        release.path(entry.path).resolve(),
        mimetype="application/octet-stream",
        etag=entry.sha256,
        conditional=False,
        max_age=0,
    )
    response.headers["Accept-Ranges"] = "bytes"
    part = entry.bytes if _asks_part(entry.sha256) else None
    try:
        response.make_conditional(request, accept_ranges=part is not None, complete_length=part)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise
    if response.status_code == HTTPStatus.PRECONDITION_FAILED:
        response.close()
        raise PreconditionFailed
    if variant is not None:
        response.content_type = variant.content_type
    response.headers["Cache-Control"] = "no-cache"
    return response


def _asks_part(digest: str) -> bool:
    """Tell whether one range of bytes of this very file is asked for; else it is given whole.

    A server may ignore a Range (https://www.rfc-editor.org/rfc/rfc9110#section-14.2) and must
    when If-Range holds a weak tag or that of another file (section 13.1.5).
    """
    asked = request.headers.get("Range", "")
    condition = request.headers.get("If-Range")
    same = condition is None or condition.strip() == f'"{digest}"'
    return request.method == "GET" and _ONE_RANGE.fullmatch(asked) is not None and same
