"""What can a rule of a playbook say?

``on`` an event, ``when`` conditions hold, ``at`` a moment, ``until`` something else happens:
``send`` a message, ``ask`` a person or ``announce`` an event. Or ``keep``: by that moment the firm
owes what is heard of in ``until``. A rule never changes once published;
a change is a new version, and each occurrence names the version it was made by.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from services.reminders.domain.schedule import Moment, Offset

HAPPENED = "happened"  # the anchor that every event has: its own time


class MessageClass(StrEnum):
    """What kind of message it is; consent, caps and quiet hours depend on it."""

    LEGAL = "legal-required"
    SERVICE = "service"
    FEEDBACK = "feedback"
    REVIEW_ASK = "review-ask"
    MARKETING = "marketing"


class OnUnknown(StrEnum):
    """What to do when nobody can say whether a message arrived."""

    RESEND = "resend"  # twice is better than never
    HOLD = "hold"  # a person decides


class LetterRule(StrEnum):
    """In which letter a message may go."""

    OWN = "own"  # always one of its own
    SHARED = "shared"  # at once, with whatever else is due for its client
    WAITS = "waits"  # the same; but whoever was written to today gets it in the next letter


class Past(StrEnum):
    """What to do with a moment that has gone by when the rule is armed."""

    SKIP = "skip"
    SEND_NOW = "send-now"
    LATEST_OF_SERIES = "latest-of-series"  # the last one, if no other of its series is to come


class Imported(StrEnum):
    """What an event of the past, told by an import, still sets off."""

    AHEAD = "ahead"  # what lies ahead of the import, where its anchor does; no confirmation
    FROM_IMPORT = "from-import"  # everything; what is long past from the import on, spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A field of the event (or of what is known of the client) has one of these values."""

    field: str  # "kind", "client.open-matter", "matter.open"
    values: tuple[str | int | bool | None, ...] = ()
    other: bool = False  # it has any other value
    present: bool | None = None  # asks only whether the field has a value
    any_of: tuple["Condition", ...] = ()  # instead: one of these holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Send this message."""

    template: str
    message_class: MessageClass
    on_unknown: OnUnknown
    link: str | None = None  # "feedback/survey": which service makes it, for which purpose
    link_id: str | None = None  # the event's field the link is for
    tells: tuple[str, ...] = ()  # the facts it states, of which the client is told by it
    told_within: Offset | None = None  # not where the very same was told so short a while ago
    letter: LetterRule = LetterRule.OWN
    approve: str | None = None  # who approves it before it goes: it is one of the firm's letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """The message says what stands, whenever the last one that went says something else."""

    changed: str  # the templates: it is otherwise than told, it is off, it takes place after all
    ended: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Ask a person: open a task."""

    kind: str
    title: str
    text: str
    role: str
    priority: str = "normal"
    due: Offset | None = None
    assign: str | None = None  # "matter-owner": whose the matter is; None: nobody's yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """Announce an event; fields it shares with the cause are taken from there."""

    type: str
    fields: dict[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """The firm owes it by the rule's moment; ``until`` says by which events it is met."""

    standard: str
    source: str  # who says so
    edition: str
    ask: Ask  # whom, before it is too late
    warn: Offset | None = None  # how long before; None: as soon as it is owed
    again: tuple[Offset, ...] = ()  # and how long before they are warned again
    voids: tuple[str, ...] = ()  # of the rule's ``until``: what ends it unmet
    met_when: tuple[Condition, ...] = ()  # what an event has to say to meet it
    void_when: tuple[Condition, ...] = ()

    def fits(self, event_type: str) -> tuple[Condition, ...]:
        """What an event of this type has to say to end it."""
        return self.void_when if event_type in self.voids else self.met_when


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a playbook, as published. One of send, ask, announce and keep is set."""

    rule_id: str
    playbook: str
    version: int
    on: tuple[str, ...]
    per: str
    when: tuple[Condition, ...] = ()
    anchors: tuple[str, ...] = ()  # the first that the event has; none: once per thread, for ever
    once: bool = False  # for each time it starts anew: a corrected anchor repeats nothing done
    moment: Moment | None = None  # None: as soon as the event has happened
    until: tuple[str, ...] = ()
    until_by: dict[str, str] = field(default_factory=dict)  # ends found by another field than per
    to: str = "client"
    send: Send | None = None
    tell: Tell | None = None  # beside ``send``, whose template says it the first time
    ask: Ask | None = None
    announce: Announce | None = None
    keep: Keep | None = None
    past: Past = Past.LATEST_OF_SERIES
    valid_for: Offset | None = None  # counted from when it falls due
    valid_until: Offset | None = None  # counted from the anchor
    series: str | None = None
    every: Offset | None = None  # again after each such span, until something ends it
    imported: Imported = Imported.AHEAD

    @property
    def key(self) -> str:
        """This version of this rule."""
        return f"{self.rule_id}@{self.version}"

    @property
    def undone(self) -> bool:
        """Whether anything ends what it wants: an event, or what becomes of client or matter."""
        return bool(self.until) or any(_ends(each) for each in self.when)

    @property
    def limited(self) -> bool:
        """Whether it is ever too late for it."""
        if self.valid_for is not None or self.valid_until is not None or self.keep is not None:
            return True
        return self.moment is not None and self.moment.offset.amount < 0  # at its anchor

    @property
    def shares_letters(self) -> bool:
        """Whether its messages may go in one letter with others."""
        return self.send is not None and self.send.letter is not LetterRule.OWN

    @property
    def hears(self) -> tuple[str, ...]:
        """The event types that arm it or end it."""
        return (*self.on, *self.until)


def _ends(condition: Condition) -> bool:
    """Whether it stops holding by what becomes of client or matter."""
    if condition.any_of:
        return any(_ends(each) for each in condition.any_of)
    return condition.field == "client.open-matter" or condition.field.startswith("matter.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRule:
    """A rule as it went into force, with the fingerprint of its wording in the playbook."""

    rule: Rule
    fingerprint: str


class Playbooks:
    """The rules in force, and every earlier version that planned occurrences may still name."""

    def __init__(self, rules: tuple[Rule, ...], earlier: tuple[Rule, ...] = ()) -> None:
        self.rules = rules
        self._versions = {rule.key: rule for rule in (*earlier, *rules)}
        self._in_force = {rule.rule_id for rule in rules}
        self.letter_times = frozenset(
            rule.moment.time for rule in rules
            if rule.shares_letters and rule.moment is not None and rule.moment.time is not None
        )  # fmt: skip
        self._heard: dict[str, tuple[Rule, ...]] = {}
        self._per: dict[str, tuple[Rule, ...]] = {}
        for rule in rules:
            for event_type in dict.fromkeys(rule.hears):
                self._heard[event_type] = (*self._heard.get(event_type, ()), rule)
            self._per[rule.per] = (*self._per.get(rule.per, ()), rule)

    def learn(self, earlier: tuple[Rule, ...]) -> None:
        """Take in versions published before."""
        for rule in earlier:
            self._versions.setdefault(rule.key, rule)

    def hearing(self, event_type: str) -> tuple[Rule, ...]:
        """The rules in force that an event of this type arms or ends."""
        return self._heard.get(event_type, ())

    def per(self, field_name: str) -> tuple[Rule, ...]:
        """The rules in force that follow things named by this field."""
        return self._per.get(field_name, ())

    def version(self, rule_id: str, version: int) -> Rule | None:
        """The rule as an occurrence knew it."""
        return self._versions.get(f"{rule_id}@{version}")

    def in_force(self, rule_id: str) -> bool:
        """Whether any version of this rule is still in the firm's playbooks."""
        return rule_id in self._in_force
