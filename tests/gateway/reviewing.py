"""The gateway over memory with a door for Google's reviews, and Google beside it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from services.gateway.domain.deliveries import Delivery
from services.gateway.gateways.google_reviews import GoogleReviews
from services.gateway.gateways.google_tokens import GoogleTokens
from services.gateway.gateways.review_fetching import ReviewFetching
from services.gateway.ports import DELIVERIES
from shared.contracts.refusals import Invalid
from shared.google.account import GoogleAccount
from tests.gateway.doors import DoorsOpen, open_doors
from tests.gateway.google import REVIEWS, Google, pushed


class Reviewing:
    """A door for reviews; ``push`` delivers, ``reads`` works on what is due until nothing is."""

    def __init__(self, doors: DoorsOpen, google: Google, fetching: ReviewFetching) -> None:
        self.doors, self.google, self.fetching = doors, google, fetching
        self.office = doors.office

    async def push(
        self, message: Any = None, *, token: str | None = None, **claims: Any
    ) -> httpx.Response:
        """A push, with a token of Google unless another one is given."""
        sent = self.google.token(self.office.now, **claims) if token is None else token
        body = json.dumps(message or pushed()).encode()
        headers = {"Authorization": f"Bearer {sent}", "Content-Type": "application/json"}
        return await self.doors.post("/in/reviews", body, headers)

    async def read(self) -> list[tuple[str, dict[str, Any]]]:
        """What was said since this was asked last; what is named is fetched in between."""
        for _ in range(2):
            self.office.work_due(self.office.now)
            for each in self.office.all(DELIVERIES):
                if each.fetch_until is not None:
                    await self.fetching.see_to(self.doors.runtime, each)
        self.office.work_due(self.office.now)
        said = [(each.type, dict(each.data.to_wire())) for each in self.office.announced]
        self.office.announced.clear()
        return said

    async def reads_for(self, passes: timedelta) -> list[tuple[str, dict[str, Any]]]:
        """The same, whenever something falls due, until so much time has passed."""
        said, until = await self.read(), self.office.now + passes
        while due := [at for each in self.deliveries if (at := each.due_at) and at <= until]:
            self.office.now = max(self.office.now, min(due))
            said += await self.read()
        self.office.now = until
        return said

    async def refusal(self) -> Invalid:
        """Why it cannot be read, as a dead letter says it."""
        try:
            await self.reads_for(timedelta(days=2))
        except Invalid as no:
            return no
        raise AssertionError("it was read")

    @property
    def deliveries(self) -> list[Delivery]:
        """What is kept."""
        return self.office.all(DELIVERIES)


def account_in(folder: Path) -> GoogleAccount:
    """The firm's account at the stand-in."""
    (folder / "app-secret").write_text("s3cret\n")
    (folder / "refresh").write_text("r-1\n")
    return GoogleAccount(
        client_id="firm", client_secret=folder / "app-secret", refresh_token=folder / "refresh",
        api="http://google", tokens="http://google/token",
    )  # fmt: skip


@asynccontextmanager
async def reviewing(folder: Path, *, has_account: bool = True) -> AsyncIterator[Reviewing]:
    """A door for reviews at which Google pushes."""
    google = Google()
    transport = httpx.ASGITransport(google.application())
    tokens = GoogleTokens("http://google/certs", transport)
    async with open_doors(folder, {"reviews": REVIEWS}, tokens) as doors:
        account = account_in(folder) if has_account else None
        fetching = ReviewFetching(doors.config, GoogleReviews(account, transport))
        fetching.count_in(doors.runtime.metrics.registry)
        yield Reviewing(doors, google, fetching)
