"""Data sets in the words of schema.org: those of the catalogue, and what is said of a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from contrats.vocabulary import BASE, LICENCE, expand
from contrats.web import address
from contrats.web.description import Description, read_description
from contrats.web.media import DOCUMENTS
from contrats.web.schema_things import full, named, page_of, place
from contrats.web.site import this_site
from contrats.web.tongue import ENGLISH, FRENCH, _, language

if TYPE_CHECKING:
    from collections.abc import Iterable

Node = dict[str, Any]

CATALOGUE: Final = f"{BASE}catalog"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"


def catalogue() -> Node:
    """Return the catalogue of the release with its data sets, each as its own record has it."""
    site = this_site()
    path = site.release.path("catalogue.ttl")
    d = read_description(CATALOGUE, ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    data_sets = d.leading_to(expand("dcat:Dataset"), "rdf:type")
    return full(
        {"@type": "DataCatalog", "@id": CATALOGUE},
        name=d.label(CATALOGUE),
        description=d.text(CATALOGUE, "dcterms:description"),
        url=address.public(address.shown("/catalog")),
        license=_license(d, CATALOGUE),
        publisher={"@id": _publisher()},
        inLanguage=[FRENCH, ENGLISH],
        dataset=[_data_set(d, iri) for iri in data_sets],
    )


def publisher() -> Node:
    """Return who publishes: those whom the data set names."""
    iri = _publisher()
    return named(Description(iri, this_site().statements), iri, "Organization")


def about_contract(d: Description) -> Node:
    """Return the document about a contract as the data set that it is.

    The contract itself is no data and schema.org has no agreements: the data are *about* it.
    """
    site, title = this_site(), d.label(d.iri)
    document = d.iri.replace(f"{BASE}id/", f"{BASE}doc/", 1)
    graph = d.iri.replace(f"{BASE}id/", f"{BASE}graph/", 1)
    return full(
        {"@type": "Dataset", "@id": document, "name": title},
        description=_(
            "Ce que des sources publiques disent de l’acte « %(title)s » : signataires, priorités, "
            "période, territoire. Chaque valeur mène à l’endroit où elle a été lue.",
            title=title,
        ),
        url=page_of(d.iri),
        identifier=d.text(d.iri, "dcterms:identifier"),
        about={"@type": "Thing", "@id": d.iri, "name": title},
        license=_license(d, graph) or LICENCE,
        creator={"@type": "Organization", "@id": _publisher(), "name": d.label(_publisher())},
        isPartOf={"@type": "Dataset", "@id": site.release.manifest.dataset},
        version=site.release.version,
        temporalCoverage=_interval(d, d.iri),
        spatialCoverage=[place(d, each) for each in d.iris(d.iri, "dcterms:spatial")],
        isBasedOn=_sources(d, graph),
        inLanguage=FRENCH,
        isAccessibleForFree=True,
        distribution=[
            {
                "@type": "DataDownload",
                "contentUrl": f"{address.public(_step(document))}.{form.suffix}",
                "encodingFormat": form.media_type,
            }
            for form in DOCUMENTS
        ],
    )


def _data_set(d: Description, iri: str) -> Node:
    """Return a data set of the catalogue; what its record gives in no language of the page stays.

    Titles there are French, since portals take any: the release itself says the others.
    """
    said = Description(iri, this_site().statements)
    return full(
        {"@type": "Dataset", "@id": iri},
        name=said.label_in(iri, language()) or d.label(iri),
        description=said.text(iri, "dcterms:description") or d.text(iri, "dcterms:description"),
        url=page_of(iri),
        identifier=d.text(iri, "dcterms:identifier"),
        license=_license(d, iri),
        creator={"@id": _publisher()},
        version=d.text(iri, "dcat:version"),
        datePublished=d.text(iri, "dcterms:issued"),
        dateModified=d.text(iri, "dcterms:modified"),
        keywords=list(d.texts(iri, "dcat:keyword")),
        temporalCoverage=_interval(said, iri),
        spatialCoverage=[
            place(said, each) for each in d.iris(iri, "dcterms:spatial") if address.is_ours(each)
        ],
        isAccessibleForFree=True,
        distribution=[_download(d, each) for each in d.iris(iri, "dcat:distribution")],
    )


def _download(d: Description, iri: str) -> Node:
    file = d.iri_of(iri, "dcat:downloadURL") or d.iri_of(iri, "dcat:accessURL") or ""
    outside, within = d.iri_of(iri, "dcat:compressFormat"), d.iri_of(iri, "dcat:mediaType")
    media_type = outside or within or ""
    return full(
        {"@type": "DataDownload"},
        name=d.text(iri, "dcterms:title"),
        contentUrl=address.public(_step(file)) if address.is_ours(file) else file,
        encodingFormat=media_type.removeprefix(_MEDIA),
        contentSize=f"{size} B" if (size := d.text(iri, "dcat:byteSize")) else None,
    )


def _interval(d: Description, iri: str) -> str | None:
    """Return the time covered, where both its ends are stated: an open one would say more."""
    for period in d.iris(iri, "dcterms:temporal"):
        start, end = d.text(period, "dcat:startDate"), d.text(period, "dcat:endDate")
        if start and end:
            return f"{start}/{end}"
    return None


def _sources(d: Description, graph: str) -> list[str]:
    """Return the addresses of the documents from which a graph was made."""
    found: Iterable[str | None] = (
        d.iri_of(source, "schema:url") for source in d.iris(graph, "prov:wasDerivedFrom")
    )
    return [url for url in found if url and address.is_web(url)]


def _license(d: Description, iri: str) -> str | None:
    return d.iri_of(iri, "dcterms:license")


def _publisher() -> str:
    """Return the IRI of who publishes the data set."""
    site = this_site()
    d = Description(site.release.manifest.dataset, site.statements)
    return d.iri_of(d.iri, "dcterms:publisher") or BASE


def _step(iri: str) -> str:
    return f"/{iri.removeprefix(BASE)}"
