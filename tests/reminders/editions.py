"""Asking reminders about the firm's rules and words, over memory."""

import asyncio
from collections.abc import Mapping
from functools import partial
from itertools import count
from typing import Any, cast

from pydantic import ValidationError

from services.feedback.settings import FeedbackSettings
from services.intake.settings import IntakeSettings
from services.reminders.api.asking_services import Heard
from services.reminders.api.editions import EditionsRequest, answer_editions
from services.reminders.app import make_config, read_rules
from services.reminders.domain.edition_files import Files
from services.reminders.gateways.rule_files import message_texts
from services.reminders.gateways.rule_reader import RuleReader
from services.reminders.settings import RemindersSettings
from services.reminders.workflow.editions import EditionSteps
from services.reminders.workflow.firm_config import FirmConfig, FirmRules
from services.reminders.workflow.simulations import SimulationSteps, needs_of_run
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import ClienteleError
from shared.firm.folder_in_force import for_a_look
from shared.process.starting import in_words
from shared.requests.decisions import Actor
from tests.fakes.runtime import MemoryRuntime
from tests.reminders.over_memory import SENDER, Reminders, shipped

ADA = Actor(id="ada", roles=("partner",))
LEO = Actor(id="leo", roles=("ops",))
NUMBERS = count()
_READ: dict[tuple[tuple[str, str], ...], FirmRules] = {}


def read(files: Files) -> FirmRules:
    """Read once: it takes a second."""
    key = tuple(sorted(files.items()))
    if key not in _READ:
        _READ[key] = read_rules(RemindersSettings(), files)
    return _READ[key]


async def services(_: Runtime, values: Mapping[str, str]) -> Heard:
    """What every service would say: each begins by these values, here as one."""
    await asyncio.sleep(0)
    with for_a_look(None, values) as folder:
        try:
            for each in (RemindersSettings, FeedbackSettings, IntakeSettings):
                each(firm_dir=folder)
        except (ValidationError, ClienteleError) as wrong:
            return Heard(mistakes=tuple(in_words(wrong, folder).splitlines()))
    return Heard(shipped={"firm_name": "Example & Partners", "firm_opens": "09:00"})


def office() -> Reminders:
    """A firm that has nothing otherwise yet; its rules may change."""
    config: FirmConfig = make_config(RemindersSettings(), shipped())
    config.sender = SENDER
    return Reminders(config)


def ask(reminders: Reminders, what: str, actor: Actor = ADA, **more: Any) -> Any:
    """One question, answered."""
    asked = {"ask": what, "actor": actor, "request_id": f"r-{next(NUMBERS)}", **more}
    return asyncio.run(answer(reminders, asked))


async def answer(reminders: Reminders, asked: Mapping[str, Any]) -> Any:
    """The answer to one question."""
    runtime = cast("Runtime", MemoryRuntime(reminders))
    request = EditionsRequest.model_validate(asked)
    answers = answer_editions(
        reminders.config, RuleReader(read), message_texts, by_folder=False, services=services
    )
    return await answers(runtime, request)


def propose(reminders: Reminders, actor: Actor = ADA, **more: Any) -> Any:
    """The actor's draft, as it is."""
    draft = ask(reminders, "edition", actor)
    return ask(reminders, "propose", actor, content_hash=draft.content_hash, **more).edition


def work(reminders: Reminders, step: str, *said: Any) -> Any:
    """What a process does about the simulation there is."""
    steps = SimulationSteps(EditionSteps(reminders.config))
    cause = Cause("urn:clientele:reminders", step, "simulation", step, None, reminders.now)
    return reminders.act(partial(getattr(steps, step), *said), needs_of_run, cause)


def approve(reminders: Reminders, edition: Any, actor: Actor = LEO, **more: Any) -> Any:
    """Exactly what was proposed."""
    return ask(
        reminders, "approve", actor, edition=edition.edition, content_hash=edition.content_hash,
        **more,
    ).edition  # fmt: skip
