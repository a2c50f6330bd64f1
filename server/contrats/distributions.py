"""What can be taken away, file by file: what a catalogue says of it, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WHOLE: Final = "contrats-locaux-de-sante"
CONTRACTS: Final = "contracts"
ACTORS: Final = "actors"
PLANS: Final = "plans-and-alignments"
VOCABULARIES: Final = "vocabularies"
REPORT: Final = "validation-report"
DATASETS: Final = (WHOLE, CONTRACTS, ACTORS, PLANS, VOCABULARIES, REPORT)
"""The names of the data sets of the catalogue, below `id/dataset/`."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a data set: `dumps/<file>` in a release, `/dump/<file>` in the world.

    `eu_file_type` is a name in the EU's list of file types, `media_type` one in IANA's; of a
    compressed file both speak of what is inside, and `compression` of the outside.
    """

    dataset: str
    file: str
    title_fr: str
    title_en: str
    eu_file_type: str
    media_type: str
    compression: str | None = None
