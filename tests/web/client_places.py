"""Every address a client can reach, at each service, generated from the routes themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from httpx import ASGITransport, AsyncClient

from services.feedback.pages.routes import pages as feedback_pages
from services.feedback.settings import FeedbackSettings
from services.intake.app import HERE, config_of, read_forms
from services.intake.pages.links import CONFIRMATION, confirmation_id
from services.intake.pages.routes import pages as intake_pages
from services.intake.settings import IntakeSettings
from services.intake.workflow.inquiring import needs_of_first_step, take_first_step
from services.reputation.pages.links import words_path
from services.reputation.pages.routes import pages as reputation_pages
from services.reputation.settings import ReputationSettings
from shared.contracts.envelope import Cause
from shared.contracts.firm import InquiryReceived
from shared.requests.tokens import make_token
from shared.web.static import DIGEST
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.feedback.office import SURVEY_ID, asked_office
from tests.intake.office import inquiry, intake, onboarded, talked
from tests.reputation.office import Published, proposed_office, the_words
from tests.reputation.office import config_of as reputation_config

URL = "http://pages.test"
ONE_CLICK = "/u/{token}"  # the one form that must be taken without a token: RFC 8058
KEY = "ab" * 32


@dataclass
class Place:
    """One service's pages, the office behind them and where each route leads."""

    web: FastAPI
    office: MemoryService
    runtime: MemoryRuntime
    addresses: Mapping[str, str]  # route → a genuine address
    foreign: Mapping[str, str]  # route → the same for somebody nobody knows

    def browser(self) -> AsyncClient:
        """A fresh browser."""
        transport = ASGITransport(app=self.web, raise_app_exceptions=False)
        return AsyncClient(transport=transport, base_url=URL)

    def routes(self, method: str) -> list[str]:
        """The paths of all routes of the pages that answer to a method."""
        routers = [
            each.original_router for each in self.web.routes if hasattr(each, "original_router")
        ]
        found = [each for router in routers for each in router.routes if isinstance(each, APIRoute)]
        assert {each.path for each in found} == set(self.addresses), "a route has no test"
        return [each.path for each in found if method in (each.methods or ())]

    def pages(self) -> dict[str, str]:
        """Every page that can be opened, by its route."""
        opened = self.routes("GET")
        return {
            path: self.addresses[path]
            for path in opened
            if not path.startswith("/static") and not path.endswith(".json")
        }

    def kept(self) -> str:
        """Everything that is kept and was said."""
        return str((self.office._kept, self.office.announced))


def places(folder: Path) -> dict[str, Place]:
    """The services whose pages clients see."""
    key_file = folder / "link.key"
    key_file.write_text(KEY)
    urls = {"intake": URL, "feedback": URL, "reputation": URL}
    more: dict[str, Any] = {"link_key_file": key_file, "public_urls": urls}
    return {
        "intake": _intake(more),
        "feedback": _feedback(more),
        "reputation": _reputation(more),
    }


def _intake(more: dict[str, Any]) -> Place:
    office = intake()
    office.hear(onboarded(locale="en-GB", phone="+49 30 1234"))
    _ask(office, inquiry("Zoe Bauer", inquiry_id="i-known"))
    note_id = talked(office)
    settings = IntakeSettings(**more)

    def at(client_id: str, inquiry_id: str, form: str, note_id: str) -> dict[str, str]:
        def token(purpose: str, about: str) -> str:
            return make_token(settings.page_key, purpose, about)

        named = confirmation_id(settings, "contact", inquiry_id, "somebody@example.com")
        return {
            "/p/{token}": f"/p/{token('preferences', client_id)}",
            "/p/{token}/saved": f"/p/{token('preferences', client_id)}/saved",
            ONE_CLICK: f"/u/{token('unsubscribe', f'feedback.{client_id}')}",
            "/f/{form}": "/f/contact",
            "/f/{form}/received/{token}": f"/f/{form}/received/{token('received', '2026-03-04')}",
            "/f/{form}/{token}": f"/f/contact/{token('inquiry', inquiry_id)}",
            "/f/{form}/confirm/{token}": f"/f/contact/confirm/{token(CONFIRMATION, named)}",
            "/h/{token}": f"/h/{token('understanding', note_id)}",
            **_common(),
        }

    add = intake_pages(settings, read_forms(HERE / "forms"), config_of(settings))
    known = at("c-1", "i-known", "contact", note_id)
    return _place(office, add, known, at("c-nobody", "i-nobody", "nowhere", "n-nobody"))


def _ask(office: MemoryService, asked: InquiryReceived) -> None:
    """Somebody sent the first step of the form."""
    cause = Cause("urn:clientele:intake", "form-1", "inquiry-form", "form-1", None, office.now)
    office.act(
        lambda unit: take_first_step("contact", asked, unit),
        lambda _: needs_of_first_step(asked.inquiry_id),
        cause,
    )
    office.hear_event(office.announced[-1])


def _feedback(more: dict[str, Any]) -> Place:
    settings = FeedbackSettings(**more)

    def at(survey_id: str) -> dict[str, str]:
        token = make_token(settings.survey_key, "survey", survey_id)
        return {"/s/{token}": f"/s/{token}", "/s/{token}/thanks": f"/s/{token}/thanks", **_common()}

    office = asked_office()
    return _place(office, feedback_pages(settings), at(SURVEY_ID), at("survey-nobody"))


def _reputation(more: dict[str, Any]) -> Place:
    settings, office = ReputationSettings(**more), proposed_office()

    def at(testimonial_id: str) -> dict[str, str]:
        link = words_path(settings, testimonial_id)
        return {"/t/{token}": link, "/testimonials.json": "/testimonials.json", **_common()}

    add = reputation_pages(settings, reputation_config(), lambda _: Published(office))
    known = at(the_words(office).testimonial_id)
    return _place(office, add, known, at("testimonial-nobody"))


def _place(
    office: MemoryService, add: Callable[..., None], addresses: dict[str, str],
    foreign: dict[str, str],
) -> Place:  # fmt: skip
    web = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    runtime = MemoryRuntime(office)
    add(web, runtime)
    return Place(web, office, runtime, addresses, foreign)


def _common() -> dict[str, str]:
    return {
        "/accessibility": "/accessibility",
        "/static/{digest}/{name}": f"/static/{DIGEST}/style.css",
    }
