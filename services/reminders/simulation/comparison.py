"""What would other playbooks have done with the firm's past events, beside those in force?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from services.reminders.app import make_config
from services.reminders.domain.edition_files import Files
from services.reminders.domain.playbook import PublishedRule
from services.reminders.gateways.rule_files import playbook_files
from services.reminders.settings import RemindersSettings
from services.reminders.simulation.differences import Difference, differences
from services.reminders.simulation.rehearsal import Rehearsal
from shared.contracts.envelope import Event

OURS = "urn:clientele:"  # whose events carry the firm's business time


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would go another way since an instant, and how much the rules do either way."""

    since: datetime
    differences: list[Difference]
    acted_before: int
    acted_after: int


class Comparison:
    """Two sets of rules hear the same past: the rules in force, and those that are proposed.

    ``hear`` every event of the stream in its order, ``pass_until`` now, then look at the
    ``outlook``. Nothing leaves, and nothing is kept.
    """

    def __init__(
        self,
        settings: RemindersSettings,
        in_force: Sequence[PublishedRule],
        proposed: Sequence[PublishedRule],
        files: Files | None = None,
        other: tuple[RemindersSettings, Files] | None = None,
    ) -> None:
        """``files``: the texts of the edition in force; else those of the folder.

        ``other``: the values and texts of the proposed edition, where it says others.
        """
        sides = ((in_force, (settings, files)), (proposed, other or (settings, files)))
        self._both = tuple(
            Rehearsal(make_config(by, rules, files=texts)) for rules, (by, texts) in sides
        )
        self._now = datetime.min.replace(tzinfo=UTC)
        self.heard = 0

    def hear(self, event: Event[Any], stored_at: datetime | None) -> None:
        """Let both hear an event at its instant.

        Our own events say themselves when they were, also where time was made to travel.
        """
        ours = event.source.startswith(OURS)
        self._now = max(self._now, stored_at or self._now, event.time if ours else self._now)
        self.heard += 1
        for each in self._both:
            each.hear(event, self._now)

    def pass_until(self, instant: datetime) -> None:
        """Let everything happen that falls due by then."""
        for each in self._both:
            each.pass_until(instant)

    def outlook(self, length: timedelta) -> Outlook:
        """What differs in this time up to where the past was heard."""
        since = self._both[0].now - length
        was, will = self._both
        before, after = (each.done(since) for each in self._both)
        return Outlook(
            since=since,
            differences=differences(was.every(), will.every(), since),
            acted_before=sum(each.acted for each in before),
            acted_after=sum(each.acted for each in after),
        )


def as_lived(
    past: Iterable[tuple[Event[Any], datetime | None]],
) -> list[tuple[Event[Any], datetime]]:
    """Events, each with the instant it is heard at: what was imported as if told on its day."""
    lived = [
        (replace(event, history=False), event.time) if event.history else (event, at or event.time)
        for event, at in past
    ]
    return sorted(lived, key=lambda each: each[1])


def playbooks_in_force(settings: RemindersSettings) -> list[Path]:
    """The files a service with these settings reads."""
    return playbook_files(settings)
