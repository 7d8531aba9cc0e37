"""On what grounds is a conflict check decided, and is what was filled in enough for the record?"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.intake.domain.checks import Check, Hit
from shared.contracts.fields import is_day
from shared.errors import RuleError

CLEARING = frozenset({"another-person", "another-company", "no-opposed-interests"})
DECLINING = frozenset({"opposed-interests", "former-client", "confidential-knowledge", "other"})
CONSENTED = "informed-consent"  # of a hit that a signed waiver covers

GROUNDS: Mapping[str, frozenset[str]] = {"clear": CLEARING, "decline": DECLINING}
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
    return needed(fields, "reason", LONGEST_TEXT, "Say why, for the record.")


def waiver_of(
    made: Check, waived: Iterable[Hit], fields: Mapping[str, Any], today: date
) -> tuple[str, str, str]:
    """The waiver's document, its day, and every client who signed it, one on each line."""
    reference = needed(
        fields, "document_ref", LONGEST_REFERENCE, "Give the reference of the signed waiver."
    )
    signed_on = needed(fields, "signed_on", 10, "Say on which day it was signed.")
    if not is_day(signed_on) or date.fromisoformat(signed_on) > today:
        raise RuleError("Write the day as 2026-05-31; it cannot be to come.", field="signed_on")
    affected = needed(fields, "affected", LONGEST_TEXT, "Name every client who signed it.")
    count = len([line for line in affected.splitlines() if line.strip()])
    if count < (least := affected_clients(made, waived)):
        raise RuleError(
            f"{least} clients are affected: name each on a line of their own.", field="affected"
        )
    return reference, signed_on, affected


def affected_clients(made: Check, waived: Iterable[Hit]) -> int:
    """How many clients a waiver concerns: the check's own, and those of the hits it covers."""
    concerned = {made.client_id, *(hit.client_id for hit in waived)} - {None}
    return max(1, len(concerned))


def needed(fields: Mapping[str, Any], name: str, longest: int, otherwise: str) -> str:
    """The text of a field, or a refusal that names it."""
    value = fields.get(name)
    if value is None or value == "":
        raise RuleError(otherwise, code="missing", field=name)
    if not isinstance(value, str) or len(value) > longest:
        raise RuleError(f"This must be a text of at most {longest} letters.", field=name)
    if not value.strip():
        raise RuleError(otherwise, code="missing", field=name)
    return value.strip()
