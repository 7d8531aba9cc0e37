"""What may needs depend on, while a batch is still being read?"""

from datetime import datetime
from typing import Any, Protocol, TypeVar

from shared.state.document_types import DocumentType

T = TypeVar("T")


class ReadSoFar(Protocol):
    """What needs may depend on: what this batch has read until now.

    Only looks that are recorded are offered. Where nothing has been read yet a look answers with
    nothing, and the needs are asked for again once it finds something; so whoever says what a step
    needs can see no document in a way that leaves another one unread.
    """

    @property
    def now(self) -> datetime:
        """The business instant of the batch."""

    @property
    def service(self) -> str:
        """Whose documents these are."""

    def peek(self, kind: DocumentType[T], key: str) -> T | None:
        """The document, or None where there is none or nothing was read yet."""

    def peek_all(self, kind: DocumentType[T], lookup: str, value: str) -> list[T]:
        """Every document under a look-up in key order; none where nothing was read yet."""

    def peek_any(self, kind: DocumentType[T], lookup: str, values: tuple[str, ...]) -> list[T]:
        """Documents under any of these values; none where nothing was read yet."""

    def is_cut(self, kind: DocumentType[Any], lookup: str, values: tuple[str, ...]) -> bool:
        """Whether there were more documents under these values than are read at once."""
