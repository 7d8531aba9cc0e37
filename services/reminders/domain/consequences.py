"""What may stand behind ``then``: send, tell, ask, announce or keep?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.reminders.domain.playbook import (
    Announce,
    Ask,
    Keep,
    LetterRule,
    MessageClass,
    OnUnknown,
    Send,
    Tell,
)
from services.reminders.domain.schedule import ELAPSED, Offset, Span
from services.reminders.domain.vocabulary import COMPUTED, Vocabulary
from services.reminders.domain.yaml_places import Place

SEND_KEYS = frozenset(
    {
        "message",
        "class",
        "on-unknown",
        "link",
        "link-id",
        "tells",
        "unless-told-within",
        "letter",
        "approve",
    }
)
TELL_KEYS = frozenset({"facts", "first", "changed", "ended", "again", "class", "on-unknown"})
ASK_KEYS = frozenset({"task", "title", "text", "role", "priority", "due", "assign"})
APPROVERS = ("lawyer", "partner")
NOT_APPROVED = ("link", "link-id", "tells", "unless-told-within", "letter")
MATTER_OWNER = "matter-owner"
ANNOUNCE_KEYS = frozenset({"event", "with"})
KEEP_KEYS = frozenset(
    {"standard", "source", "edition", "warn", "ask", "void", "met-when", "void-when"}
)
KEEP_ASK_KEYS = frozenset({"task", "title", "text", "role", "priority", "assign"})
COMMITMENT, DEADLINE = "commitment", "deadline"  # by which people are asked to do what is owed
WARN_SPANS = frozenset({Span.BUSINESS_HOURS, Span.BUSINESS_DAYS, Span.HOURS, Span.DAYS})
TELL_LATER = ("changed", "ended", "again")
PRIORITIES = ("low", "normal", "high", "urgent")


@dataclass(frozen=True, slots=True)
class Consequence:
    """One of send, ask, announce and keep; with ``send`` perhaps what it says of later."""

    send: Send | None = None
    tell: Tell | None = None
    ask: Ask | None = None
    announce: Announce | None = None
    keep: Keep | None = None


def parse_then(place: Place, on: tuple[str, ...], vocabulary: Vocabulary) -> Consequence:
    """Read a rule's consequence."""
    said = place.mapping()
    if len(said) != 1 or not said.keys() <= THEN.keys():
        raise place.wrong("`then` has one of: send, tell, ask, announce, keep")
    ((name, details),) = said.items()
    return THEN[name](details, on, vocabulary)


def _send(place: Place, on: tuple[str, ...], vocabulary: Vocabulary) -> Consequence:
    said = _keys(place, SEND_KEYS, needed=("message", "class", "on-unknown"))
    approve = _approver(said)
    message = _message(said["message"], vocabulary, approved=approve is not None)
    link, link_id = said.get("link"), said.get("link-id")
    if (link is None) is not (link_id is None):
        raise place.wrong("`link` and `link-id` go together")
    if link is not None and link.word() not in vocabulary.links:
        raise link.wrong(f"there is no such link; there are: {', '.join(sorted(vocabulary.links))}")
    if link_id is not None and link_id.word() not in vocabulary.shared_fields(on):
        raise link_id.wrong(f"not every event of this rule has `{link_id.word()}`")
    return Consequence(
        send=Send(
            template=message,
            message_class=said["class"].one_of(MessageClass, list(MessageClass)),
            on_unknown=said["on-unknown"].one_of(OnUnknown, list(OnUnknown)),
            link=link.word() if link else None,
            link_id=link_id.word() if link_id else None,
            tells=_facts(said["tells"], on, vocabulary) if "tells" in said else (),
            told_within=_told_within(said),
            letter=_letter(said) if approve is None else LetterRule.OWN,
            approve=approve,
        )
    )


def _tell(place: Place, on: tuple[str, ...], vocabulary: Vocabulary) -> Consequence:
    said = _keys(place, TELL_KEYS | {"letter"}, needed=tuple(sorted(TELL_KEYS)))
    texts = {name: _message(said[name], vocabulary) for name in ("first", *TELL_LATER)}
    return Consequence(
        send=Send(
            template=texts["first"],
            message_class=said["class"].one_of(MessageClass, list(MessageClass)),
            on_unknown=said["on-unknown"].one_of(OnUnknown, list(OnUnknown)),
            tells=_facts(said["facts"], on, vocabulary),
            letter=_letter(said),
        ),
        tell=Tell(**{name: texts[name] for name in TELL_LATER}),
    )


def _message(place: Place, vocabulary: Vocabulary, *, approved: bool = False) -> str:
    """A message by its name; one of the firm's letters where a person approves it."""
    message, there = place.word(), vocabulary.letters if approved else vocabulary.messages
    if message not in there:
        known, what = ", ".join(sorted(there)), "letter" if approved else "message"
        raise place.wrong(f"there is no {what} `{message}`; there are: {known}")
    return message


def _approver(said: dict[str, Place]) -> str | None:
    """Who approves the letter that is sent; such a letter leads nowhere and has its own e-mail."""
    place = said.get("approve")
    if place is None:
        return None
    if place.word() not in APPROVERS:
        raise place.wrong(f"a letter is approved by one of: {', '.join(APPROVERS)}")
    for name in NOT_APPROVED:
        if name in said:
            raise said[name].wrong(f"a letter that a person approves has no `{name}`")
    return place.word()


def _facts(place: Place, on: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    have = vocabulary.shared_fields(on)
    for name in place.words():
        if name not in have:
            raise place.wrong(f"not every event of this rule has `{name}`")
    return place.words()


def _letter(said: dict[str, Place]) -> LetterRule:
    """In which letter it goes: news of the client's own matters shares one, all else has its own.

    What the law requires is read for itself; who is asked for something can refuse that and not
    the rest; and a link leads one message to one thing.
    """
    shares = said["class"].word() == MessageClass.SERVICE and "link" not in said
    if "letter" not in said:
        return LetterRule.SHARED if shares else LetterRule.OWN
    found = said["letter"].one_of(LetterRule, list(LetterRule))
    if found is not LetterRule.OWN and not shares:
        raise said["letter"].wrong(
            "only messages of the class `service` without a link share a letter: "
            "write `letter: own`, or nothing"
        )
    return found


def _told_within(said: dict[str, Place]) -> Offset | None:
    place = said.get("unless-told-within")
    if place is None:
        return None
    if "tells" not in said:
        raise place.wrong("`unless-told-within` needs `tells`: what must not be told again")
    try:
        within = Offset.parse(str(place.value))
    except ValueError as mistake:
        raise place.wrong(f"{place.value!r} is no offset: {mistake}") from None
    if within.span not in ELAPSED or within.amount < 0:
        raise place.wrong("say how long in min or h, such as 20h")
    return within


def _ask(place: Place, _on: tuple[str, ...], vocabulary: Vocabulary) -> Consequence:
    said = _keys(place, ASK_KEYS, needed=("task", "title", "text", "role", "due"))
    try:
        due = Offset.parse(str(said["due"].value))
    except ValueError as mistake:
        raise said["due"].wrong(f"{said['due'].value!r} is no offset: {mistake}") from None
    return Consequence(ask=_asked(said, said["task"].word(), vocabulary, due))


def _asked(
    said: dict[str, Place], kind: str, vocabulary: Vocabulary, due: Offset | None = None
) -> Ask:
    """Whom a task goes to, and what it says."""
    role = said["role"].word()
    if kind not in vocabulary.task_kinds:
        known = ", ".join(sorted(vocabulary.task_kinds))
        raise said["task"].wrong(f"there is no task `{kind}`; there are: {known}")
    if role not in vocabulary.task_kinds[kind]:
        known = ", ".join(sorted(vocabulary.task_kinds[kind]))
        raise said["role"].wrong(f"{kind} is not a task for `{role}`, but for: {known}")
    priority = said["priority"].word() if "priority" in said else "normal"
    if priority not in PRIORITIES:
        raise said["priority"].wrong(f"a priority is one of: {', '.join(PRIORITIES)}")
    assign = said["assign"].word() if "assign" in said else None
    if assign not in (None, MATTER_OWNER):
        raise said["assign"].wrong(f"a task can be assigned to the {MATTER_OWNER}")
    text, title = said["text"].word(), said["title"].word()
    return Ask(
        kind=kind, title=title, text=text, role=role, priority=priority, due=due, assign=assign
    )


def _keep(place: Place, _on: tuple[str, ...], vocabulary: Vocabulary) -> Consequence:
    """What is owed by the rule's moment; its ends are read with the rule's own (``rule_ends``)."""
    said = _keys(place, KEEP_KEYS, needed=("standard", "source", "edition", "ask"))
    ask = _keys(said["ask"], KEEP_ASK_KEYS, needed=("title", "text", "role"))
    kind = ask["task"].word() if "task" in ask else COMMITMENT
    if kind not in (COMMITMENT, DEADLINE):
        raise ask["task"].wrong(f"what is owed is asked for by `{COMMITMENT}` or `{DEADLINE}`")
    warn, *again = _warnings(said["warn"]) if "warn" in said else (None,)
    return Consequence(
        keep=Keep(
            standard=said["standard"].word(),
            source=said["source"].word(),
            edition=str(said["edition"].value),
            ask=_asked(ask, kind, vocabulary),
            warn=warn,
            again=tuple(each for each in again if each is not None),
        )
    )


def _warnings(place: Place) -> list[Offset]:
    """How long before somebody is asked, and reminded of it: one, or several, the longest first."""
    several = place.value if isinstance(place.value, list) else [place]
    if not several:
        raise place.wrong("say how long before it is due, such as -4bh")
    return [_warning(each) for each in several]


def _warning(place: Place) -> Offset:
    try:
        warn = Offset.parse(str(place.value))
    except ValueError:
        warn = None
    if warn is None or warn.amount >= 0 or warn.span not in WARN_SPANS:
        raise place.wrong("say how long before it is due, in bh (business hours), bd, h or d: -4bh")
    return warn


def _announce(place: Place, on: tuple[str, ...], vocabulary: Vocabulary) -> Consequence:
    said = _keys(place, ANNOUNCE_KEYS, needed=("event",))
    event_type = said["event"].word()
    if event_type not in vocabulary.announceable:
        known = ", ".join(sorted(vocabulary.announceable))
        raise said["event"].wrong(f"a playbook cannot announce `{event_type}`, only: {known}")
    words = vocabulary.events[event_type]
    constants: dict[str, Any] = {}
    for name, value in (said["with"].mapping() if "with" in said else {}).items():
        if name not in words.fields or isinstance(value.value, list | dict):
            raise value.wrong(f"{event_type} has no plain field `{name}`")
        constants[name] = value.value
    lacking = words.required - vocabulary.shared_fields(on) - constants.keys() - COMPUTED
    if lacking:
        raise place.wrong(f"{event_type} needs {', '.join(sorted(lacking))}: say it under `with`")
    return Consequence(announce=Announce(type=event_type, fields=constants))


def _keys(place: Place, allowed: frozenset[str], needed: tuple[str, ...]) -> dict[str, Place]:
    said = place.mapping()
    for key, each in said.items():
        if key not in allowed:
            raise each.wrong(f"there is no `{key}` here, only: {', '.join(sorted(allowed))}")
    for key in needed:
        if key not in said:
            raise place.wrong(f"`{key}` is missing")
    return said


Reader = Callable[[Place, tuple[str, ...], Vocabulary], Consequence]
THEN: dict[str, Reader] = {"send": _send, "tell": _tell, "ask": _ask, "announce": _announce,
                           "keep": _keep}  # fmt: skip
