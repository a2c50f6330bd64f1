"""What a reader must know before comparing: what the lists and the sources cannot bear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contrats.web.compare_cells import short_name
from contrats.web.tongue import _, mark
from contrats.web.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from contrats.comparison.acts import Act
    from contrats.comparison.comparison import Comparison
    from contrats.web.description import Description

_PREPARATORY: Final = mark(
    "Ce qui suit n’est pas un contrat signé : %(names)s. Ce qui y est annoncé peut avoir changé."
)
_OTHER_WORDS: Final = mark(
    "Les intitulés de priorités ne sont pas ceux du contrat lui-même, mais une paraphrase, des "
    "sujets ou une formule commune, pour %(names)s."
)


def cautions(d: Description, found: Comparison) -> tuple[str, ...]:
    """Return what makes the comparison unsafe, or that nothing does, in whole sentences."""
    acts = found.acts
    return (
        *_lists(found),
        *_of(acts, _PREPARATORY, lambda act: not act.is_contract),
        *_of(acts, _OTHER_WORDS, lambda act: act.in_its_words is False),
        *_sources(d, acts),
        *_plans(found),
    )


def _lists(found: Comparison) -> Iterable[str]:
    bodies, themes = found.signatures.bodies.whole, found.subjects.themes.whole
    if all(bodies) and all(themes):
        yield _(
            "Les listes de signataires et de priorités de tous ces contrats sont complètes : "
            "absences et départs peuvent être affirmés."
        )
        return
    partial = [a for a, whole in zip(found.acts, bodies, strict=True) if not whole]
    if partial:
        yield _(
            "Signataires : la liste n’est pas connue comme complète, ou tous ne sont pas reconnus, "
            "pour %(names)s. Un organisme qui n’y figure pas n’en est pas absent pour autant.",
            names=_names(partial),
        )
    partial = [a for a, whole in zip(found.acts, themes, strict=True) if not whole]
    if partial:
        yield _(
            "Priorités : la liste n’est pas connue comme complète pour %(names)s. Un thème qui n’y "
            "figure pas peut être dans le contrat.",
            names=_names(partial),
        )


def _of(acts: Sequence[Act], sentence: str, wanted: Callable[[Act], bool]) -> Iterable[str]:
    held = [act for act in acts if wanted(act)]
    if held:
        yield _(sentence, names=_names(held))


def _sources(d: Description, acts: Sequence[Act]) -> Iterable[str]:
    """Yield which kinds of documents were read for each, when they are not the same."""
    kinds = {act.iri: _kinds(d, act) for act in acts}
    if len(set(kinds.values())) < 2:  # noqa: PLR2004 -- nothing to tell apart
        return
    said = _(" ; ").join(
        f"{short_name(act)} ({listed(kinds[act.iri]) or _('non précisé')})" for act in acts
    )
    yield _("Les sources ne sont pas de même nature : %(kinds)s.", kinds=said)


def _kinds(d: Description, act: Act) -> tuple[str, ...]:
    """Return the kinds of the documents read, or their names where no kind is stated."""
    graph = act.iri.replace("/id/contract/", "/graph/contract/", 1)
    sources = d.iris(graph, "prov:wasDerivedFrom")
    found = {d.label(d.iri_of(source, "dcterms:type") or source) for source in sources}
    return tuple(sorted(found))


def _plans(found: Comparison) -> Iterable[str]:
    examined = found.coverage.examined
    if any(examined) and not all(examined):
        missing = [a for a, known in zip(found.acts, examined, strict=True) if not known]
        yield _(
            "La rédaction n’a pas confronté au projet régional les priorités de %(names)s : rien "
            "ne s’en déduit.",
            names=_names(missing),
        )


def _names(acts: Iterable[Act]) -> str:
    return listed([short_name(act) for act in acts])
