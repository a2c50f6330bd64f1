"""A saved query and what a request gives to its parameters: asked of the engine, cited, shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from flask import request

from contrats.engine.asked import Asked
from contrats.engine.normal import digest, normalise
from contrats.store import Dataset
from contrats.values import bind_in_text
from contrats.web.choices import chosen, read_given
from contrats.web.client import client_address, client_gone
from contrats.web.passport import make_passport
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from contrats.engine.asked import Answered
    from contrats.given import Choice
    from contrats.library import SavedQuery
    from contrats.web.passport import Passport

_MOST: Final = 50
"""Fields that an address may have."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A saved query with the terms of its parameters; a parameter without a term means all."""

    query: SavedQuery
    bind: Mapping[str, ox.NamedNode | ox.Literal]

    @property
    def text(self) -> str:
        """Return the SPARQL that asks just this, for people: parameters bound, no header."""
        return bind_in_text(self.query.body, self.bind)

    @property
    def line(self) -> str:
        """Return the same on one line, for addresses; its hash is the same."""
        return normalise(self.text)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the text, normalised."""
        return digest(Asked(self.text, ""))

    @property
    def choices(self) -> Mapping[str, Choice]:
        """Return what was chosen for each parameter."""
        parameters = {each.name: each for each in self.query.parameters}
        return {name: chosen(parameters[name], term) for name, term in self.bind.items()}

    def path(self, suffix: str) -> str:
        """Return the path of the answer in the form `suffix`, with the same parameters."""
        fields = urlencode({name: each.value for name, each in self.choices.items()})
        return f"/queries/{self.query.name}.{suffix}{f'?{fields}' if fields else ''}"


def read_asking(query: SavedQuery, *, example: bool = False) -> Asking:
    """Return what the address of the request asks; with `example`, that when it has no field."""
    fields = _fields()
    if example and not fields:
        return Asking(query, {each.name: each.term(each.example) for each in query.parameters})
    return Asking(query, read_given(query, fields))


def answer(asking: Asking, form: str) -> tuple[Answered, Passport]:
    """Return the whole answer in `form`, with the passport of the text that asks the same.

    Terms are bound by the engine, which is faster than the text; the answer is the same.
    """
    bind = tuple((name, str(term)) for name, term in asking.bind.items())
    site = this_site()
    asked = Asked(asking.query.text, form, bind=bind)
    answered = site.engine.answer(asked, client_address(), client_gone())
    answered = replace(answered, digest=asking.digest)
    return answered, make_passport(asking.line, Dataset(), answered, site.settings.public_url)


def _fields() -> list[tuple[str, str]]:
    """Return the fields of the address, decoded once, each byte sequence valid UTF-8."""
    try:
        return parse_qsl(
            request.query_string.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST,
        )
    except ValueError as fault:
        raise RefusalError(
            400,
            f"Adresse illisible : il y faut de l’UTF-8, et au plus {_MOST} champs.",
            f"Unreadable address: it takes UTF-8, and at most {_MOST} fields.",
        ) from fault
