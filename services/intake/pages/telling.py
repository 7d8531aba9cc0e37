"""How does an inquirer come back, and tell what it is about?

By a link that a person of the firm sent them. The story is taken only while the conflict check is
clear; until then the page says no more than that the inquiry came.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.intake.domain.inquiries import Inquiry
from services.intake.domain.inquiry_form import (
    LONGEST_STORY,
    plain_story,
    problem_of_story,
    story_length,
)
from services.intake.domain.preferences import Language
from services.intake.pages.links import INQUIRY, inquiry_path
from services.intake.pages.site import Site
from services.intake.ports import INQUIRIES, FirmConfig
from services.intake.workflow.inquiring import needs_of_story, take_story
from shared.errors import RuleError, TemporaryError
from shared.requests.tokens import read_token
from shared.web import headers
from shared.web.clients import DeadEndError
from shared.web.language import in_chosen_language, language_for


class SecondStepPages:
    """The two things an inquirer can do with the link of the second step."""

    def __init__(self, site: Site, config: FirmConfig) -> None:
        self._site = site
        self._config = config

    async def show(self, form: str, token: str, request: Request) -> Response:
        """How the inquiry stands; the story's form where it may be told."""
        self._site.count(request, token)
        inquiry = await self._find(form, token)
        language = language_for(request, inquiry.locale)
        template = _template(inquiry)
        if template == "story.html":
            return self._story(token, language)
        words = self._site.words.inquiry[language]
        return self._site.page(template, language, words=words, by="")

    async def take(self, form: str, token: str, request: Request) -> Response:
        """Keep the story; what is refused is shown again as it was typed."""
        fields = await self._site.form(request, token)
        inquiry = await self._find(form, token)
        language = language_for(request, inquiry.locale)
        typed = fields.one("story")
        if not self._site.is_ours(fields, token):
            return self._story(token, language, typed, {"": "page-old"}, 403)
        problem = problem_of_story(typed)
        if problem is not None:
            return self._story(token, language, typed, {"story": problem}, 422)
        try:
            await self._keep(inquiry, plain_story(typed))
        except RuleError as no:
            return self._story(token, language, typed, {"": no.code}, 409, may=False)
        except TemporaryError:
            return self._story(token, language, typed, {"": "try-again"}, 503)
        place = inquiry_path(self._site.settings, form, inquiry.inquiry_id)
        place = in_chosen_language(place, request)
        return RedirectResponse(place, 303, headers=headers.PAGE)

    async def _keep(self, inquiry: Inquiry, story: str) -> None:
        inquiry_id = inquiry.inquiry_id
        await self._site.runtime.act(
            lambda unit: take_story(self._config, inquiry_id, story, unit),
            lambda _: needs_of_story(inquiry_id),
            cause=self._site.cause("inquiry-story"),
        )

    async def _find(self, form: str, token: str) -> Inquiry:
        """The inquiry behind a link; everybody else is told nothing."""
        inquiry_id = read_token(self._site.settings.page_key, INQUIRY, token)
        if inquiry_id is None:
            raise DeadEndError(404)
        unit = await self._site.look(INQUIRIES.one(inquiry_id))
        inquiry = unit.get(INQUIRIES, inquiry_id)
        if inquiry is None or inquiry.erased or inquiry.form != form:
            raise DeadEndError(404)
        return inquiry

    def _story(
        self, token: str, language: Language, typed: str = "",
        problems: dict[str, str] | None = None, status: int = 200, *, may: bool = True,
    ) -> Response:  # fmt: skip
        words = self._site.words.inquiry[language]
        numbers = {"most": LONGEST_STORY, "length": story_length(typed)}
        errors = {
            name: words.problems[why].format(**numbers) for name, why in (problems or {}).items()
        }
        return self._site.page(
            "story.html", language, status, words=words, typed=typed, errors=errors,
            may=may, most=LONGEST_STORY, csrf=self._site.token_for(token),
        )  # fmt: skip


def _template(inquiry: Inquiry) -> str:
    if inquiry.refused:  # the page does not say so before the firm has
        return "declined.html" if inquiry.letter is not None else "received.html"
    if inquiry.outcome is not None:
        return "answered.html"
    if inquiry.story is not None:
        return "told.html"
    return "story.html" if inquiry.may_go_on else "received.html"
