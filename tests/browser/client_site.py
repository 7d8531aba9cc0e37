"""Intake's pages on a real port, over memory, with one client known."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from services.intake.app import HERE, read_forms
from services.intake.pages.routes import pages
from services.intake.settings import IntakeSettings
from shared.requests.tokens import make_token
from tests.conftest import free_base
from tests.fakes.memory import MemoryOffice
from tests.fakes.runtime import MemoryRuntime
from tests.intake.office import intake, onboarded


class ClientSite:
    """Where the pages are, and the office behind them."""

    def __init__(self, office: MemoryOffice, settings: IntakeSettings) -> None:
        self.office = office
        self.settings = settings

    def preferences(self, client_id: str = "c-1") -> str:
        """Where a client chooses."""
        return self._at("p", "preferences", client_id)

    def unsubscribe(self) -> str:
        """Where a client ends surveys."""
        return self._at("u", "unsubscribe", "feedback.c-1")

    def form(self) -> str:
        """Where somebody asks for help."""
        return f"{self.settings.page_url()}/f/contact"

    def inquiry(self, inquiry_id: str) -> str:
        """Where an inquirer goes on."""
        return self._at("f/contact", "inquiry", inquiry_id)

    def _at(self, place: str, purpose: str, about: str) -> str:
        token = make_token(self.settings.page_key, purpose, about)
        return f"{self.settings.page_url()}/{place}/{token}"


@asynccontextmanager
async def client_site() -> AsyncIterator[ClientSite]:
    """The pages, served for as long as a test needs them."""
    office = intake()
    office.hear(onboarded(locale="en-GB", phone="+49 30 1234"))
    port = free_base()
    with tempfile.TemporaryDirectory() as folder:
        key_file = Path(folder) / "link.key"
        key_file.write_text("ab" * 32)
        settings = IntakeSettings(
            link_key_file=key_file, public_urls={"intake": f"http://127.0.0.1:{port}"}
        )
        web = FastAPI()
        add = pages(settings, read_forms(HERE / "forms"))
        add(web, MemoryRuntime(office))  # type: ignore[arg-type]
        async with _served(web, port):
            yield ClientSite(office, settings)


@asynccontextmanager
async def _served(web: FastAPI, port: int) -> AsyncIterator[None]:
    config = uvicorn.Config(web, port=port, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server tells it no other way
        await asyncio.sleep(0.01)
    yield
    server.should_exit = True
    await serving
