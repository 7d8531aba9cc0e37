"""Where does each inquiry stand, who looks after it, and how long has it waited?

Made from events alone, the same in whatever order they arrive: what was said of the inquiry holds
by its stamp, where it stands by its version. Only the name is private; it is sealed, and nothing
else of what they told is kept here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from shared.contracts.envelope import Event
from shared.contracts.firm import InquiryReceived
from shared.contracts.intake import InquiryMoved, Phase
from shared.contracts.reminders import (
    InquirerLetterFailed,
    InquirerLetterSent,
    InquirerLetterUnknown,
)

PHASES: tuple[Phase, ...] = get_args(Phase)
ENDS: tuple[Phase, ...] = ("engaged", "declined", "lost")
OPEN: tuple[Phase, ...] = tuple(phase for phase in PHASES if phase not in ENDS)
NO_DEADLINE = "9999-12-31"
LetterFate = Literal["sent", "failed", "unknown"]
LetterEnded = InquirerLetterSent | InquirerLetterFailed | InquirerLetterUnknown
FATES: dict[str, LetterFate] = {
    InquirerLetterSent.TYPE: "sent",
    InquirerLetterFailed.TYPE: "failed",
    InquirerLetterUnknown.TYPE: "unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change of where it stands."""

    phase: Phase
    at: datetime
    version: int
    by: str | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InquirerLetter:
    """One letter to them, and what became of it."""

    letter_id: str
    letter: str  # confirmation, received, invitation or declined
    fate: LetterFate
    at: datetime
    text: str = ""  # why it did not go


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedInquiry:
    """One row of the pipeline."""

    inquiry_id: str
    name: str | None = None
    channel: str = ""
    referral: str = ""
    practice_area: str = ""
    deadline: str = ""
    received_at: datetime | None = None
    stamp: str = ""
    given_to: str | None = None  # who it was said looks after it when it came
    phase: Phase = "new"
    owner_id: str | None = None  # who it is said now looks after it
    client_id: str | None = None
    matter_id: str | None = None
    moves: tuple[Move, ...] = ()
    letters: tuple[InquirerLetter, ...] = ()  # in the order in which they went, or did not
    moved_at: datetime | None = None  # since when it stands where it does
    order: str = ""  # the most pressing first

    @property
    def held_by(self) -> str | None:
        """Who of the firm looks after it, as far as events say."""
        return self.owner_id or self.given_to


def ids_of(row: ListedInquiry) -> dict[str, str | None]:
    """The inquiry, and what it has become."""
    return {
        "inquiry_id": row.inquiry_id,
        "client_id": row.client_id,
        "matter_id": row.matter_id,
    }


def heard_of(before: ListedInquiry, event: Event[InquiryReceived]) -> ListedInquiry:
    """The row after somebody asked, or what they said was corrected."""
    data = event.data
    first = min(filter(None, (before.received_at, event.time)))
    if event.stamp <= before.stamp:
        return _ordered(replace(before, received_at=first))
    return _ordered(
        replace(
            before,
            name=data.name,
            channel=data.channel,
            referral=data.referral or before.referral,
            practice_area=data.practice_area or before.practice_area,
            deadline=data.deadline.isoformat() if data.deadline else before.deadline,
            given_to=data.owner_id or before.given_to,
            received_at=first,
            stamp=event.stamp,
        )
    )


def moved(before: ListedInquiry, data: InquiryMoved) -> ListedInquiry:
    """The row after the inquiry went on; an earlier step heard late is only history."""
    if any(each.version == data.version for each in before.moves):
        return before
    move = Move(
        phase=data.phase, at=data.at, version=data.version, by=data.by, because=data.because
    )
    moves = tuple(sorted((*before.moves, move), key=lambda each: each.version))
    if moves[-1] is not move:
        return replace(before, moves=moves)
    return _ordered(
        replace(
            before,
            moves=moves,
            phase=data.phase,
            moved_at=data.at,
            owner_id=data.owner_id,
            client_id=data.client_id,
            matter_id=data.matter_id,
        )
    )


def written_to(before: ListedInquiry, data: LetterEnded) -> ListedInquiry:
    """The row after a letter to them went, or did not."""
    if any(each.letter_id == data.letter_id for each in before.letters):
        return before
    letter = InquirerLetter(
        letter_id=data.letter_id,
        letter=data.letter,
        fate=FATES[data.TYPE],
        at=data.at,
        text="" if isinstance(data, InquirerLetterSent) else data.text,
    )
    every = sorted((*before.letters, letter), key=lambda each: (each.at, each.letter_id))
    return replace(before, letters=tuple(every))


def _ordered(row: ListedInquiry) -> ListedInquiry:
    """Whoever has a deadline first, the nearest of all; then whoever has waited longest."""
    since = row.received_at.isoformat() if row.received_at else ""
    return replace(row, order=f"{row.deadline or NO_DEADLINE} {since} {row.inquiry_id}")
