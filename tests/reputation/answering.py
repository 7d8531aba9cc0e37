"""Reputation over memory whose replies go to Google, as its documents describe it."""

from pathlib import Path
from typing import Any

import httpx

from services.reputation.domain.publication import Publication
from services.reputation.due import publications_due
from services.reputation.gateways.google import GoogleReplies, ReplyToGoogle
from services.reputation.gateways.sites import ByHand, ByProgram, Sites
from services.reputation.listeners import listeners
from services.reputation.ports import PUBLICATIONS
from services.reputation.settings import ReputationSettings
from services.reputation.staff import deciders, views
from services.reputation.workflow.publishing import PublicationSteps, Publishing
from shared.channels import Outcome
from shared.google.account import GoogleAccount
from tests.fakes.memory import MemoryService
from tests.reputation.google import NAME, Google
from tests.reputation.office import LAWYER, SITE, config_of, review, the_response, the_task

TIMES = ReputationSettings().reply_times()


async def _nobody(_: Any, __: list[Any]) -> None:
    """Nobody hands over: the test does."""


class Answering:
    """Reputation over memory, and Google as its documents describe it."""

    def __init__(self, folder: Path) -> None:
        (folder / "secret").write_text("s3cret\n")
        (folder / "refresh").write_text("r-1\n")
        self.google = Google()
        account = GoogleAccount(
            client_id="firm", client_secret=folder / "secret", refresh_token=folder / "refresh",
            api="http://google", tokens="http://google/token",
        )  # fmt: skip
        transport = httpx.ASGITransport(self.google.application())
        self.channel = GoogleReplies(account, transport)
        config = config_of(Sites(TIMES, {"google": ByProgram(ByHand(TIMES))}))
        self.steps = PublicationSteps(Publishing("one:first"), config)
        self.office = MemoryService(
            "reputation", listeners=listeners(config, SITE), deciders=deciders(config),
            views=views(config), due=[publications_due(self.steps, _nobody)],
        )  # fmt: skip

    def approved(self, **more: Any) -> None:
        """A review came, and its reply is approved."""
        self.office.hear(review(review_id=NAME, **more))
        self.approve()

    def approve(self) -> None:
        """The draft as it stands."""
        self.office.decide(the_task(self.office).task_id, "approve", {}, actor=LAWYER)

    @property
    def publication(self) -> Publication:
        """The way of the one reply."""
        (found,) = self.office.all(PUBLICATIONS)
        return found

    def claim(self) -> Publication:
        """It is its time: this process takes it in hand."""
        self.office.now = max(self.office.now, self.publication.due_at or self.office.now)
        self.office.work_due(self.office.now)
        return self.publication

    async def goes(self) -> Publication:
        """What is due is handed over, and what became of it kept."""
        claimed = self.claim()
        assert self.steps.is_in_hand(claimed)
        reply = ReplyToGoogle(
            claimed.name, the_response(self.office).text, claimed.put, claimed.stage == "submitted"
        )
        return self.became(claimed, await self.channel.hand_over(reply))

    def became(self, claimed: Publication, outcome: Outcome) -> Publication:
        """This became of what was in hand."""
        self.office.ask(
            lambda unit: self.steps.record(claimed, outcome, unit),
            lambda unit: self.steps.needs_of_recording(claimed, unit),
        )
        return self.publication

    def said(self) -> list[str]:
        """What was announced of the reply since this was asked last."""
        types = [each.type for each in self.office.announced if "response" in each.type]
        self.office.announced.clear()
        return types

    @property
    def by_hand(self) -> list[str]:
        """Why a person is asked to post it."""
        return [str(each.why["text"]) for each in self.office.tasks("review-posting")]
