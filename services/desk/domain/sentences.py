"""How is an event said in one neutral sentence?

Sentences name ids, dates, enums and counts; never a person, an address or anybody's own words, so
a timeline can be kept and shown without a key.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.desk.domain.labels import decision_label
from services.desk.domain.owed_words import owed_words
from services.desk.domain.reports import RISKS
from services.desk.domain.said_words import (
    AREAS,
    ATTRIBUTIONS,
    CHANNELS,
    COMPLAINT_TYPES,
    CONCERN_STEPS,
    CONCERNS,
    DIRECTIONS,
    HELD,
    INVITATIONS,
    LETTERS,
    NOT_ASKED,
    PLAN_CHANGES,
    PURPOSES,
    WITHDRAWN,
)
from shared.contracts.base import EventData
from shared.contracts.days import whole_day
from shared.contracts.reminders import ContactPlanChanged, ContactPlanned
from shared.contracts.testimonials import (
    PublicationWithdrawn,
    TestimonialConsented,
    TestimonialWithdrawn,
)

SENTENCES = {
    "client-onboarded": "Became a client of the firm.",
    "client-updated": "The client's details changed.",
    "client-preferences-updated": "The client chose how they wish to be contacted.",
    "matter-opened": "Matter {matter_id} was opened ({practice_area}).",
    "handover-completed": "Matter {matter_id} was handed over to {to}.",
    "matter-closed": "Matter {matter_id} was closed.",
    "matter-reopened": "Matter {matter_id} was taken up again.",
    "matter-stage-changed": "Matter {matter_id} came to the stage {stage}.",
    "appointment-scheduled": "Appointment {appointment_id} was set for {starts_at}.",
    "appointment-rescheduled": "Appointment {appointment_id} was moved to {starts_at}.",
    "appointment-cancelled": "Appointment {appointment_id} was cancelled.",
    "document-requested": "A document was asked for, due {due_at} (request {request_id}).",
    "document-received": "The document of request {request_id} arrived.",
    "document-overdue": "The document of request {request_id} is overdue.",
    "invoice-issued": "Invoice {invoice_id} was sent, due {due_at}.",
    "invoice-paid": "Invoice {invoice_id} was paid.",
    "invoice-settled": "Invoice {invoice_id} need not be paid now ({how}).",
    "invoice-overdue": "Invoice {invoice_id} is overdue.",
    "conflict-detected": "The conflict check found possible matches: {hit_count}.",
    "conflict-cleared": "The conflict check was cleared.",
    "conflict-check-reopened": "The conflict check waits for a decision again.",
    "restriction-placed": "Restricted: {kind}.",
    "restriction-lifted": "A restriction was lifted.",
    "restriction-review-due": "Whether it still has to stand is to be looked at: {kind}.",
    "inquiry-moved": "Their inquiry stands at: {phase}.",
    "access-requested": "The client asked what the firm holds of them (request {request_id}).",
    "erasure-requested": "The client asked to be erased (request {request_id}).",
    "records-answered": "Their request about records was answered: {outcome}{exemption}.",
    "client-merged": "Client {merged_id} is the same person; everything of theirs is here now.",
    "consent-granted": "Consent given: {purpose}.",
    "consent-withdrawn": "Consent withdrawn: {purpose}.",
    "survey-due": "It became time to ask how matter {matter_id} went.",
    "review-ask-due": "It became time to ask for a public review.",
    "contact-gap-detected": "Nobody had been in touch for {days} days.",
    "feedback-requested": "A survey about matter {matter_id} was prepared.",
    "feedback-not-requested": "No survey about matter {matter_id}: {reason}.",
    "feedback-submitted": "The survey about matter {matter_id} was answered: {score} of {scale}.",
    "retention-risk-raised": "May leave the firm: {reasons}.",
    "retention-risk-cleared": "Not believed to leave any more.",
    "pattern-detected": "{n} concerns of one cause since {since}: {cause_code}.",
    "learning-assigned": "Something is to be learned by {due_at}: {cause_code}.",
    "learning-completed": "What was to be learned has been.",
    "service-recovery-opened": "A service recovery was opened, due {due_at}.",
    "service-recovery-resolved": "The service recovery has ended: {outcome}.",
    "complaint-received": "A complaint was received by {channel}, about {type}.",
    "dispute-opened": "A disagreement was reported.",
    "concern-opened": "{kind} opened, to be acknowledged by {due_at}.",
    "concern-advanced": "{kind}: {step}.",
    "concern-closed": "{kind} closed: {outcome}.",
    "concern-check-due": "It became time to ask whether it is right now.",
    "invitation-dropped": "Not asked for: {invitation}.",
    "review-requested": "A public review was asked for.",
    "testimonial-sought": "Words of theirs are to be proposed for publication.",
    "publication-withdrawn": "They {which} published any more.",
    "testimonial-requested": "They are to be asked whether words of theirs may be published.",
    "testimonial-consented": "They agreed that these words are published, named {attribution}.",
    "testimonial-declined": "They do not want these words to be published.",
    "testimonial-published": "Words of theirs are published, exactly as they agreed to.",
    "testimonial-withdrawn": "Words of theirs {stood}: {because}.",
    "contact-plan-changed": "{decided}: {of}.",
    "contact-sent": "Sent by {channel}: {purpose}.",
    "contact-deferred": "Put off until {until}: {purpose}. {reason}",
    "contact-suppressed": "Not sent: {purpose}. {reason}",
    "contact-failed": "Could not be delivered by {channel}: {purpose}. {reason}",
    "contact-unknown": "Handed over by {channel}, outcome not known: {purpose}. {reason}",
    "promise-made": "Promised by {due_at}: {what}.",
    "promise-moved": "What was promised is due on {due_at} instead.",
    "promise-kept": "A promise was kept.",
    "call-requested": "Asked to be called back.",
    "call-returned": "They were called back{reached}",
    "offer-received": "The other side made an offer (matter {matter_id}).",
    "offer-conveyed": "They were told of the offer.",
    "document-acknowledged": "They were told that the document of request {request_id} arrived.",
    "opt-out-honoured": "Other systems of the firm write to them no more.",
    "deadline-set": "A deadline was set in matter {matter_id}: {kind}, {date} ({source_rule}).",
    "deadline-moved": "A deadline in matter {matter_id} is on {date} instead.",
    "deadline-done": "What a deadline in matter {matter_id} asked for was done.",
    "deadline-cancelled": "A deadline in matter {matter_id} does not run any more.",
    "deadline-verified": "A second person verified the deadline of {date}.",
    "deadline-acknowledged": "The deadline of {date} was acknowledged by the {watch}.",
    "commitment-made": "The firm owes by {due_at}: {standard} ({source}).",
    "commitment-met": "Done in time: {standard}.",
    "commitment-missed": "Not done in time: {standard}, due {due_at}.",
    "commitment-voided": "Not owed any more: {standard}.",
    "letter-requested": "A letter was asked for: {letter}.",
    "letter-drafted": "A letter is drafted and waits for approval: {letter}.",
    "letter-approved": "A letter was approved: {letter}{alone}.",
    "letter-dropped": "A letter is not written after all: {letter}.",
    "appointment-outcome-due": "Appointment {appointment_id} was to be over: what came of it?",
    "appointment-held": "Appointment {appointment_id}: {outcome}.",
    "understanding-requested": "The client is to be asked whether we understood them.",
    "understanding-confirmed": "The client said that we understood them.",
    "understanding-disputed": "The client said that we misunderstood something.",
    "task-created": "Task: {title}",
    "task-updated": "Task changed: {title}",
    "task-completed": "Task decided: {decision}.",
    "task-cancelled": "Task no longer needed: {reason}",
    "task-escalated": "Task overdue, and escalated to level {level}.",
}
CODES: Mapping[str, tuple[str, Mapping[str, str]]] = {  # one short constant of an event, in words
    "appointment-held": ("outcome", HELD),
    "deadline-acknowledged": ("watch", {"second": "second person"}),
    "invitation-dropped": ("invitation", INVITATIONS),
    "matter-opened": ("practice_area", AREAS),
}
MOST_NAMED = 5


def sentence(data: EventData, zone: ZoneInfo) -> str:
    """The event in words; instants on the client's clock where the event names it."""
    if isinstance(data, ContactPlanned):
        return _planned(data, zone)
    if isinstance(data, ContactPlanChanged):
        return _plan_changed(data, zone)
    clock = ZoneInfo(getattr(data, "timezone", None) or zone.key)
    words = _Words({name: _word(value, clock) for name, value in data})
    words |= _days(data, clock)
    words["reasons"] = ", ".join(RISKS.get(each, each) for each in getattr(data, "reasons", ()))
    if data.TYPE.startswith(("contact-", "client-contact-")):
        _say_contact(words, data)
    if data.TYPE == "client-contact-logged":
        both = ", and both sides spoke" if getattr(data, "two_way", None) else ""
        return f"{DIRECTIONS[words['direction']]}: {words['channel']}{both}."
    if data.TYPE == "task-completed":
        words["decision"] = decision_label(words["kind"], words["decision"])
        if getattr(data, "sole_practice", None):
            words["decision"] += ", alone, after time to reflect and with a written reason"
    _say_codes(words, data)
    _say_publications(words, data)
    plain = data.TYPE.replace("-", " ").capitalize() + "."
    return SENTENCES.get(data.TYPE, plain).format_map(words).strip()


def _say_codes(words: dict[str, str], data: EventData) -> None:
    """Short constants of our own events, as people say them."""
    if data.TYPE in CODES:
        name, said = CODES[data.TYPE]
        words[name] = said.get(words[name], words[name])
    match data.TYPE:
        case "commitment-made" | "commitment-met" | "commitment-missed" | "commitment-voided":
            words["standard"] = owed_words(words["standard"], words["what"])
        case "call-returned":
            words["reached"] = "." if getattr(data, "reached", True) else ", and not reached."
        case "records-answered":
            why = words["exemption"].replace("-", " ")
            words["exemption"] = f" ({why})" if why else ""
        case "service-recovery-resolved":
            words["outcome"] = words["outcome"].replace("-", " ")
        case "complaint-received":
            words["type"] = COMPLAINT_TYPES.get(words["type"], words["type"])
            words["channel"] = CHANNELS.get(words["channel"], words["channel"])
        case "concern-opened" | "concern-advanced" | "concern-closed":
            words["kind"] = CONCERNS.get(words["kind"], words["kind"])
            words["step"] = CONCERN_STEPS.get(words["step"], words["step"])
            words["outcome"] = words["outcome"].replace("-", " ")
        case "feedback-not-requested":
            words["reason"] = NOT_ASKED.get(words["reason"], words["reason"].replace("-", " "))
        case "letter-requested" | "letter-drafted" | "letter-approved" | "letter-dropped":
            words["letter"] = LETTERS.get(words["letter"], words["letter"].replace("-", " "))
            alone = getattr(data, "sole_practice", None)
            words["alone"] = ", by who wrote it, after time to reflect" if alone else ""


def _say_publications(words: dict[str, str], data: EventData) -> None:
    """What becomes of words a client agreed to publish."""
    if isinstance(data, PublicationWithdrawn):
        words["which"] = (
            "do not want these words" if data.testimonial_id else "want nothing of theirs"
        )
    if isinstance(data, TestimonialConsented):
        words["attribution"] = ATTRIBUTIONS[data.attribution]
    if isinstance(data, TestimonialWithdrawn):
        words["because"] = WITHDRAWN[data.because]
        words["stood"] = "left the list" if data.was_published else "will not be published"


def said_instant(instant: datetime, zone: ZoneInfo) -> str:
    """An instant as a person in that zone would write it."""
    local = instant.astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M} ({zone.key})"


def _days(data: EventData, zone: ZoneInfo) -> dict[str, str]:
    """What is a day and no instant, as such."""
    named = {name.removesuffix("_on") + "_at": value for name, value in data
             if name.endswith("_on") and isinstance(value, date)}  # fmt: skip
    starts_at = getattr(data, "starts_at", None)
    if isinstance(starts_at, datetime):
        day = whole_day(starts_at, named.get("starts_at"), zone.key)
        named |= {"starts_at": day} if day is not None else {}
    return {name: f"{day.day} {day:%B %Y}" for name, day in named.items()}


def _say_contact(words: dict[str, str], data: EventData) -> None:
    """Names of playbooks, channels and reasons as a client or a regulator would understand them."""
    for name, said in (("purpose", PURPOSES), ("channel", CHANNELS)):
        if name in words:
            words[name] = said.get(words[name], words[name])
    code = words.get("reason", "")
    if code and not code.endswith("."):
        words["reason"] = getattr(getattr(data, "why", None), "text", code)


def _planned(data: ContactPlanned, zone: ZoneInfo) -> str:
    named = data.occurrences[:MOST_NAMED]
    instants: dict[str, list[str]] = {}
    for each in named:
        when = said_instant(each.due_at, zone).removesuffix(f" ({zone.key})")
        instants.setdefault(PURPOSES.get(each.purpose, each.purpose), []).append(when)
    items = [f"{purpose} on {' and on '.join(whens)}" for purpose, whens in instants.items()]
    more = len(data.occurrences) - len(named)
    return f"Planned: {'; '.join(items)}{f'; and {more} more' if more else ''} ({zone.key})."


def _plan_changed(data: ContactPlanChanged, zone: ZoneInfo) -> str:
    of = {
        "message": PURPOSES.get(data.purpose or "", data.purpose or "a message"),
        "matter": f"everything about matter {data.matter_id}",
        "client": "everything to this client",
    }[data.scope]
    when = f" to {said_instant(data.move_to, zone)}" if data.move_to is not None else ""
    decided = f"{PLAN_CHANGES[data.do]}{when}"
    return SENTENCES[data.TYPE].format(decided=decided, of=of)


class _Words(dict[str, str]):
    """What a sentence may name; a word that is missing leaves no hole."""

    def __missing__(self, name: str) -> str:
        return ""


def _word(value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return said_instant(value, zone)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    return str(value)
