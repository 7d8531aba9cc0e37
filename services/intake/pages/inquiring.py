"""How does somebody who is not a client ask the firm for help?

In two steps: first who they are and who else is involved. Everybody gets the same answer to that,
whomever the firm knows: received, and by when it writes. The link of the second step, where they
say what it is about, is sent by a person once the conflict check of these names is clear.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.intake.domain.forms import Form
from services.intake.domain.inquiry_form import FirstStep, facts_of, problems_of
from services.intake.domain.preferences import Language
from services.intake.pages.links import (
    address_key,
    confirmation_id,
    read_received,
    received_path,
)
from services.intake.pages.site import Site
from services.intake.ports import FirmConfig
from services.intake.workflow.corresponding import ask_for_confirmation, needs_of_asking
from services.intake.workflow.inquiring import needs_of_first_step, take_first_step
from shared.contracts.firm import InquiryReceived
from shared.errors import TemporaryError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.web import headers
from shared.web.clients import DeadEndError
from shared.web.forms import Typed
from shared.web.language import language_for

CHANNEL = "website"
KEY, TRAP = "key", "website"
KEY_LENGTH = 22
KEPT_FOR_GOING_BACK = {"Cache-Control": "private, no-cache"}
"""An empty form may be kept by the browser: going back finds the same form, not a second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The first step as it is to be shown."""

    form: Form
    language: Language
    typed: FirstStep = field(default_factory=FirstStep)
    problems: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


class FirstStepPages:
    """Opening a form and sending its first step."""

    def __init__(self, site: Site, forms: Mapping[str, Form], config: FirmConfig) -> None:
        self._site = site
        self._forms = forms
        self._config = config

    async def show(self, form: str, request: Request) -> Response:
        """The empty form."""
        self._site.count(request)
        shown = Shown(form=self._known(form), language=language_for(request))
        return self._page(shown, more=KEPT_FOR_GOING_BACK)

    async def received(self, form: str, token: str, request: Request) -> Response:
        """What everybody is told who sent the form that day: received, and by when we write."""
        self._site.count(request)
        self._known(form)
        day = read_received(self._site.settings, token)
        if day is None:
            raise DeadEndError(404)
        language = language_for(request)
        by, words = self._site.day_said(day, language), self._site.words.inquiry[language]
        return self._site.page("received.html", language, words=words, by=by)

    async def take(self, form: str, request: Request) -> Response:
        """Keep the inquiry and lead on; what is refused is shown again as it was typed."""
        known = self._known(form)
        fields = await self._site.form(request)
        shown = Shown(
            form=known, language=language_for(request), typed=_typed(fields),
            key=fields.one(KEY)[:KEY_LENGTH],
        )  # fmt: skip
        if not self._site.is_ours(fields, _bound_to(known, shown.key)):
            return self._refuse(shown, {"": "page-old"}, 403, key="")
        if fields.one(TRAP):
            return self._refuse(shown, {"": "trap"}, 422)
        problems = problems_of(shown.typed, known.keys)
        if problems:
            return self._refuse(shown, problems, 422)
        if not self._site.may_ask(request):
            return self._refuse(shown, {"": "too-often"}, 429)
        return await self._keep(shown)

    def _known(self, form: str) -> Form:
        if form not in self._forms:
            raise DeadEndError(404)
        return self._forms[form]

    async def _keep(self, shown: Shown) -> Response:
        asked = self._asked(shown)
        cause = self._site.cause("inquiry-form", _digest(asked.model_dump_json()))

        key = address_key(self._site.settings, asked.email) if asked.email else None
        link_id = confirmation_id(
            self._site.settings, shown.form.name, asked.inquiry_id, asked.email or ""
        )

        def step(unit: UnitOfWork) -> None:
            if take_first_step(shown.form.name, asked, unit) and key and asked.email:
                ask_for_confirmation(
                    self._config, asked.inquiry_id, asked.email, key, asked.locale, link_id, unit
                )

        def needs(_: ReadSoFar) -> Iterable[Need]:
            yield from needs_of_first_step(asked.inquiry_id)
            yield from needs_of_asking(key)

        try:
            await self._site.runtime.act(step, needs, cause=cause)
        except TemporaryError:
            return self._refuse(shown, {"": "try-again"}, 503)
        by = self._site.answered_by(self._site.runtime.clock.now())
        place = received_path(self._site.settings, shown.form.name, by)
        return RedirectResponse(f"{place}?lang={shown.language}", 303, headers=headers.PAGE)

    def _asked(self, shown: Shown) -> InquiryReceived:
        """The inquiry; its id comes from the form's own key, so that two clicks are one inquiry."""
        return InquiryReceived(
            inquiry_id=f"web-{_digest(_bound_to(shown.form, shown.key))}",
            channel=CHANNEL,
            timezone=self._site.settings.firm_zone,
            locale=shown.language,
            **facts_of(shown.typed),
        )

    def _refuse(
        self, shown: Shown, problems: Mapping[str, str], status: int, key: str | None = None
    ) -> Response:
        again = Shown(
            form=shown.form, language=shown.language, typed=shown.typed, problems=problems,
            key=shown.key if key is None else key,
        )  # fmt: skip
        return self._page(again, status)

    def _page(
        self, shown: Shown, status: int = 200, more: Mapping[str, str] | None = None
    ) -> Response:
        words = self._site.words.inquiry[shown.language]
        key = shown.key or secrets.token_urlsafe(16)
        areas = [(area.key, area.words[shown.language]) for area in shown.form.areas]
        return self._site.page(
            "inquiry.html",
            shown.language,
            status,
            more,
            words=words,
            typed=shown.typed,
            areas=[("", words.area_choose), *areas],
            privacy_url=shown.form.privacy_url,
            errors={name: words.problems[why] for name, why in shown.problems.items()},
            key=key,
            names={"key": KEY, "trap": TRAP},
            csrf=self._site.token_for(_bound_to(shown.form, key)),
        )


def _typed(fields: Typed) -> FirstStep:
    return FirstStep(
        name=fields.one("name"),
        email=fields.one("email"),
        phone=fields.one("phone"),
        area=fields.one("area"),
        others=fields.one("others"),
        deadline=fields.one("deadline"),
        agreed=bool(fields.one("agreed")),
    )


def _bound_to(form: Form, key: str) -> str:
    return f"inquiry {form.name} {key}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:24]
