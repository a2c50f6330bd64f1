"""The properties of things that a client may refine a search by, or fetch: their names and values.

The identifier of a property is a prefixed name of the data, or a plain word where its value is
worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from contrats.reconciliation.folding import fold, key_of
from contrats.reconciliation.kinds import ACTOR, CONTRACT, TERRITORY
from contrats.reconciliation.query import own_id
from contrats.vocabulary import BASE, PREFIXES
from contrats.web.description import Description, expand
from contrats.web.refusal import RefusalError
from contrats.web.site import this_site
from contrats.web.tongue import _, language, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contrats.reconciliation.index import Thing
    from contrats.reconciliation.query import Value

Cell = dict[str, str | int | float]
"""A value as the specification has it (section 7.5)."""

_ID: Final = f"{BASE}id/"
_PLAN: Final = "plan"
_SUBJECT: Final = "subject"
ALL: Final = (ACTOR, TERRITORY, CONTRACT, _PLAN, _SUBJECT)
_OF_KIND: Final = {
    "actor": ACTOR, "territory": TERRITORY, "contract": CONTRACT, "plan": _PLAN,
    "theme": _SUBJECT, "population": _SUBJECT,
}  # fmt: skip
_DAY: Final = 10
"""Characters of a date that is known to the day."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its names, the families of things that have it, the type of things it leads to.

    `steps` are the properties of the data that lead to its values, one after the other.
    """

    id: str
    fr: str
    of: tuple[str, ...]
    steps: tuple[str, ...] = ()
    type: str = ""

    @property
    def name(self) -> str:
        """Return its name in the language of the page."""
        return _(self.fr)


_PLACES: Final = (ACTOR, CONTRACT)
PROPERTIES: Final = (
    Property("dcterms:spatial", mark("Territoire"), _PLACES, type=TERRITORY),
    Property("iri", mark("Adresse permanente (IRI)"), ALL),
    Property("skos:altLabel", mark("Autres noms"), ALL),
    Property("org:classification", mark("Type d’organisme"), (ACTOR,)),
    Property("adms:identifier", mark("SIREN"), (ACTOR,), ("adms:identifier", "skos:notation")),
    Property("cls:signs", mark("Contrats signés"), (ACTOR,), type=CONTRACT),
    Property("igeo:codeINSEE", mark("Code INSEE"), (TERRITORY,)),
    Property("cls:population", mark("Population"), (TERRITORY,)),
    Property(
        "intercommunality", mark("Intercommunalité"), (TERRITORY,), type="igeo:Intercommunalite"
    ),
    Property("departement", mark("Département"), (TERRITORY, *_PLACES), type="igeo:Departement"),
    Property("region", mark("Région"), (TERRITORY, *_PLACES), type="igeo:Region"),
    Property("cls:stage", mark("Stade"), (CONTRACT,)),
    Property("cls:generation", mark("Génération"), (CONTRACT,)),
    Property("cls:signatureDate", mark("Date de signature"), (CONTRACT,)),
    Property("start", mark("Début"), (CONTRACT, _PLAN), ("dcterms:temporal", "dcat:startDate")),
    Property("end", mark("Fin"), (CONTRACT, _PLAN), ("dcterms:temporal", "dcat:endDate")),
    Property("cls:leadBody", mark("Organisme porteur"), (CONTRACT,), type=ACTOR),
    Property("cls:hasSignatory", mark("Signataires"), (CONTRACT,), type=ACTOR),
    Property("signatories", mark("Nombre de signataires connus"), (CONTRACT,)),
    Property("signatories-known", mark("Liste des signataires"), (CONTRACT,)),
    Property("priorities", mark("Nombre de priorités connues"), (CONTRACT,)),
    Property("priorities-known", mark("Liste des priorités"), (CONTRACT,)),
    Property("cls:populationCovered", mark("Population couverte"), (CONTRACT,)),
    Property("cls:succeeds", mark("Contrat précédent"), (CONTRACT,), type=CONTRACT),
    Property("cls:succeededBy", mark("Contrat suivant"), (CONTRACT,), type=CONTRACT),
    Property("skos:definition", mark("Définition"), (_SUBJECT,)),
    Property("skos:broader", mark("Notion plus large"), (_SUBJECT, _PLAN)),
    Property("cls:itemKind", mark("Sorte d’élément"), (_PLAN,)),
    Property("dcterms:isPartOf", mark("Partie de"), (_PLAN,)),
    Property("dcterms:publisher", mark("Adopté par"), (_PLAN,), type=ACTOR),
    Property("dcterms:issued", mark("Date d’adoption"), (_PLAN,)),
)
_BY_ID: Final = {each.id: each for each in PROPERTIES}
_ALIKE: Final = {"igeo:subdivisionDe": "dcterms:spatial"}


def find_property(given: Any, where: str) -> Property:  # noqa: ANN401 -- any JSON
    """Return the property that `given` names: by identifier, by IRI or by its name."""
    if isinstance(given, dict):
        given = given.get("id")
    if isinstance(given, str):
        wanted = given.strip()
        for each in PROPERTIES:
            said = {each.id, each.fr.lower(), _(each.fr).lower()}
            iri = expand(each.id) if ":" in each.id else each.id
            if wanted in {each.id, iri} or wanted.lower() in said:
                return each
        if wanted in _ALIKE:
            return _BY_ID[_ALIKE[wanted]]
    listed = ", ".join(_BY_ID)
    raise RefusalError(
        400,
        f"{where} : la propriété « {str(given)[:100]} » est inconnue. Connues : {listed}.",
        f'{where}: the property "{str(given)[:100]}" is unknown. Known: {listed}.',
    )


def properties_of(type_id: str, families: Sequence[str]) -> list[Property]:
    """Return the properties of the things of a type; those of all where no type is given.

    `families` are the type and those broader than it.
    """
    if not type_id:
        return list(PROPERTIES)
    other = _SUBJECT if type_id.startswith("scheme:") else _PLAN
    family = next((each for each in families if each in ALL), other)
    return [each for each in PROPERTIES if family in each.of]


def values_of(identifier: str, wanted: Property) -> list[Cell]:
    """Return the values of a property of the thing `identifier`, in a stable order."""
    if _OF_KIND.get(identifier.partition("/")[0]) not in wanted.of:
        return []
    d = Description("", this_site().statements)
    iri = f"{_ID}{identifier}"
    if wanted.id in _WORKED_OUT:
        return _WORKED_OUT[wanted.id](d, iri)
    steps = wanted.steps or (wanted.id,)
    things = [iri]
    for step in steps[:-1]:
        things = [found for thing in things for found in d.iris(thing, step)]
    return [cell for thing in things for cell in _cells(d, thing, steps[-1], wanted)]


def is_so(thing: Thing, pid: str, values: Sequence[Value]) -> bool | None:
    """Tell whether `thing` has one of `values` for the property `pid`; None when it has none.

    A thing is compared by identifier or by name, a text by its words, a date by its beginning.
    """
    cells = values_of(thing.id, _BY_ID[pid])
    if not cells:
        return None
    return any(_is_same(cell, value) for cell in cells for value in values)


def _is_same(cell: Cell, value: Value) -> bool:
    if "id" in cell and value.id is not None:
        return cell["id"] == own_id(value.id)
    if "date" in cell:
        return str(cell["date"]).startswith(value.text[:_DAY])
    shown = str(cell.get("name") or cell.get("str") or cell.get("int") or cell.get("float") or "")
    if cell.get("id") == own_id(value.text) or shown == value.text.strip():
        return True
    words = key_of(fold(value.text).words)
    return bool(words) and key_of(fold(shown).words) == words


def _cells(d: Description, thing: str, name: str, wanted: Property) -> list[Cell]:
    """Return the values of the property `name` of `thing` as cells."""
    found = d.values(thing, name)
    if things := d.iris(thing, name):
        return [_thing_cell(d, iri, wanted) for iri in things]
    literals = [value for value in found if isinstance(value, ox.Literal)]
    own = [value for value in literals if value.language == language()]
    return [_literal_cell(value) for value in own or literals]


def _thing_cell(d: Description, iri: str, wanted: Property) -> Cell:
    """Return a thing: by identifier where it can be found here, else by name or address."""
    if wanted.type or iri.startswith(f"{_ID}plan/"):
        return {"id": iri.removeprefix(_ID), "name": d.label(iri)}
    return {"str": d.label(iri) if iri.startswith(BASE) else iri}


def _literal_cell(value: ox.Literal) -> Cell:
    """Return a literal: a date only where it is known to the day, else as the text it is."""
    kind = value.datatype.value.removeprefix(PREFIXES["xsd"])
    if kind == "date":
        return {"date": f"{value.value[:_DAY]}T00:00:00Z"}
    if kind == "integer":
        return {"int": int(value.value)}
    if kind in {"decimal", "double", "float"}:
        return {"float": float(value.value)}
    return {"str": value.value}


def _around(kind: str, name: str) -> Callable[[Description, str], list[Cell]]:
    """Return what gives the territories of a kind in which a thing is, or which it is in part."""

    def find(d: Description, iri: str) -> list[Cell]:
        found = set(d.iris(iri, name))
        for place in d.iris(iri, "dcterms:spatial"):
            found |= {place, *d.iris(place, "igeo:subdivisionDe")}
        found |= set(d.iris(iri, "igeo:subdivisionDe"))
        inside = sorted(each for each in found if each.startswith(f"{_ID}territory/{kind}-"))
        return [{"id": each.removeprefix(_ID), "name": d.label(each)} for each in inside]

    return find


def _count(name: str) -> Callable[[Description, str], list[Cell]]:
    """Return what counts the things that a thing leads to by `name`; none is no zero."""

    def find(d: Description, iri: str) -> list[Cell]:
        found = len(d.iris(iri, name))
        return [{"int": found}] if found else []

    return find


def _known(name: str) -> Callable[[Description, str], list[Cell]]:
    """Return what tells how complete a list is known to be."""

    def find(d: Description, iri: str) -> list[Cell]:
        said = d.text(iri, name)
        if said is None:
            return [{"str": _("non connue comme complète : au moins ceux-là")}]
        complete = said in {"true", "1"}
        return [{"str": _("complète") if complete else _("incomplète : au moins ceux-là")}]

    return find


_WORKED_OUT: Final[dict[str, Callable[[Description, str], list[Cell]]]] = {
    "iri": lambda _d, iri: [{"str": iri}],
    "intercommunality": _around("intercommunalite", "igeo:subdivisionDe"),
    "departement": _around("departement", "cls:inDepartement"),
    "region": _around("region", "cls:inRegion"),
    "signatories": _count("cls:hasSignatory"),
    "signatories-known": _known("cls:signatoryListComplete"),
    "priorities": _count("cls:hasPriority"),
    "priorities-known": _known("cls:priorityListComplete"),
}
