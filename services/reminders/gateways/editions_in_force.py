"""Which edition does this process go by, and how does another one come into force in it?

Looked up at most once a second, before anything is read for a batch; an approved edition is in
force from an instant that every process has heard of by then. Until it is read, nothing is done: a
process never decides by what the firm has put aside.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.reminders.domain.edition import HEAD, LEAD, Edition, all_of, comparable
from services.reminders.domain.edition_files import Files, hash_of
from services.reminders.domain.playbook import PublishedRule, Rule
from services.reminders.ports import EDITION_HEAD, EDITIONS, EVERY, RULES
from services.reminders.workflow.editions import needs_of_editions
from services.reminders.workflow.firm_config import FirmConfig, FirmRules
from services.reminders.workflow.playbook_versions import needs_of_publishing, publish
from shared.clock import monotonic
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import ClienteleError, TemporaryError
from shared.state.unit_of_work import UnitOfWork
from shared.telemetry.logs import log

LOOK_SECONDS = 1.0  # less than an edition's lead
Read = Callable[[Files], FirmRules]


class UnreadableEditionError(ClienteleError):
    """The edition in force cannot be read by this release."""


@dataclass(frozen=True, slots=True)
class _Coming:
    edition: Edition
    reading: "asyncio.Task[tuple[FirmRules, tuple[Rule, ...]]]"


class EditionsInForce:
    """Keeps the rules and words of one running process to the edition in force."""

    _runtime: Runtime

    def __init__(
        self, config: FirmConfig, folder: Sequence[PublishedRule], read: Read, *, by_folder: bool
    ) -> None:
        self._config = config
        self._folder = folder  # the rules it gives
        self._read = read
        self._by_folder = by_folder
        self._looked = -LOOK_SECONDS
        self._looking = asyncio.Lock()
        self._coming: _Coming | None = None
        self._unreadable = 0  # said once

    async def start(self, runtime: Runtime) -> None:
        """Go by the edition in force, or by the folder; from then on look for others.

        A changed rule under an old version ends the start, and so does an edition that this
        release cannot read.
        """
        self._runtime = runtime
        edition = await self._in_force()
        if edition is None or self._by_folder:
            await self._publish(self._folder)
            if edition is not None:
                log.error("edition_not_in_force", reason="CLIENTELE_GO_BY_FOLDER is set")
        else:
            await self._start_by(edition)
        if not self._by_folder:
            runtime.store.ask_by(self.number)

    async def number(self) -> int:
        """Which edition is in force in this process now; it is, once this returns."""
        if monotonic() - self._looked >= LOOK_SECONDS:
            await self._look()
        coming = self._coming
        if coming is not None and _begins(coming.edition, self._runtime):
            await self._come_into_force(coming)
        return self._config.edition

    async def _look(self) -> None:
        async with self._looking:
            if monotonic() - self._looked < LOOK_SECONDS:
                return
            edition = await self._in_force()
            known = self._coming.edition.number if self._coming else self._config.edition
            if edition is not None and edition.number != known:
                self._coming = _Coming(edition, asyncio.create_task(self._prepared(edition)))
            self._looked = monotonic()

    async def _in_force(self) -> Edition | None:
        unit = UnitOfWork(self._runtime.name, self._runtime.clock.now())
        await self._runtime.store.fill_plainly(unit, [needs_of_editions])
        head = unit.get(EDITION_HEAD, HEAD)
        return unit.get(EDITIONS, str(head.in_force)) if head and head.in_force else None

    async def _prepared(self, edition: Edition) -> tuple[FirmRules, tuple[Rule, ...]]:
        """Its rules and words, and every version of a rule there is."""
        rules = await asyncio.to_thread(self._read, self._files(edition))
        unit = UnitOfWork(self._runtime.name, self._runtime.clock.now())
        await self._runtime.store.fill_plainly(unit, [lambda _: [RULES.by("all", EVERY)]])
        return rules, tuple(each.rule for each in unit.find(RULES, "all", EVERY))

    async def _come_into_force(self, coming: _Coming) -> None:
        number = coming.edition.number
        try:
            rules, every = await asyncio.shield(coming.reading)
        except TemporaryError:
            self._coming = None
            raise
        except (ClienteleError, OSError, ValueError) as wrong:
            if self._unreadable != number:
                self._unreadable = number
                log.error("edition_unreadable", count=number, reason=str(wrong))
            raise TemporaryError(f"edition {number} cannot be read by this release") from wrong
        if self._coming is coming:
            self._config.go_by(number, rules, every)
            self._coming = None
            log.info("edition_in_force", count=number)
            self._say_whether_the_folder_differs(coming.edition)

    async def _start_by(self, edition: Edition) -> None:
        if not _begins(edition, self._runtime):
            await asyncio.sleep(LEAD.total_seconds())  # the others go by the one before still
        try:
            rules = await asyncio.to_thread(self._read, self._files(edition))
        except (ClienteleError, OSError, ValueError) as wrong:
            raise UnreadableEditionError(
                f"edition {edition.number} is in force and this release cannot read it: {wrong}. "
                "Go back to the release before and approve an edition that fits both; or start "
                "with CLIENTELE_GO_BY_FOLDER=true and a folder that fits, and have it approved."
            ) from wrong
        every = await self._publish(rules.published)
        self._config.go_by(edition.number, rules, every)
        self._say_whether_the_folder_differs(edition)

    def _files(self, edition: Edition) -> Files:
        """What is read for it: of letters or a logo it does not hold, those of the folder.

        Where it holds no values, the process goes by those of the folder already.
        """
        logo = edition.logo or not edition.whole
        return all_of(replace(edition, whole=True, logo=logo), self._config.folder)

    async def _publish(self, rules: Sequence[PublishedRule]) -> tuple[Rule, ...]:
        def step(unit: UnitOfWork) -> tuple[Rule, ...]:
            return publish(rules, unit)

        runtime = self._runtime
        cause = Cause("urn:clientele:reminders", self._config.sender, "start", "start", None,
                      runtime.clock.now())  # fmt: skip
        every: tuple[Rule, ...] = await runtime.act(
            step, lambda _: needs_of_publishing(rules), cause=cause
        )
        self._config.playbooks.learn(every)
        return every

    def _say_whether_the_folder_differs(self, edition: Edition) -> None:
        said = comparable(edition, self._config.folder)
        differs = bool(said) and hash_of(said) != edition.content_hash
        self._config.folder_differs = differs
        if differs:
            log.warning(
                "firm_folder_not_in_force",
                count=edition.number,
                reason="clientele firm import proposes it, export writes what is in force",
            )


def _begins(edition: Edition, runtime: Runtime) -> bool:
    """Whether its instant has come."""
    return edition.from_at is None or runtime.clock.now() >= edition.from_at
