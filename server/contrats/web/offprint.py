"""What other places show of a contract: its card, for a site, and its citation, for a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template

from contrats.citation import write_bibtex, write_ris
from contrats.web import negotiation, views
from contrats.web.card import card_of
from contrats.web.documents import find_thing
from contrats.web.lede import lede_of
from contrats.web.media import BIBTEX, CITATIONS, Variant
from contrats.web.priorities import priorities_of
from contrats.web.said import said_of
from contrats.web.signatories import signatories_of
from contrats.web.takeaway import cite_contract

if TYPE_CHECKING:
    from flask import Response

routes = Blueprint("offprint", __name__)

_CONTRACT: Final = "contract"
_SVG: Final = Variant("svg", "image/svg+xml", "SVG", "https://www.w3.org/TR/SVG2/")


@routes.get("/card/contract/<name>.svg")
def card(name: str) -> Response:
    """Answer with the contract on a card, in the language of the address."""
    contract = find_thing(_CONTRACT, name)
    d = views.describe_thing(contract)
    priorities = priorities_of(d, contract, said_of(d, contract))
    drawn = card_of(d, contract, lede_of(d, contract, signatories_of(d, contract), priorities))
    return negotiation.reply(render_template("card.svg", card=drawn), _SVG)


@routes.get("/cite/contract/<name>.<suffix>")
def cite(name: str, suffix: str) -> Response:
    """Answer with the citation of a contract, for BibTeX or as RIS."""
    variant = negotiation.by_suffix(CITATIONS, suffix)
    contract = find_thing(_CONTRACT, name)
    cited = cite_contract(views.describe_thing(contract), contract)
    write = write_bibtex if variant is BIBTEX else write_ris
    return negotiation.reply(write(cited), variant)
