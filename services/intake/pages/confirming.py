"""How does somebody who asked for help say that the address they gave is theirs?

By the button on the page that the link in the first letter opens. Opening it changes nothing: mail
scanners open every link. Whoever does not press it is not written to again.
"""

from starlette.requests import Request
from starlette.responses import Response

from services.intake.domain.inquiries import Inquiry
from services.intake.domain.preferences import Language
from services.intake.pages.links import address_key, read_confirmation
from services.intake.pages.site import Site
from services.intake.ports import INQUIRIES, FirmConfig
from services.intake.workflow.corresponding import confirm_address, needs_of_confirming
from shared.errors import TemporaryError
from shared.web.clients import DeadEndError
from shared.web.language import language_for


class ConfirmPages:
    """The two things a link to confirm an address can do: show a button and take its word."""

    def __init__(self, site: Site, config: FirmConfig) -> None:
        self._site = site
        self._config = config

    async def show(self, form: str, token: str, request: Request) -> Response:
        """The page with the button."""
        inquiry = await self._find(form, token, request)
        return self._page("confirm.html", language_for(request, inquiry.locale), token)

    async def take(self, form: str, token: str, request: Request) -> Response:
        """Keep that the address is theirs; they are written to from now on."""
        fields = await self._site.form(request, token)
        if not self._site.is_ours(fields, token):
            raise DeadEndError(403)
        inquiry = await self._find(form, token, request)
        language = language_for(request, inquiry.locale)
        by = self._site.answered_by(inquiry.received_at or self._site.runtime.clock.now())
        day = self._site.day_said(by, language)
        try:
            await self._site.runtime.act(
                lambda unit: confirm_address(self._config, inquiry.inquiry_id, day, unit),
                lambda _: needs_of_confirming(inquiry.inquiry_id),
                cause=self._site.cause("address-confirmed", inquiry.inquiry_id),
            )
        except TemporaryError as away:
            raise DeadEndError(503) from away
        return self._page("confirmed.html", language, token)

    async def _find(self, form: str, token: str, request: Request) -> Inquiry:
        """The inquiry whose address the link names, as long as it is still that one."""
        self._site.count(request, token)
        found = read_confirmation(self._site.settings, form, token)
        if found is None:
            raise DeadEndError(404)
        inquiry_id, key = found
        unit = await self._site.look(INQUIRIES.one(inquiry_id))
        inquiry = unit.get(INQUIRIES, inquiry_id)
        if inquiry is None or inquiry.email is None:
            raise DeadEndError(404)
        if address_key(self._site.settings, inquiry.email) != key:
            raise DeadEndError(404)
        return inquiry

    def _page(self, name: str, language: Language, token: str) -> Response:
        return self._site.page(
            name,
            language,
            words=self._site.words.inquiry[language],
            csrf=self._site.token_for(token),
        )
