"""The tables of a release: what the queries of `queries/exports/` find, one table each.

Each cell is what the answer has, an IRI or the characters of a literal; what is not known is empty,
and a column or the first sheet of a workbook says what an empty cell means.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from contrats.distributions import ACTORS, CONTRACTS, PLANS
from contrats.dumps import digest
from contrats.library import read_saved_query
from contrats.quad_table import write_csv
from contrats.vocabulary import BASE, LICENCE, compact, prefixes_of
from contrats.workbook import Sheet, write_workbook
from contrats.writing import texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from contrats.library import SavedQuery

TITLE: Final = "Contrats locaux de santé"
BOOKS: Final = {
    "contrats": (
        "contracts", "participations", "priorities", "actions", "sources", "actors", "plans",
        "plan-items", "alignments", "terms",
    ),
    CONTRACTS: ("contracts", "participations", "priorities", "actions", "sources"),
    ACTORS: ("actors",),
    PLANS: ("plans", "plan-items", "alignments"),
}  # fmt: skip
"""The tables of each workbook, by the name of its file."""
_ONE_CONTRACT: Final = BOOKS[CONTRACTS]
_SSSOM: Final = "alignments"
_CONTRACT: Final = f"{BASE}id/contract/"
_ABOUT: Final = ("feuille / sheet", "colonne / column", "français", "English")


@dataclass(frozen=True, slots=True)
class Table:
    """What one query found: its rows as text, and what the query says of itself and of them."""

    query: SavedQuery
    rows: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """Return the name of the query, the table and its file."""
        return self.query.name

    @property
    def header(self) -> tuple[str, ...]:
        """Return the variables, by which programs call the columns."""
        return tuple(column.name for column in self.query.columns)

    @property
    def sheet(self) -> Sheet:
        """Return the table as it stands in a workbook."""
        return Sheet(self.name, self.header, self.rows)


def read_tables(queries: Path, store: ox.Store) -> tuple[Table, ...]:
    """Return what each query of `queries`/exports finds in the default graph of `store`."""
    saved = [read_saved_query(path) for path in sorted((queries / "exports").glob("*.rq"))]
    return tuple(Table(query, _rows(store, query)) for query in saved)


def _rows(store: ox.Store, query: SavedQuery) -> tuple[tuple[str, ...], ...]:
    found = store.query(query.body, base_iri=BASE)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"queries/exports/{query.name}.rq is no SELECT")
    return tuple(tuple(texts_of(row)) for row in found)


def write_tables(folder: Path, tables: Sequence[Table], version: str) -> dict[str, str]:
    """Write the tables in `folder`, and workbooks of them; return the SHA-256 of each by name."""
    by_name = {table.name: table for table in tables}
    paths = []
    for table in tables:
        paths.append(folder / f"{table.name}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as out:
            write_csv((table.header, *table.rows), out)
    if _SSSOM in by_name:
        paths.append(folder / f"{_SSSOM}.sssom.tsv")
        paths[-1].write_text(write_sssom(by_name[_SSSOM], version), "utf-8", newline="")
    for name, wanted in BOOKS.items():
        chosen = [by_name[each] for each in wanted if each in by_name]
        if chosen:
            sheets = [about_tables(chosen, version), *(table.sheet for table in chosen)]
            paths.append(folder / f"{name}.xlsx")
            paths[-1].write_bytes(write_workbook(sheets, TITLE))
    return {path.name: digest(path) for path in paths}


def about_tables(tables: Sequence[Table], version: str) -> Sheet:
    """Return the first sheet of a workbook: where it comes from, what sheets and columns mean."""
    rows: list[tuple[str, ...]] = [
        (TITLE, version, f"Publication du {version}, {BASE}", f"Release {version}, {BASE}"),
    ]
    for table in tables:
        query = table.query
        rows.append((table.name, "", query.summary_fr, query.summary))
        rows.append((table.name, "", query.limit_fr, query.limit))
        rows += [(table.name, each.name, each.fr, each.en) for each in query.columns]
    return Sheet("à lire - read me", _ABOUT, tuple(rows))


def sheets_by_contract(tables: Sequence[Table]) -> dict[str, list[Sheet]]:
    """Return the rows of each contract, by its name: one sheet a table that has any."""
    found: dict[str, list[Sheet]] = {}
    for name in _ONE_CONTRACT:
        table = next((each for each in tables if each.name == name), None)
        for contract, rows in (_by_contract(table) if table else {}).items():
            sheet = Sheet(name, table.header if table else (), tuple(rows))
            found.setdefault(contract, []).append(sheet)
    return found


def _by_contract(table: Table) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of `table` that name each contract, in a column of one or of several."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    column = next((n for n, each in enumerate(table.header) if each in _NAMING), None)
    for row in table.rows if column is not None else ():
        for iri in row[column or 0].split(" "):
            if iri.startswith(_CONTRACT):
                rows.setdefault(iri.removeprefix(_CONTRACT), []).append(row)
    return rows


_NAMING: Final = frozenset({"contract", "contracts"})
_CURIES: Final = frozenset(
    {"subject_id", "predicate_id", "object_id", "mapping_justification", "author_id",
     "object_source", "record_id"}
)  # fmt: skip
_NO_SLOT: Final = "anachronistic"


def write_sssom(table: Table, version: str) -> str:
    """Return the alignments as SSSOM/TSV, with the header that its readers want.

    https://mapping-commons.github.io/sssom/spec-formats-tsv/
    """
    kept = [n for n, name in enumerate(table.header) if name != _NO_SLOT]
    names = [table.header[n] for n in kept]
    used = prefixes_of(cell for row in table.rows for cell in row)
    out = io.StringIO()
    out.write("#curie_map:\n")
    out.writelines(f"#  {prefix}: {space}\n" for prefix, space in sorted(used.items()))
    out.write(f"#mapping_set_id: {BASE}dump/{_SSSOM}.sssom.tsv\n")
    out.write(f"#mapping_set_version: '{version}'\n")
    out.write(f"#license: {LICENCE}\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(names)
    for row in table.rows:
        writer.writerow(
            compact(row[n]) if name in _CURIES else row[n]
            for n, name in zip(kept, names, strict=True)
        )
    return out.getvalue()
