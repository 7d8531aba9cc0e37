"""How does a client say that a kind of message is not wanted any more?

By one click in their mail program, which posts ``List-Unsubscribe=One-Click`` without any page
(RFC 8058), or by the button on the page that the link in the message opens. Opening it changes
nothing: mail scanners open every link.
"""

from collections.abc import Iterator
from email import message_from_bytes
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from services.intake.domain.preferences import Language
from services.intake.pages.choosing_words import Words
from services.intake.pages.links import preferences_url, read_unsubscribing
from services.intake.pages.site import Site
from services.intake.ports import CLIENTS
from services.intake.workflow.preferring import needs_of_unsubscribing, unsubscribe
from shared.errors import TemporaryError
from shared.web import headers
from shared.web.clients import DeadEndError
from shared.web.forms import FORM
from shared.web.language import language_for

FIELD, VALUE = "List-Unsubscribe", "One-Click"
FROM_PAGE = "page"
MULTIPART = "multipart/form-data"
MOST_BYTES = 16 * 1024


class UnsubscribePages:
    """The two things a link for unsubscribing can do: show a button and unsubscribe."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, token: str, request: Request) -> Response:
        """The page with the button."""
        purpose, client_id = self._read(token, request)
        language = await self._language(client_id, request)
        return self._page("unsubscribe.html", purpose, client_id, language)

    async def take(self, token: str, request: Request) -> Response:
        """Withdraw the consent, once, however often it is asked; no cookie, no form token."""
        purpose, client_id = self._read(token, request)
        fields = await _fields(request)
        if fields.get(FIELD) != VALUE:
            raise DeadEndError(415)
        try:
            await self._withdraw(purpose, client_id)
        except TemporaryError as away:
            raise DeadEndError(503) from away
        if FROM_PAGE not in fields:
            return PlainTextResponse("Unsubscribed.\n", headers=headers.PAGE)
        language = await self._language(client_id, request)
        return self._page("unsubscribed.html", purpose, client_id, language)

    def _read(self, token: str, request: Request) -> tuple[str, str]:
        """The purpose and the client; everybody else is told nothing."""
        self._site.count(request, token)
        found = read_unsubscribing(self._site.settings, token)
        if found is None:
            raise DeadEndError(404)
        return found

    def _words(self, language: Language) -> Words:
        return self._site.words.choosing[language]

    async def _withdraw(self, purpose: str, client_id: str) -> None:
        await self._site.runtime.act(
            lambda unit: unsubscribe(client_id, purpose, unit),
            lambda _: needs_of_unsubscribing(client_id, purpose),
            cause=self._site.cause("unsubscribed"),
        )

    async def _language(self, client_id: str, request: Request) -> Language:
        unit = await self._site.look(CLIENTS.one(client_id))
        client = unit.get(CLIENTS, client_id)
        locale = (client.chosen_locale or client.locale) if client else None
        return language_for(request, locale)

    def _page(self, name: str, purpose: str, client_id: str, language: Language) -> Response:
        return self._site.page(
            name, language, words=self._words(language), purpose=purpose, field=FIELD, value=VALUE,
            from_page=FROM_PAGE, preferences=preferences_url(self._site.settings, client_id),
        )  # fmt: skip


async def _fields(request: Request) -> dict[str, str]:
    """The form of a mail program, in either of the two ways it may be sent; empty if it is none."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return {}
    kind = request.headers.get("content-type", FORM)
    if kind.partition(";")[0].strip().lower() == MULTIPART:
        return _parts(kind, bytes(body))
    text = bytes(body).decode("utf-8", errors="replace")
    return dict(parse_qsl(text, keep_blank_values=True))


def _parts(kind: str, body: bytes) -> dict[str, str]:
    """The fields of a ``multipart/form-data`` body; none where it is not well made."""
    try:
        return dict(_named_parts(kind, body))
    except Exception:  # the parser of mails raises many things at what nobody's mail program sends
        return {}


def _named_parts(kind: str, body: bytes) -> Iterator[tuple[str, str]]:
    whole = message_from_bytes(b"Content-Type: " + kind.encode("latin-1") + b"\r\n\r\n" + body)
    for part in whole.walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            yield name, content.decode("utf-8", errors="replace").strip()
