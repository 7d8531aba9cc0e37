"""On what grounds is a conflict check decided, and is what was filled in enough for the record?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.intake.domain.checks import Check
from shared.contracts.fields import is_day
from shared.errors import RuleError

GROUNDS: Mapping[str, frozenset[str]] = {
    "clear": frozenset({"another-person", "another-company", "no-opposed-interests"}),
    "decline": frozenset({"opposed-interests", "former-client", "confidential-knowledge", "other"}),
}
LONGEST_REFERENCE, LONGEST_TEXT = 200, 2_000


def grounds_of(decision: str, fields: Mapping[str, Any]) -> str | None:
    """The grounds, which must be among those of the decision; a waiver is its own ground."""
    if decision not in GROUNDS:
        return None
    given = fields.get("grounds")
    if given not in GROUNDS[decision]:
        known = ", ".join(sorted(GROUNDS[decision])).replace("-", " ")
        raise RuleError(f"For this decision choose one of: {known}.", field="grounds")
    return str(given)


def words_of(fields: Mapping[str, Any]) -> str:
    """The reason in words, needed for every outcome."""
    return _needed(fields, "reason", LONGEST_TEXT, "Say why, for the record.")


def waiver_of(made: Check, fields: Mapping[str, Any], today: date) -> tuple[str, str, str]:
    """The waiver's document, its day, and every client who signed it, one on each line."""
    reference = _needed(
        fields, "document_ref", LONGEST_REFERENCE, "Give the reference of the signed waiver."
    )
    signed_on = _needed(fields, "signed_on", 10, "Say on which day it was signed.")
    if not is_day(signed_on) or date.fromisoformat(signed_on) > today:
        raise RuleError("Write the day as 2026-05-31; it cannot be to come.", field="signed_on")
    affected = _needed(fields, "affected", LONGEST_TEXT, "Name every client who signed it.")
    count = len([line for line in affected.splitlines() if line.strip()])
    if count < affected_clients(made):
        raise RuleError(
            f"{affected_clients(made)} clients are affected: name each on a line of their own.",
            field="affected",
        )
    return reference, signed_on, affected


def affected_clients(made: Check) -> int:
    """How many clients the check concerns: its own, and those of the hits nobody has decided."""
    concerned = {made.client_id, *(hit.client_id for hit in made.open_hits)} - {None}
    return max(1, len(concerned))


def _needed(fields: Mapping[str, Any], name: str, longest: int, otherwise: str) -> str:
    value = fields.get(name)
    if value is None or value == "":
        raise RuleError(otherwise, code="missing", field=name)
    if not isinstance(value, str) or len(value) > longest:
        raise RuleError(f"This must be a text of at most {longest} letters.", field=name)
    if not value.strip():
        raise RuleError(otherwise, code="missing", field=name)
    return value.strip()
