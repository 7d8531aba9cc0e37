"""What may the command line ask about editions: what is in force, and a folder proposed?"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Literal

from services.reminders.domain.edition import draft_of
from services.reminders.domain.edition_files import Files, as_kept, hash_of
from services.reminders.workflow.editions import EditionSteps, head_in, needs_of_editions
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.envelope import Cause
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.ops import OpsQuestion


class EditionsOfOpsAsked(Asked):
    """What is in force (``state``), with its files (``files``); or propose these (``propose``)."""

    ask: Literal["editions"]
    do: Literal["state", "files", "propose"] = "state"
    files: dict[str, str] | None = None
    by: str = ""
    note: str = ""


class EditionsOfOpsTold(Answer):
    """Which edition is in force, and what was proposed. 0: the folder, or what is shipped."""

    in_force: int
    goes_by: int = 0  # the process that answers; for a moment after an approval, the one before
    from_at: str | None = None
    folder_differs: bool = False
    files: dict[str, str] | None = None
    proposed: int | None = None


class EditionsOfOps:
    """Answers the command line about editions."""

    def __init__(
        self, config: FirmConfig, check: Callable[[Runtime, Files], Awaitable[None]]
    ) -> None:
        self._config, self._check, self._steps = config, check, EditionSteps(config)

    def question(self) -> OpsQuestion:
        """What may be asked."""
        return OpsQuestion("editions", EditionsOfOpsAsked, (EditionsOfOpsTold,), self.answer)

    async def answer(self, runtime: Runtime, asked: EditionsOfOpsAsked) -> EditionsOfOpsTold:
        """RuleError where what is proposed cannot be."""
        proposed = await self._propose(runtime, asked) if asked.do == "propose" else None
        unit = await runtime.look(needs_of_editions)
        head = head_in(unit)
        return EditionsOfOpsTold(
            in_force=head.in_force,
            goes_by=self._config.edition,
            from_at=head.from_at.isoformat() if head.from_at else None,
            folder_differs=self._config.folder_differs,
            files=dict(self._steps.in_force(unit)) if asked.do == "files" else None,
            proposed=proposed,
        )

    async def _propose(self, runtime: Runtime, asked: EditionsOfOpsAsked) -> int:
        by = asked.by.strip()
        if not by or asked.files is None:
            raise RuleError("Say who proposes it (their id), and the files.",
                            code="missing", field="by")  # fmt: skip
        files = as_kept(asked.files)
        await self._check(runtime, files)
        unit = await runtime.look(needs_of_editions)
        under = f"import-{head_in(unit).last}-{hash_of(files)}"
        made = await runtime.act(
            partial(self._steps.propose_files, by, files, asked.note, under),
            partial(self._steps.needs_of_proposing, draft_of(by), under),
            cause=Cause("urn:clientele:ops", under, "ops", under, None, runtime.clock.now()),
        )
        return made.number
