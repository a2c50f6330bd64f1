"""JSON read and written, and how a request to reconcile is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from contrats.web.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EXAMPLE: Final = '{"q0": {"query": "CH de Valence"}}'


def read_json(text: str, name: str) -> Any:  # noqa: ANN401 -- any JSON
    """Return the JSON of the parameter `name`, or refuse it."""
    try:
        found = json.loads(text, parse_constant=_refuse_constant)
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        refuse(f"« {name} » : trop de niveaux imbriqués.", f'"{name}": too many levels of nesting.')
    except UnicodeEncodeError:
        refuse(
            f"« {name} » : la moitié d’un caractère (demi-codet isolé).",
            f'"{name}": half of a character (a lone surrogate).',
        )
    except ValueError as fault:
        where = ""
        if isinstance(fault, json.JSONDecodeError):
            where = f" ({fault.lineno}:{fault.colno})"
        refuse(
            f"« {name} » n’est pas du JSON{where}. Exemple : {_EXAMPLE}",
            f'"{name}" is no JSON{where}. Example: {_EXAMPLE}',
        )
    return found


def written_json(found: object) -> str:
    """Return what is sent for `found`."""
    return json.dumps(found, ensure_ascii=False) + "\n"


def refuse_callback(fields: Mapping[str, str]) -> None:
    """Refuse JSONP, which section 3.2 leaves free: it is a script that anyone may have us write."""
    if "callback" in fields:
        raise RefusalError(
            400,
            "JSONP (« callback ») n’est pas servi : toute réponse porte "
            "Access-Control-Allow-Origin, ce qu’OpenRefine essaie en premier.",
            'JSONP ("callback") is not served: every answer bears Access-Control-Allow-Origin, '
            "which OpenRefine tries first.",
        )


def refuse_form(where: str, fr: str, en: str) -> NoReturn:
    """Refuse what stands at `where` for not being what is expected there."""
    refuse(f"{where} : attendu {fr}.", f"{where}: expected {en}.")


def refuse_unknown(where: str, found: str, known: Sequence[str]) -> NoReturn:
    """Refuse a word at `where` that is not among the `known` ones."""
    listed = ", ".join(known)
    refuse(
        f"{where} : « {found[:100]} » est inconnu. Connus : {listed}.",
        f'{where}: "{found[:100]}" is unknown. Known: {listed}.',
    )


def refuse(fr: str, en: str) -> NoReturn:
    """Refuse the request as malformed."""
    raise RefusalError(400, fr, en)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
