"""In which language is this page read? As the person chose, else as their browser asks.

Around every page, so that a refusal is read in it too. Whoever follows ``?lang=`` at the sign-in
page is shown every page in that language by this browser, until they choose another in their
settings. Whose browser asks for none of ours reads the firm's first language.
"""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.desk.pages import cookies
from services.desk.pages.language import ENGLISH, LANGUAGES, choose, put_back
from services.desk.pages.page_context import PageContext
from shared.web.language import ASKED, accepted

KEPT_SECONDS = 365 * 24 * 3600


class InReadersLanguage:
    """An application whose pages are said in the language of each reader."""

    def __init__(self, app: ASGIApp, context: PageContext) -> None:
        self._app = app
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the reader's language."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        asked = request.query_params.get(ASKED, "")

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start" and asked in LANGUAGES:
                keep = Response()
                cookies.write(self._context, keep, cookies.LANGUAGE, asked, KEPT_SECONDS)
                headers = MutableHeaders(scope=message)
                headers.append("set-cookie", keep.headers["set-cookie"])
            await send(message)

        before = choose(language_of(request, self._context))
        try:
            await self._app(scope, receive, kept)
        finally:
            put_back(before)


def language_of(request: Request, context: PageContext) -> str:
    """What this browser asks for, whoever is at it; the firm's first language otherwise."""
    chosen = (request.query_params.get(ASKED), cookies.read(context, request, cookies.LANGUAGE))
    for code in chosen:
        if code in LANGUAGES:
            return code
    wanted = accepted(request.headers.get("accept-language", ""), LANGUAGES)
    return wanted or (context.language if context.language in LANGUAGES else ENGLISH)
