"""May what a client sends go on, and what did they type?

The same three questions on every page behind a link: not too often by one link or from one place,
sent by our own page, and a form at all. A "no" ends in the page for dead ends, by its status:
429, 403, 413 or 415.
"""

from starlette.requests import Request

from shared.web.addresses import address_of
from shared.web.clients import DeadEndError
from shared.web.forms import NotAFormError, Typed, read_form
from shared.web.limits import Pace
from shared.web.origin import is_same_origin


class ClientForms:
    """Counts tries and reads forms. The pace names ``address`` and ``link``; the URL is our own."""

    def __init__(self, pace: Pace, own_url: str) -> None:
        self._pace = pace
        self._own_url = own_url

    def count(self, request: Request, link: str | None = None) -> None:
        """Count one try of a page; too many by one link or from one place end here."""
        who = {"address": address_of(request)} | ({"link": link} if link else {})
        if not self._pace.allows(**who):
            raise DeadEndError(429)

    async def read(self, request: Request, link: str | None = None) -> Typed:
        """What was typed into a form of ours; anything else is refused unread."""
        if not is_same_origin(request.headers, self._own_url):
            raise DeadEndError(403)
        self.count(request, link)
        try:
            return await read_form(request)
        except NotAFormError as no:
            raise DeadEndError(no.status) from no
