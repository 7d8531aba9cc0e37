"""Is a letter that nobody has approved taken back once what it is about has ended?"""

from datetime import timedelta
from typing import Any

import pytest

from services.reminders.domain.letter_for_approval import State
from services.reminders.ports import APPROVAL_LETTERS
from shared.contracts.base import EventData
from shared.contracts.concerns import ConcernClosed
from shared.contracts.firm import MatterClosed, MatterReopened
from shared.contracts.letters import LetterDropped, LetterRequested
from tests.reminders.letter_office import WRITTEN, approve, edit, letter_of, office
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client

LATER = MONDAY + timedelta(hours=2)


def closed(matter_id: str = "m-1") -> MatterClosed:
    facts = {"matter_id": matter_id, "client_id": "c-1", "closed_at": LATER}
    return MatterClosed.model_validate(facts)


def concern_closed(concern_id: str = "n-1") -> ConcernClosed:
    return ConcernClosed(
        concern_id=concern_id, kind="complaint", client_id="c-1", outcome="explained",
        cause_code="not-known", confirmed=True, at=LATER,
    )  # fmt: skip


def reopened() -> MatterReopened:
    facts = {"matter_id": "m-1", "client_id": "c-1", "reopened_at": LATER}
    return MatterReopened.model_validate(facts)


def drafted(letter: str) -> Reminders:
    """A letter about a matter and a concern waits for approval."""
    reminders = Reminders()
    wanted = LetterRequested(
        letter_id="l-1", letter=letter, client_id="c-1", matter_id="m-1", concern_id="n-1"
    )
    reminders.tell(client(), OPENED, wanted)
    reminders.after(minutes=1)
    assert letter_of(reminders).state is State.DRAFT
    return reminders


ENDS: list[tuple[str, EventData]] = [
    ("complaint-acknowledgement", concern_closed()),
    ("closing", reopened()),
    ("engagement", closed()),
    ("handover", closed()),
]


@pytest.mark.parametrize(("letter", "end"), ENDS)
def test_it_is_taken_back_with_its_task_and_said_so(letter: str, end: EventData) -> None:
    reminders = drafted(letter)
    reminders.after(minutes=5)
    reminders.tell(end)
    assert (letter_of(reminders).state, reminders.tasks("letter-approval")) == (State.DROPPED, [])
    (dropped,) = reminders.announced_of(LetterDropped)
    assert (dropped.because, dropped.by, dropped.letter) == (end.TYPE, "reminders", letter)


@pytest.mark.parametrize(
    ("letter", "end"),
    [
        ("final-response", concern_closed()),
        ("apology", concern_closed()),
        ("complaint-acknowledgement", closed()),
        ("complaint-acknowledgement", concern_closed("n-2")),
        ("engagement", closed("m-2")),
    ],
)
def test_what_stays_owed_or_is_about_something_else_stays(letter: str, end: EventData) -> None:
    reminders = drafted(letter)
    reminders.after(minutes=5)
    reminders.tell(end)
    assert letter_of(reminders).state is State.DRAFT
    assert reminders.announced_of(LetterDropped) == []


def test_what_was_approved_goes() -> None:
    reminders = office()
    edit(reminders, WRITTEN)
    approve(reminders)
    reminders.tell(closed())
    assert letter_of(reminders).state is State.ON_ITS_WAY


def test_what_ended_before_it_was_asked_for_ends_nothing() -> None:
    reminders = drafted("engagement")
    reminders.hear(closed(), time=MONDAY - timedelta(days=3))
    assert letter_of(reminders).state is State.DRAFT


def test_one_that_is_still_to_be_drafted_is_not_drafted_any_more() -> None:
    reminders = Reminders()
    wanted: dict[str, Any] = {"letter_id": "l-1", "letter": "engagement", "client_id": "c-1"}
    reminders.tell(LetterRequested(**wanted, matter_id="m-1"))
    reminders.tell(closed())
    reminders.after(days=2)
    (kept,) = reminders.all(APPROVAL_LETTERS)
    assert (kept.state, reminders.tasks("letter-approval")) == (State.DROPPED, [])
