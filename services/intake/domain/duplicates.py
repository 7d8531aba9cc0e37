"""Are two clients one person, and who has said so?

A conflict check offers a pair once. Two persons of the firm see that they are one, because a merge
cannot be taken back; that they are two is remembered, and the pair is never offered again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from services.intake.domain.clients import Client
from services.intake.domain.consents import Consent
from services.intake.domain.matters import Matter
from services.intake.domain.restrictions import Restriction
from services.intake.domain.sole_practice import SolePractice
from shared.contracts.keys import id_made_of
from shared.errors import RuleError

State = Literal["offered", "proposed", "merged", "different"]
COMPARED_WORDS = (  # in the order of a card
    ("name", "Name"),
    ("former_names", "Former names"),
    ("birth_date", "Born"),
    ("company_number", "Company number"),
    ("address", "Address"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("locale", "Language"),
    ("timezone", "Time zone"),
    ("preferred_channel", "Channel"),
    ("interpreter", "Interpreter"),
    ("contact_person", "Contact person"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A pair of clients that may be one person, the lower id first."""

    pair_id: str
    first_id: str
    second_id: str
    check_id: str
    state: State = "offered"
    survivor_id: str | None = None
    proposed_by: str | None = None
    proposed_at: datetime | None = None
    decided_by: str | None = None
    alone: bool = False  # by one person, where nobody else could
    reason: str | None = None  # how it was seen that they are two, or why one person decided alone

    @property
    def client_ids(self) -> tuple[str, str]:
        """Both."""
        return self.first_id, self.second_id

    @property
    def merged_id(self) -> str | None:
        """Who goes into the other one, as was proposed."""
        if self.survivor_id is None:
            return None
        return self.second_id if self.survivor_id == self.first_id else self.first_id


def pair_of(one: str, other: str, check_id: str = "") -> Duplicate:
    """The pair, the same whichever is named first."""
    first, second = sorted((one, other))
    return Duplicate(
        pair_id=id_made_of("pair", first, second),
        first_id=first,
        second_id=second,
        check_id=check_id,
    )


def proposed(pair: Duplicate, survivor_id: str, by: str, at: datetime) -> Duplicate:
    """One person has seen that they are one; which id stays is theirs to say."""
    if pair.state == "proposed":
        raise RuleError("Somebody has said so already: confirm it.", code="proposed-before")
    if pair.state == "merged":
        raise RuleError("These are one client already.", code="merged-before")
    if survivor_id not in pair.client_ids:
        message = "Choose which of the two ids stays."
        raise RuleError(message, code="unknown-client", field="survivor_id")
    return replace(
        pair, state="proposed", survivor_id=survivor_id, proposed_by=by, proposed_at=at,
        decided_by=None, reason=None,
    )  # fmt: skip


def confirmed(
    pair: Duplicate, by: str, now: datetime, sole: SolePractice | None, why: str
) -> Duplicate:
    """A second person has seen it too; where there is none, time and a written reason stand for
    them.
    """
    if pair.state != "proposed":
        raise RuleError("First somebody says which id stays.", code="not-proposed")
    if pair.proposed_by != by:
        return replace(pair, state="merged", decided_by=by)
    if sole is None:
        message = "You said so yourself: a second person confirms it."
        raise RuleError(message, code="same-person")
    hours = sole.hours_left(pair.proposed_at or now, now)
    if hours:
        raise RuleError(
            "You said so yourself and nobody else can confirm it: look at both again in "
            f"{hours} hours."
            if hours > 1
            else "You said so yourself and nobody else can confirm it: look at both again in "
            "1 hour.",
            code="cooling-off",
        )
    if not why.strip():
        message = "Say why they are one person: it stands for the second person."
        raise RuleError(message, code="missing", field="why")
    return replace(pair, state="merged", decided_by=by, alone=True, reason=why.strip())


def different(pair: Duplicate, by: str, reason: str) -> Duplicate:
    """They are two persons, and nobody is asked again."""
    return replace(pair, state="different", decided_by=by, reason=reason.strip() or None)


def merged_elsewhere(pair: Duplicate, survivor_id: str, by: str | None) -> Duplicate:
    """Somebody said so without being asked here, such as the practice-management system."""
    if pair.state == "merged":
        return pair
    return replace(pair, state="merged", survivor_id=survivor_id, decided_by=by)


def with_survivor(pair: Duplicate, merged_id: str, survivor_id: str) -> Duplicate | None:
    """The pair once one of the two is somebody else; None where it has to be asked anew."""
    other = pair.second_id if pair.first_id == merged_id else pair.first_id
    if other == survivor_id:
        return pair
    if pair.state in ("offered", "proposed"):
        return None
    anew = pair_of(survivor_id, other, pair.check_id)
    return replace(
        anew, state=pair.state, survivor_id=pair.survivor_id, proposed_by=pair.proposed_by,
        proposed_at=pair.proposed_at, decided_by=pair.decided_by, alone=pair.alone,
        reason=pair.reason,
    )  # fmt: skip


def side_by_side(one: Client, other: Client) -> list[dict[str, Any]]:
    """Both cards, line by line, and which lines differ."""
    lines = []
    for name, label in COMPARED_WORDS:
        told = [_told(getattr(each, name)) for each in (one, other)]
        if any(told):
            lines.append({"label": label, "first": told[0], "second": told[1],
                          "differs": told[0] != told[1]})  # fmt: skip
    return lines


def more_of(
    matters: Sequence[Matter], consents: Iterable[Consent], restrictions: Iterable[Restriction]
) -> dict[str, Any]:
    """What else hangs on one of them: ids and kinds, no words."""
    said = sorted({(each.purpose, each.channel or "", each.granted) for each in consents})
    return {
        "matters": [{"matter_id": each.matter_id, "state": each.state} for each in matters],
        "consents": [
            {"purpose": purpose, "channel": channel or None, "granted": granted}
            for purpose, channel, granted in said
        ],
        "restrictions": sorted({each.kind for each in restrictions}),
    }


def stricter(there: Consent, moved: Consent) -> Consent:
    """Of two words of one person under two ids, the no; it was said as late as the later one.

    So that neither of the two words, should it be heard again, changes anything.
    """
    newest = max(there, moved, key=lambda each: each.stamp)
    strict = next((each for each in (there, moved) if not each.granted), newest)
    return replace(strict, stamps={**strict.stamps, **newest.stamps})


def _told(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def check_known(found: Iterable[Client | None]) -> None:
    """Refuse to merge whoever is not known any more."""
    if any(each is None or each.erased for each in found):
        raise RuleError("One of them is not known any more.", code="unknown-client")
