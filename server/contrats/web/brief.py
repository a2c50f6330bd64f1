"""The facts of a contract in brief: dates, people, place, what came before; marked when deduced."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.web.dates import duration, in_words, span
from contrats.web.evidence import INFERRED, evidence_for, evidence_of
from contrats.web.parts import Fact, Value, fact, value_of
from contrats.web.texts import Text, in_french
from contrats.web.tongue import _, mark
from contrats.web.words import figure, rank

if TYPE_CHECKING:
    from contrats.web.description import Description
    from contrats.web.evidence import Evidence
    from contrats.web.said import Said

_BEGINS: Final = mark("début : %(date)s")
_ENDS: Final = mark("fin : %(date)s")
_PERIOD: Final = ("dcterms:temporal", "dcat:startDate", "dcat:endDate", "schema:duration")


def brief_of(d: Description, contract: str, said: Said) -> tuple[Fact, ...]:
    """Return the facts of "En bref", each even when no source states it; the rare ones if known."""
    pilots = tuple(
        value_of(d, ox.NamedNode(actor), evidence_of(d, node))
        for actor, node in pilots_of(d, contract).items()
    )
    bodies = fact(d, contract, "cls:leadBody", "")
    many_pilots, many_bodies = len(pilots) > 1, len(bodies.values) > 1
    rows = (
        said.beside(fact(d, contract, "cls:stage", _("État de l’acte")), "cls:stage"),
        said.beside(fact(d, contract, "cls:signatureDate", _("Signature")), "cls:signatureDate"),
        *_if_known(fact(d, contract, "cls:announcedSignatureDate", _("Signature annoncée"))),
        said.beside(Fact(_("Période"), _period(d, contract)), *_PERIOD),
        *_if_known(said.beside(Fact(_("Rang"), _generation(d, contract)), "cls:generation")),
        Fact(_("Copilotes") if many_pilots else _("Pilote"), pilots),
        replace(bodies, name=_("Porteurs") if many_bodies else _("Porteur")),
        said.beside(Fact(_("Territoire"), _territory(d, contract)), "dcterms:spatial"),
        *_if_known(fact(d, contract, "cls:inRegion", _("Région"))),
        *_if_known(fact(d, contract, "cls:formerRegion", _("Région d’alors"))),
        *_if_known(Fact(_("Population"), _population(d, contract))),
    )
    return (*rows, _succession(d, contract, said))


def pilots_of(d: Description, contract: str) -> dict[str, str]:
    """Return, for each body that steers the contract, the participation that says so."""
    nodes = d.iris(contract, "cv:hasParticipation")
    steering = [n for n in nodes if (d.iri_of(n, "cv:role") or "").endswith("pilot")]
    return {actor: n for n in steering for actor in d.iris(n, "cv:hasParticipant")}


def _if_known(found: Fact) -> tuple[Fact, ...]:
    """Return the row only when something is said: not every contract has one."""
    return (found,) if found.values or found.disagreements or found.remarks else ()


def _period(d: Description, contract: str) -> tuple[Value, ...]:
    """Return the period: in one value, or each date apart when one of them is deduced."""
    values: list[Value] = []
    for period in d.iris(contract, "dcterms:temporal"):
        names = ("dcat:startDate", "dcat:endDate")
        start, end = (d.text(period, name) for name in names)
        evidence = {name: evidence_for(d, period, name) for name in names if d.text(period, name)}
        if any(each.status == INFERRED for each in evidence.values()):
            for name, date, word in zip(names, (start, end), (_BEGINS, _ENDS), strict=True):
                if date:
                    values.append(Value(_(word, date=in_words(date)), evidence=evidence[name]))
        elif said := span(start, end):
            values.append(Value(said, evidence=evidence_of(d, period)))
        lasts = d.text(period, "schema:duration")
        if lasts:
            proof = evidence_for(d, period, "schema:duration")
            values.append(Value(_("durée : %(lasts)s", lasts=duration(lasts)), evidence=proof))
    return tuple(values)


def _generation(d: Description, contract: str) -> tuple[Value, ...]:
    """Return the rank of the contract on its territory."""
    number = d.number(contract, "cls:generation")
    if number is None:
        return ()
    evidence = evidence_for(d, contract, "cls:generation")
    said = _("%(rank)s contrat de ce territoire", rank=rank(number))
    return (Value(said, evidence=evidence),)


def _territory(d: Description, contract: str) -> tuple[Value, ...]:
    """Return the territory, with the name that the source gives it when that is another one."""
    return tuple(
        replace(value, notes=_written(d, contract, value.text))
        for value in fact(d, contract, "dcterms:spatial", "").values
    )


def _written(d: Description, contract: str, name: str) -> tuple[Text, ...]:
    """Return the name that the source gives the territory, nothing when it is `name`."""
    for node in d.leading_to(contract, "owl:annotatedSource"):
        written = d.text(node, "cls:nameInSource")
        about = d.iri_of(node, "owl:annotatedProperty") or ""
        if written and written != name and about.endswith("/spatial"):
            return Text(_("écrit")), in_french(f"« {written} »")
    return ()


def _population(d: Description, contract: str) -> tuple[Value, ...]:
    """Return what sources say of the inhabitants, and what the table of the communes adds up to."""
    stated = tuple(
        Value(
            f"{figure(int(value)) if value.isdigit() else value} "
            f"{d.text(node, 'schema:variableMeasured') or ''}",
            language=in_french("").language,
            evidence=evidence_of(d, node),
        )
        for node in d.leading_to(contract, "schema:observationAbout")
        if not d.iri_of(node, "prov:wasGeneratedBy")
        and (value := d.text(node, "schema:value")) is not None
    )
    covered = d.number(contract, "cls:populationCovered")
    if covered is None:
        return stated
    edition = d.iri_of(contract, "cls:populationEdition")
    summed = Text(_("somme des communes connues du territoire, d’après :"))
    notes = (summed, in_french(d.label(edition))) if edition else ()
    evidence = evidence_for(d, contract, "cls:populationCovered")
    inhabitants = _("%(count)s habitants", count=figure(covered))
    return (*stated, Value(inhabitants, evidence=evidence, notes=notes))


def _succession(d: Description, contract: str, said: Said) -> Fact:
    """Return the contracts before and after: those described here, and those only named."""
    before = tuple(
        value_of(d, ox.NamedNode(each), _link(d, contract, each), Text(_("contrat précédent")))
        for each in d.iris(contract, "cls:succeeds")
    )
    later = {*d.iris(contract, "cls:succeededBy"), *d.leading_to(contract, "cls:succeeds")}
    after = tuple(
        value_of(d, ox.NamedNode(each), _link(d, each, contract), Text(_("contrat suivant")))
        for each in d.in_order(later)
    )
    named = (
        ("cls:succeeds", _("contrat précédent, connu par son seul nom")),
        ("cls:succeededBy", _("contrat suivant, connu par son seul nom")),
    )
    claims = tuple(
        replace(value, notes=(Text(note),))
        for name, note in named
        for value in said.remarks_on(name)
    )
    return Fact(
        _("Avant, après"),
        (*before, *after),
        None,
        said.disagreements_on("cls:succeeds", "cls:succeededBy"),
        claims,
    )


def _link(d: Description, later: str, earlier: str) -> Evidence:
    """Return what stands behind `later` coming after `earlier`."""
    return evidence_for(d, later, "cls:succeeds", ox.NamedNode(earlier))
