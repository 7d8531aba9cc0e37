"""What does the firm give to make it right, and who has to agree to it?

Up to the firm's limit whoever handles a concern may promise it. Above it, and whenever the client
is to release the firm from a claim, a partner decides who did not propose it. No release without
the client told in writing to ask another lawyer, and with time to: ABA Model Rule 1.8(h)(2); SRA
Code for Solicitors 1.2 (no unfair advantage of clients).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from shared.errors import RuleError

KINDS = ("work-done-again", "fee-reduced", "fee-waived", "refund", "payment", "other")
AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What the client is to get."""

    kind: str
    amount: str | None = None  # in the firm's own currency, such as 250.00
    release: bool = False  # the client is to give up a claim in return
    state: Literal["proposed", "agreed", "refused"] = "proposed"
    proposed_by: str = ""
    decided_by: str | None = None


def proposed(fields: Mapping[str, Any], by: str) -> Remedy:
    """The remedy as it was typed; RuleError names the field that is wrong."""
    kind = str(fields.get("remedy") or "")
    if kind not in KINDS:
        raise RuleError(f"Choose one of: {', '.join(KINDS)}.", field="remedy")
    amount = str(fields.get("amount") or "").strip().replace(",", ".")
    if amount and not AMOUNT.fullmatch(amount):
        raise RuleError("Write the amount in plain digits, such as 250.00.", field="amount")
    if not amount and kind in ("fee-reduced", "refund", "payment"):
        raise RuleError("Say how much it is.", code="missing", field="amount")
    if not isinstance(fields.get("release"), bool):
        raise RuleError("Say whether the client gives up a claim for it.", field="release")
    return Remedy(kind=kind, amount=amount or None, release=fields["release"], proposed_by=by)


def needs_partner(remedy: Remedy, limit: Decimal) -> bool:
    """Whether somebody else, a partner, has to agree. What is waived has no amount: it does."""
    amount = Decimal(remedy.amount) if remedy.amount else None
    return remedy.release or remedy.kind == "fee-waived" or (amount is not None and amount > limit)


def check_release(remedy: Remedy, fields: Mapping[str, Any]) -> None:
    """Refuse a release whose client was not told to ask another lawyer, or had no time to."""
    if not remedy.release or fields.get("represented") is True:
        return
    if fields.get("advised") is not True:
        message = (
            "Advise the client in writing first that another lawyer should look at the release "
            "(ABA Model Rule 1.8(h)(2)), or say that one advises them on it."
        )
        raise RuleError(message, code="release-not-fair", field="advised")
    if fields.get("time_given") is not True:
        message = "Give the client time to ask another lawyer first (ABA Model Rule 1.8(h)(2))."
        raise RuleError(message, code="release-not-fair", field="time_given")


def decided(remedy: Remedy, by: str, *, agreed: bool) -> Remedy:
    """As a person decided it."""
    return replace(remedy, state="agreed" if agreed else "refused", decided_by=by)
