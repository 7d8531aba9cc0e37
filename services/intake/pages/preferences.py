"""How does a client choose how, when and about what they are contacted?

Opening the page changes nothing. Saving leads to a page of its own that says what holds now.
"""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.intake.domain.clients import Client
from services.intake.domain.preference_form import (
    Typed,
    as_typed,
    chosen,
    problems_of,
    typed_of,
)
from services.intake.domain.preferences import (
    Language,
    Preferences,
    channels_of,
    preferences_of,
    times,
)
from services.intake.pages.choosing_words import Words
from services.intake.pages.links import PREFERENCES
from services.intake.pages.site import Site
from services.intake.workflow.preferring import choose, known_client, needs_of_preferences
from shared.errors import RuleError, TemporaryError
from shared.requests.tokens import read_token
from shared.web import headers
from shared.web.clients import DeadEndError
from shared.web.language import in_chosen_language, language_for


@dataclass(frozen=True, slots=True)
class Known:
    """The client behind a link, and what holds for them."""

    client: Client
    now: Preferences
    channels: tuple[str, ...]


class PreferencePages:
    """The three things a client can do with the link to their preferences."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._hours = site.settings.hours()
        self._offered = site.settings.offered_channels
        self._languages = tuple(site.words.languages.frames)

    async def show(self, token: str, request: Request) -> Response:
        """The form as things stand."""
        self._site.count(request, token)
        known = await self._find(token)
        language = language_for(request, known.now.language)
        return self._form(token, known, as_typed(known.now), language)

    async def save(self, token: str, request: Request) -> Response:
        """Keep what was chosen; what is refused is shown again as it was chosen."""
        fields = await self._site.form(request, token)
        known = await self._find(token)
        language = language_for(request, known.now.language)
        typed = typed_of(fields.plain())
        problems = problems_of(typed, known.channels, self._hours, self._languages)
        if not self._site.is_ours(fields, token):
            return self._form(token, known, typed, language, {"": "page-old"}, 403)
        if problems:
            return self._form(token, known, typed, language, problems, 422)
        try:
            await self._keep(known, typed)
        except TemporaryError:
            return self._form(token, known, typed, language, {"": "try-again"}, 503)
        place = in_chosen_language(f"/p/{token}/saved", request)
        return RedirectResponse(place, 303, headers=headers.PAGE)

    async def saved(self, token: str, request: Request) -> Response:
        """What holds now."""
        self._site.count(request, token)
        known = await self._find(token)
        language = language_for(request, known.now.language)
        return self._site.page(
            "preferences-saved.html", language, words=self._words(language), now=known.now,
            token=token, channels=known.channels,
        )  # fmt: skip

    def _words(self, language: Language) -> Words:
        return self._site.words.choosing[language]

    async def _keep(self, known: Known, typed: Typed) -> None:
        client_id = known.client.client_id
        wanted = chosen(typed, known.now)
        first = self._site.law.consent_first
        try:
            await self._site.runtime.act(
                lambda unit: choose(
                    client_id, wanted, self._offered, self._hours, unit, first, self._languages
                ),
                lambda _: needs_of_preferences(client_id),
                cause=self._site.cause("preferences"),
            )
        except RuleError as gone:
            raise DeadEndError(404) from gone

    async def _find(self, token: str) -> Known:
        """The client behind a link; everybody else is told nothing."""
        client_id = read_token(self._site.settings.page_key, PREFERENCES, token)
        if client_id is None:
            raise DeadEndError(404)
        known = known_client(client_id, await self._site.look(*needs_of_preferences(client_id)))
        if known is None:
            raise DeadEndError(404)
        client, words = known
        now = preferences_of(
            client,
            words,
            self._offered,
            self._hours,
            self._site.law.consent_first,
            self._languages,
        )
        return Known(client, now, channels_of(client, self._offered))

    def _form(
        self, token: str, known: Known, typed: Typed, language: Language,
        problems: dict[str, str] | None = None, status: int = 200,
    ) -> Response:  # fmt: skip
        words = self._words(language)
        if not known.channels:
            typed = replace(typed, channel="")
        return self._site.page(
            "preferences.html",
            language,
            status,
            words=words,
            typed=typed,
            channels=[(each, words.channels[each]) for each in known.channels],
            times=[(each, words.clock.format(time=each)) for each in times(self._hours)],
            hours=self._hours,
            errors={name: words.problems[why] for name, why in (problems or {}).items()},
            csrf=self._site.token_for(token),
        )
