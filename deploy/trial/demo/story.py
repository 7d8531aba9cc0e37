"""What happens in the demo, act by act?

The firm's systems publish a day, those that speak HTTP come in by the doors; staff decide what is
theirs; time moves on for a month; a client answers a survey; a reply to a review is written,
refused, approved and posted; on the last morning work comes in that is left to whoever tries the
demo. Everything by the ways that systems, staff and clients have: the event stream, signed
webhooks in and out, the desk's API, the pages.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle, groupby
from pathlib import Path
from typing import Any

from deploy.infra.access.desk_api import DeskApi, DeskRefusedError
from deploy.infra.access.service_requests import Services
from deploy.trial.demo import http_systems
from deploy.trial.demo.caught_mails import sent_to
from deploy.trial.demo.client_forms import answer_survey, ask_for_help, tell_story
from deploy.trial.demo.event_watcher import Watcher
from deploy.trial.demo.firm_systems import publish_all
from deploy.trial.demo.subscriber import WANTED, Subscriber, subscribe
from deploy.trial.example_day import CLOSINGS, LAST_MORNING, Message, load
from deploy.trial.time_travel import Report, advance, distance, wait_until_idle
from shared.clock import real_now
from shared.errors import ClienteleError

CLOSED_FOR, REVIEW, INQUIRY = "c-1008", "rv-1202", "i-6002"
SURVEY_ADDRESS, SURVEY_PATH = "juergen.weiss@example.com", "/s/"
UNHAPPY = {"score": 3, "satisfaction": 2, "ease": 3}  # of 10, of 5, of 7
COMMENT = "Ich habe lange nichts von Ihnen gehört."
REPLY = "Thank you for writing. We take every comment seriously; please call our office."
SITTING = timedelta(hours=1)
CLOSED_DAYS = 5  # at most in a row, as at Easter and at the turn of the year
CAME_OF_IT = (
    ("lost", {"lost_because": "another-firm"}),
    ("not-taken", {"reason": "The firm does not do this kind of work."}),
)
LAST_SURVEY_ADDRESS = "eleanor.marsh@example.com"
LAST_ANSWERS = {"score": 4, "satisfaction": 3, "ease": 5}
LAST_COMMENT = "I never knew where things stood."
LAST_REVIEW = "rv-1203"
NOT_CALLED, FIRST_THE_CALL = "c-1003", "Nobody has rung him back: first the call, then letters."
OPPONENT = {"name": "Erika Sommer", "email": "erika.sommer@example.com", "area": "business",
            "others": "Thomas Okafor", "agreed": "yes"}  # fmt: skip
INQUIRER = {"name": "Jonas Petersen", "phone": "+49 30 5550170", "area": "employment",
            "others": "Nordwind Logistik GmbH", "agreed": "yes"}  # fmt: skip
STORY = "I was dismissed last Friday, without a reason. The letter names a date in two weeks."

Say = Callable[[str], None]
Moving = Callable[[timedelta], Report]


class CannotGoOnError(ClienteleError):
    """Something the demo was about to act on is not there."""


@dataclass
class Stage:
    """Where the demo plays: the running installation, and what was seen there."""

    connect: dict[str, Any]
    services: Services
    watcher: Watcher
    say: Say
    moving: Moving
    subscriber: Subscriber
    published: int = 0
    refusals: dict[str, str] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def as_staff(self, role: str) -> DeskApi:
        """Act as the person with this role."""
        return DeskApi(self.connect["desk"], self.connect["api_keys"][role])

    async def rest(self) -> None:
        """Wait until every service has done what there was to do; tell what it was."""
        await wait_until_idle(self.services)
        await self.watcher.catch_up()

    async def publish(self, messages: list[Message]) -> None:
        """The firm's systems say what happened; wait until every service has seen to it."""
        await publish_all(self.connect["nats_url"], messages)
        self.published += len({headers["Nats-Msg-Id"] for _, headers, _ in messages})
        await self.rest()

    async def now(self) -> datetime:
        """What time it is in the demo."""
        return real_now() + await distance(self.services)

    def survey_of(self, address: str) -> str:
        """The link to the survey that was sent to this address; raises CannotGoOnError."""
        link = self.survey_sent_to(address)
        if link is None:
            raise CannotGoOnError("no survey has reached a client whose matter was closed")
        return link

    def survey_sent_to(self, address: str) -> str | None:
        """The link, if a survey has come by now."""
        mails = sent_to(Path(self.connect["data_dir"]), address)
        links = [mail.link(SURVEY_PATH) for mail in mails]
        return next((link for link in links if link), None)

    async def later(self, length: timedelta, what: str) -> None:
        """Time passes."""
        self.say(what)
        await advance(self.services, length, self.moving(length))
        await self.watcher.catch_up()


async def play(stage: Stage, day: list[Message]) -> None:
    """Every act in order, watched."""
    following = asyncio.create_task(stage.watcher.follow())
    try:
        await acts(stage, day)
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def acts(stage: Stage, day: list[Message]) -> None:
    """Every act in order. One that cannot be played is noted, and the others go on."""
    await _attempt(stage, _subscription)
    await _the_day(stage, day)
    for act in (
        _doors,
        _conflicts,
        _inquiries,
        _review,
        _week,
        _unhappy_client,
        _month,
        _last_morning,
    ):
        await _attempt(stage, act)


async def _attempt(stage: Stage, act: Callable[[Stage], Any]) -> None:
    try:
        await act(stage)
    except ClienteleError as trouble:
        stage.troubles.append(trouble.message)
        stage.say(f"This could not be played: {trouble.message}")


async def _subscription(stage: Stage) -> None:
    stage.say(f"A program for the books subscribes to {len(WANTED)} types of event")
    await subscribe(stage.services, stage.subscriber)


async def _the_day(stage: Stage, day: list[Message]) -> None:
    stage.say(f"A day at the firm: its systems publish {len(day)} events, one of them twice")
    await stage.publish(day)


async def _doors(stage: Stage) -> None:
    """A system after the other: a calendar finds the client whom the first one brought."""
    gateway, folder = http_systems.described(stage.connect)
    told = http_systems.deliveries(real_now())
    stage.say(f"Clio, Calendly and Stripe come in by HTTP: {len(told)} signed webhooks")
    for _, some in groupby(told, key=lambda each: each.to):
        of_one = list(some)
        await http_systems.deliver(gateway, folder, of_one, real_now())
        stage.published += sum(len(each.says) for each in of_one)
        await stage.rest()


async def _conflicts(stage: Stage) -> None:
    stage.say("The conflicts officer looks at names that are alike, and clears them")
    async with stage.as_staff("conflicts-officer") as officer:
        for task in await officer.tasks(kind="conflict-check", state="open"):
            why = {"grounds": "another-person", "reason": "Born in another year."}
            await officer.decide(task, "clear", **why, for_the_rest=True)
    await stage.rest()


async def _inquiries(stage: Stage) -> None:
    stage.say("An assistant calls back whoever asked for help, and says what came of it")
    async with stage.as_staff("assistant") as assistant:
        for task in await assistant.tasks(kind="inquiry-ready", state="open"):
            await assistant.decide(
                task, "contacted", note="Rang back, met for a first talk.", deadline_told=True
            )
        await stage.rest()
        met = await assistant.tasks(kind="inquiry-outcome", state="open")
        for task, (decision, why) in zip(met, cycle(CAME_OF_IT)):
            await assistant.decide(task, decision, **why)
        await stage.rest()
        for task in await assistant.tasks(kind="decline-letter", state="open"):
            await assistant.decide(task, "sent", sent_by="post")
    await stage.rest()


async def _review(stage: Stage) -> None:
    stage.say("A lawyer rewrites the reply to a review, and may not approve it; a partner does")
    async with stage.as_staff("lawyer") as lawyer, stage.as_staff("partner") as partner:
        task = await _task_about(lawyer, "review-response", review_id=REVIEW)
        edited = await lawyer.decide(task, "edit", text=REPLY)
        await stage.rest()
        stage.refusals["author-approves"] = await _code_of(lawyer.decide(edited, "approve"))
        seen = await partner.task(task["task_id"])
        await partner.decide(seen, "approve")
        await stage.rest()
        posting = await _task_about(partner, "review-posting", review_id=REVIEW)
        await partner.decide(posting, "posted")
    await stage.rest()


async def _week(stage: Stage) -> None:
    await stage.later(timedelta(days=8), "Eight days pass")


async def _unhappy_client(stage: Stage) -> None:
    stage.say(f"A client answers the survey: {UNHAPPY['score']} of 10")
    await answer_survey(stage.survey_of(SURVEY_ADDRESS), UNHAPPY, COMMENT)
    await stage.rest()
    await stage.later(SITTING, "A partner hands the recovery out; the matter's owner is refused")
    async with stage.as_staff("partner") as partner:
        task = await _task_about(partner, "service-recovery", client_id=CLOSED_FOR)
        owner = _owner_of_matter(stage)
        stage.refusals["owner-recovers"] = await _code_of(partner.assign(task, owner))
        await partner.decide(
            task, "resolve", outcome="apologised", cause_code="not-called-back", client_told=True
        )
    await stage.rest()


async def _month(stage: Stage) -> None:
    await stage.later(timedelta(days=17), "Seventeen days pass")
    stage.say("Two matters are closed")
    await stage.publish(load(CLOSINGS, await stage.now()))
    await stage.later(timedelta(days=8), "Eight days pass")
    for _ in range(CLOSED_DAYS):
        if stage.survey_sent_to(LAST_SURVEY_ADDRESS) is None:
            await stage.later(timedelta(days=1), "The office was closed: one more day passes")


async def _last_morning(stage: Stage) -> None:
    stage.say("A lawyer holds back what goes to a client whom nobody has rung back")
    async with stage.as_staff("lawyer") as lawyer:
        await lawyer.hold(NOT_CALLED, FIRST_THE_CALL)
    stage.say("The last morning: what comes in now is left for you")
    await stage.publish(load(LAST_MORNING, await stage.now()))
    await answer_survey(stage.survey_of(LAST_SURVEY_ADDRESS), LAST_ANSWERS, LAST_COMMENT)
    form = f"{stage.connect['intake']}/f/contact"
    await ask_for_help(form, OPPONENT)
    await ask_for_help(form, INQUIRER)
    await stage.rest()
    async with stage.as_staff("assistant") as assistant:
        task = await _task_about(assistant, "inquiry-ready")
        link = next(each["value"] for each in task["fields"] if each["name"] == "link")
    await tell_story(link, STORY)
    async with stage.as_staff("lawyer") as lawyer:
        task = await _task_about(lawyer, "review-response", review_id=LAST_REVIEW)
        await lawyer.decide(task, "edit", text=REPLY)
    await stage.rest()


async def _task_about(desk: DeskApi, kind: str, **about: str) -> dict[str, Any]:
    """The open task of a kind about this, with everything on it."""
    for task in await desk.tasks(kind=kind, state="open"):
        if all(task["about"].get(name) == value for name, value in about.items()):
            return await desk.task(task["task_id"])
    raise CannotGoOnError(f"there is no open {kind} task about {', '.join(about.values())}")


async def _code_of(attempt: Any) -> str:
    """The code with which an attempt was refused; empty when it was let through."""
    try:
        await attempt
    except DeskRefusedError as no:
        return no.code
    return ""


def _owner_of_matter(stage: Stage) -> str:
    """Who has the closed matter, as the firm's systems said."""
    told = [e["data"] for e in stage.watcher.events if e["type"] == "matter-opened"]
    return next(str(each["owner_id"]) for each in told if each["client_id"] == CLOSED_FOR)
