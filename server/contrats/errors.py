"""What can go wrong, by name: one base class, so each edge reports every fault the same way."""

from __future__ import annotations


class ContratsError(Exception):
    """Any fault that a person can mend; its text says what was found, where, and what to do.

    `fr` is the sentence for readers, `en` the same in English.
    """

    def __init__(self, fr: str, en: str) -> None:
        """Keep both sentences; `str()` gives the French one and the English one, a line each."""
        super().__init__(f"{fr}\n{en}")
        self.fr = fr
        self.en = en

    def __reduce__(self) -> tuple[type[ContratsError], tuple[str, str]]:
        """Let the error cross from one process to another."""
        return type(self), (self.fr, self.en)


class RoomMissingError(ContratsError):
    """A room (`ontology`, `data`, `shapes` or `queries`) is not where it should be."""


class SourceError(ContratsError):
    """A file of a room cannot be read as what its name says it is."""


class QueryFileError(ContratsError):
    """A `.rq` file is not a well-formed saved query."""


class InvalidDataError(ContratsError):
    """Validation found at least one violation, so nothing is published."""


class ReleaseError(ContratsError):
    """A release is missing, incomplete or not the bytes that its manifest announces."""


class QueryRefusedError(ContratsError):
    """A reader's query cannot be run: not SPARQL, an update, a remote call, or too long."""

    def __init__(
        self, fr: str, en: str, line: int | None = None, column: int | None = None
    ) -> None:
        """Keep where in the text of the query the fault lies, counted from 1, when it is known."""
        super().__init__(fr, en)
        self.line = line
        self.column = column


class EndpointError(ContratsError):
    """A remote SPARQL endpoint did not answer, or answered something else than results."""


class WorkerError(ContratsError):
    """A process that did a part of the work failed or was ended."""


class LimitError(ContratsError):
    """A query went past a limit that is published: time, memory, size of the answer."""


class AnswerTooLargeError(LimitError):
    """An answer is longer than the limit: asking again will not help."""


class BusyError(ContratsError):
    """Too much is asked at once, by all or by one client; `wait` tells when to ask again."""

    def __init__(self, fr: str, en: str, wait: int = 5) -> None:
        """Keep after how many seconds to ask again."""
        super().__init__(fr, en)
        self.wait = wait

    def __reduce__(self) -> tuple[type[BusyError], tuple[str, str, int]]:  # type: ignore[override]
        """Let the error cross from one process to another."""
        return type(self), (self.fr, self.en, self.wait)


class BudgetError(BusyError):
    """One client asked for more than its share of a minute."""
