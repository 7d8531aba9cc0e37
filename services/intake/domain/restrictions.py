"""What must not be done about whom until it is lifted, who may say so, and what is asked then?

One register for all restrictions, whoever placed them: the newest word on an id holds, in any
order. Why a person placed one is kept here, sealed, and travels in no event.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.contracts.restrictions import (
    Effect,
    Kind,
    RestrictionLifted,
    RestrictionPlaced,
    subjects_in,
)
from shared.contracts.restrictions_asked import LONGEST_WHY, PLACED_BY_HAND, RestrictionsAsked
from shared.errors import RuleError

EFFECTS: Mapping[Kind, Effect] = {
    "conflict": "wait",
    "declined": "stop",
    "wall": "bar",
    "legal-hold": "keep",
    "sensitivity": "person-first",
    "deceased": "stop",
    "insider": "stop",
    "freeze": "wait",
}
"""What follows from each kind, where a person places it."""
INSIDER_CLASSES = ("review-ask",)  # 16 CFR 465.5: no reviews of one's own staff and relatives
MAY_PLACE = ("lawyer", "partner")
OF_A_CHECK = ("conflict", "declined")
FIRM = "firm"


@dataclass(frozen=True, slots=True, kw_only=True)
class WallRecord:
    """What Model Rule 1.10(a)(2) wants known of a screen; days as 2026-03-04."""

    screened_on: str  # since when they have no part in it
    no_share_of_fee: bool
    notice_on: str  # when the former client was told in writing
    certified_on: str  # when compliance was last certified


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """One restriction of the register."""

    restriction_id: str
    stamp: str = ""
    kind: Kind = "conflict"
    effect: Effect = "wait"
    scope: str = "client"
    lifted: bool = False
    client_id: str | None = None
    matter_id: str | None = None
    inquiry_id: str | None = None
    staff_ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    until: datetime | None = None
    by: str | None = None
    at: datetime | None = None
    placed_at: datetime | None = None  # when it was first placed
    reason: str | None = None  # in words, for the record
    reviewed_at: datetime | None = None
    reviewed_by: str | None = None
    wall: WallRecord | None = None

    @property
    def standing(self) -> tuple[str, ...]:
        """What it is about, as long as nobody lifted it: ``client:c-1``, … or ``firm``."""
        if self.lifted or self.at is None:
            return ()
        if self.scope == FIRM:
            return (FIRM,)
        ids = {"client_id": self.client_id, "matter_id": self.matter_id,
               "inquiry_id": self.inquiry_id}  # fmt: skip
        own = subjects_in({f"{self.scope}_id": ids[f"{self.scope}_id"]})
        more = subjects_in({"inquiry_id": self.inquiry_id}) if self.scope == "client" else ()
        return (*own, *more)

    @property
    def keeps(self) -> bool:
        """Whether nothing about them may be erased, however another system said it."""
        return self.effect == "keep" or self.kind == "legal-hold"

    def holds_at(self, now: datetime) -> bool:
        """Whether it still stands; a wall and a legal hold end with nobody's clock."""
        if not self.standing:
            return False
        timed = self.until is not None and self.effect != "bar" and not self.keeps
        return not timed or (self.until is not None and now < self.until)


def placed(before: Restriction, said: RestrictionPlaced, stamp: str) -> Restriction:
    """The row after a restriction was placed or said anew; older words change nothing."""
    if stamp <= before.stamp:
        return before
    return replace(
        before,
        stamp=stamp,
        kind=said.kind,
        effect=said.effect,
        scope=said.scope,
        lifted=False,
        client_id=said.client_id,
        matter_id=said.matter_id,
        inquiry_id=said.inquiry_id,
        staff_ids=said.staff_ids or (),
        classes=said.classes or (),
        until=said.until,
        by=said.by,
        at=said.at,
        placed_at=min(filter(None, (before.placed_at, said.at))),
    )


def lifted(before: Restriction, said: RestrictionLifted, stamp: str) -> Restriction:
    """The row after it was lifted, even where nobody had heard that it was placed."""
    if stamp <= before.stamp:
        return before
    return replace(before, stamp=stamp, lifted=True, by=said.by)


def holds(found: Iterable[Restriction], now: datetime) -> list[Restriction]:
    """Those of a person or their matters for which nothing about them may be erased now.

    What a legal hold keeps is kept until somebody lifts it: whoever erases asks this first.
    """
    return [each for each in found if each.keeps and each.holds_at(now)]


def check_may_place(roles: Collection[str], kind: str, scope: str) -> None:
    """Refuse whoever may not place such a restriction."""
    allowed = ("partner",) if scope == FIRM else MAY_PLACE
    if not set(roles) & set(allowed):
        raise RuleError(f"This is placed by: {', '.join(allowed)}.", code="wrong-role")
    fitting = {str(name): scopes for name, scopes in PLACED_BY_HAND.items()}
    if kind not in fitting:
        raise RuleError(
            f"Choose one of: {', '.join(fitting)}.", code="unknown-choice", field="kind"
        )
    if scope not in fitting[kind]:
        around = ", ".join(fitting[kind])
        raise RuleError(f"Choose one of: {around}.", code="unknown-choice", field="scope")


def check_may_lift(restriction: Restriction, person: str, roles: Collection[str]) -> None:
    """Refuse whoever may not lift it: nobody opens the wall that stands before them."""
    allowed = ("partner",) if restriction.scope == FIRM else MAY_PLACE
    if not set(roles) & set(allowed):
        raise RuleError(f"This is lifted by: {', '.join(allowed)}.", code="wrong-role")
    if restriction.kind in OF_A_CHECK:
        message = "It ends when its conflict check is decided: have that reopened."
        raise RuleError(message, code="of-a-check")
    if person in restriction.staff_ids:
        raise RuleError("Somebody whom it does not name lifts this.", code="screened")


def words_of(asked: RestrictionsAsked) -> str:
    """The reason that was given; RuleError where there is none, or too much of it."""
    why = (asked.why or "").strip()
    if not why:
        raise RuleError("Say why, for the record.", code="missing", field="why")
    if len(why) > LONGEST_WHY:
        message = f"Use at most {LONGEST_WHY} characters."
        raise RuleError(message, code="too-long", field="why")
    return why


def staff_behind(asked: RestrictionsAsked, by: str) -> tuple[str, ...]:
    """Whom a wall keeps away: at least one person, and never whoever builds it."""
    staff = tuple(dict.fromkeys(each.strip() for each in asked.staff_ids or () if each.strip()))
    if not staff:
        raise RuleError("Say whom the wall keeps away.", code="missing", field="staff_ids")
    if by in staff:
        message = "Somebody else builds a wall that keeps you away."
        raise RuleError(message, code="screened", field="staff_ids")
    return staff


def record_of(fields: Mapping[str, object]) -> WallRecord:
    """What was said of a wall when it was kept; RuleError names what is missing."""
    for name, words in WALL_FIELDS.items():
        if fields.get(name) in (None, "", False):
            raise RuleError(f"{words} A wall is kept with all four.", code="missing", field=name)
    return WallRecord(
        screened_on=str(fields["screened_on"]),
        no_share_of_fee=True,
        notice_on=str(fields["notice_on"]),
        certified_on=str(fields["certified_on"]),
    )


WALL_FIELDS = {
    "screened_on": "Since when do they have no part in it?",
    "no_share_of_fee": "Confirm that they get no part of the fee.",
    "notice_on": "When was the former client told in writing?",
    "certified_on": "When was it last certified that the wall is kept?",
}
