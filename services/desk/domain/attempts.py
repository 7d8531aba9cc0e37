"""Has this very decision been put to its owner before?

A caller that did not hear the answer asks again under the same Idempotency-Key; the owner then
gives the same answer. The same key on another decision is a mistake and is refused.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.errors import RuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A decision that was accepted: its id, and a keyed hash of what it said."""

    decision_id: str
    said: bytes
    at: datetime


def check_same(attempt: Attempt | None, said: bytes) -> None:
    """Refuse a key that stood on another decision before."""
    if attempt is not None and attempt.said != said:
        message = "This Idempotency-Key was used for another decision; give a new one."
        raise RuleError(message, code="key-reused", field="Idempotency-Key")
