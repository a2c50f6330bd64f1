"""The data set as it is cited whole: its title, its publisher, its release."""

from __future__ import annotations

from contrats.citation import DataSet
from contrats.web.description import Description
from contrats.web.site import this_site


def this_data_set() -> DataSet:
    """Return the data set of the release that is served, in the words of the page."""
    site = this_site()
    iri = site.release.manifest.dataset
    d = Description(iri, site.statements)
    publisher, licence = d.iri_of(iri, "dcterms:publisher"), d.iri_of(iri, "dcterms:license")
    return DataSet(
        d.label(iri),
        d.label(publisher) if publisher else "",
        site.release.identifier,
        site.release.issued,
        iri,
        d.label(licence) if licence else "",
    )
