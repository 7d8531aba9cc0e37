"""What goes out next to a client, as their page says it: why, when, the words, what stops it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.pages.language import N_, Words, _
from services.desk.pages.rule_words import LETTERS, PURPOSES, said
from services.desk.pages.timeline_words import Gate, gate_of
from services.desk.pages.words import exactly
from shared.contracts.fields import parse_instant
from shared.contracts.outgoing import (
    DecisionTold,
    GateTold,
    HoldTold,
    LetterWaitingTold,
    MessageTold,
    OutgoingListed,
)

STATES = Words(
    {
        "pass": (N_("Goes then"), "ok", "check"),
        "wait": (N_("Waits"), "warn", "wait"),
        "stop": (N_("Would not go"), "danger", "alert"),
    }
)
IN_HAND, HELD = (N_("Going just now"), "ok", "mail"), (N_("Held back"), "warn", "hand")
DONE = Words(
    {
        "hold": N_("Held back"),
        "release": N_("Released"),
        "skip": N_("Skipped"),
        "send-now": N_("Sent at once"),
        "move": N_("Moved"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message on its way."""

    id: str
    title: str
    when: str
    here: str  # the same moment by the firm's clock, where that is another
    iso: str
    state: tuple[str, str, str]  # words, tone, image
    reason: str
    because: str
    rule: str
    gates: tuple[Gate, ...]
    held: str  # by whom, since when and why; "" where nobody holds it
    held_alone: bool  # the hold is of this message only
    subject_line: str
    words: str
    required: bool
    in_hand: bool
    matter_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLetter:
    """An approved letter that has not gone yet."""

    title: str
    when: str
    iso: str
    state: tuple[str, str, str]
    reason: str
    words: str
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold over a matter or the client."""

    scope: str
    matter_id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """All of it; ``away``: reminders did not answer, so nobody knows."""

    messages: Sequence[Message] = ()
    holds: Sequence[Hold] = ()
    decisions: Sequence[str] = ()
    letters: Sequence[WaitingLetter] = ()
    matters: Sequence[str] = ()
    away: bool = False


def outgoing_of(
    told: OutgoingListed, causes: Mapping[str, str], names: Mapping[str, str], zone: ZoneInfo
) -> Outgoing:
    """What reminders told, for people; ``causes``: what each event said."""
    matters = {each.matter_id for each in told.messages if each.matter_id}
    matters |= {each.matter_id for each in told.holds if each.matter_id}
    return Outgoing(
        messages=[_message(each, causes, names, zone) for each in told.messages],
        holds=[
            Hold(scope=h.scope, matter_id=h.matter_id or "", words=_held(h, names, zone))
            for h in told.holds
            if h.scope != "message"
        ],
        decisions=[_decided(each, names, zone) for each in told.decisions],
        letters=[_letter(each) for each in told.letters],
        matters=sorted(matters),
    )


def _message(
    told: MessageTold, causes: Mapping[str, str], names: Mapping[str, str], zone: ZoneInfo
) -> Message:
    at, theirs = parse_instant(told.due_at), ZoneInfo(told.zone)
    here = exactly(at, zone) if exactly(at, zone) != exactly(at, theirs) else ""
    purpose = PURPOSES.get(told.purpose, said(told.purpose))
    in_hand = told.state == "in-hand"
    state = IN_HAND if in_hand else HELD if told.hold else STATES[told.verdict]
    return Message(
        id=told.occurrence_id,
        title=told.subject_line or purpose[:1].upper() + purpose[1:],
        when=f"{exactly(at, theirs)} ({told.zone})",
        here=f"{here} ({zone.key})" if here else "",
        iso=told.due_at,
        state=state,
        reason="" if told.hold or in_hand else told.text or "",
        because=causes.get(told.event_id, ""),
        rule=told.rule,
        gates=tuple(_gate(each) for each in told.gates),
        held=_held(told.hold, names, zone) if told.hold else "",
        held_alone=told.hold is not None and told.hold.scope == "message",
        subject_line=told.subject_line or "",
        words=told.words or "",
        required=told.required,
        in_hand=in_hand,
        matter_id=told.matter_id or "",
    )


def _letter(told: LetterWaitingTold) -> WaitingLetter:
    called = LETTERS.get(told.letter, said(told.letter))
    at, theirs = parse_instant(told.due_at), ZoneInfo(told.zone)
    return WaitingLetter(
        title=told.subject_line or called[:1].upper() + called[1:],
        when=f"{exactly(at, theirs)} ({told.zone})",
        iso=told.due_at,
        state=IN_HAND if told.in_hand else STATES[told.verdict],
        reason="" if told.in_hand else told.text or "",
        words=told.words or "",
        gates=tuple(_gate(each) for each in told.gates),
    )


def _gate(told: GateTold) -> Gate:
    return gate_of(told.gate, told.verdict, told.text or "")


def _held(told: HoldTold, names: Mapping[str, str], zone: ZoneInfo) -> str:
    of = {
        "message": _("this message"),
        "matter": _("matter {matter_id}").format(matter_id=told.matter_id),
    }
    what = of.get(told.scope, _("everything to this client"))
    by, since = names.get(told.by, told.by), exactly(parse_instant(told.at), zone)
    return _("{by} has held back {what} since {since}{why}").format(
        by=by, what=what, since=since, why=_why(told.why)
    )


def _decided(told: DecisionTold, names: Mapping[str, str], zone: ZoneInfo) -> str:
    what = {
        "message": PURPOSES.get(told.purpose or "", told.purpose or _("a message")),
        "matter": _("matter {matter_id}").format(matter_id=told.matter_id),
        "client": _("everything to this client"),
    }[told.scope]
    to = _(" to {moment}").format(moment=_moment(told.move_to, zone)) if told.move_to else ""
    by, at = names.get(told.by, told.by), _moment(told.at, zone)
    return f"{DONE[told.do]}{to}: {what}. {by}, {at}{_why(told.why)}"


def _moment(text: str, zone: ZoneInfo) -> str:
    moment: datetime = parse_instant(text)
    return exactly(moment, zone)


def _why(why: str) -> str:
    return f": “{why}”" if why else "."
