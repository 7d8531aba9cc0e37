# reason: everything the demo has to show, one expectation after the other
"""Did everything happen that a careful office would have done, and nothing else?

Each expectation says what should be seen, and looks for it; an answer is what was missing. The ids
are those of ``examples/firm-day.jsonl``.
"""

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from deploy.infra.access.dead_letters import reason_of
from deploy.trial.demo.expecting import EXPECTATIONS, Finding, expect, look_at
from deploy.trial.demo.facts import Event, Facts, balance, by_type, firm_said, given_to
from deploy.trial.demo.subscriber import WANTED

__all__ = ["EXPECTATIONS", "Finding", "look_at"]

OPENS, CLOSES = time(8), time(20)


@expect("Staff and clients could do their part")
def _played(facts: Facts) -> Iterator[str]:
    yield from facts.troubles


@expect("The stream holds every event of the day, the repeated one once")
def _stream(facts: Facts) -> Iterator[str]:
    held = len(firm_said(facts.events))
    if held != facts.published:
        yield f"{facts.published} were published, {held} are held"


@expect("Every service accounts for every event it was given")
def _conserved(facts: Facts) -> Iterator[str]:
    for service, ledger in facts.ledgers.items():
        received = int(ledger["ledger"].get("received", 0))
        given = given_to(facts.heard[service], facts.stored)
        if received != given:
            yield f"{service} was given {given} and received {received}"
        if balance(ledger):
            yield f"{service}: {balance(ledger)} of {received} are unaccounted for"


@expect("No event became a dead letter, none is left waiting")
def _no_letters(facts: Facts) -> Iterator[str]:
    for letter in facts.letters:
        kind = letter.get("event_type", "an unknown type")
        yield f"dead letter {letter['id']}, {kind}: {letter['reason']}, {reason_of(dict(letter))}"
    for service, ledger in facts.ledgers.items():
        if ledger["ledger"].get("parked") or ledger["outbox_waiting"] or ledger["pending"]:
            yield f"something waits at {service}"


@expect("An inquiry nobody objects to is cleared by itself, and a person is asked to answer")
def _cleared(facts: Facts) -> Iterator[str]:
    if not facts.of("conflict-cleared", inquiry_id="i-6001", hit_count=0):
        yield "conflict-cleared of inquiry i-6001"
    if not facts.tasks_of("inquiry-ready", inquiry_id="i-6001"):
        yield "a task to answer inquiry i-6001"


@expect("An inquiry that may come from the other side waits for the conflicts officer")
def _detected(facts: Facts) -> Iterator[str]:
    if not facts.of("conflict-detected", inquiry_id="i-6002"):
        yield "conflict-detected of inquiry i-6002"
    if not facts.tasks_of("conflict-check", inquiry_id="i-6002"):
        yield "a conflict-check task about inquiry i-6002"


@expect("A nickname does not hide a party that is a client elsewhere")
def _nickname(facts: Facts) -> Iterator[str]:
    if not facts.of("conflict-detected", matter_id="m-2004", trigger="party"):
        yield "conflict-detected of matter m-2004"


@expect("What the conflicts officer clears is announced as cleared")
def _decided(facts: Facts) -> Iterator[str]:
    if not facts.of("conflict-cleared", inquiry_id="i-6002", basis="false-positive"):
        yield "conflict-cleared of inquiry i-6002 as a false positive"


@expect("Every client the firm acts for is welcomed once, a client published twice too")
def _welcomed(facts: Facts) -> Iterator[str]:
    acted_for = facts.acted_for()
    for client_id in _clients_with_mail(facts):
        count = len(facts.sent(client_id=client_id, rule_id="welcome"))
        if count > 1 or (count == 0 and client_id in acted_for):
            yield f"{client_id} was welcomed {count} times"


@expect("A client who cannot be written to is called by a person")
def _called(facts: Facts) -> Iterator[str]:
    if not facts.tasks_of("call-client", client_id="c-1005"):
        yield "a call-client task about c-1005"


@expect("A moved appointment is reminded of for its new date only")
def _moved(facts: Facts) -> Iterator[str]:
    for rule in APPOINTMENT_REMINDERS:
        count = len(facts.sent(appointment_id="ap-3002", rule_id=rule))
        if count != 1:
            yield f"{rule} for ap-3002 went {count} times"


@expect("A cancelled appointment is not reminded of")
def _cancelled(facts: Facts) -> Iterator[str]:
    sent = facts.sent(appointment_id="ap-3003")
    yield from (f"{each['rule_id']} went" for each in sent if "before" in each["rule_id"])


@expect("A missing document is chased before and after it is due, then a person calls")
def _chased(facts: Facts) -> Iterator[str]:
    count = len(facts.sent(request_id="d-8001"))
    if count < 3:
        yield f"{count} chasers for d-8001"
    if not facts.tasks_of("call-client", client_id="c-1001"):
        yield "a call-client task about c-1001"


@expect("A document that came is not chased")
def _came(facts: Facts) -> Iterator[str]:
    yield from (f"{each['rule_id']} went" for each in facts.sent(request_id="d-8002"))


@expect("Invoices are reminded of before and after they fall due, paid ones not")
def _invoices(facts: Facts) -> Iterator[str]:
    for rule in ("invoice-week-before", "invoice-due", "invoice-week-after"):
        if not facts.sent(invoice_id="in-9003", rule_id=rule):
            yield f"{rule} for in-9003"
    yield from (f"{each['rule_id']} for in-9002" for each in facts.sent(invoice_id="in-9002"))


@expect("A client whom Clio brings by HTTP is checked and welcomed like any other")
def _by_the_doors(facts: Facts) -> Iterator[str]:
    if not facts.of("conflict-cleared", client_id=CLIO_CLIENT, hit_count=0):
        yield f"conflict-cleared of {CLIO_CLIENT}"
    if len(facts.sent(client_id=CLIO_CLIENT, rule_id="welcome")) != 1:
        yield f"one welcome to {CLIO_CLIENT}"


@expect("A booking moved in Calendly is one appointment, reminded of for its new date only")
def _booked(facts: Facts) -> Iterator[str]:
    if facts.of("appointment-cancelled", client_id=CLIO_CLIENT):
        yield "it was called cancelled"
    for rule in APPOINTMENT_REMINDERS:
        count = len(facts.sent(client_id=CLIO_CLIENT, rule_id=rule))
        if count != 1:
            yield f"{rule} for the booking went {count} times"


@expect("An invoice of Stripe is reminded of by its client's address, a paid one is not")
def _billed(facts: Facts) -> Iterator[str]:
    for rule in ("invoice-week-before", "invoice-due", "invoice-week-after"):
        if not facts.sent(invoice_id="in_door_1", rule_id=rule):
            yield f"{rule} for in_door_1"
    yield from (f"{each['rule_id']} for in_door_2" for each in facts.sent(invoice_id="in_door_2"))


@expect("A system that subscribed receives every event it asked for, signed, and no other")
def _sent_out(facts: Facts) -> Iterator[str]:
    wanted = {_identity(each): each for each in facts.events if each["type"] in WANTED}
    received = {_identity(each) for each in facts.received}
    if not received:
        yield "an event at the system that subscribed"
    yield from (f"{wanted[each]['type']} {each[1]}" for each in wanted.keys() - received)
    yield from (f"{each[1]} was not asked for" for each in received - wanted.keys())
    if facts.unsigned:
        yield f"{facts.unsigned} came without its signature"


@expect("A call that nobody returned is missed once, and somebody goes on being asked")
def _not_called_back(facts: Facts) -> Iterator[str]:
    missed = facts.of("commitment-missed", standard="return-call")
    if [each["about"].get("client_id") for each in missed] != ["c-1003"]:
        yield "one commitment-missed of a call of c-1003"
    if not facts.tasks_of("commitment", client_id="c-1003"):
        yield "a task to return the call of c-1003"


@expect("What a colleague holds back waits, whatever the hour, until it is released")
def _held_back(facts: Facts) -> Iterator[str]:
    if not facts.of("contact-deferred", appointment_id=HELD, reason="held-by-staff"):
        yield f"contact-deferred of {HELD}, held by a colleague"
    yield from (f"{each['rule_id']} for {HELD} went" for each in facts.sent(appointment_id=HELD))


@expect("A closed matter is followed by a survey in the client's language")
def _survey(facts: Facts) -> Iterator[str]:
    if not facts.sent(client_id="c-1008", rule_id="survey-invitation"):
        yield "survey-invitation to c-1008"
    if not any(mail.link("/s/") and "Guten Tag" in mail.text for mail in facts.mails):
        yield "a German message with the link to the survey"
    if facts.sent(client_id="c-1008", rule_id="survey-reminder"):
        yield "c-1008 was reminded of a survey that was answered"


@expect("An unhappy answer opens one recovery, and its matter's owner cannot be given it")
def _recovery(facts: Facts) -> Iterator[str]:
    if len(facts.of("service-recovery-opened", client_id="c-1008")) != 1:
        yield "one service-recovery-opened of c-1008"
    if facts.refusals.get("owner-recovers") != "barred":
        yield "the owner of the matter was not refused"


@expect("A recovery counts as resolved once the client was told")
def _resolved(facts: Facts) -> Iterator[str]:
    if not facts.of("service-recovery-resolved", client_id="c-1008", client_told=True):
        yield "service-recovery-resolved of c-1008"


@expect("An unhappy client is asked for a public review like every other")
def _asked(facts: Facts) -> Iterator[str]:
    if not facts.of("review-requested", client_id="c-1008"):
        yield "review-requested of c-1008"
    if not facts.sent(client_id="c-1008", rule_id="review-ask"):
        yield "review-ask to c-1008"


@expect("Nobody approves a reply they wrote; exactly the approved text is published")
def _reply(facts: Facts) -> Iterator[str]:
    if facts.refusals.get("author-approves") != "own-text":
        yield "the author was not refused"
    approved = facts.of("review-response-approved", review_id="rv-1202")
    published = facts.of("review-response-published", review_id="rv-1202")
    if not published or approved[-1]["text_hash"] != published[-1]["text_hash"]:
        yield "review-response-published of rv-1202 with the approved text"


@expect("Nobody spoken to for thirty days is overlooked")
def _gap(facts: Facts) -> Iterator[str]:
    if not facts.of("contact-gap-detected", client_id="c-1006"):
        yield "contact-gap-detected of c-1006"
    if not facts.tasks_of("contact-gap", client_id="c-1006"):
        yield "a contact-gap task about c-1006"


@expect("A task nobody does is escalated")
def _escalated(facts: Facts) -> Iterator[str]:
    if not facts.of("task-escalated"):
        yield "task-escalated"


@expect("At the end there is work for every role that decides")
def _left(facts: Facts) -> Iterator[str]:
    for kind, about in LEFT.items():
        if not [task for task in facts.tasks_of(kind, **about) if task["state"] == "open"]:
            yield f"an open {kind} task"
    yield from (f"work for the {role}" for role in DECIDING if not facts.waiting.get(role))


@expect("No message reaches anybody at night by their own clock")
def _at_night(facts: Facts) -> Iterator[str]:
    zones = {each["client_id"]: each["timezone"] for each in facts.of("client-onboarded")}
    for each in facts.sent():
        there = datetime.fromisoformat(each["at"]).astimezone(ZoneInfo(zones[each["client_id"]]))
        if not OPENS <= there.time() < CLOSES:
            yield f"{each['rule_id']} to {each['client_id']} at {there:%H:%M}"


@expect("Each letter to a client or inquirer lies in the mail catcher once, and there is no other")
def _mails(facts: Facts) -> Iterator[str]:
    if facts.mails_sent() != len(facts.mails):
        yield f"{facts.mails_sent()} were sent, {len(facts.mails)} lie there"
    if len({mail.message_id for mail in facts.mails}) != len(facts.mails):
        yield "two with one Message-ID"


@expect("Whoever has work finds one short e-mail in the morning, and it names no client")
def _digests(facts: Facts) -> Iterator[str]:
    if not facts.digests:
        yield "a morning e-mail"
    if len({mail.message_id for mail in facts.digests}) != len(facts.digests):
        yield "two with one Message-ID"
    told = facts.of("client-onboarded")
    names = {str(each["name"]) for each in told if each.get("name")}
    for mail in facts.digests:
        yield from (f"{name} is named to {mail.to}" for name in names if name in mail.text)


@expect("The timeline explains each contact made and not made, by its rule and its gates")
def _explained(facts: Facts) -> Iterator[str]:
    counts = by_type(facts.stored)
    for kind, asked in EXPLAINED.items():
        entries = facts.entries(kind)
        if len(entries) != counts[kind]:
            yield f"{len(entries)} entries for {counts[kind]} {kind}"
        bare = [e for e in entries if not e["why"].get("rule_id") or (asked and not e["gates"])]
        yield from (f"{kind} without its reasons at {each['at']}" for each in bare)


def _identity(event: Event) -> tuple[str, str]:
    return str(event["source"]), str(event["id"])


DECIDING = ("assistant", "lawyer", "partner", "conflicts-officer")
LEFT: dict[str, dict[str, str]] = {
    "conflict-check": {}, "inquiry-ready": {}, "service-recovery": {"client_id": "c-1004"},
    "review-response": {"review_id": "rv-1203"},
}  # fmt: skip
"""What the last morning leaves for whoever tries the demo."""
CLIO_CLIENT, HELD = "1009", "ap-3005"
EXPLAINED = {"contact-sent": True, "contact-deferred": True, "contact-suppressed": False}
"""Kinds of entry, and whether the gates were asked: not for what its own rule took back before."""
APPOINTMENT_REMINDERS = (
    "appointment-week-before",
    "appointment-day-before",
    "appointment-two-hours-before",
)


def _clients_with_mail(facts: Facts) -> list[str]:
    told = facts.of("client-onboarded")
    return sorted({str(each["client_id"]) for each in told if each.get("email")})
