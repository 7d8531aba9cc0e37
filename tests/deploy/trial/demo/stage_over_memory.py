"""The demo's own acts over memory: the six services, staff, clients and a clock, and no server.

What systems of the firm say by HTTP is left out, and what an inquirer writes on a page is said as
an event: neither is what depends on the hour at which the demo begins.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from deploy.infra.access.desk_api import DeskRefusedError
from deploy.infra.secrets import STAFF
from deploy.trial.demo import story
from deploy.trial.demo.story import Stage
from deploy.trial.example_day import EXAMPLE_DAY, Message, load
from services.feedback.domain.survey import Answer
from services.feedback.settings import FeedbackSettings
from services.feedback.workflow.answering import needs_of_answering, take_answer
from services.reminders.domain.outgoing import OutgoingDecision
from services.reminders.workflow.outgoing_decisions import OutgoingSteps
from shared.contracts.envelope import decode
from shared.contracts.firm import ClientOnboarded, ClientUpdated, InquiryReceived
from shared.contracts.reminders import ContactSent
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.tasks import TASKS, Task
from tests.fakes.firm import MemoryFirm
from tests.fakes.memory import MemoryService
from tests.reminders.over_memory import Reminders

INVITATION = "survey-invitation"
A_MOMENT = timedelta(seconds=1)
PRACTICE = FeedbackSettings().practice()


@dataclass
class MemoryStage:
    """Where the acts play; a link to a survey is the survey's id."""

    firm: MemoryFirm
    refusals: dict[str, str] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    connect: dict[str, Any] = field(default_factory=lambda: {"intake": ""})
    said: list[str] = field(default_factory=list)
    asked: int = 0  # how many have asked for help on a page

    def say(self, what: str) -> None:
        """What is happening."""
        self.said.append(what)

    @property
    def watcher(self) -> Any:
        """Every event there was, as programs read it."""
        events = [{"type": e.type, "data": e.data.model_dump()} for e in self.firm.events]
        return SimpleNamespace(events=events)

    async def now(self) -> datetime:
        """What time it is."""
        return self.firm.now

    async def publish(self, messages: list[Message]) -> None:
        """The firm's systems say what happened."""
        for subject, headers, body in messages:
            self.tell(decode(subject, headers, body, now=self.firm.now))
        await self.rest()

    def tell(self, event: Any) -> None:
        """Everybody hears this; it stands among what was said."""
        self.firm.events.append(event)
        for office in self.firm.offices.values():
            office.hear_event(event)

    async def rest(self) -> None:
        """Everything that is due by now is done, and heard; no two acts are in one instant."""
        self._until(self.firm.now + A_MOMENT)

    async def later(self, length: timedelta, what: str) -> None:
        """Time passes, each due instant in its turn."""
        self.say(what)
        self._until(self.firm.now + length)

    def _until(self, target: datetime) -> None:
        offices = self.firm.offices.values()
        self.firm.pass_events()
        while True:
            due = [at for each in offices if (at := each.next_due(target)) is not None]
            if not due:
                break
            self.firm.wait([max(self.firm.now, min(due))])
        self.firm.wait([target])

    @asynccontextmanager
    async def as_staff(self, role: str) -> AsyncIterator["MemoryPerson"]:
        """The person with this role first."""
        person = next(each for each in STAFF if each["roles"][0] == role)
        actor = Actor(id=str(person["staff_id"]), roles=tuple(person["roles"]))
        yield MemoryPerson(self.firm, actor)

    def survey_of(self, address: str) -> str:
        """The survey that this client was sent."""
        found = self.survey_sent_to(address)
        assert found is not None, f"no survey has come to {address}"
        return found

    def survey_sent_to(self, address: str) -> str | None:
        """The survey, if its invitation has gone by now."""
        whom = {
            each.data.client_id
            for each in self.firm.events
            if isinstance(each.data, ClientOnboarded | ClientUpdated) and each.data.email == address
        }
        sent = (e.data for e in self.firm.events if isinstance(e.data, ContactSent))
        found = (e.survey_id for e in sent if e.rule_id == INVITATION and e.client_id in whom)
        return next(found, None)

    async def answer_survey(self, link: str, answers: Mapping[str, int], comment: str) -> None:
        """A client answers."""
        given = Answer(
            score=answers["score"], satisfaction=answers["satisfaction"], ease=answers["ease"],
            comment=comment,
        )  # fmt: skip
        self.firm.offices["feedback"].ask(
            lambda unit: take_answer(link, given, PRACTICE, unit),
            lambda unit: needs_of_answering(link, unit),
        )

    async def ask_for_help(self, _: str, names: dict[str, str]) -> None:
        """Somebody asks for help on the firm's page."""
        self.asked += 1
        self.firm.offices["intake"].hear(
            InquiryReceived(
                inquiry_id=f"i-page-{self.asked}", name=names["name"], channel="website",
                timezone="Europe/Berlin", locale="de-DE", adverse_parties=(names["others"],),
            )
        )  # fmt: skip


@dataclass
class MemoryPerson:
    """Somebody of the firm at the desk; tasks are asked of whoever owns them."""

    firm: MemoryFirm
    actor: Actor

    async def tasks(self, kind: str, state: str) -> list[dict[str, Any]]:
        """Every task of a kind."""
        return [
            _told(task) for _, task in self._tasks() if (task.kind, task.state) == (kind, state)
        ]

    async def task(self, task_id: str) -> dict[str, Any]:
        """One task; where it has a link it is not followed."""
        return {**_told(self._task(task_id)[1]), "fields": [{"name": "link", "value": ""}]}

    async def decide(self, task: dict[str, Any], decision: str, **fields: Any) -> dict[str, Any]:
        """Decide it, as its owner's rules allow."""
        office, _ = self._task(task["task_id"])
        try:
            office.decide(task["task_id"], decision, fields, actor=self.actor)
        except RuleError as no:
            raise DeskRefusedError(422, {"code": no.code, "detail": no.message}) from None
        return _told(self._task(task["task_id"])[1])

    async def assign(self, task: dict[str, Any], staff_id: str) -> dict[str, Any]:
        """Give it to somebody who may have it."""
        if staff_id in self._task(task["task_id"])[1].barred:
            raise DeskRefusedError(422, {"code": "barred"})
        return task

    async def hold(self, client_id: str, why: str) -> None:
        """Hold back every message to a client."""
        reminders = cast("Reminders", self.firm.offices["reminders"])
        steps = OutgoingSteps(reminders.config)
        decided = OutgoingDecision(
            decision_id=f"hold-{client_id}", client_id=client_id, do="hold", scope="client",
            by=self.actor.id, at=self.firm.now, why=why,
        )  # fmt: skip
        reminders.ask(
            lambda unit: steps.decide(decided, unit), lambda unit: steps.needs(decided, unit)
        )

    def _tasks(self) -> Iterator[tuple[MemoryService, Task]]:
        for office in self.firm.offices.values():
            yield from ((office, task) for task in office.all(TASKS))

    def _task(self, task_id: str) -> tuple[MemoryService, Task]:
        return next(each for each in self._tasks() if each[1].task_id == task_id)


def _told(task: Task) -> dict[str, Any]:
    return {"task_id": task.task_id, "version": task.version, "about": task.about}


async def played_from(now: datetime, monkeypatch: pytest.MonkeyPatch) -> MemoryStage:
    """The demo's day and month, begun at this instant, until somebody could take over."""
    firm = MemoryFirm(now)
    firm.offices["reminders"] = Reminders()
    firm.offices["reminders"].now = now
    stage = MemoryStage(firm)
    monkeypatch.setattr(story, "answer_survey", stage.answer_survey)
    monkeypatch.setattr(story, "ask_for_help", stage.ask_for_help)
    monkeypatch.setattr(story, "tell_story", _nothing)
    monkeypatch.setattr(story, "_subscription", _nothing)
    monkeypatch.setattr(story, "_doors", _nothing)
    await story.acts(cast("Stage", stage), load(EXAMPLE_DAY, now))
    return stage


async def _nothing(*_: object) -> None:
    """Left out."""
