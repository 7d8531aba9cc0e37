"""Where does one message stand on its way to a client?

``due → handing-over → handed over | refused | retry | unknown``, or it waits, or it comes to
nothing with a reason. A message is handed over at most once per attempt; when nobody can say
whether it arrived, it is ``unknown`` until the rule or a person settles it.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.reminders.domain.occurrence import Occurrence, derived_id
from services.reminders.domain.playbook import LetterRule, MessageClass, OnUnknown, Rule
from services.reminders.domain.subject import Statement
from shared.channels import HAND_OVER_TIME

EMAIL = "email"
DELIVERED = "delivered"  # reported by a channel that says so afterwards


class State(StrEnum):
    """Where a message stands."""

    DUE = "due"
    DEFERRED = "deferred"
    HANDING_OVER = "handing-over"
    RETRY = "retry"
    HANDED_OVER = "sent"  # the mail server took it; whether it was read, nobody knows
    REFUSED = "refused"
    UNKNOWN = "unknown"
    SUPPRESSED = "suppressed"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


WAITING = frozenset({State.DUE, State.DEFERRED, State.RETRY})
UNMADE = frozenset({State.SUPPRESSED, State.SUPERSEDED, State.CANCELLED, State.EXPIRED})
TAKEN_BACK = frozenset({State.SUPERSEDED, State.CANCELLED})
"""What came to nothing because nobody wanted it; it may be wanted again."""
FAILED = frozenset({State.REFUSED, State.SUPPRESSED})
"""What could not reach its client; where it matters, a person was asked to call."""
MAY_HAVE_COME = frozenset({State.HANDING_OVER, State.HANDED_OVER, State.UNKNOWN})
"""States of a message that has, or may have, reached its client."""
NEXT: dict[State, frozenset[State]] = {
    **dict.fromkeys(WAITING, frozenset({State.DEFERRED, State.HANDING_OVER, State.DUE, *UNMADE})),
    State.HANDING_OVER: frozenset(
        {
            State.HANDING_OVER,
            State.HANDED_OVER,
            State.REFUSED,
            State.RETRY,
            State.UNKNOWN,
            State.DUE,
        }
    ),
    State.UNKNOWN: frozenset({State.HANDED_OVER, State.RETRY, State.REFUSED}),
    State.HANDED_OVER: frozenset({State.REFUSED, State.RETRY}),  # it came back; by another way
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question asked before a message goes, and its answer."""

    gate: str
    verdict: str  # pass, wait or stop
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One message to one client by one channel, made or not made."""

    contact_id: str
    occurrence_id: str
    client_id: str
    thread: str
    anchor: str
    purpose: str
    rule_id: str
    rule_version: int
    template: str
    message_class: MessageClass
    on_unknown: OnUnknown
    planned_for: datetime
    due_at: datetime
    event_id: str
    correlation_id: str
    traceparent: str | None = None
    channel: str = EMAIL
    series: str | None = None
    anchor_at: datetime | None = None
    valid_until: datetime | None = None
    state: State = State.DUE
    reason: str | None = None
    waiting_for: str | None = None  # "release", "card:<client_id>": what would end the wait early
    retries: int = 0
    resends: int = 0
    gates: tuple[Verdict, ...] = ()
    handed_by: str | None = None
    hand_over_until: datetime | None = None
    sent_at: datetime | None = None
    locale: str | None = None
    ids: dict[str, str] = field(default_factory=dict)  # matter_id, appointment_id, …
    link: str | None = None  # "feedback/survey"
    link_id: str | None = None
    telling: bool = False  # it is to say what stands
    letter: LetterRule = LetterRule.OWN
    carried_by: str | None = None  # the message in whose letter it goes
    carries: tuple[str, ...] = ()  # the messages that go in its letter
    states: Statement | None = None  # what it tells, as it was worded
    address: str | None = None
    subject_line: str | None = None
    text: str | None = None
    html: str | None = None
    letter_for_approval: str | None = None  # whose approved words it is, word for word
    text_hash: str | None = None  # of these words
    given_up: tuple[str, ...] = ()  # channels that failed: it goes by another one
    reported: str | None = None  # what its channel said of it while it was still in hand
    reports: tuple[str, ...] = ()  # what was reported and passed on: "arrived:0", of which repeat

    def to(self, state: State, **changes: Any) -> "Contact":
        """The message in its next state; raises ValueError where that is no way to go."""
        if state not in NEXT.get(self.state, frozenset()):
            raise ValueError(f"a message that is {self.state} cannot become {state}")
        kept: dict[str, Any] = {"reason": None, "waiting_for": None}
        if state in WAITING:
            kept |= {"carried_by": None, "carries": ()}
        return replace(self, state=state, **(kept | changes))

    def with_report(self, what: str, number: int) -> "Contact":
        """The message once this was reported of one hand-over; itself, where it was before."""
        report = f"{what}:{number}"
        return self if report in self.reports else replace(self, reports=(*self.reports, report))

    @property
    def letter_id(self) -> str | None:
        """The letter it shares with others: the message that carries them; None: it has its own."""
        return self.carried_by or (self.contact_id if self.carries else None)

    @property
    def written_at(self) -> datetime | None:
        """When it was last taken in hand to be handed over, where it has or may have gone."""
        if self.state not in MAY_HAVE_COME or self.hand_over_until is None:
            return None
        return self.hand_over_until - HAND_OVER_TIME

    @property
    def needs_attention_at(self) -> datetime | None:
        """When this message is to be looked at again; None once it is settled."""
        return self.due_at if self.is_outgoing else None

    @property
    def is_outgoing(self) -> bool:
        """Whether it has still to go, or is going."""
        return self.state in WAITING or self.state is State.HANDING_OVER

    @property
    def series_key(self) -> str | None:
        """The reminders of one anchor value: they can stand in for one another."""
        return f"{self.thread}|{self.series}|{self.anchor}" if self.series else None


def contact_for(
    occurrence: Occurrence, rule: Rule, ids: dict[str, str], channel: str = EMAIL
) -> Contact:
    """The message that a fired occurrence asks for, by this channel."""
    if rule.send is None or occurrence.client_id is None:
        raise ValueError(f"{rule.rule_id} sends nothing to a client")
    send = rule.send
    return Contact(
        contact_id=contact_id_for(occurrence, channel),
        occurrence_id=occurrence.occurrence_id,
        client_id=occurrence.client_id,
        thread=occurrence.thread,
        anchor=occurrence.anchor,
        purpose=occurrence.purpose,
        rule_id=rule.rule_id,
        rule_version=rule.version,
        template=occurrence.template or send.template,
        telling=rule.tell is not None,
        letter=send.letter if channel == EMAIL else LetterRule.OWN,
        message_class=send.message_class,
        on_unknown=send.on_unknown,
        planned_for=occurrence.due_at,
        due_at=occurrence.due_at,
        event_id=occurrence.event_id,
        correlation_id=occurrence.correlation_id,
        traceparent=occurrence.traceparent,
        channel=channel,
        series=occurrence.series,
        anchor_at=occurrence.anchor_at,
        valid_until=occurrence.valid_until,
        ids=ids,
        link=send.link,
        link_id=ids.get(send.link_id) if send.link_id else None,
    )


def contact_id_for(occurrence: Occurrence, channel: str = EMAIL) -> str:
    """Derived from purpose, subject, recipient, occurrence and channel: never two of one kind."""
    return derived_id(
        "m",
        occurrence.purpose,
        occurrence.thread,
        occurrence.client_id or "",
        occurrence.occurrence_id,
        channel,
    )
