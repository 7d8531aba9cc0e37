"""What may a client ask of the firm's records about them, and what does the law have it keep?

A request is open until a person has seen who asks and lets it go ahead, or refuses it under a named
exemption. The plan says of each class of records what becomes of it, by which rule and until when;
while a hold stands nothing is erased.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from services.intake.domain.matters import Matter
from shared.profiles.profile import Retention

Asked = Literal["access", "erasure"]
State = Literal["open", "ordered", "refused", "ready", "stream", "done"]
SERVICES = frozenset({"desk", "intake", "reminders", "feedback", "reputation", "gateway"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """A class of records that outlives an erasure."""

    data_class: str
    plan: Literal["keep", "restrict"]
    source: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one service said it did."""

    done: str
    count: int
    at: datetime
    retained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsRequest:
    """One request of one client, from asking to the last receipt."""

    request_id: str
    asked: Asked
    client_id: str
    at: datetime
    taken_by: str | None = None
    state: State = "open"
    identity: str | None = None  # how it was seen that they are who they say
    decided_by: str | None = None
    decided_at: datetime | None = None
    exemption: str | None = None
    reason: str = ""  # sealed: why it was refused
    merged_ids: tuple[str, ...] = ()
    inquiry_ids: tuple[str, ...] = ()
    keep: tuple[Keeping, ...] = ()
    receipts: Mapping[str, Receipt] = field(default_factory=dict)

    @property
    def receipted(self) -> bool:
        """Whether every service has said that it is done."""
        return self.receipts.keys() >= SERVICES


def keepings(
    rules: Mapping[str, Retention], matters: Sequence[Matter], now: datetime, zone: ZoneInfo
) -> tuple[Keeping, ...]:
    """What is kept of a client with these matters who is erased now, and until when.

    While a matter is open there is no day yet from which to count.
    """
    found = (_kept(name, rule, matters, now, zone) for name, rule in rules.items())
    return tuple(each for each in found if each is not None)


def _kept(
    name: str, rule: Retention, matters: Sequence[Matter], now: datetime, zone: ZoneInfo
) -> Keeping | None:
    if rule.plan == "clear":
        return None
    since: datetime | None = now
    if rule.since == "matter-closed":
        if not matters:
            return None
        closed = [each.closed_at for each in matters if each.state == "closed"]
        known = [each for each in closed if each is not None]
        since = max(known) if len(known) == len(matters) else None
    until = _until(rule, since, zone) if since is not None else None
    if until is not None and until <= now:
        return None
    return Keeping(data_class=name, plan=rule.plan, source=rule.source, until=until)


def _until(rule: Retention, since: datetime, zone: ZoneInfo) -> datetime | None:
    if rule.years is None:
        return None
    local = since.astimezone(zone)
    if rule.year_end:
        return datetime(local.year + rule.years + 1, 1, 1, tzinfo=zone).astimezone(UTC)
    day = min(local.day, 28) if (local.month, local.day) == (2, 29) else local.day
    return local.replace(year=local.year + rule.years, day=day).astimezone(UTC)
