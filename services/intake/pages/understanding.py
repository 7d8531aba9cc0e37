"""How does a client say whether the firm understood them?

By a link in a message about their appointment. Opening it changes nothing; one question, answered
with yes or with what is wrong. The answer is about the very words that were shown.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.intake.domain.attendance import AttendanceNote
from services.intake.domain.inquiry_form import plain_story
from services.intake.pages.links import UNDERSTANDING
from services.intake.pages.site import Site
from services.intake.pages.understanding_words import Words
from services.intake.ports import ATTENDANCE_NOTES, CLIENTS, FirmConfig
from services.intake.workflow.understanding import needs_of_answer, say_what_is_wrong, say_yes
from shared.errors import RuleError, TemporaryError
from shared.requests.tokens import read_token
from shared.state.unit_of_work import UnitOfWork
from shared.web import headers
from shared.web.clients import DeadEndError
from shared.web.forms import Typed, whole
from shared.web.language import FALLBACK, Language, in_chosen_language, language_for

LONGEST_OBJECTION = 5_000
YES, NO = "yes", "no"


class UnderstandingPages:
    """The two things a client can do with the link."""

    def __init__(self, site: Site, config: FirmConfig) -> None:
        self._site = site
        self._config = config

    async def show(self, token: str, request: Request) -> Response:
        """What the firm understood, with the question; or what was answered."""
        self._site.count(request, token)
        note, locale = await self._find(token)
        return self._page(token, note, self._language(request, locale))

    async def take(self, token: str, request: Request) -> Response:
        """Keep the answer; what is refused is shown again as it was typed."""
        fields = await self._site.form(request, token)
        note, locale = await self._find(token)
        language = self._language(request, locale)
        if not self._site.is_ours(fields, token):
            return self._page(token, note, language, fields, {"": "page-old"}, 403)
        objection = plain_story(fields.one("wrong"))
        problems = _problems(fields.one("answer"), objection)
        if problems:
            return self._page(token, note, language, fields, problems, 422)
        try:
            await self._keep(note.note_id, _revision(fields), fields.one("answer"), objection)
        except RuleError as no:
            if no.code == "changed":
                return self._page(token, note, language, fields, {"": "changed"}, 409)
        except TemporaryError:
            return self._page(token, note, language, fields, {"": "try-again"}, 503)
        place = in_chosen_language(f"/h/{token}", request)
        return RedirectResponse(place, 303, headers=headers.PAGE)

    async def _keep(self, note_id: str, revision: int, answer: str, objection: str) -> None:
        def step(unit: UnitOfWork) -> None:
            if answer == YES:
                say_yes(note_id, revision, unit)
            else:
                say_what_is_wrong(self._config, note_id, revision, objection, unit)

        await self._site.runtime.act(
            step, lambda unit: needs_of_answer(note_id, unit), cause=self._site.cause(UNDERSTANDING)
        )

    async def _find(self, token: str) -> tuple[AttendanceNote, str | None]:
        """The note behind a link and its reader's locale; everybody else is told nothing."""
        note_id = read_token(self._site.settings.page_key, UNDERSTANDING, token)
        if note_id is None:
            raise DeadEndError(404)
        note = (await self._site.look(ATTENDANCE_NOTES.one(note_id))).get(ATTENDANCE_NOTES, note_id)
        if note is None or note.revision == 0 or note.erased:
            raise DeadEndError(404)
        client = (await self._site.look(CLIENTS.one(note.client_id))).get(CLIENTS, note.client_id)
        return note, (client.chosen_locale or client.locale) if client else None

    def _language(self, request: Request, locale: str | None) -> Language:
        """English for a language of the firm's own that has no words for this page yet."""
        language = language_for(request, locale)
        return language if language in self._site.words.understanding else FALLBACK

    def _page(
        self, token: str, note: AttendanceNote, language: Language, typed: Typed | None = None,
        problems: dict[str, str] | None = None, status: int = 200,
    ) -> Response:  # fmt: skip
        words = self._site.words.understanding[language]
        answer, wrong = (typed.one("answer"), typed.one("wrong")) if typed else ("", "")
        numbers = {"most": LONGEST_OBJECTION, "length": len(wrong)}
        errors = {
            name: words.problems[why].format(**numbers) for name, why in (problems or {}).items()
        }
        if note.state != "asked":
            return self._site.page("understood.html", language, words=words, state=note.state)
        return self._site.page(
            "understanding.html", language, status, words=words, intro=self._intro(note, words,
            language), understood=note.understood, revision=note.revision, answer=answer,
            wrong=wrong, errors=errors, most=LONGEST_OBJECTION, csrf=self._site.token_for(token),
        )  # fmt: skip

    def _intro(self, note: AttendanceNote, words: Words, language: Language) -> str:
        firm = self._site.settings.firm_name
        if note.starts_at is None:
            return words.intro.format(firm=firm)
        day = self._site.times.calendar.day_of(note.starts_at)
        return words.intro_of_day.format(firm=firm, day=self._site.day_said(day, language))


def _problems(answer: str, objection: str) -> dict[str, str]:
    """What is wrong with an answer, by field."""
    if answer not in (YES, NO):
        return {"answer": "missing-answer"}
    if answer == YES and objection:
        return {"answer": "yes-with-words"}
    if answer == NO and not objection:
        return {"wrong": "missing-words"}
    return {"wrong": "too-long"} if len(objection) > LONGEST_OBJECTION else {}


def _revision(fields: Typed) -> int:
    return whole(fields.one("revision"))
