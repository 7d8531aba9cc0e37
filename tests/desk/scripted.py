"""Other services, as the desk meets them: they say what a test has written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Answer, Refused
from shared.contracts.answers import DeadLetterShown, DigestPlanned, Figures
from shared.contracts.cards import CardTold
from shared.contracts.checks import (
    CheckRow,
    ChecksAsked,
    ChecksListed,
    CheckTold,
    ClearanceTold,
    MergeTold,
    NightTold,
)
from shared.contracts.current_clients import CurrentClient, CurrentClientsTold
from shared.contracts.outgoing import OutgoingAsked, OutgoingDecided, OutgoingListed, SentTold
from shared.contracts.restrictions_asked import (
    RestrictionsAsked,
    RestrictionSettled,
    RestrictionsListed,
    RestrictionTold,
)
from shared.errors import TemporaryError
from shared.web.forms import whole


@dataclass
class ScriptedOwners:
    """Owners who say what a test has written down for them."""

    answer: Answer = field(default_factory=lambda: Answer("done", 2))
    shown: Mapping[str, Any] | Refused = field(default_factory=dict)
    by_task: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    away: bool = False
    decided: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    previewed: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def decide(self, service: str, decision: Mapping[str, Any]) -> Answer:
        """Note the decision and give the answer."""
        if self.away:
            raise TemporaryError("away")
        self.decided.append((service, decision))
        return self.answer

    async def preview(self, service: str, decision: Mapping[str, Any]) -> Answer:
        """Note the question and give the answer."""
        if self.away:
            raise TemporaryError("away")
        self.previewed.append((service, decision))
        return self.answer

    async def values(
        self, service: str, task_id: str, actor: StaffMember
    ) -> Mapping[str, Any] | Refused:
        """Note who asks and show the values."""
        if self.away:
            raise TemporaryError("away")
        self.asked.append(f"{service} {task_id} {actor.staff_id}")
        return self.by_task.get(task_id, self.shown)


WELL: dict[str, Any] = {
    "pending": 0,
    "ack_pending": 0,
    "unaccounted": 0,
    "outbox_waiting": 0,
    "outbox_oldest_seconds": 0.0,
    "overdue": {},
    "dead_open": 0,
    "dead": [],
    "parked": 0,
    "parked_groups": [],
    "leases": [
        {"name": "consumer", "replica": "0"},
        *({"name": f"shard:{number:02}", "replica": "0"} for number in range(16)),
    ],
    "own": {},
}


@dataclass
class ScriptedServices:
    """Services that fare as a test has written down: well, as long as it says nothing else."""

    told: dict[str, Mapping[str, Any] | None] = field(default_factory=dict)
    kept: list[Mapping[str, Any]] = field(default_factory=list)
    outcomes: Mapping[str, int] | Refused = field(default_factory=lambda: {"applied": 1})
    digests: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    away: bool = False
    settled: list[tuple[str, str, Mapping[str, str], str]] = field(default_factory=list)
    hidden: list[list[str]] = field(default_factory=list)

    async def figures(self, service: str) -> Figures | None:
        """How it fares."""
        told = self.told.get(service, WELL)
        return None if told is None else Figures.model_validate(told)

    async def digest(self, staff_id: str) -> DigestPlanned | None:
        """When this person's digest goes next."""
        plan = self.digests.get(staff_id)
        return None if plan is None else DigestPlanned.model_validate(plan)

    async def letters(
        self, service: str, fingerprint: str, actor: StaffMember
    ) -> Sequence[DeadLetterShown]:
        """Its dead letters of one cause; notes for whom which are hidden."""
        self.hidden.append(sorted(actor.screened))
        if self.away:
            raise TemporaryError("away")
        own = [each for each in self.kept if each["consumer"] == service]
        same = [each for each in own if each["fingerprint"] == fingerprint]
        return [DeadLetterShown.model_validate(each) for each in same]

    async def settle(
        self, service: str, do: str, choice: Mapping[str, str], actor: StaffMember
    ) -> Mapping[str, int] | Refused:
        """Note what is wanted, by whom."""
        if self.away:
            raise TemporaryError("away")
        self.settled.append((service, do, choice, actor.staff_id))
        return self.outcomes


@dataclass
class ScriptedChecks:
    """Intake's conflict checks, as a test wrote them down."""

    rows: list[CheckRow] = field(default_factory=list)
    records: dict[str, CheckTold] = field(default_factory=dict)
    refused: Refused | None = None
    cleared: Literal["clear", "pending", "declined", "unchecked"] = "clear"
    night: NightTold | None = None
    incomplete: list[str] = field(default_factory=list)
    alone: str | None = None
    away: bool = False
    asked: list[ChecksAsked] = field(default_factory=list)
    by: list[str] = field(default_factory=list)

    async def listed(self, asked: ChecksAsked, actor: StaffMember) -> ChecksListed | Refused:
        """The rows that fit the filter, a page of them."""
        self._note(asked, actor)
        rows = [row for row in self.rows if asked.show in (None, "all", row.state)]
        first = whole(asked.after or "")
        last = first + (asked.limit or 50)
        next = str(last) if len(rows) > last else None
        return ChecksListed(
            rows=rows[first:last], next=next, night=self.night, incomplete=self.incomplete
        )

    async def told(self, asked: ChecksAsked, actor: StaffMember) -> CheckTold | Refused:
        """The record of that id; a search has made the first one."""
        self._note(asked, actor)
        if self.refused is not None and asked.ask != "record":
            return self.refused
        check_id = asked.check_id or next(iter(self.records), "")
        told = self.records.get(check_id)
        return told or Refused("unknown-check", "There is no such conflict check.", "check_id")

    async def merge(
        self, survivor_id: str, other_id: str, request_id: str, actor: StaffMember
    ) -> MergeTold | Refused:
        """A second person is asked."""
        ids = {"client_id": survivor_id, "other_id": other_id, "request_id": request_id}
        self._note(ChecksAsked(ask="merge", **ids), actor)
        return self.refused or MergeTold(task_id="t-merge", alone=self.alone)

    async def clearance(self, client_id: str, actor: StaffMember) -> ClearanceTold | Refused:
        """How the client's checks stand."""
        self._note(ChecksAsked(ask="clearance", client_id=client_id), actor)
        return ClearanceTold(client_id=client_id, state=self.cleared)

    def _note(self, asked: ChecksAsked, actor: StaffMember) -> None:
        if self.away:
            raise TemporaryError("away")
        self.by.append(actor.staff_id)
        self.asked.append(asked)


@dataclass
class ScriptedOutgoing:
    """What goes out next, as a test wrote it down: nothing, as long as it says nothing else."""

    told: OutgoingListed = field(default_factory=lambda: OutgoingListed(messages=[]))
    answer: OutgoingDecided | Refused = field(
        default_factory=lambda: OutgoingDecided(decision_id="r-1", count=1)
    )
    went: dict[str, SentTold] = field(default_factory=dict)
    away: bool = False
    asked: list[OutgoingAsked] = field(default_factory=list)
    by: list[str] = field(default_factory=list)

    async def listed(self, client_id: str, actor: StaffMember) -> OutgoingListed | Refused:
        """Everything on its way; nothing to a client whom nobody wrote down."""
        self.by.append(f"{actor.staff_id} {client_id}")
        if self.away:
            raise TemporaryError("away")
        return self.told

    async def decide(self, asked: OutgoingAsked, actor: StaffMember) -> OutgoingDecided | Refused:
        """Note what is wanted, by whom."""
        if self.away:
            raise TemporaryError("away")
        self.asked.append(asked)
        self.by.append(actor.staff_id)
        return self.answer

    async def sent(self, client_id: str, contact_id: str, actor: StaffMember) -> SentTold | Refused:
        """The message as a test wrote it down; unknown, where it says nothing."""
        self.by.append(f"{actor.staff_id} {client_id} {contact_id}")
        if self.away:
            raise TemporaryError("away")
        return self.went.get(contact_id) or SentTold(contact_id=contact_id, known=False)


@dataclass
class ScriptedCards:
    """What intake knows of clients, as a test wrote it down: nothing, where it says nothing."""

    told: dict[str, CardTold] = field(default_factory=dict)
    away: bool = False
    asked: list[str] = field(default_factory=list)

    async def card(self, client_id: str, actor: StaffMember) -> CardTold | Refused:
        """The client's card; notes who asks."""
        self.asked.append(f"{actor.staff_id} {client_id}")
        if self.away:
            raise TemporaryError("away")
        return self.told.get(client_id) or CardTold(client_id=client_id, known=False)


@dataclass
class ScriptedRecords:
    """What services hold of a client, as a test wrote it down."""

    found: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    away: bool = False
    asked: list[str] = field(default_factory=list)

    async def gathered(
        self, request_id: str, actor: StaffMember
    ) -> Mapping[str, list[dict[str, Any]]] | Refused:
        """What each service holds; notes who asks."""
        self.asked.append(f"{actor.staff_id} {request_id}")
        if self.away:
            raise TemporaryError("away")
        return self.found


@dataclass
class ScriptedCurrents:
    """Whom the firm acts for, as a test wrote it down, in answers of two each."""

    clients: list[CurrentClient] = field(default_factory=list)
    away: bool = False

    async def some(self, actor: StaffMember, after: str = "") -> CurrentClientsTold | Refused:
        """Those after this id."""
        del actor
        if self.away:
            raise TemporaryError("away")
        rest = [each for each in self.clients if each.client_id > after]
        last = rest[1].client_id if len(rest) > 2 else None
        return CurrentClientsTold(items=rest[:2], next=last)


@dataclass
class ScriptedRestrictions:
    """Intake's register of restrictions, as a test wrote it down: empty, else."""

    rows: list[RestrictionTold] = field(default_factory=list)
    refused: Refused | None = None
    away: bool = False
    asked: list[RestrictionsAsked] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    listened: list[str] = field(default_factory=list)

    async def listed(
        self, asked: RestrictionsAsked, actor: StaffMember
    ) -> RestrictionsListed | Refused:
        """What stands; the question is noted."""
        self.listened.append(f"{actor.staff_id} {asked.client_id or asked.inquiry_id}")
        if self.away:
            raise TemporaryError("away")
        return RestrictionsListed(rows=self.rows, may_place=actor.has("lawyer"))

    async def settle(
        self, asked: RestrictionsAsked, actor: StaffMember
    ) -> RestrictionSettled | Refused:
        """Note what is wanted, by whom."""
        if self.away:
            raise TemporaryError("away")
        self.asked.append(asked)
        self.by.append(actor.staff_id)
        return self.refused or RestrictionSettled(restriction_id="by-hand-1")
