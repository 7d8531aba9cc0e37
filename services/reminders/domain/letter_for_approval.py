"""How does a letter come to go that a person approves first?

Asked for, drafted from the firm's own words, changed by people, approved by somebody who did not
write it, and sent or printed exactly as approved: an approval holds for one text, by its hash.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from services.reminders.domain.letter_texts import LAWYERS
from shared.errors import RuleError

REQUESTED = "letter-requested"  # the rule behind a letter that an event asked for
CARD_PATIENCE = timedelta(hours=24)  # for a client who is not known yet
LOOK_AGAIN = timedelta(minutes=2)
EMAIL, POST = "email", "post"


class State(StrEnum):
    """Where a letter stands."""

    WANTED = "wanted"
    DRAFT = "draft"
    ON_ITS_WAY = "on-its-way"  # by e-mail: past the gates like every message
    TO_POST = "to-post"
    SENT = "sent"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class SolePractice:
    """What stands for the second person where a lawyer is the whole firm: time, and a reason."""

    cooling_off: timedelta

    def check(self, written_at: datetime, reason: str, now: datetime, what: str = "letter") -> None:
        """Refuse an approval before its time, or without a reason."""
        left = written_at + self.cooling_off - now
        if left > timedelta(0):
            hours = ceil(left / timedelta(hours=1))
            raise RuleError(
                f"You wrote this {what} yourself and nobody else can approve it: read it again and "
                f"approve it in {hours} hours."
                if hours > 1
                else f"You wrote this {what} yourself and nobody else can approve it: read it "
                "again and approve it in 1 hour.",
                code="cooling-off",
            )
        if not reason.strip():
            raise RuleError(
                f"Say why you approve your own {what}: it stands for the second person.",
                code="missing",
                field="reason",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterForApproval:
    """One letter, from the wish for it to what became of it; kept as it was sent."""

    letter_id: str
    letter: str  # its name among the firm's letters
    client_id: str | None = None
    inquiry_id: str | None = None
    ids: dict[str, str] = field(default_factory=dict)  # matter_id, appointment_id, …
    concern_id: str | None = None
    asked_by: str | None = None
    asked_at: datetime
    event_id: str
    correlation_id: str
    traceparent: str | None = None
    occurrence_id: str | None = None  # of a playbook's rule, with the two that follow
    rule_id: str | None = None
    rule_version: int = 1
    approver: str = "lawyer"
    state: State = State.WANTED
    due_at: datetime | None = None
    language: str = "en"
    locale: str = "en"
    wanted_language: str | None = None  # the client's own, where the letter is not in it
    edition: str = ""
    revision: int = 0
    subject_line: str = ""  # sealed, with what follows
    text: str = ""
    greeting: str = ""
    recipient: str = ""  # name and address, as they stand on the envelope
    address: str = ""  # of an inquirer: where mail goes
    reason: str = ""  # why it is not written, was not posted, or was approved alone
    author_id: str | None = None  # nobody: the words are the firm's own
    written_at: datetime | None = None
    text_hash: str | None = None  # of what was approved
    approver_id: str | None = None
    approved_at: datetime | None = None
    alone: bool = False
    channel: str | None = None
    contact_id: str | None = None

    @property
    def matter_id(self) -> str | None:
        """The matter it is about."""
        return self.ids.get("matter_id")

    @property
    def open_about(self) -> list[str]:
        """What it is about while nobody has approved it: ``matter:m-1``, ``concern:n-1``."""
        if self.state not in (State.WANTED, State.DRAFT):
            return []
        said = {"matter": self.matter_id, "concern": self.concern_id}
        return [f"{name}:{value}" for name, value in said.items() if value]


def hash_of(text: str) -> str:
    """What an approval is bound to: SHA-256 of the text, as it is handed over."""
    return hashlib.sha256(text.encode()).hexdigest()


def as_handed_over(text: str) -> str:
    """The text as it goes: one line end at its end, and no other kind of line end in it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"


def drafted(
    letter: LetterForApproval, *, subject_line: str, text: str, language: str, locale: str,
    edition: str, greeting: str, wanted_language: str | None,
) -> LetterForApproval:  # fmt: skip
    """The firm's own words; nobody of the firm is their author."""
    return replace(
        letter, state=State.DRAFT, due_at=None, subject_line=subject_line,
        text=as_handed_over(text), language=language, locale=locale, edition=edition,
        greeting=greeting, wanted_language=wanted_language, revision=letter.revision + 1,
    )  # fmt: skip


def edited(
    letter: LetterForApproval, *, subject_line: str, text: str, by: str, settled: bool,
    now: datetime,
) -> LetterForApproval:  # fmt: skip
    """A person's words: they are its author from now on. ``settled``: its reader reads it so."""
    _must_be(letter, State.DRAFT)
    changed = replace(
        letter, subject_line=" ".join(subject_line.split()), text=as_handed_over(text),
        author_id=by, written_at=now, revision=letter.revision + 1,
    )  # fmt: skip
    if not settled or letter.wanted_language is None:
        return changed
    return replace(changed, wanted_language=None)


def approved(
    letter: LetterForApproval, *, approver_id: str, roles: Iterable[str], channel: str,
    now: datetime, sole: SolePractice | None, reason: str,
) -> LetterForApproval:  # fmt: skip
    """Approved by a lawyer who did not write it; in a sole practice later, with a reason."""
    _must_be(letter, State.DRAFT)
    needed = LAWYERS if letter.approver == "lawyer" else frozenset({"partner"})
    if not needed & set(roles):
        who = "A lawyer or a partner" if letter.approver == "lawyer" else "A partner"
        raise RuleError(f"{who} has to approve this letter.", code="needs-lawyer")
    alone = approver_id == letter.author_id
    if alone and sole is None:
        raise RuleError(
            "You wrote this letter or changed it, so a colleague has to approve it.",
            code="own-text",
        )
    if alone and sole is not None:
        sole.check(letter.written_at or letter.asked_at, reason, now)
    return replace(
        letter,
        state=State.TO_POST if channel == POST else State.ON_ITS_WAY,
        channel=channel,
        text_hash=hash_of(letter.text),
        approver_id=approver_id,
        approved_at=now,
        alone=alone,
        reason=reason.strip() if alone else "",
    )


def may_go_by_post(letter: LetterForApproval, contact_id: str) -> bool:
    """Whether this message was its way to the client; what was posted since has found another."""
    by_email = letter.channel == EMAIL and letter.contact_id == contact_id
    return by_email and letter.state in (State.ON_ITS_WAY, State.SENT)


def by_post_instead(letter: LetterForApproval) -> LetterForApproval:
    """The same words, on paper: they could not go by e-mail."""
    return replace(letter, state=State.TO_POST, channel=POST)


def approved_text(letter: LetterForApproval) -> str:
    """Exactly what was approved; refused where it is not that any more."""
    if letter.text_hash is None:
        raise RuleError("This letter is not approved.", code="not-approved")
    if hash_of(letter.text) != letter.text_hash:
        raise RuleError("Its text is not the one that was approved.", code="text-changed")
    return letter.text


def sent(letter: LetterForApproval, contact_id: str | None) -> LetterForApproval:
    """It has gone; its words are kept as they went."""
    return replace(letter, state=State.SENT, contact_id=contact_id)


def dropped(letter: LetterForApproval, reason: str) -> LetterForApproval:
    """It is not written after all."""
    return replace(letter, state=State.DROPPED, reason=reason.strip(), due_at=None)


def _must_be(letter: LetterForApproval, state: State) -> None:
    if letter.state is not state:
        raise RuleError(f"This letter is {letter.state.value}, not {state.value}.", code="state")
