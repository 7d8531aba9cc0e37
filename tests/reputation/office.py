"""Reputation over plain memory, with a review at hand."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from services.reputation.domain.ask import AskingSite
from services.reputation.domain.draft import FirmProfile
from services.reputation.domain.response import Response
from services.reputation.domain.testimonial import Testimonial, stands
from services.reputation.gateways.sites import Sites
from services.reputation.listeners import listeners
from services.reputation.ports import RESPONSES, TESTIMONIALS, FirmConfig
from services.reputation.settings import ReputationSettings
from services.reputation.staff import deciders, views
from services.reputation.workflow.agreeing_to_words import needs_of_answer, say_yes
from shared.contracts.firm import ReviewReceived
from shared.contracts.testimonials import Attribution, TestimonialSought
from shared.errors import TemporaryError
from shared.tasks import Actor, Task
from tests.fakes.memory import MemoryService

ASSISTANT = Actor(id="s-assistant", roles=("assistant",))
AUTHOR = Actor(id="s-author", roles=("lawyer",))
LAWYER = Actor(id="s-lawyer", roles=("lawyer",))
SITE = AskingSite(site="google", page_url="https://reviews.example/firm")
POSTED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def new_office(sites: Sites | None = None, **settings: Any) -> MemoryService:
    """Reputation that has heard nothing yet."""
    config = config_of(sites, **settings)
    return MemoryService(
        "reputation",
        listeners=listeners(config, SITE),
        deciders=deciders(config),
        views=views(config),
    )


def config_of(sites: Sites | None = None, **settings: Any) -> FirmConfig:
    """A firm with these settings."""
    own = _settings(**settings)
    times = own.reply_times()
    return FirmConfig(_firm(), sites or Sites(times), times, own.alone(), own.spike_rule())


@cache
def _settings(**settings: Any) -> ReputationSettings:
    return ReputationSettings(**settings)


@cache
def _firm() -> FirmProfile:
    return ReputationSettings().firm_profile()


def review(**more: Any) -> ReviewReceived:
    """One review; few stars, with a story and a name."""
    facts = {
        "review_id": "rv-1",
        "site": "google",
        "stars": 1,
        "text": "They ruined the sale of my bakery.",
        "author_name": "Maria Kovac",
        "posted_at": POSTED,
        "url": "https://reviews.example/rv-1",
        **more,
    }
    return ReviewReceived(**facts)


def heard_office(*, sole_practice: bool = False, **more: Any) -> MemoryService:
    """The review has been received."""
    office = new_office(sole_practice=sole_practice)
    office.hear(review(**more))
    return office


def the_task(office: MemoryService, kind: str = "review-response") -> Task:
    """The one open task of this kind."""
    (task,) = office.tasks(kind)
    return task


def the_response(office: MemoryService) -> Response:
    """The one reply."""
    (response,) = office.all(RESPONSES)
    return response


def approve(office: MemoryService, actor: Actor = LAWYER, reason: str = "") -> None:
    """Somebody approves the draft as it stands."""
    fields = {"reason": reason} if reason else {}
    office.decide(the_task(office).task_id, "approve", fields, actor=actor)


def edit(office: MemoryService, text: str, actor: Actor = AUTHOR) -> None:
    """Somebody writes another reply."""
    office.decide(the_task(office).task_id, "edit", {"text": text}, actor=actor)


MATTER = {"client_id": "c-1", "matter_id": "m-1"}
WORDS = "They always called back and explained every step. I felt well looked after."


def sought(**more: Any) -> TestimonialSought:
    """Somebody would like to publish words of a client."""
    return TestimonialSought.model_validate({**MATTER, "at": POSTED, **more})


def proposed_office(text: str = WORDS, *, actor: Actor = LAWYER, **settings: Any) -> MemoryService:
    """Words of a client were sought and proposed."""
    office = new_office(**settings)
    office.hear(sought())
    propose(office, text, actor=actor)
    return office


def propose(office: MemoryService, text: str = WORDS, *, actor: Actor = LAWYER) -> None:
    """Somebody proposes this text."""
    task = the_task(office, "testimonial-proposal")
    office.decide(task.task_id, "propose", {"text": text}, actor=actor)


def the_words(office: MemoryService) -> Testimonial:
    """The one testimonial."""
    (words,) = office.all(TESTIMONIALS)
    return words


def agree(
    office: MemoryService, attribution: Attribution = "initials", name: str = "Zoe Bauer"
) -> None:
    """The client says yes to what they read."""
    words = the_words(office)
    office.ask(
        lambda unit: say_yes(
            config_of(), words.testimonial_id, words.revision, attribution, name, unit
        ),
        lambda unit: needs_of_answer(words.testimonial_id, unit),
    )


def published_office(elsewhere: str = "") -> MemoryService:
    """Words the client agreed to are published."""
    office = proposed_office()
    agree(office)
    publish(office, elsewhere)
    return office


def publish(office: MemoryService, elsewhere: str = "", actor: Actor = AUTHOR) -> None:
    """Somebody who did not propose them publishes them."""
    task = the_task(office, "testimonial-publication")
    fields = {"elsewhere": elsewhere} if elsewhere else {}
    office.decide(task.task_id, "publish", fields, actor=actor)


def standing(office: MemoryService) -> list[Testimonial]:
    """What everybody may read at this moment."""
    return [each for each in office.all(TESTIMONIALS) if stands(each)]


class Published:
    """What stands published, read from the office; or not, while its database is away."""

    def __init__(self, office: MemoryService) -> None:
        self._office, self.away = office, False

    async def published(self, most: int) -> Sequence[Testimonial]:
        """The words that may be shown to everybody."""
        if self.away:
            raise TemporaryError("the database is away")
        return standing(self._office)[:most]
