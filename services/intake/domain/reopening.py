"""A conflict check that was decided is to be looked at again: how does it stand then?

Everything the decision said is kept as a round of its own. What it decided about each hit is open
again; what an earlier check had settled stays settled.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.intake.domain.checks import Check, Hit, Round
from services.intake.domain.grounds import LONGEST_TEXT
from shared.errors import RuleError

FOUND_LATER = "Names that became known later match."


def check_may_reopen(made: Check, by: str, why: Any, *, alone: bool) -> str:
    """The reason, if this person may reopen it: a second person, where the firm has two."""
    if made.state == "pending":
        raise RuleError("This check waits for a decision already.", code="not-decided")
    if made.decided_by == by and not alone:
        raise RuleError("Somebody else than whoever decided it reopens a check.", code="barred")
    if not isinstance(why, str) or not why.strip():
        raise RuleError("Say why, for the record.", code="missing", field="why")
    if len(why) > LONGEST_TEXT:
        raise RuleError(f"This must be a text of at most {LONGEST_TEXT} letters.", field="why")
    return why.strip()


def reopened(
    made: Check,
    now: datetime,
    why: str,
    *,
    by: str | None = None,
    request_id: str = "",
    found: Iterable[Hit] = (),
) -> Check:
    """The check as it waits for another decision, with the hits that were found since."""
    new = {hit.ref: hit for hit in found}
    kept = [_open_again(hit) for hit in made.hits if hit.ref not in new]
    return replace(
        made,
        state="pending",
        hits=(*kept, *new.values()),
        decided_by=None,
        decided_at=None,
        document_ref=None,
        signed_on=None,
        affected=None,
        grounds=None,
        reason=None,
        verdicts=(),
        rounds=(*made.rounds, _round(made, now, why, by, request_id)),
        reopened=made.reopened + 1,
    )


def _open_again(hit: Hit) -> Hit:
    return hit if hit.settled_by is not None else replace(hit, disposition="open")


def _round(made: Check, now: datetime, why: str, by: str | None, request_id: str) -> Round:
    return Round(
        state=made.state,
        decided_by=made.decided_by,
        decided_at=made.decided_at,
        grounds=made.grounds,
        reason=made.reason,
        document_ref=made.document_ref,
        signed_on=made.signed_on,
        affected=made.affected,
        verdicts=made.verdicts,
        reopened_by=by,
        reopened_at=now,
        why=why,
        request_id=request_id,
    )
