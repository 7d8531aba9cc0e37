"""What do all of intake's pages share? Their look, their pace, and the page for dead ends."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.intake.pages.own_words import IntakeWords
from services.intake.settings import IntakeSettings
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.firm.dates import written_out
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork
from shared.web.addresses import address_of
from shared.web.client_forms import ClientForms
from shared.web.clients import ClientPages, DeadEndError
from shared.web.csrf import FIELD, form_token, is_form_token
from shared.web.forms import Typed
from shared.web.language import Language
from shared.web.limits import Pace

DAY_FIRST = {"en": "en_GB"}  # the day before the month, as in all of our languages
TEMPLATES = Path(__file__).parent / "templates"


class Site:
    """The doors every page of intake goes through."""

    def __init__(self, runtime: Runtime, settings: IntakeSettings, words: IntakeWords) -> None:
        self.runtime = runtime
        self.settings = settings
        self.law = settings.law()
        self.words = words
        self.times = settings.due_times()
        self.pages = ClientPages(
            TEMPLATES, settings.firm_name, settings.firm_contact,
            words.languages, settings.looks(),
        )  # fmt: skip
        self._pace = Pace(
            {
                "address": settings.tries_per_address,
                "link": settings.tries_per_link,
                "inquirer": settings.inquiries_per_address,
            }
        )
        self._forms = ClientForms(self._pace, settings.page_url())

    def page(
        self, name: str, language: Language, status: int = 200,
        more: Mapping[str, str] | None = None, /, **values: Any,
    ) -> Response:  # fmt: skip
        """A template as a page."""
        firm = {"law": self.words.law[language], "phone": self.settings.firm_phone}
        return self.pages.page(name, language, status, more, **firm, **values)

    def count(self, request: Request, link: str | None = None) -> None:
        """Count one try of a page; too many by one link or from one place end here."""
        self._forms.count(request, link)

    def may_ask(self, request: Request) -> bool:
        """Count one inquiry; whether it may go on."""
        return self._pace.allows(inquirer=address_of(request))

    async def look(self, *needs: Need) -> UnitOfWork:
        """Read documents; nobody is shown anything while the database is away."""
        try:
            return await self.runtime.look(lambda _: needs)
        except TemporaryError as away:
            raise DeadEndError(503) from away

    async def form(self, request: Request, link: str | None = None) -> Typed:
        """What was typed into a form of ours; anything else is refused unread."""
        return await self._forms.read(request, link)

    def answered_by(self, asked_at: datetime) -> date:
        """By which business day the firm answers whoever asks at this instant."""
        due = self.times.answer_due(asked_at, has_story=False)
        return self.times.calendar.day_of(due)

    def day_said(self, day: date, language: Language) -> str:
        """A day in words."""
        return written_out(day, DAY_FIRST.get(language, language))

    def token_for(self, bound_to: str) -> str:
        """The hidden token of a form."""
        return form_token(self.settings.page_key, bound_to)

    def is_ours(self, typed: Typed, bound_to: str) -> bool:
        """Whether the form carries the token we wrote into it."""
        return is_form_token(self.settings.page_key, bound_to, typed.one(FIELD))

    def cause(self, kind: str, id: str | None = None) -> Cause:
        """Something a client or an inquirer did on a page, as the cause of what follows."""
        own_id = f"{kind}-{id or secrets.token_hex(12)}"
        return Cause(
            source="urn:clientele:intake",
            id=own_id,
            type=kind,
            correlation_id=own_id,
            traceparent=None,
            time=self.runtime.clock.now(),
        )
