"""Intake's pages over memory, as a browser reaches them."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from services.intake.app import HERE, config_of, read_forms
from services.intake.pages.routes import pages
from services.intake.settings import IntakeSettings
from shared.contracts.firm import InquiryReceived
from shared.requests.tokens import make_token
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.forms import hidden as fields

URL = "http://pages.test"
FORM = "/f/contact"
FILLED = {
    "name": "Zoe Bauer", "email": "zoe@example.com", "area": "tenancy",
    "others": "Acme Housing\n\n Bert  Vermieter \nAcme Housing", "agreed": "yes",
}  # fmt: skip


class IntakeSite:
    """The pages, a browser, and the office behind them."""

    def __init__(self, office: MemoryService, folder: Path, **settings: Any) -> None:
        key_file = folder / "link.key"
        key_file.write_text("ab" * 32)
        self.settings = IntakeSettings(
            link_key_file=key_file, public_urls={"intake": URL}, **settings
        )
        self.office = office
        self.runtime = MemoryRuntime(office)
        web = FastAPI()
        add = pages(self.settings, read_forms(HERE / "forms"), config_of(self.settings))
        add(web, self.runtime)  # type: ignore[arg-type]
        self.browser = AsyncClient(transport=ASGITransport(app=web), base_url=URL)

    def path(self, letter: str, purpose: str, about: str) -> str:
        """Where a link of this purpose leads."""
        return f"/{letter}/{make_token(self.settings.page_key, purpose, about)}"

    def preferences(self, client_id: str = "c-1") -> str:
        """Where a client chooses."""
        return self.path("p", "preferences", client_id)

    def unsubscribe(self, about: str = "feedback.c-1") -> str:
        """Where a client unsubscribes."""
        return self.path("u", "unsubscribe", about)

    def heard_back(self) -> None:
        """The stream brings back what the form announced; what was heard before is heard once."""
        for event in list(self.office.announced):
            if event.type == InquiryReceived.TYPE:
                self.office.hear_event(event)

    def story(self) -> str:
        """Where the one who asked last tells what it is about: the link a person sends them."""
        asked = self.office.announced_of(InquiryReceived)[-1]
        return self.path("f/contact", "inquiry", asked.inquiry_id)

    async def ask(self, **typed: str) -> Response:
        """Send the form and have the inquiry heard; then open the link that a person sends."""
        await self.send(FORM, **typed)
        self.heard_back()
        return await self.browser.get(self.story())

    async def send(self, path: str, **typed: str) -> Response:
        """Open a form, fill it in, send it, and follow where it leads."""
        form = await self.browser.get(path)
        data = hidden(form) | typed
        return await self.browser.post(path, data=data, follow_redirects=True)


def hidden(page: Response) -> dict[str, str]:
    """The hidden fields of a page's form."""
    return fields(page.text)
