"""What must hold after every scenario, whatever broke in it?

Nothing lost, nothing done twice, nothing sent that must not be, everything in order, and all of it
by itself within thirty seconds of healing. The stream, the databases and the mail server's own
ledger are read; no service is believed.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from deploy.infra.services import SERVICES
from shared.clock import monotonic, real_now
from shared.engine.ledger import imbalance
from tests.faults.mailbox import Accepted
from tests.faults.probing import probed
from tests.faults.reading import ANSWER_SECONDS, Stored, stored_events
from tests.faults.rebuilding import differences
from tests.faults.story import Story
from tests.faults.system import HEALED_SECONDS, System, overload, until_seconds

ALL_DONE_SECONDS = 120.0
LOOKS = 3
HANDING_SECONDS = 60.0  # a message in hand for longer is in the hand of nobody
ABOUT_TO_BE_DUE = timedelta(seconds=15)  # longer than a story's reminders are ahead of its telling
FAR = datetime.max.replace(tzinfo=UTC)
CLOCK_GRAIN = timedelta(milliseconds=5)
HEAR_ALL = ("reminders", "desk")
OPENS, CLOSES = 8, 20
DIGEST = "d"  # what the id of a digest begins with; that of a message to a client with "m"
BY_A_PERSON = "phone"  # who is called in place of a message, and told, counts as written to
ENDINGS = ("contact-sent", "contact-failed", "contact-suppressed", "contact-unknown")
DECIDED = timedelta(seconds=75)  # from the last question to the hand-over: START_SECONDS, and a bit


@dataclass
class Seen:
    """Everything the checks look at, read once when all is quiet."""

    stream: Sequence[Stored]
    ledgers: Mapping[str, Mapping[str, int]]
    in_flight: Mapping[str, int]
    handled: Mapping[str, Sequence[Mapping[str, Any]]]
    timers: Sequence[Mapping[str, Any]]
    contacts: Sequence[Mapping[str, Any]]
    suppressions: Sequence[Mapping[str, Any]]
    outbox: Mapping[str, Sequence[str]]  # service → the identities it announced
    mails: Sequence[Accepted]
    digests: Sequence[Accepted] = ()  # to the firm's own people
    replicas: int = 1
    now: datetime = field(default_factory=real_now)

    @cached_property
    def stored_at(self) -> Mapping[int, datetime]:
        """When each place of the stream was filled."""
        return {event.sequence: event.stored_at for event in self.stream}


async def hold(
    system: System,
    story: Story | None = None,
    *,
    healed: float | None = None,
    in_order: bool = True,
    rebuilt: Callable[[Any], Awaitable[object]] | None = None,
) -> float:
    """Everything holds once all is done; the seconds from healing (now) until progress.

    An event whose step failed is tried again a little later and may be overtaken: a scenario that
    makes steps fail does not ask for order, and later ones not for that of its events.
    ``rebuilt``: how the state is compared with one made afresh, where not as usual.
    """
    since = healed if healed is not None else monotonic()
    recovered = await progress(system, since)
    await quiet(system)
    seen = await look(system)
    check_all(seen)
    if in_order:
        check_order(seen, system.without_order_until)
    else:
        system.without_order_until = max(seen.stored_at)
    if story is not None:
        check_told(seen, story)
    await (rebuilt or check_rebuilt)(system)
    return recovered


async def progress(system: System, since: float) -> float:
    """Seconds since healing until an event said now has taken effect in every service."""
    await probed(system, HEALED_SECONDS * overload() + 60.0)
    seconds, limit = monotonic() - since, HEALED_SECONDS * overload()
    assert seconds <= limit, f"progress only {seconds:.1f} s after healing ({limit:.0f} allowed)"
    return seconds


async def quiet(system: System) -> None:
    """Nothing waits, is in flight or in hand, nothing is due or about to be.

    What stays in the hands of a process that was killed is nobody's: no other may take it for gone
    before its time is over, in twelve minutes.
    """
    contacts = system.database("reminders").collection("contacts")
    first_seen: dict[str, float] = {}

    async def still() -> bool:
        in_hand = await contacts.distinct("_id", {"d.state": "handing-over"})
        now, longest = monotonic(), HANDING_SECONDS * overload()
        if any(now - first_seen.setdefault(each, now) < longest for each in in_hand):
            return False
        answers = await system.firm.services.ask_all({"ask": "idle"})
        soon = real_now() + ABOUT_TO_BE_DUE
        dues = [datetime.fromisoformat(each["next_due"]) for each in answers.values()
                if each["next_due"] is not None]  # fmt: skip
        return all(each["idle"] for each in answers.values()) and soon < min(dues, default=FAR)

    for _ in range(system.rounds_of_rest):
        await until_seconds(still, "quiet", ALL_DONE_SECONDS * overload())


def check_all(seen: Seen) -> None:
    """Every invariant that holds in whatever order, and needs no knowledge of the story."""
    check_conservation(seen)
    check_announced(seen)
    check_nothing_twice(seen)
    check_one_outcome(seen)
    check_not_against_the_rules(seen)


def check_conservation(seen: Seen) -> None:
    """Received is applied, duplicate, ignored, parked or dead; and each event was received once."""
    for service, counts in seen.ledgers.items():
        assert imbalance(counts) == 0, (service, counts)
        assert seen.in_flight[service] == 0, (service, seen.in_flight)
    for service, rows in seen.handled.items():
        times = Counter(row["s"] for row in rows if not is_phantom(row, seen))
        twice = [row for row in rows if times[row["s"]] > 1]
        assert not twice, (service, "settled twice", twice[:4])
    for service in HEAR_ALL:
        received = seen.ledgers[service].get("received", 0)
        phantoms = sum(is_phantom(row, seen) for row in seen.handled.get(service, ()))
        expected = len(seen.stream) + phantoms
        assert received == expected, (service, received, len(seen.stream), phantoms)


def is_phantom(row: Mapping[str, Any], seen: Seen) -> bool:
    """Whether what was settled is no longer in the stream.

    NATS may deliver an event a moment before it is safe, and before its publisher is told. Killed
    in that moment it forgets the event; the publisher, never told, says it again.
    """
    stored_at = seen.stored_at.get(row["s"])
    return stored_at is None or row["at"] < stored_at - CLOCK_GRAIN


def check_announced(seen: Seen) -> None:
    """What a service announced is in the stream, once."""
    stored = Counter(event.headers.get("Nats-Msg-Id") for event in seen.stream)
    for service, identities in seen.outbox.items():
        for identity in identities:
            assert stored[identity] == 1, (service, identity, stored[identity])


def check_nothing_twice(seen: Seen) -> None:
    """No message twice, but where nobody could tell and its rule says resend; never for hold."""
    days = Counter(digest.contact_id for digest in seen.digests)
    assert all(times == 1 for times in days.values()), days.most_common(3)
    attempts = Counter((mail.contact_id, mail.number) for mail in seen.mails)
    assert all(times == 1 for times in attempts.values()), attempts.most_common(3)
    copies = Counter(mail.contact_id for mail in seen.mails)
    unknown = Counter(e.data["contact_id"] for e in seen.stream if e.type == "contact-unknown")
    known = {contact["_id"]: contact["d"] for contact in seen.contacts}
    for contact_id, times in copies.items():
        allowed = 1 + unknown[contact_id] if known[contact_id]["on_unknown"] == "resend" else 1
        assert times <= allowed, (contact_id, times, unknown[contact_id])


def check_one_outcome(seen: Seen) -> None:
    """Each timer that was due has one outcome, and each message ended once, as was said."""
    contacts = {contact["d"]["occurrence_id"]: contact["d"] for contact in seen.contacts}
    assert len(contacts) == len(seen.contacts), "an occurrence has two messages"
    sends = {contact["d"]["rule_id"] for contact in seen.contacts}
    for timer in (timer["d"] for timer in seen.timers):
        overdue = timer["state"] == "planned" and timer["due_at"] < seen.now - timedelta(seconds=5)
        assert not overdue, timer
        if timer["state"] == "fired" and timer["rule_id"] in sends:
            assert timer["occurrence_id"] in contacts, ("fired without a message", timer)
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for event in seen.stream:
        if event.type in ENDINGS and event.data.get("channel") != BY_A_PERSON:
            said[event.data["contact_id"]][event.type] += 1
    accepted = {mail.contact_id for mail in seen.mails if mail.acknowledged}
    for contact in (contact["d"] for contact in seen.contacts):
        if not is_nobodys(contact, seen):
            _check_ending(contact, said[contact["contact_id"]], accepted)


def is_nobodys(contact: Mapping[str, Any], seen: Seen) -> bool:
    """Whether its sender is gone, and another one, who cannot know, has to wait out its time.

    Where it has no other, the sender itself comes back, and knows.
    """
    in_hand = contact["state"] == "handing-over" and seen.replicas > 1
    return bool(in_hand and contact["hand_over_until"] > seen.now)


def _check_ending(contact: Mapping[str, Any], said: Counter[str], accepted: set[str]) -> None:
    state, contact_id = contact["state"], contact["contact_id"]
    assert state != "handing-over", ("left in hand", contact_id)
    assert said["contact-sent"] == (1 if state == "sent" else 0), (contact_id, state, said)
    assert said["contact-failed"] == (1 if state == "refused" else 0), (contact_id, state, said)
    if state == "sent":
        letter = contact.get("carried_by") or contact_id  # several messages may go as one
        assert letter in accepted, ("said to be sent", contact_id)


def check_not_against_the_rules(seen: Seen) -> None:
    """Nothing in quiet hours, after its validity, after a cancellation, or to who refused."""
    contacts = {contact["_id"]: contact["d"] for contact in seen.contacts}
    zones = {e.key: e.data["timezone"] for e in seen.stream if e.type == "client-onboarded"
             and "timezone" in e.data}  # fmt: skip
    refused = {each["d"]["client_id"]: each["d"]["at"] for each in seen.suppressions}
    cancelled = {e.data["appointment_id"]: e.stored_at for e in seen.stream
                 if e.type == "appointment-cancelled" and "appointment_id" in e.data}  # fmt: skip
    for mail in seen.mails:
        contact = contacts[mail.contact_id]
        hour = mail.at.astimezone(ZoneInfo(zones[contact["client_id"]])).hour
        assert OPENS <= hour < CLOSES, ("in quiet hours", mail)
        until = contact["valid_until"]
        assert until is None or mail.at <= until + DECIDED, ("stale", mail, until)
        at = refused.get(contact["client_id"])
        assert at is None or mail.at <= at, ("to an address that had refused", mail)
        called_off = cancelled.get(contact["ids"].get("appointment_id", ""))
        assert called_off is None or contact["planned_for"] <= called_off, ("cancelled", mail)


def check_order(seen: Seen, after: int = 0) -> None:
    """Events of one key take effect in the order of the stream, after this place in it."""
    keys = {event.sequence: event.key for event in seen.stream}
    for service, rows in seen.handled.items():
        latest: dict[str, datetime] = {}
        for row in sorted(rows, key=lambda row: row["s"]):
            if row["s"] <= after or row["o"] not in ("applied", "ignored"):
                continue
            if is_phantom(row, seen):
                continue
            key = keys.get(row["s"], "")
            if row["at"] < latest.get(key, row["at"]):
                of_key = [(each["s"], each["o"], str(each["at"])) for each in rows
                          if keys.get(each["s"]) == key]  # fmt: skip
                raise AssertionError((service, "out of order", key, row["s"], of_key))
            latest[key] = row["at"]


def check_told(seen: Seen, story: Story) -> None:
    """Every event the firm's systems had acknowledged is in the stream, once."""
    stored = Counter(event.headers.get("Nats-Msg-Id") for event in seen.stream)
    lost = [event_id for event_id in story.acknowledged if stored[event_id] != 1]
    assert not lost, ("acknowledged and lost, or there twice", lost[:5])


async def check_rebuilt(system: System) -> None:
    """A fresh installation told the same events ends in the same state."""
    for _ in range(LOOKS):  # something may have come between reading the stream and the databases
        different = await differences(system, await stored_events(system))
        if not different:
            return
        await quiet(system)
    raise AssertionError(different[:5])


async def look(system: System) -> Seen:
    """Read everything."""
    stream = await stored_events(system)
    ledgers, in_flight, handled, outbox = {}, {}, {}, {}
    for service in SERVICES:
        database = system.database(service)
        ledgers[service] = await system.ledger(service) | {"_": 0}
        ledgers[service] = {k: v for k, v in ledgers[service].items() if k not in ("_", "seq")}
        info = await system.nats.jetstream(timeout=ANSWER_SECONDS).consumer_info("EVENTS", service)
        in_flight[service] = int(info.num_pending or 0) + int(info.num_ack_pending or 0)
        handled[service] = await database.collection("handled_events").find({}).to_list(None)
        rows = await database.collection("outbox").find({}).to_list(None)
        outbox[service] = [event["i"] for row in rows for event in row["events"]]
    reminders = system.database("reminders")
    timers, contacts, suppressions = await asyncio.gather(
        *(reminders.collection(name).find({}).to_list(None)
          for name in ("timers", "contacts", "suppressions"))
    )  # fmt: skip
    accepted = system.mailbox.accepted()
    digests = [mail for mail in accepted if mail.contact_id.startswith(DIGEST)]
    mails = [mail for mail in accepted if mail not in digests]
    return Seen(stream, ledgers, in_flight, handled, timers, contacts, suppressions, outbox,
                mails, digests, system.replicas)  # fmt: skip
