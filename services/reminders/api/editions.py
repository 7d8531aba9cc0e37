"""Which questions about editions does reminders answer the desk, and for whom?

Rules and words are the firm's, and are changed by partners and whoever keeps the machines running.
Files are read into rules before a step decides; the step looks again at what it decides by.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from services.reminders.api.asking_services import ask_services
from services.reminders.api.editions_edited import Editing, Texts
from services.reminders.api.editions_looks import looks_told
from services.reminders.api.editions_told import (
    Reading,
    edition_shown,
    in_force_told,
    readings_of,
    studio_told,
    text_shown,
)
from services.reminders.api.editions_values import AskServices, Values
from services.reminders.api.simulations import SimulationDesk
from services.reminders.domain.edition import MAY, Edition, State, draft_of
from services.reminders.ports import EDITIONS, EVERY
from services.reminders.workflow.edition_tasks import EDITION_APPROVAL, needs_of_tasks
from services.reminders.workflow.editions import EditionSteps, needs_of_all
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.editions import (
    DRAFT,
    IN_FORCE,
    EditionDone,
    EditionsAsked,
    EditionShown,
    EditionsListed,
    FileShown,
    FilesTold,
    LooksTold,
    StudioTold,
    TextShown,
    ValuesTold,
)
from shared.contracts.envelope import Cause
from shared.contracts.requests import Answer, RequestType
from shared.contracts.simulations import SimulationState
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.unit_of_work import UnitOfWork

SOURCE = "urn:clientele:desk"
Ask = Callable[[Runtime, "EditionsRequest"], Awaitable[Answer]]


class EditionsRequest(EditionsAsked):
    """The question, and who asks it."""

    actor: Actor


EDITIONS_REQUEST = RequestType(
    "editions",
    "The firm's rules and words: as they are in force, a person's draft, proposals, approvals.",
    EditionsRequest,
    (StudioTold, TextShown, EditionsListed, EditionShown, EditionDone, SimulationState, ValuesTold,
     FilesTold, FileShown, LooksTold),
)  # fmt: skip


def answer_editions(
    config: FirmConfig, reading: Reading, texts: Texts, *, by_folder: bool,
    services: AskServices = ask_services,
) -> Ask:  # fmt: skip
    """Answers all of them; RuleError for what is refused, with its reason in a sentence."""
    desk = _EditionDesk(config, reading, texts, services, by_folder=by_folder)
    answers: Mapping[str, Ask] = {
        "look": desk.look,
        "text": desk.text,
        "editions": desk.editions,
        "edition": desk.edition,
        "edit-rule": desk.edit,
        "edit-text": desk.edit,
        "discard": desk.discard,
        "take-in": desk.take_in,
        "again": desk.again,
        "propose": desk.propose,
        "approve": desk.approve,
        "reject": desk.reject,
        "simulate": desk.simulate,
        "simulation": desk.simulation,
        "cancel-simulation": desk.cancel_simulation,
        "values": desk.values,
        "edit-values": desk.edit,
        "files": desk.files,
        "file": desk.file,
        "edit-file": desk.edit,
        "new-language": desk.edit,
        "looks": desk.looks,
        "edit-looks": desk.edit,
    }

    async def answer(runtime: Runtime, asked: EditionsRequest) -> Answer:
        if not set(asked.actor.roles) & set(MAY):
            raise RuleError(f"This is for: {', '.join(MAY)}.", code="wrong-role")
        return await answers[asked.ask](runtime, asked)

    return answer


class _EditionDesk:
    """What partners and ops ask about editions."""

    def __init__(
        self, config: FirmConfig, reading: Reading, texts: Texts, services: AskServices, *,
        by_folder: bool,
    ) -> None:  # fmt: skip
        self._config, self._reading, self._by_folder = config, reading, by_folder
        self._steps = EditionSteps(config)
        self._values = Values(config, reading, services)
        self._editing = Editing(config, reading, texts, self._values)
        self._simulations = SimulationDesk(config, reading, _cause)

    async def look(self, runtime: Runtime, asked: EditionsRequest) -> StudioTold:
        """Every rule and text as the asker's draft has them, or as they are in force."""
        unit, draft = await self._seen(runtime, asked)
        return await studio_told(
            self._config, self._reading, draft, unit, by_folder=self._by_folder
        )

    async def text(self, runtime: Runtime, asked: EditionsRequest) -> TextShown:
        """One message in one language, in the draft, in force, or in an edition."""
        unit, draft = await self._seen(runtime, asked)
        files = draft.files
        if asked.edition == IN_FORCE:
            files = dict(self._steps.in_force(unit))
        elif asked.edition not in (None, DRAFT):
            files = self._one(unit, asked.edition).files
        return await text_shown(self._config, self._reading, files, asked, runtime.clock.now())

    async def editions(self, runtime: Runtime, _: EditionsRequest) -> EditionsListed:
        """All of them, the newest first."""
        unit = await runtime.look(lambda unit: [*needs_of_all(unit), *needs_of_tasks(unit)])
        found = [each for each in unit.find(EDITIONS, "all", EVERY) if each.number]
        latest = sorted(found, key=lambda each: each.number, reverse=True)
        return EditionsListed(
            in_force=in_force_told(self._config, unit, by_folder=self._by_folder),
            editions=[edition_shown(self._steps, each, unit) for each in latest],
        )

    async def edition(self, runtime: Runtime, asked: EditionsRequest) -> EditionShown:
        """One of them, with what it changes; without a number, the asker's draft."""
        unit, draft = await self._seen(runtime, asked)
        edition = self._chosen(unit, draft, asked)
        shown = await self._shown(edition, unit)
        return shown.model_copy(
            update={"simulation": await self._simulations.state(runtime, edition)}
        )

    async def simulate(self, runtime: Runtime, asked: EditionsRequest) -> SimulationState:
        """Let a draft or proposal hear the firm's past; nothing is sent, nothing comes of it."""
        unit, draft = await self._seen(runtime, asked)
        edition = self._chosen(unit, draft, asked)
        await self._simulations.start(runtime, asked, edition, asked.actor.id)
        return await self._simulations.state(runtime, edition)

    async def simulation(self, runtime: Runtime, asked: EditionsRequest) -> SimulationState:
        """How far that is, or what was found."""
        unit, draft = await self._seen(runtime, asked)
        return await self._simulations.state(runtime, self._chosen(unit, draft, asked))

    async def cancel_simulation(self, runtime: Runtime, asked: EditionsRequest) -> SimulationState:
        """It ends; what it found until then goes."""
        await self._simulations.cancel(runtime, asked, asked.actor.id)
        return await self.simulation(runtime, asked)

    async def values(self, runtime: Runtime, asked: EditionsRequest) -> ValuesTold:
        """Every value of the firm, in the asker's draft."""
        unit, draft = await self._seen(runtime, asked)
        return await self._values.told(runtime, draft, unit, by_folder=self._by_folder)

    async def files(self, runtime: Runtime, asked: EditionsRequest) -> FilesTold:
        """Every file of the asker's draft."""
        unit, draft = await self._seen(runtime, asked)
        return await self._values.files(draft, unit)

    async def file(self, runtime: Runtime, asked: EditionsRequest) -> FileShown:
        """One file of the asker's draft, or the shipped one."""
        _, draft = await self._seen(runtime, asked)
        return await self._values.file(runtime, asked, draft)

    async def looks(self, runtime: Runtime, asked: EditionsRequest) -> LooksTold:
        """How the firm looks by a draft or an edition."""
        unit, draft = await self._seen(runtime, asked)
        return await looks_told(
            self._config, self._reading, self._chosen(unit, draft, asked), asked, unit,
            by_folder=self._by_folder,
        )  # fmt: skip

    async def edit(self, runtime: Runtime, asked: EditionsRequest) -> EditionDone:
        """A rule or a text of the asker's draft is to be otherwise."""
        unit, draft = await self._seen(runtime, asked)
        changed, seen = await self._editing.changed_files(runtime, asked, draft)
        after = await self._act(
            runtime, asked, partial(self._steps.edit, asked.actor.id, changed, seen)
        )
        return EditionDone(edition=edition_shown(self._steps, after, unit))

    async def discard(self, runtime: Runtime, asked: EditionsRequest) -> EditionDone:
        """The asker's draft goes."""
        unit, draft = await self._seen(runtime, asked)
        await self._act(runtime, asked, partial(self._steps.discard, asked.actor.id))
        return EditionDone(edition=edition_shown(self._steps, draft, unit))

    async def take_in(self, runtime: Runtime, asked: EditionsRequest) -> EditionDone:
        """What came into force meanwhile goes into the asker's draft."""
        both = await self._act(runtime, asked, partial(self._steps.take_in, asked.actor.id))
        unit, draft = await self._seen(runtime, asked)
        shown = edition_shown(self._steps, draft, unit)
        return EditionDone(edition=shown.model_copy(update={"both": tuple(sorted(both))}))

    async def again(self, runtime: Runtime, asked: EditionsRequest) -> EditionDone:
        """An earlier edition becomes the asker's draft."""
        step = partial(self._steps.again, asked.actor.id, asked.edition or "")
        draft = await self._act(runtime, asked, step)
        unit, _ = await self._seen(runtime, asked)
        return EditionDone(edition=edition_shown(self._steps, draft, unit))

    async def propose(self, runtime: Runtime, asked: EditionsRequest) -> EditionDone:
        """The asker's draft waits for a second person, if every service would go by it."""
        _, draft = await self._seen(runtime, asked)
        await self._values.check(runtime, draft.files, None)
        who, under = asked.actor.id, asked.request_id or f"{asked.actor.id}-{asked.content_hash}"
        made = await runtime.act(
            partial(self._steps.propose, who, asked.content_hash or "", asked.note, under),
            partial(self._steps.needs_of_proposing, who, under),
            cause=_cause(runtime, asked),
        )
        unit, _ = await self._seen(runtime, asked)
        return EditionDone(edition=await self._shown(made, unit))

    async def approve(self, runtime: Runtime, asked: EditionsRequest) -> EditionDone:
        """It comes into force a moment later, for every process at once."""
        unit, _ = await self._seen(runtime, asked)
        unit.who_decides.check(EDITION_APPROVAL, "approve", asked.actor.roles)
        edition = self._one(unit, asked.edition)
        await self._values.check(runtime, edition.files, None)
        rules, shipped = await self._reading(edition.files), await self._reading({})
        step = partial(
            self._steps.approve, edition.edition_id, asked.content_hash or "", asked.actor.id,
            asked.why, rules, readings_of(edition.files, shipped),
        )  # fmt: skip
        needs = partial(self._steps.needs_of_approving, edition.edition_id, rules)
        after = await runtime.act(step, needs, cause=_cause(runtime, asked))
        return EditionDone(edition=edition_shown(self._steps, after, unit))

    async def reject(self, runtime: Runtime, asked: EditionsRequest) -> EditionDone:
        """It does not come into force."""
        step = partial(self._steps.reject, asked.edition or "", asked.actor.id, asked.why)
        after = await self._act(runtime, asked, step)
        unit, _ = await self._seen(runtime, asked)
        return EditionDone(edition=edition_shown(self._steps, after, unit))

    async def _seen(self, runtime: Runtime, asked: EditionsRequest) -> tuple[UnitOfWork, Edition]:
        """Every edition there is, and the asker's draft."""
        mine = EDITIONS.one(draft_of(asked.actor.id))
        unit = await runtime.look(lambda unit: [*needs_of_all(unit), *needs_of_tasks(unit), mine])
        return unit, self._steps.draft(asked.actor.id, unit)

    async def _act(self, runtime: Runtime, asked: EditionsRequest, step: Any) -> Any:
        about = [draft_of(asked.actor.id), *([asked.edition] if asked.edition else [])]

        def needs(unit: Any) -> list[Any]:
            return [need for each in about for need in self._steps.needs(each, unit)]

        return await runtime.act(step, needs, cause=_cause(runtime, asked))

    async def _shown(self, edition: Edition, unit: UnitOfWork) -> EditionShown:
        shown = edition_shown(self._steps, edition, unit, whole=True)
        if edition.state not in (State.DRAFT, State.PROPOSED):
            return shown
        return shown.model_copy(update={"findings": await self._editing.findings(edition)})

    def _chosen(self, unit: UnitOfWork, draft: Edition, asked: EditionsRequest) -> Edition:
        return draft if asked.edition in (None, DRAFT) else self._one(unit, asked.edition)

    def _one(self, unit: UnitOfWork, number: str | None) -> Edition:
        found = [each for each in unit.find(EDITIONS, "all", EVERY) if str(each.number) == number]
        if not found or not found[0].number:
            raise RuleError("There is no such edition.", code="unknown", field="edition")
        return found[0]


def _cause(runtime: Runtime, asked: EditionsRequest) -> Cause:
    now = runtime.clock.now()
    id = f"{asked.request_id or asked.actor.id}-{asked.ask}-{now.isoformat()}"
    return Cause(SOURCE, id, "request", id, None, now)
