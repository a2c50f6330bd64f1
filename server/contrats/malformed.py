"""What is wrong with a text that is not SPARQL: where, and in the words of both languages."""

from __future__ import annotations

import re

from contrats.errors import QueryRefusedError
from contrats.tokens import first_stray, place

_SENTENCES = (
    (
        "The SELECT contains a variable that is unbound",
        (
            "SELECT nomme une variable qui n’est ni groupée par GROUP BY, ni calculée par un "
            "agrégat. Ajoutez-la à GROUP BY, ou agrégez-la, par exemple (SAMPLE(?x) AS ?un)."
        ),
        (
            "SELECT names a variable that is neither grouped by GROUP BY nor computed by an "
            "aggregate. Add it to GROUP BY, or aggregate it, for example (SAMPLE(?x) AS ?one)."
        ),
    ),
    (
        "SELECT * is not authorized with GROUP BY",
        "SELECT * ne va pas avec GROUP BY. Nommez les variables et les agrégats voulus.",
        "SELECT * does not go with GROUP BY. Name the variables and the aggregates wanted.",
    ),
    (
        "The SELECT overrides an existing variable",
        "SELECT donne par AS un nom que porte déjà une variable. Choisissez un autre nom.",
        "SELECT gives with AS a name that a variable already bears. Choose another name.",
    ),
    (
        "Duplicated variable name in SELECT",
        "SELECT nomme deux fois la même variable. Ôtez-en une.",
        "SELECT names the same variable twice. Take one out.",
    ),
    (
        "BIND is overriding an existing variable",
        "BIND donne un nom que porte déjà une variable. Choisissez un autre nom.",
        "BIND gives a name that a variable already bears. Choose another name.",
    ),
    (
        "Already used blank node id",
        "un même nœud anonyme (_:x) sert dans deux groupes. Remplacez-le par une variable.",
        "one blank node (_:x) serves in two groups. Put a variable in its place.",
    ),
    (
        "The VALUES clause rows should have exactly",
        (
            "une ligne de VALUES n’a pas autant de valeurs qu’il y a de variables. Complétez-la, "
            "avec UNDEF pour une valeur absente."
        ),
        (
            "a row of VALUES has not as many values as there are variables. Complete it, with "
            "UNDEF for a missing value."
        ),
    ),
)
"""What the engine says in a sentence, about the query as a whole; its place would mislead."""
_HINTS = (
    (
        "Prefix not found",
        "Le préfixe n’est pas déclaré : ajoutez PREFIX en tête.",
        "The prefix is not declared: add PREFIX on top.",
    ),
    (
        "IRI parsing failed",
        "Ce n’est pas une IRI : corrigez-la, ou écrivez en %XX les signes interdits.",
        "This is no IRI: correct it, or write the characters that it may not have as %XX.",
    ),
)
_NO_HINT = ["Corrigez à cet endroit ou juste avant.", "Correct it there or just before."]
_FIRST_WORD = [
    "Une requête commence par PREFIX, BASE, SELECT, ASK, CONSTRUCT ou DESCRIBE.",
    "A query begins with PREFIX, BASE, SELECT, ASK, CONSTRUCT or DESCRIBE.",
]


class MalformedQueryError(QueryRefusedError):
    """A text that is not SPARQL; `excerpt` is the part of its message that is quoted from it."""

    def __init__(
        self,
        fr: str,
        en: str,
        line: int | None = None,
        column: int | None = None,
        excerpt: str | None = None,
    ) -> None:
        """Keep where the engine stopped, and what stands there."""
        super().__init__(fr, en, line, column)
        self.excerpt = excerpt


def explain_malformed(text: str, fault: SyntaxError) -> MalformedQueryError:
    """Return the refusal that shows where in `text` the engine stopped ("error at 1:22: …").

    What the engine says it expected is left out: one path of its grammar, often not the one meant.
    """
    said = " ".join(str(fault).split())
    for phrase, fr, en in _SENTENCES:
        if phrase in said:
            return MalformedQueryError(f"Requête mal formée : {fr}", f"Malformed query: {en}")
    found = re.match(r"error at (\d+):(\d+): ", said)
    if not found:
        said = said[:300]
        return MalformedQueryError(
            f"Requête mal formée : {said}. Corrigez-la.", f"Malformed query: {said}. Correct it."
        )
    stray = first_stray(text)
    at = _offset(text, int(found[1]), int(found[2])) if stray is None else stray
    line, column = place(text, at)
    shown = _around(text, at)
    hint = next((hint for phrase, *hint in _HINTS if phrase in said), _NO_HINT)
    if stray is not None:
        hint = _FIRST_WORD
    return MalformedQueryError(
        f"Requête mal formée, ligne {line}, colonne {column}, là où est la croix : « {shown} ». "
        f"{hint[0]}",
        f"Malformed query, line {line}, column {column}, at the cross: « {shown} ». {hint[1]}",
        line,
        column,
        shown,
    )


def _offset(text: str, line: int, column: int) -> int:
    """Return where `line` and `column` are in `text`; after its last word when nothing follows."""
    lines = text.split("\n")
    at = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    return at if text[at:].strip() else len(text.rstrip())


def _around(text: str, at: int) -> str:
    """Return what stands on the line of `at`, with a cross there."""
    before, after = text[:at].rpartition("\n")[2], text[at:].partition("\n")[0]
    return f"{before[-30:].lstrip()}✗{after[:30].rstrip()}"
