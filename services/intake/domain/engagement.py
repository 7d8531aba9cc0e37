"""Somebody who asked for help becomes a client: what is said of them, and is it enough?

Nothing is typed twice: what the inquiry knows is filled in beforehand, and whoever decides changes
what is wrong. What was settled about their names in the inquiry's conflict checks stays settled.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from services.intake.domain import clients, parties
from services.intake.domain.checks import Check, Hit
from services.intake.domain.dispositions import Settled, pair_of, roles_of
from services.intake.domain.inquiries import Inquiry
from services.intake.domain.roles import Role
from shared.contracts.fields import EMAIL_PATTERN, KEY_PATTERN, LINE_PATTERN, PHONE_PATTERN
from shared.errors import RuleError

LONGEST_NAME, LONGEST_LABEL, LONGEST_EMAIL, LONGEST_PHONE = 200, 80, 254, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """Whom the firm acts for from now on, in which matter, and who leads it."""

    client_id: str
    matter_id: str
    name: str
    email: str | None
    phone: str | None
    area: str
    lawyer: str
    opponents: tuple[str, ...]

    def party_id(self, at: int) -> str:
        """The id of the opponent at this place."""
        return f"{self.matter_id}-{at + 1}"


def filled_in(inquiry: Inquiry) -> dict[str, str]:
    """What whoever engages a client finds filled in."""
    digest = sha256(inquiry.inquiry_id.encode()).hexdigest()[:12]
    return {
        "client_name": inquiry.name or "",
        "email": inquiry.email or "",
        "phone": inquiry.phone or "",
        "area": (inquiry.practice_area or "").replace("-", " "),
        "client_id": f"c-{digest}",
        "matter_id": f"m-{digest}",
    }


def engagement_of(inquiry: Inquiry, fields: Mapping[str, Any]) -> Engagement:
    """What was decided, or a RuleError that names the field."""
    typed = {name: " ".join(str(value).split()) for name, value in fields.items()}
    email, phone = typed.get("email", ""), typed.get("phone", "")
    _check(bool(email or phone), "email", "Give an e-mail address or a telephone number.")
    _fit(email, EMAIL_PATTERN, LONGEST_EMAIL, "email", "Give one e-mail address.")
    _fit(phone, PHONE_PATTERN, LONGEST_PHONE, "phone", "Give a telephone number.")
    name = typed.get("client_name", "")
    _fit(name, LINE_PATTERN, LONGEST_NAME, "client_name", "Use at most 200 usual characters.")
    for field in ("client_id", "matter_id", "lawyer"):
        _fit(typed.get(field, ""), KEY_PATTERN, 64, field, "An id is letters, digits, - and _.")
    area = label_of(typed.get("area", ""))
    _fit(area, LINE_PATTERN, LONGEST_LABEL, "area", "Name the practice area in one line.")
    return Engagement(
        client_id=typed["client_id"],
        matter_id=typed["matter_id"],
        name=name,
        email=email or None,
        phone=phone or None,
        area=area,
        lawyer=typed["lawyer"],
        opponents=inquiry.adverse_names,
    )


def label_of(words: str) -> str:
    """A practice area as events name it: Family law is family-law."""
    return "-".join(words.lower().split())[:LONGEST_LABEL]


def settled_before(checks: Iterable[Check], engaged: Engagement) -> list[Settled]:
    """What was decided about the names of the inquiry, said of the client and their opponents."""
    return [
        _carried(check, hit, engaged)
        for check in checks
        if check.is_clear
        for hit in check.hits
        if hit.disposition in ("cleared", "waived") and hit.role in ("prospect", "adverse")
    ]


def _carried(check: Check, hit: Hit, engaged: Engagement) -> Settled:
    name = check.searched[hit.searched].name if hit.searched < len(check.searched) else ""
    role: Role = "adverse"
    ref = clients.ref_of(engaged.client_id)
    if hit.role == "prospect":
        role = "client"
    elif name in engaged.opponents:
        at = engaged.opponents.index(name)
        ref = parties.ref_of(engaged.matter_id, engaged.party_id(at))
    return Settled(
        pair=pair_of(ref, hit.ref),
        roles=roles_of(replace(hit, role=role)),
        score=hit.score,
        decision="waived" if hit.disposition == "waived" else "cleared",
        check_id=check.check_id,
        decided_by=check.decided_by or "",
        decided_at=check.decided_at or check.made_at,
    )


def _fit(text: str, pattern: str, longest: int, field: str, remedy: str) -> None:
    _check(not text or (len(text) <= longest and bool(re.fullmatch(pattern, text))), field, remedy)


def _check(holds: bool, field: str, remedy: str) -> None:
    if not holds:
        raise RuleError(remedy, code="wrong", field=field)
