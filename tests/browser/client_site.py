"""Pages for clients on a real port, over memory: intake with a client, feedback with a survey."""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from services.feedback.pages.routes import pages as feedback_pages
from services.feedback.settings import FeedbackSettings
from services.intake.app import HERE, config_of, read_forms
from services.intake.pages.routes import pages as intake_pages
from services.intake.settings import IntakeSettings
from services.reputation.pages.links import words_path
from services.reputation.pages.routes import pages as reputation_pages
from services.reputation.settings import ReputationSettings
from shared.contracts.firm import InquiryReceived
from shared.requests.tokens import make_token
from tests.conftest import free_base
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.feedback.office import SURVEY_ID, asked_office
from tests.intake.office import intake, onboarded
from tests.reputation.office import Published, proposed_office, the_words
from tests.reputation.office import config_of as reputation_config
from tests.serving import served


class ClientSite:
    """Where the pages are, and the office behind them."""

    def __init__(self, office: MemoryService, settings: IntakeSettings) -> None:
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

    def story(self) -> str:
        """The link a person sends to whoever asked last, once the stream brought that back."""
        for event in list(self.office.announced):
            if event.type == InquiryReceived.TYPE:
                self.office.hear_event(event)
        return self.inquiry(self.office.announced_of(InquiryReceived)[-1].inquiry_id)

    def _at(self, place: str, purpose: str, about: str) -> str:
        token = make_token(self.settings.page_key, purpose, about)
        return f"{self.settings.page_url()}/{place}/{token}"


class SurveyPlace:
    """Where the one survey is answered, and the office behind it."""

    def __init__(self, office: MemoryService, settings: FeedbackSettings) -> None:
        self.office = office
        self.settings = settings

    def survey(self) -> str:
        """The link in the invitation."""
        token = make_token(self.settings.survey_key, "survey", SURVEY_ID)
        return f"{self.settings.survey_url()}/s/{token}"


@asynccontextmanager
async def client_site(locale: str = "en-GB", **own: Any) -> AsyncIterator[ClientSite]:
    """Intake's pages, served for as long as a test needs them."""
    office = intake()
    office.hear(onboarded(locale=locale, phone="+49 30 1234"))
    with _places("intake") as (port, more):
        settings = IntakeSettings(**more, **own)
        add = intake_pages(settings, read_forms(HERE / "forms"), config_of(settings))
        async with _served(add, office, port):
            yield ClientSite(office, settings)


@asynccontextmanager
async def survey_place(locale: str, **own: Any) -> AsyncIterator[SurveyPlace]:
    """Feedback's pages; the survey's client reads this language, by the clock of Vienna."""
    office = asked_office()
    office.hear(onboarded(locale=locale, timezone="Europe/Vienna"))
    with _places("feedback") as (port, more):
        settings = FeedbackSettings(**more, **own)
        async with _served(feedback_pages(settings), office, port):
            yield SurveyPlace(office, settings)


class WordsPlace:
    """Where a client reads the words the firm would publish, and the office behind them."""

    def __init__(self, office: MemoryService, settings: ReputationSettings) -> None:
        self.office = office
        self.settings = settings

    def words(self) -> str:
        """The link in the message."""
        path = words_path(self.settings, the_words(self.office).testimonial_id)
        return f"{self.settings.page_url()}{path}"


@asynccontextmanager
async def words_place() -> AsyncIterator[WordsPlace]:
    """Reputation's pages, with words a client is asked about."""
    office = proposed_office()
    with _places("reputation") as (port, more):
        settings = ReputationSettings(**more)
        add = reputation_pages(settings, reputation_config(), lambda _: Published(office))
        async with _served(add, office, port):
            yield WordsPlace(office, settings)


@contextmanager
def _places(service: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """A free port, and the settings that say so."""
    port = free_base()
    with tempfile.TemporaryDirectory() as folder:
        key_file = Path(folder) / "link.key"
        key_file.write_text("ab" * 32)
        urls = {service: f"http://127.0.0.1:{port}"}
        yield port, {"link_key_file": key_file, "public_urls": urls}


@asynccontextmanager
async def _served(
    add: Callable[..., None], office: MemoryService, port: int
) -> AsyncIterator[None]:
    web = FastAPI()
    add(web, MemoryRuntime(office))
    async with served(web, port):
        yield
