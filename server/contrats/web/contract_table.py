"""The rows of the contracts that are chosen or ticked, as a file: what stands behind a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response, request

from contrats.store import select
from contrats.web import negotiation
from contrats.web.contract_list import only
from contrats.web.selection import chosen_of, facets
from contrats.web.site import this_site
from contrats.writing import RESULT_FORMATS, write_rows

if TYPE_CHECKING:
    from contrats.web.media import Variant

_QUERY: Final = "contracts"


def rows_in(variant: Variant, location: str | None) -> Response:
    """Answer with a row a contract: those that the facets choose, of them those named by `c`.

    In the form `variant`, which is one of `RESULTS`; `location` as for a reply.
    """
    site = this_site()
    fields = request.args.to_dict(flat=False)
    text = facets().text(chosen_of(fields), site.queries.texts[_QUERY], only(fields.get("c", [])))
    found = select(site.store, text, f"queries/pages/{_QUERY}.rq")
    body = write_rows(found, RESULT_FORMATS[variant.suffix])
    response = negotiation.reply(body, variant, location)
    name = f"contrats.{variant.suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
