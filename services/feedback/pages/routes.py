"""How does a client open and answer a survey?

Opening changes nothing. A link nobody gave out and one that is dead look exactly alike.
"""

import secrets
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from services.feedback.domain.answer_form import Typed, answer_of, problems_of
from services.feedback.domain.business_day import Calendar
from services.feedback.domain.survey import Survey, may_answer
from services.feedback.pages.links import PURPOSE
from services.feedback.pages.rendering import (
    Form,
    final_page,
    form_page,
    notice_page,
)
from services.feedback.pages.wording import Words, words_for
from services.feedback.ports import CLIENTS, SURVEYS
from services.feedback.settings import FeedbackSettings
from services.feedback.workflow.answering import needs_of_answering, take_answer
from shared.contracts.envelope import Cause
from shared.errors import RuleError, TemporaryError
from shared.process.runtime import Runtime
from shared.requests.tokens import read_token
from shared.state.unit import Unit
from shared.web.forms import NotAFormError, address_of, read_form
from shared.web.forms import Typed as TypedFields
from shared.web.limits import Pace
from shared.web.origin import is_same_origin
from shared.web.static import add_static


def pages(settings: FeedbackSettings) -> Callable[[FastAPI, Runtime], None]:
    """Adds the survey pages to the service's web side."""

    def add(web: FastAPI, runtime: Runtime) -> None:
        survey_pages = SurveyPages(runtime, settings)
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/s/{token}", survey_pages.show, methods=["GET", "HEAD"])
        router.add_api_route("/s/{token}", survey_pages.answer, methods=["POST"])
        web.include_router(router)
        add_static(web)

    return add


class SurveyPages:
    """The two things a client can do with a survey's link: open it and answer."""

    def __init__(self, runtime: Runtime, settings: FeedbackSettings) -> None:
        self._runtime = runtime
        self._settings = settings
        self._calendar: Calendar = settings.calendar()
        self._pace = Pace(
            {"address": settings.survey_tries_per_address, "link": settings.survey_tries_per_link}
        )

    async def show(self, token: str, request: Request) -> Response:
        """The form, or word that the answer stands."""
        if not self._pace.allows(address=address_of(request), link=token):
            return self._notice(429)
        try:
            survey, words = await self._find(token)
        except TemporaryError:
            return self._notice(503)
        if survey is None:
            return self._notice(404)
        if not may_answer(survey, self._runtime.clock.now()):
            return final_page(words, self._settings.firm_name)
        return self._form(words, _as_typed(survey), answered=survey.answered_at is not None)

    async def answer(self, token: str, request: Request) -> Response:
        """Take an answer; what is refused is shown again as it was typed."""
        status = self._refuses(token, request)
        if status is not None:
            return self._notice(status)
        try:
            typed = await read_form(request)
        except NotAFormError as no:
            return self._notice(no.status)
        try:
            survey, words = await self._find(token)
        except TemporaryError:
            return self._notice(503)
        if survey is None:
            return self._notice(404)
        return await self._take(survey, words, _typed(typed))

    def _refuses(self, token: str, request: Request) -> int | None:
        """What is no answer from our own page is not even read."""
        if not is_same_origin(request.headers, self._settings.survey_url()):
            return 403
        if not self._pace.allows(address=address_of(request), link=token):
            return 429
        return None

    async def _take(self, survey: Survey, words: Words, typed: Typed) -> Response:
        if not may_answer(survey, self._runtime.clock.now()):
            return final_page(words, self._settings.firm_name, 409)
        problems = problems_of(typed)
        if problems:
            return self._form(words, typed, problems=dict(problems), status=422)
        try:
            await self._keep(survey, typed)
        except RuleError:
            return final_page(words, self._settings.firm_name, 409)
        except TemporaryError:
            return self._form(words, typed, problems={"page": "try-again"}, status=503)
        return self._form(words, typed, answered=True, saved=True)

    async def _keep(self, survey: Survey, typed: Typed) -> None:
        answer = answer_of(typed)

        def step(unit: Unit) -> Survey:
            return take_answer(survey.survey_id, answer, self._calendar, unit)

        cause = Cause(
            source="urn:clientele:feedback",
            id=f"answer-{secrets.token_hex(12)}",
            type="survey-answered",
            correlation_id=survey.correlation_id or survey.survey_id,
            traceparent=None,
            time=self._runtime.clock.now(),
        )
        await self._runtime.act(
            step, lambda unit: needs_of_answering(survey.survey_id, unit), cause=cause
        )

    async def _find(self, token: str) -> tuple[Survey | None, Words]:
        survey_id = read_token(self._settings.survey_key, PURPOSE, token)
        if survey_id is None:
            return None, words_for(None)
        unit = await self._runtime.look(lambda unit: _needs(survey_id, unit))
        survey = unit.get(SURVEYS, survey_id)
        client = unit.get(CLIENTS, survey.client_id) if survey else None
        return survey, words_for(client.locale if client else None)

    def _form(self, words: Words, typed: Typed, status: int = 200, **more: Any) -> Response:
        form = Form(words=words, firm=self._settings.firm_name, typed=typed, **more)
        return form_page(form, status)

    def _notice(self, status: int) -> Response:
        return notice_page(status, self._settings.firm_name)


def _needs(survey_id: str, unit: Unit) -> Any:
    yield SURVEYS.one(survey_id)
    survey = unit.peek(SURVEYS, survey_id)
    if survey is not None:
        yield CLIENTS.one(survey.client_id)


def _as_typed(survey: Survey) -> Typed:
    score = "" if survey.score is None else str(survey.score)
    return Typed(score=score, comment=survey.comment or "")


def _typed(form: TypedFields) -> Typed:
    return Typed(score=form.one("score"), comment=form.one("comment"))
