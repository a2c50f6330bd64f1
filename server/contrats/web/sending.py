"""A complete answer as a response: its passport, what caches need, a file where it is long."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.wsgi import wrap_file

from contrats.web import negotiation
from contrats.web.passport import passport_headers

if TYPE_CHECKING:
    from io import FileIO

    from contrats.engine.asked import Answered
    from contrats.web.media import Variant
    from contrats.web.passport import Passport


def send(answered: Answered, variant: Variant, passport: Passport, lasting: str) -> Response:
    """Return `answered` in the form `variant`, which is that of its bytes; 304 when it is known.

    `lasting` is how long it may be kept, as Cache-Control says it.
    """
    if isinstance(answered.body, bytes):
        response = negotiation.reply(answered.body, variant)
    else:
        response = _send_file(answered.body, variant)
    response.headers.remove("Link")  # a passport's are all that an answer needs
    for name, value in passport_headers(passport):
        response.headers.add(name, value)
    response.headers["Cache-Control"] = lasting
    return response


def _send_file(file: FileIO, variant: Variant) -> Response:
    """Return an answer that is on disk, read as it is sent; the file ends with it."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()[:24]
    size = file.tell()
    file.seek(0)
    response = Response(content_type=variant.content_type)
    response.headers["Vary"] = "Accept"
    response.set_etag(digest)
    response.make_conditional(request)
    if request.method == "HEAD" or response.status_code != HTTPStatus.OK:
        file.close()
    else:
        response.response = wrap_file(request.environ, file)
        response.direct_passthrough = True
    if response.status_code == HTTPStatus.OK:
        response.content_length = size
    return response
