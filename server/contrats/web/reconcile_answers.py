"""Candidates as a client reads them: the score, what made it, and the same in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from contrats.reconciliation.index import Index, open_index
from contrats.reconciliation.matching import find_candidates
from contrats.vocabulary import BASE
from contrats.web.description import Description
from contrats.web.kept import keep_for_all
from contrats.web.reconcile_properties import PROPERTIES
from contrats.web.reconcile_values import is_so
from contrats.web.site import this_site
from contrats.web.tongue import _, is_english, mark, ngettext
from contrats.web.words import decimal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contrats.reconciliation.kinds import Type
    from contrats.reconciliation.query import Query
    from contrats.reconciliation.ranking import Candidate
    from contrats.reconciliation.things import Thing

FEATURES: Final = {
    "code": mark("Le texte demandé est un code de la chose : INSEE, SIREN ou identifiant."),
    "name": mark("Les noms ont les mêmes mots, sigles et formes anciennes compris."),
    "other-name": mark(
        "Le nom qui ressemble le plus est un autre nom de la chose, pas le premier."
    ),
    "words": mark(
        "Part, de 0 à 100, des mots communs aux deux noms ; un mot rare compte plus qu’un mot "
        "fréquent, « centre hospitalier » ou « ville » moins encore."
    ),
    "misspelt": mark("Nombre de mots lus sous une autre orthographe, à une ou deux lettres près."),
    "place": mark("Le texte nomme un département ou une région, et la chose y est."),
    "namesakes": mark(
        "Combien d’autres portent le même nom parmi les réponses possibles, ou de communes dans le "
        "pays quand rien ne dit où chercher."
    ),
    "property": mark("Pour chaque propriété donnée : si la chose a cette valeur."),
}
"""What each feature says; those of properties are called `property:` and the property."""
_NAMES: Final = {each.id: each.fr for each in PROPERTIES}


def this_index() -> Index:
    """Return the index of the release that is served, opened once."""
    return keep_for_all("reconciliation", lambda: open_index(this_site().release.folder))


def candidates_of(queries: Iterable[Query]) -> list[list[Candidate]]:
    """Return the candidates for each query."""
    with this_index().reading() as reader:
        return [find_candidates(reader, query, is_so) for query in queries]


def written(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate in JSON (section 4.2 of the specification)."""
    thing = candidate.thing
    return {
        "id": thing.id,
        "name": name_of(thing),
        "description": f"{described(thing)}. {explained(candidate)}",
        "type": [written_type(each) for each in types_of(thing)],
        "score": candidate.score,
        "match": candidate.match,
        "features": _features(candidate),
    }


def types_of(thing: Thing) -> list[Type]:
    """Return the types of a thing, the one that tells most first, then those broader."""
    spans = this_index().spans
    found = [spans[thing.type].type]
    if found[0].broader:
        found.append(spans[found[0].broader].type)
    return found


def written_type(found: Type) -> dict[str, Any]:
    """Return a type in JSON."""
    written: dict[str, Any] = {"id": found.id, "name": type_name(found)}
    if found.broader:
        broader = this_index().spans[found.broader].type
        written["broader"] = [{"id": broader.id, "name": type_name(broader)}]
        written["description"] = type_name(broader)
    return written


def type_name(found: Type) -> str:
    """Return the name of a type in the language of the page."""
    return found.en if is_english() else found.fr


def type_title(found: Type) -> str:
    """Return the name of a type, told from one of the same name by what is broader."""
    broader = this_index().spans.get(found.broader)
    return (
        f"{type_name(found)} ({type_name(broader.type).lower()})" if broader else type_name(found)
    )


def name_of(thing: Thing) -> str:
    """Return the name of a thing in the language of the page, else in French."""
    d = Description("", this_site().statements)
    return d.label(f"{BASE}id/{thing.id}")


def described(thing: Thing) -> str:
    """Return what tells a thing from its namesakes: its type, where it is, its code."""
    d = Description("", this_site().statements)
    zones = [each for each in sorted(thing.around) if each[:4] in {"depa", "regi", "com-"}]
    zones = [each for each in zones if f"territory/{each}" != thing.id]
    nearest = [each for each in zones if not each.startswith("region")] or zones
    said = [type_name(types_of(thing)[0])]
    said += [d.label(f"{BASE}id/territory/{each}") for each in nearest[:2]]
    said += [code for code in thing.codes if code.isalnum() and any(c.isdigit() for c in code)][:1]
    return ", ".join(said)


def explained(candidate: Candidate) -> str:
    """Return in words why the score is what it is, and why it is certain or not."""
    said = [_why_name(candidate), *_why_properties(candidate)]
    likeness = candidate.likeness
    if likeness is not None and likeness.placed and not candidate.code:
        said.append(_("le lieu nommé est le sien"))
    if candidate.namesakes and not candidate.match:
        said.append(
            ngettext(
                "%(num)s autre porte ce nom : précisez le lieu ou le type",
                "%(num)s autres portent ce nom : précisez le lieu ou le type",
                candidate.namesakes,
            )
        )
    sure = _("correspondance certaine") if candidate.match else _("à vérifier")
    reasons = _(" ; ").join(each for each in said if each)
    score = decimal(f"{candidate.score:g}")
    return _("%(score)s sur 100, %(sure)s : %(reasons)s.", score=score, sure=sure, reasons=reasons)


def _why_name(candidate: Candidate) -> str:
    likeness = candidate.likeness
    if candidate.code:
        return _("c’est son code ou son identifiant")
    if likeness is None:
        return _("trouvé par ses propriétés seules")
    name = likeness.name.text
    if likeness.same:
        return (
            _("même nom") if likeness.name.rank == 0 else _("autre nom : « %(name)s »", name=name)
        )
    share = decimal(f"{likeness.words:g}")
    said = _("noms semblables à %(share)s %%", share=share)
    if likeness.name.rank:
        said = _("%(said)s (« %(name)s »)", said=said, name=name)
    if likeness.misspelt:
        return _("%(said)s, à l’orthographe près", said=said)
    return said


def _why_properties(candidate: Candidate) -> list[str]:
    said = {
        True: mark("%(name)s : oui"),
        False: mark("%(name)s : non"),
        None: mark("%(name)s : non connu"),
    }
    return [_(said[yes], name=_(_NAMES[pid])) for pid, yes in candidate.agreed]


def _features(candidate: Candidate) -> list[dict[str, Any]]:
    likeness = candidate.likeness
    found: dict[str, bool | float] = {"code": candidate.code}
    if likeness is not None:
        found |= {
            "name": likeness.same > 0,
            "other-name": likeness.name.rank > 0,
            "words": likeness.words,
            "misspelt": likeness.misspelt,
            "place": likeness.placed,
        }
    found["namesakes"] = candidate.namesakes
    found |= {f"property:{pid}": yes for pid, yes in candidate.agreed if yes is not None}
    return [{"id": name, "value": value} for name, value in found.items()]
