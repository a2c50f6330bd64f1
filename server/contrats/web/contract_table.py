"""The rows of the contracts that are chosen or ticked, as a file: what stands behind a number."""

from __future__ import annotations

from flask import Blueprint, Response, request

from contrats.store import select
from contrats.web import negotiation
from contrats.web.contract_list import only
from contrats.web.media import RESULTS
from contrats.web.selection import chosen_of, facets
from contrats.web.site import this_site
from contrats.writing import RESULT_FORMATS, write_rows

routes = Blueprint("contract_table", __name__)

_QUERY = "contracts"
_CSV = next(each for each in RESULTS if each.suffix == "csv")


@routes.get("/contracts.csv")
def rows() -> Response:
    """Answer with a row a contract: those that the facets choose, of them those named by `c`."""
    site = this_site()
    fields = request.args.to_dict(flat=False)
    text = facets().text(chosen_of(fields), site.queries.texts[_QUERY], only(fields.get("c", [])))
    found = select(site.store, text, f"queries/pages/{_QUERY}.rq")
    response = negotiation.reply(write_rows(found, RESULT_FORMATS[_CSV.suffix]), _CSV)
    response.headers["Content-Disposition"] = 'attachment; filename="contrats.csv"'
    return response
