"""How does what a firm wants otherwise come into force, with two people and without a restart?

An edition holds all that the firm has otherwise, as files. Somebody prepares a draft, proposes it
on top of what is in force, and another person approves exactly what was proposed. From an instant
a moment later it is in force for every process at once; the one before is superseded, and can be
proposed again.

What is planned already keeps the moment for which it was planned, by the version of its rule that
planned it, until something new is heard about the thing it is about; then it is planned anew by
the rule in force. What a switched-off rule had planned does not happen. Words are those in force
when a message is handed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.reminders.domain.edition_files import Files, as_kept, hash_of, of_rules
from services.reminders.domain.letter_for_approval import SolePractice
from shared.errors import RuleError
from shared.firm.edition_parts import letters_of, pictures_of, values_of, without_strays

HEAD = "head"
LEAD = timedelta(seconds=3)  # until an approved edition is in force: every process has seen it
MAY = ("partner", "ops")
LONGEST_NOTE = 500


class State(StrEnum):
    """Where an edition stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything the firm has otherwise than shipped, from a person's draft to its end."""

    edition_id: str  # its number, or whose draft it is
    number: int = 0  # of a draft: none yet
    state: State = State.DRAFT
    files: dict[str, str] = field(default_factory=dict)  # sealed, by their place
    base: int = 0  # the edition it was made from; 0: the folder
    base_files: dict[str, str] = field(default_factory=dict)  # sealed: what that said
    content_hash: str = ""
    by: str
    at: datetime
    note: str = ""  # sealed: what a person wrote about it
    decided_by: str | None = None
    decided_at: datetime | None = None
    why: str = ""  # sealed: why it was rejected, or approved alone
    from_at: datetime | None = None  # in force from then
    request_id: str | None = None  # under which it was proposed
    simulated_hash: str | None = None  # what it said when it was simulated last
    simulated_at: datetime | None = None
    whole: bool = False  # it holds all the folder may say; else rules and messages alone
    letters: bool = False  # … and the letters that a person approves; else the folder says them
    logo: bool = False  # … and the logo; else the folder has it
    shipped: dict[str, str] = field(default_factory=dict)
    # what was shipped, when it was approved, of all that it has otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Which edition is in force, and since when; which number is the next."""

    name: str = HEAD
    last: int = 0
    in_force: int = 0  # 0: the folder, or what is shipped
    from_at: datetime | None = None
    simulating: str | None = None  # the run that waits or is worked at: one at a time


def all_of(edition: Edition, folder: Files) -> Files:
    """What it says; what an edition of a release before does not hold, the folder says."""
    values = {} if edition.whole else values_of(folder)
    letters = {} if edition.letters else letters_of(folder)
    logo = {} if edition.logo else pictures_of(folder)
    return without_strays({**values, **letters, **logo, **edition.files})


def comparable(edition: Edition, folder: Files) -> Files:
    """What the folder says of all that this edition holds."""
    said = folder if edition.whole else {**of_rules(folder), **letters_of(folder)}
    left = {} if edition.letters else letters_of(folder)
    left |= {} if edition.logo else pictures_of(folder)
    return {place: text for place, text in said.items() if place not in left}


def draft_of(staff_id: str) -> str:
    """The key of a person's draft."""
    return f"draft:{staff_id}"


def begun(staff_id: str, base: int, files: Files, now: datetime) -> Edition:
    """A draft that says what is in force."""
    kept = as_kept(files)
    return Edition(
        edition_id=draft_of(staff_id), files=kept, base=base, base_files=dict(kept),
        content_hash=hash_of(kept), by=staff_id, at=now, whole=True, letters=True, logo=True,
    )  # fmt: skip


def edited(draft: Edition, files: Files, now: datetime) -> Edition:
    """The draft with these files."""
    kept = as_kept(files)
    if kept == draft.files:
        return draft
    return replace(draft, files=kept, content_hash=hash_of(kept), at=now)


def proposed(draft: Edition, head: Head, in_force: Files, note: str, now: datetime) -> Edition:
    """The draft under a number of its own; RuleError where it changes nothing, or stands on sand.

    ``in_force``: what the edition in force says.
    """
    check_base(draft, head, in_force)
    if draft.content_hash == hash_of(in_force):
        raise RuleError("This is in force already: there is nothing to propose.",
                        code="nothing-changed")  # fmt: skip
    number = head.last + 1
    return replace(
        draft, edition_id=str(number), number=number, state=State.PROPOSED,
        note=_text(note, "note"), at=now,
    )  # fmt: skip


def check_base(edition: Edition, head: Head, in_force: Files) -> None:
    """RuleError where something else is in force than what it was made from."""
    if edition.base == head.in_force and hash_of(edition.base_files) == hash_of(in_force):
        return
    now = f"edition {head.in_force}" if head.in_force else "another folder"
    was = f"edition {edition.base}" if edition.base else "the folder"
    raise RuleError(
        f"{now.capitalize()} came into force meanwhile, and this was made from {was}. Look at "
        "what changed, take it in, and propose again.",
        code="stale-base",
    )


def approved(
    edition: Edition, *, content_hash: str, by: str, head: Head, in_force: Files,
    sole: SolePractice | None, why: str, shipped: Mapping[str, str], now: datetime,
) -> Edition:  # fmt: skip
    """Approved by another person, who saw exactly this; alone in a sole practice, later."""
    _must_be_proposed(edition)
    if content_hash != edition.content_hash:
        raise RuleError("You saw something else than what is proposed: look at it again.",
                        code="other-content")  # fmt: skip
    check_base(edition, head, in_force)
    if by == edition.by:
        if sole is None:
            raise RuleError("You proposed this, so a colleague has to approve it.",
                            code="own-proposal")  # fmt: skip
        sole.check(edition.at, why, now, "change")
    return replace(
        edition, state=State.APPROVED, decided_by=by, decided_at=now, why=_text(why, "why"),
        from_at=now + LEAD, shipped=dict(shipped),
    )  # fmt: skip


def rejected(edition: Edition, *, by: str, why: str, now: datetime) -> Edition:
    """It does not come into force; whoever proposed it may take it back in the same way."""
    _must_be_proposed(edition)
    if by != edition.by and not why.strip():
        raise RuleError("Say why: whoever proposed it wants to know.", code="missing", field="why")
    return replace(
        edition, state=State.REJECTED, decided_by=by, decided_at=now, why=_text(why, "why")
    )


def superseded(edition: Edition) -> Edition:
    """Another one is in force."""
    return replace(edition, state=State.SUPERSEDED)


def with_next(head: Head, edition: Edition) -> Head:
    """The head once this has been proposed or approved."""
    if edition.state is State.APPROVED:
        return replace(head, in_force=edition.number, from_at=edition.from_at)
    return replace(head, last=max(head.last, edition.number))


def _must_be_proposed(edition: Edition) -> None:
    if edition.state is not State.PROPOSED:
        raise RuleError(
            f"Edition {edition.number} is {edition.state.value}: this was decided already.",
            code="already-decided",
        )


def _text(said: str, name: str) -> str:
    text = said.strip()
    if len(text) > LONGEST_NOTE:
        raise RuleError(f"Use at most {LONGEST_NOTE} characters.", code="too-long", field=name)
    return text
