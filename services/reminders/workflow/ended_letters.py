"""What a letter is about has ended: which letters nobody has approved yet need not be written?

Each letter of the firm says by which events it is pointless (``until`` in ``letters.yaml``): the
acknowledgement of a complaint once that is closed, a closing letter once the matter is taken up
again. What was approved goes; what says of itself that it stays owed, such as a final response,
stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.reminders.domain.letter_for_approval import LetterForApproval, dropped
from services.reminders.ports import APPROVAL_LETTERS
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.letter_drafts import named
from shared.contracts.concerns import ConcernClosed
from shared.contracts.envelope import Event
from shared.contracts.firm import MatterClosed, MatterReopened
from shared.contracts.letters import LetterDropped
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, cancel_task

Ending = Event[ConcernClosed] | Event[MatterClosed] | Event[MatterReopened]
NOBODY = "reminders"  # no person decided it


@dataclass(frozen=True)
class EndedLetterSteps:
    """The steps for letters whose occasion is over."""

    config: FirmConfig

    def needs(self, event: Ending, unit: ReadSoFar) -> Iterator[Need]:
        """The letters about it, and whoever is asked to approve them."""
        subject = _subject(event)
        yield APPROVAL_LETTERS.by("open", subject)
        for each in unit.peek_all(APPROVAL_LETTERS, "open", subject):
            yield TASKS.by("ref", each.letter_id)

    def hear(self, event: Ending, unit: UnitOfWork) -> None:
        """Take back what is pointless now; what was asked for later is about something else."""
        for letter in unit.find(APPROVAL_LETTERS, "open", _subject(event)):
            kind = self.config.letters.texts.kinds.get(letter.letter)
            if kind is None or event.type not in kind.until or event.time < letter.asked_at:
                continue
            _take_back(letter, event.type, unit)


def _take_back(letter: LetterForApproval, because: str, unit: UnitOfWork) -> None:
    unit.put(APPROVAL_LETTERS, dropped(letter, because))
    for task in unit.find(TASKS, "ref", letter.letter_id):
        if task.state == "open":
            cancel_task(unit, task, because)
    unit.announce(LetterDropped(**named(letter), by=NOBODY, at=unit.now, because=because))


def _subject(event: Ending) -> str:
    data = event.data
    if isinstance(data, ConcernClosed):
        return f"concern:{data.concern_id}"
    return f"matter:{data.matter_id}"
