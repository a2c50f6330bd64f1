"""One page of each kind, in both languages: what must hold everywhere is asked of these."""

from __future__ import annotations

from typing import Final

KINDS: Final = {
    "home": "/",
    "contract": "/doc/contract/valence-2019.html",
    "contract with disagreements": "/doc/contract/les-mureaux-2019.html",
    "contract hardly known": "/doc/contract/pays-de-broceliande.html",
    "preparatory act": "/doc/contract/montreuil-2025.html",
    "priority": "/doc/priority/valence-2019-3.html",
    "actor": "/doc/actor/ars-auvergne-rhone-alpes.html",
    "actor that became another": "/doc/actor/ars-rhone-alpes.html",
    "actor type": "/doc/actor-type/ars.html",
    "theme": "/doc/theme/sante-mentale.html",
    "population": "/doc/population/jeunes.html",
    "region": "/doc/territory/region-84.html",
    "departement": "/doc/territory/departement-26.html",
    "commune": "/doc/territory/commune-26362.html",
    "plan": "/doc/plan/prs-ara-2018.html",
    "plan item": "/doc/plan/pop-1.html",
    "source": "/doc/source/src-lesmureaux-fr-informationssante-15321-856058.html",
    "anything else": "/doc/evaluation/valence-2012.html",
    "nothing compared": "/compare",
    "two generations compared": "/compare?c=valence-2012&c=valence-2019",
    "three contracts compared": "/compare?c=valence-2019&c=les-mureaux-2019&c=nantes-2019",
    "all contracts compared": "/compare?all=1",
    "contracts": "/contracts",
    "contracts by facets": "/contracts?region=84&stage=signed",
    "contracts on a map": "/contracts?view=map",
    "contracts in time": "/contracts?view=timeline",
    "map": "/map",
    "actors": "/actors",
    "themes": "/themes",
    "plans": "/plans",
    "sources": "/sources",
    "search": "/search?q=valence",
    "search that finds nothing": "/search?q=zzzz",
    "queries": "/queries",
    "saved query": "/queries/signatories?contract=valence-2019",
    "saved query, long": "/queries/where-it-was-read?contract=les-mureaux-2019",
    "endpoint": "/sparql",
    "answer of the endpoint": "/sparql?query=SELECT*{?s%20?p%20?o}LIMIT%2050",
    "vocabulary": "/def",
    "rules": "/shape",
    "graph": "/graph/contract/valence-2019.html",
    "catalogue": "/catalog.html",
    "harvest rehearsed": "/catalog/check.html",
    "releases": "/releases.html",
    "coverage": "/coverage",
    "limits": "/limits",
    "names reconciled": "/reconcile.html?name=Saint-Denis&type=igeo:Commune",
    "report": "/graph/report.html",
    "links": "/links?to=territory/region-84&by=igeo:subdivisionDe",
    "help": "/help",
    "model": "/help/model",
    "words": "/help/words",
    "citing": "/help/cite",
    "contributing": "/help/contribute",
    "notebook": "/help/notebook",
    "no such page": "/nowhere",
    "refusal": "/contracts?region=nowhere",
}
LANGUAGES: Final = {"fr": "", "en": "/en"}
"""The path below which the pages of each language are."""
PAGES: Final = {
    f"{kind} ({language})": f"{below}{path}"
    for kind, path in KINDS.items()
    for language, below in LANGUAGES.items()
}
MISSING: Final = frozenset({"no such page", "refusal"})
"""Kinds that answer with an error, which is what they are there for."""
