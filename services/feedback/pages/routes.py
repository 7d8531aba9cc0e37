"""How does a client open and answer a survey?

Opening changes nothing. A link nobody gave out and one that is dead look exactly alike. An answer
leads on to a page of its own, so that looking at it again sends nothing twice.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from services.feedback.domain.answer_form import Typed, answer_of, problems_of
from services.feedback.domain.matter import Client, locale_of
from services.feedback.domain.stage import words_at
from services.feedback.domain.survey import Survey, changeable_until, may_answer
from services.feedback.pages.links import PURPOSE
from services.feedback.pages.rendering import TEMPLATES, Form, final_page, form_page, thanks_page
from services.feedback.pages.wording import Words, until_in_words, words_of
from services.feedback.ports import CLIENTS, SURVEYS
from services.feedback.settings import FeedbackSettings
from services.feedback.workflow.answering import needs_of_answering, take_answer
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError
from shared.requests.tokens import read_token
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.web import csrf, headers
from shared.web.client_forms import ClientForms
from shared.web.clients import ClientPages, DeadEndError, add_common
from shared.web.forms import Typed as TypedFields
from shared.web.language import Language, in_chosen_language, language_for
from shared.web.limits import Pace
from shared.web.own_languages import PageLanguages, page_languages

READ, WRITE = ["GET", "HEAD"], ["POST"]


def pages(settings: FeedbackSettings) -> Callable[[FastAPI, Runtime], None]:
    """Adds the survey pages to the service's web side; FirmFolderError for words of the firm."""
    languages = page_languages(settings.firm_dir, "survey")
    words = words_of(languages, settings.stages())

    def add(web: FastAPI, runtime: Runtime) -> None:
        survey_pages = SurveyPages(runtime, settings, languages, words)
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/s/{token}", survey_pages.show, methods=READ)
        router.add_api_route("/s/{token}", survey_pages.answer, methods=WRITE)
        router.add_api_route("/s/{token}/thanks", survey_pages.thanks, methods=READ)
        web.include_router(router)
        add_common(web, survey_pages.pages)

    return add


class SurveyPages:
    """What a client can do with a survey's link: open it, answer, and see what they answered."""

    def __init__(
        self,
        runtime: Runtime,
        settings: FeedbackSettings,
        languages: PageLanguages,
        words: Mapping[Language, Words],
    ) -> None:
        self._words = words
        self.pages = ClientPages(
            TEMPLATES, settings.firm_name, settings.firm_contact, languages, settings.looks()
        )
        self._runtime = runtime
        self._settings = settings
        self._practice = settings.practice()
        self._stages = settings.stages()
        tries = {
            "address": settings.survey_tries_per_address,
            "link": settings.survey_tries_per_link,
        }
        self._forms = ClientForms(Pace(tries), settings.survey_url())

    async def show(self, token: str, request: Request) -> Response:
        """The form, or word that the answer stands."""
        self._forms.count(request, token)
        survey, client = await self._find(token)
        words = self._words_for(client, request)
        if not self._may_answer(survey):
            return final_page(self.pages, words)
        until = self._until(words, survey, client)
        return self._form(token, words, survey, _as_typed(survey), until=until)

    async def thanks(self, token: str, request: Request) -> Response:
        """What was answered; the form as long as nothing was."""
        self._forms.count(request, token)
        survey, client = await self._find(token)
        path = in_chosen_language(f"/s/{token}", request)
        if survey.answered_at is None:
            return RedirectResponse(path, 303, headers=headers.PAGE)
        words = self._words_for(client, request)
        if not self._may_answer(survey):
            return final_page(self.pages, words)
        until = self._until(words, survey, client)
        return thanks_page(self.pages, words, survey, until, path)

    async def answer(self, token: str, request: Request) -> Response:
        """Take an answer; what is refused is shown again as it was typed."""
        fields = await self._forms.read(request, token)
        survey, client = await self._find(token)
        words, typed = self._words_for(client, request), _typed(fields)
        until = self._until(words, survey, client)
        if not self._may_answer(survey):
            return final_page(self.pages, words, 409)
        problems = dict[str, str](problems_of(typed, survey.asks).items())
        if not csrf.is_form_token(self._settings.survey_key, token, fields.one(csrf.FIELD)):
            return self._form(token, words, survey, typed, {"": "page-old"}, 403, until=until)
        if problems:
            return self._form(token, words, survey, typed, problems, 422, until=until)
        try:
            await self._keep(survey, typed)
        except RuleError:
            return final_page(self.pages, words, 409)
        except TemporaryError:
            return self._form(token, words, survey, typed, {"": "try-again"}, 503, until=until)
        place = in_chosen_language(f"/s/{token}/thanks", request)
        return RedirectResponse(place, 303, headers=headers.PAGE)

    async def _keep(self, survey: Survey, typed: Typed) -> None:
        answer = answer_of(typed, survey.asks)

        def step(unit: UnitOfWork) -> Survey:
            return take_answer(survey.survey_id, answer, self._practice, unit)

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

    async def _find(self, token: str) -> tuple[Survey, Client | None]:
        """The survey behind a link and whom it asks; everybody else is told nothing."""
        survey_id = read_token(self._settings.survey_key, PURPOSE, token)
        if survey_id is None:
            raise DeadEndError(404)
        try:
            unit = await self._runtime.look(lambda unit: _needs(survey_id, unit))
        except TemporaryError as away:
            raise DeadEndError(503) from away
        survey = unit.get(SURVEYS, survey_id)
        if survey is None:
            raise DeadEndError(404)
        return survey, unit.get(CLIENTS, survey.client_id)

    def _may_answer(self, survey: Survey) -> bool:
        return may_answer(survey, self._runtime.clock.now(), self._practice.changeable)

    def _words_for(self, client: Client | None, request: Request) -> Words:
        """A survey's client reads their own language, or the one they choose on the page."""
        return self._words[language_for(request, locale_of(client))]

    def _until(self, words: Words, survey: Survey, client: Client | None) -> str:
        """Until when the answer may be changed, in words; empty before there is one."""
        until = changeable_until(survey, self._practice.changeable)
        zone = self._settings.zone_of(client.timezone if client else None)
        return until_in_words(words, until, zone, locale_of(client)) if until else ""

    def _form(
        self, token: str, words: Words, survey: Survey, typed: Typed,
        problems: dict[str, str] | None = None, status: int = 200, until: str = "",
    ) -> Response:  # fmt: skip
        form = Form(
            words=words, typed=typed, problems=problems or {}, until=until,
            about=words_at(self._stages, survey.stage, words.language), asks=survey.asks,
            csrf=csrf.form_token(self._settings.survey_key, token),
        )  # fmt: skip
        return form_page(self.pages, form, status)


def _needs(survey_id: str, unit: ReadSoFar) -> Iterable[Need]:
    yield SURVEYS.one(survey_id)
    survey = unit.peek(SURVEYS, survey_id)
    if survey is not None:
        yield CLIENTS.one(survey.client_id)


def _as_typed(survey: Survey) -> Typed:
    score = "" if survey.score is None else str(survey.score)
    satisfaction = "" if survey.satisfaction is None else str(survey.satisfaction)
    ease = "" if survey.ease is None else str(survey.ease)
    return Typed(score=score, satisfaction=satisfaction, ease=ease, comment=survey.comment or "")


def _typed(form: TypedFields) -> Typed:
    return Typed(
        score=form.one("score"),
        satisfaction=form.one("satisfaction"),
        ease=form.one("ease"),
        comment=form.one("comment"),
    )
