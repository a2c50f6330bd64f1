"""The files of a data set as udata reads them: address, form, media type, checksum."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rdflib import DCAT, DCTERMS, XSD, Literal

from contrats.rehearsal.common import look_at_languages, look_at_modified
from contrats.rehearsal.words import IANA, SPDX, guess, lose, name_of, note, skip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rdflib import Graph
    from rdflib.term import Node

    from contrats.rehearsal.remarks import Remark


def look_at_files(graph: Graph, node: Node, today: date) -> Iterator[Remark]:
    """Yield what udata would lose or guess of the files of a data set."""
    files = sorted(graph.objects(node, DCAT.distribution), key=str)
    if not files:
        yield note("no-file", "Aucun fichier (dcat:distribution).", "No file (dcat:distribution).")
    addresses = Counter(address for file in files if (address := address_of(graph, file)))
    for address, times in addresses.items():
        if times > 1:
            yield lose(
                "address-twice",
                f"{times} fichiers ont la même adresse, et n’en font qu’un : {address}.",
                f"{times} files have the same address, and become one: {address}.",
            )
    for file in files:
        yield from _file(graph, file)
        yield from look_at_languages(graph, file, "fr", ("title",))
        yield from look_at_modified(graph, file, today)


def address_of(graph: Graph, file: Node) -> str | None:
    """Return the address of a file: the download, else the access."""
    found = graph.value(file, DCAT.downloadURL) or graph.value(file, DCAT.accessURL)
    return None if found is None else str(found)


def _file(graph: Graph, file: Node) -> Iterator[Remark]:
    name = name_of(graph, file)
    if address_of(graph, file) is None:
        yield lose(
            "file-without-address",
            f"« {name} » n’a ni dcat:downloadURL ni dcat:accessURL : fichier laissé.",
            f"“{name}” has neither dcat:downloadURL nor dcat:accessURL: file left out.",
        )
    media = graph.value(file, DCAT.mediaType)
    if media is not None and not str(media).startswith(IANA) and "://" in str(media):
        yield guess(
            "media-type-unknown",
            f"« {name} » : le type de média n’est connu qu’en {IANA}… ; trouvé {media}.",
            f"“{name}”: a media type is known only as {IANA}…; found {media}.",
        )
    if graph.value(file, DCTERMS["format"]) is None:
        yield lose(
            "format-missing",
            f"« {name} » n’a pas de dcterms:format : le portail n’en montre aucun.",
            f"“{name}” has no dcterms:format: the portal shows none.",
        )
    yield from _checksum(graph, file, name)


def _checksum(graph: Graph, file: Node, name: str) -> Iterator[Remark]:
    """Yield the checksum that makes udata refuse the data set: no algorithm, or hexBinary."""
    for checksum in graph.objects(file, SPDX.checksum):
        values = (
            []
            if isinstance(checksum, Literal)
            else list(graph.objects(checksum, SPDX.checksumValue))
        )
        algorithm = None if isinstance(checksum, Literal) else graph.value(checksum, SPDX.algorithm)
        binary = any(getattr(each, "datatype", None) == XSD.hexBinary for each in values)
        if algorithm is None or binary or not values:
            yield skip(
                "checksum-refused",
                f"« {name} » : spdx:checksum fait refuser le jeu de données (il faut un "
                "spdx:algorithm, et une valeur qui soit un texte, pas un xsd:hexBinary).",
                f"“{name}”: spdx:checksum makes the data set refused (it needs a spdx:algorithm, "
                "and a value that is a text, not an xsd:hexBinary).",
            )
