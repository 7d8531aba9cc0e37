"""How does a client say whether the firm may publish words of theirs, and take that back?

By a link in a message. Opening it changes nothing. One question about the very words that are
shown; the same page takes a consent back, today or in years, and says what is so at this moment.
"""

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.reputation.domain.testimonial import ATTRIBUTIONS, Testimonial, named
from services.reputation.pages.links import WORDS
from services.reputation.pages.wording import Words
from services.reputation.ports import TESTIMONIALS, FirmConfig
from services.reputation.settings import ReputationSettings
from services.reputation.workflow.agreeing_to_words import (
    needs_of_answer,
    say_no,
    say_no_more,
    say_yes,
)
from shared.contracts.envelope import Cause
from shared.contracts.testimonials import Attribution
from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError
from shared.requests.tokens import read_token
from shared.state.unit_of_work import UnitOfWork
from shared.web import csrf, headers
from shared.web.client_forms import ClientForms
from shared.web.clients import ClientPages, DeadEndError
from shared.web.forms import Typed, whole
from shared.web.language import Language, in_chosen_language, language_for
from shared.web.limits import Pace
from shared.web.own_languages import PageLanguages

TEMPLATES = Path(__file__).parent / "templates"
YES, NO, NO_MORE = "yes", "no", "no-more"
LONGEST_NAME = 80
OPEN = frozenset({"asked", "agreed", "published"})


class TestimonialPages:
    """What a client can do with the link to their words."""

    def __init__(
        self,
        runtime: Runtime,
        settings: ReputationSettings,
        config: FirmConfig,
        languages: PageLanguages,
        words: Mapping[Language, Words],
    ) -> None:
        self.pages = ClientPages(
            TEMPLATES, settings.firm_name, settings.firm_contact, languages, settings.looks()
        )
        self._runtime, self._settings, self._config = runtime, settings, config
        self._words = words
        tries = {"address": settings.tries_per_address, "link": settings.tries_per_link}
        self._forms = ClientForms(Pace(tries), settings.page_url())

    async def show(self, token: str, request: Request) -> Response:
        """The words with the question, or how it stands."""
        self._forms.count(request, token)
        return self._page(token, await self._find(token), language_for(request))

    async def take(self, token: str, request: Request) -> Response:
        """Keep the answer; what is refused is shown again as it was typed."""
        fields = await self._forms.read(request, token)
        there, language = await self._find(token), language_for(request)
        if not csrf.is_form_token(self._settings.page_key, token, fields.one(csrf.FIELD)):
            return self._page(token, there, language, fields, {"": "page-old"}, 403)
        problems = _problems(fields)
        if problems:
            return self._page(token, there, language, fields, problems, 422)
        try:
            await self._keep(there.testimonial_id, fields)
        except RuleError as no:
            if no.code == "changed":
                return self._page(token, there, language, fields, {"": "changed"}, 409)
        except TemporaryError:
            return self._page(token, there, language, fields, {"": "try-again"}, 503)
        place = in_chosen_language(f"/t/{token}", request)
        return RedirectResponse(place, 303, headers=headers.PAGE)

    async def _keep(self, testimonial_id: str, fields: Typed) -> None:
        answer, revision = fields.one("answer"), _revision(fields)
        attribution, name = _attribution(fields), _name(fields)

        def step(unit: UnitOfWork) -> None:
            if answer == YES:
                say_yes(self._config, testimonial_id, revision, attribution, name, unit)
            elif answer == NO:
                say_no(testimonial_id, revision, unit)
            else:
                say_no_more(testimonial_id, unit)

        own_id = f"{WORDS}-{secrets.token_hex(12)}"
        cause = Cause(
            source="urn:clientele:reputation", id=own_id, type=WORDS, correlation_id=own_id,
            traceparent=None, time=self._runtime.clock.now(),
        )  # fmt: skip
        await self._runtime.act(
            step, lambda unit: needs_of_answer(testimonial_id, unit), cause=cause
        )

    async def _find(self, token: str) -> Testimonial:
        """The words behind a link; everybody else is told nothing."""
        testimonial_id = read_token(self._settings.page_key, WORDS, token)
        if testimonial_id is None:
            raise DeadEndError(404)
        try:
            unit = await self._runtime.look(lambda _: [TESTIMONIALS.one(testimonial_id)])
        except TemporaryError as away:
            raise DeadEndError(503) from away
        there = unit.get(TESTIMONIALS, testimonial_id)
        if there is None or there.revision == 0 or there.erased:
            raise DeadEndError(404)
        return there

    def _page(
        self, token: str, there: Testimonial, language: Language, typed: Typed | None = None,
        problems: Mapping[str, str] | None = None, status: int = 200,
    ) -> Response:  # fmt: skip
        words = self._words[language]
        errors = {
            name: words.problems[why].format(most=LONGEST_NAME)
            for name, why in (problems or {}).items()
        }
        one = typed.one if typed else (lambda _: "")
        return self.pages.page(
            "testimonial.html" if there.state == "asked" else "answered.html", language, status,
            words=words, text=there.text, revision=there.revision, state=there.state,
            named=named(there), errors=errors, answer=one("answer"), most=LONGEST_NAME,
            attribution=one("attribution"), name=one("name"), open=there.state in OPEN,
            csrf=csrf.form_token(self._settings.page_key, token),
            phone=self._settings.firm_phone,
        )  # fmt: skip


def _problems(fields: Typed) -> dict[str, str]:
    """What is wrong with an answer, by field."""
    answer, attribution = fields.one("answer"), fields.one("attribution")
    if answer not in (YES, NO, NO_MORE):
        return {"answer": "missing-answer"}
    if answer != YES:
        return {}
    if attribution not in ATTRIBUTIONS:
        return {"attribution": "missing-attribution"}
    if attribution != "none" and not _name(fields):
        return {"name": "missing-name"}
    return {"name": "too-long"} if len(_name(fields)) > LONGEST_NAME else {}


def _attribution(fields: Typed) -> Attribution:
    said = fields.one("attribution")
    known: Iterable[Attribution] = get_args(Attribution)
    return next((each for each in known if each == said), "none")


def _name(fields: Typed) -> str:
    """One line, without signs nobody sees; nothing where they are not to be named."""
    if fields.one("attribution") == "none":
        return ""
    seen = "".join(each if each.isprintable() else " " for each in fields.one("name"))
    return " ".join(seen.split())


def _revision(fields: Typed) -> int:
    return whole(fields.one("revision"))
