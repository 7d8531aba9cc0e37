"""What does ops see of the firm's mailbox: when mail came last, and whether it can be read?"""

from typing import Protocol

from services.reminders.ports import MAILBOX_PLACES
from services.reminders.workflow.incoming_mails import PLACE, needs_of_place
from shared.contracts.answers import SourceHeard
from shared.engine.runtime import Runtime


class ReadMailbox(Protocol):
    """The firm's mailbox, as this process reads it."""

    @property
    def away_reason(self) -> str:
        """Why it cannot be read just now; empty: it can, or another replica does."""

    @property
    def not_put_away(self) -> str:
        """Why what was read stays in the inbox; empty: it does not."""


async def mailbox_heard(mailbox: ReadMailbox | None, runtime: Runtime) -> list[SourceHeard] | None:
    """The mailbox as one source; None where none is read."""
    if mailbox is None:
        return None
    unit = await runtime.look(needs_of_place)
    place, away = unit.get(MAILBOX_PLACES, PLACE), mailbox.away_reason or None
    if place is None or place.last_at is None:
        return [SourceHeard(source=PLACE, is_open=True, count=0, away=away)]
    last = (unit.now - place.last_at).total_seconds()
    heard = SourceHeard(
        source=PLACE,
        is_open=True,
        count=place.count,
        last_seconds=last,
        away=away,
        not_put_away=mailbox.not_put_away or None,
    )
    return [heard]
