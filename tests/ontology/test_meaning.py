"""What the ontology says of its terms is true of everything that is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from contrats.vocabulary import PREFIXES, compact

if TYPE_CHECKING:
    from tests.ontology.conftest import Words


def test_domains_hold_of_everything_published(words: Words) -> None:
    uses, kinds = words.uses, words.kinds
    domains = {term: words.linked(term, "rdfs:domain") for term in words.properties}

    strangers = [
        str(quad)
        for term, expected in domains.items()
        if expected
        for quad in uses.get(term, [])
        if not expected <= kinds.get(quad.subject, set())
    ]

    assert strangers == []


def test_ranges_hold_of_everything_published(words: Words) -> None:
    uses, kinds = words.uses, words.kinds
    ranges = {term: words.linked(term, "rdfs:range") for term in words.properties}

    strangers = [
        str(quad)
        for term, expected in ranges.items()
        if expected
        for quad in uses.get(term, [])
        if not expected <= (_datatype(quad.object) or kinds.get(quad.object, set()))
    ]

    assert strangers == []


def test_a_link_leads_to_things_and_a_value_is_a_literal(words: Words) -> None:
    uses = words.uses
    things = dict.fromkeys(words.typed("owl:ObjectProperty"), ox.NamedNode)
    literals = dict.fromkeys(words.typed("owl:DatatypeProperty"), ox.Literal)

    strangers = [
        str(quad)
        for term, kind in (things | literals).items()
        for quad in uses.get(term, [])
        if not isinstance(quad.object, kind)
    ]

    assert strangers == []


def test_a_reused_property_is_read_backwards_exactly_when_it_leads_to_things(words: Words) -> None:
    objects = {
        term: {type(quad.object) for quad in words.uses.get(term, [])}
        for term in words.typed("rdf:Property")
    }
    for quad in words.ontology:
        objects.get(compact(quad.predicate.value), set()).add(type(quad.object))

    wrong = [
        term
        for term, found in objects.items()
        if found
        if bool(words.said(term, "cls:inverseLabel")) != (ox.NamedNode in found)
    ]

    assert wrong == []


def test_inverse_properties_name_each_other(words: Words) -> None:
    pairs = {
        (term, inverse)
        for term in words.ours
        for inverse in words.linked(term, "owl:inverseOf")
        if inverse in words.ours
    }

    assert pairs
    assert pairs == {(inverse, term) for term, inverse in pairs}


def test_inverse_properties_are_published_in_both_directions(words: Words) -> None:
    uses = words.uses
    inverses = [(t, i) for t in words.ours for i in words.linked(t, "owl:inverseOf")]

    one_way = [
        (term, inverse)
        for term, inverse in inverses
        if {(q.subject, q.object) for q in uses.get(term, [])}
        != {(q.object, q.subject) for q in uses.get(inverse, [])}
    ]

    assert one_way == []


def test_a_term_says_that_it_waits_exactly_while_nothing_uses_it(words: Words) -> None:
    used = set(words.uses) | {compact(quad.predicate.value) for quad in words.ontology}

    waiting = {
        term
        for term in words.ours
        for note in words.texts(term, "skos:scopeNote", "fr")
        if note.startswith("Attend ")
    }

    assert waiting == set(words.ours) - used


def test_every_example_of_a_term_is_a_statement_that_we_publish(
    words: Words, whole: ox.Store
) -> None:
    examples = {
        term: _read(text) for term in words.ours for text in words.texts(term, "skos:example")
    }

    unknown = [
        str(quad)
        for quads in examples.values()
        for quad in quads
        if not any(whole.quads_for_pattern(quad.subject, quad.predicate, quad.object))
    ]

    assert examples
    assert unknown == []


def test_every_example_of_a_term_is_of_that_term(words: Words) -> None:
    elsewhere = [
        term
        for term in words.ours
        for text in words.texts(term, "skos:example")
        for quad in _read(text)
        if ox.NamedNode(PREFIXES["cls"] + term.removeprefix("cls:"))
        not in (quad.predicate, quad.object)
    ]

    assert elsewhere == []


def _read(text: str) -> list[ox.Quad]:
    """Return the statements of an example, written in Turtle with the prefixes of the project."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return list(ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE))


def _datatype(term: object) -> set[str]:
    """Return the datatype of a literal, nothing for a thing."""
    return {compact(term.datatype.value)} if isinstance(term, ox.Literal) else set()
