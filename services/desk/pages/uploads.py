"""Which file did a person choose in a form of ours?

Read into memory, never onto a disk, and no more of it than the page takes. A form that was sent
without a file is read as any other.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated
from uuid import uuid4

from fastapi import Depends, Request

from services.desk.api.desk import id_under
from services.desk.pages.visitor import (
    ForeignFormError,
    SentForm,
    Visitor,
    check_origin,
)
from shared.contracts.imports import MOST_BYTES
from shared.web import csrf
from shared.web.forms import NotAFormError, Typed, read_form

MULTIPART = "multipart/form-data"
BESIDE = 64 * 1024  # what the form says beside the file
READ_AT_MOST = 4 * MOST_BYTES  # so far a file is read away, to tell on a page that it is too large
MOST_PARTS = 20
_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})"?')
_NAME = re.compile(rb';\s*name="([^"]*)"')
_FILE = re.compile(rb';\s*filename="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Upload:
    """A form with a file."""

    form: SentForm
    file: str = ""  # what it is called
    content: bytes = b""
    too_large: bool = False


async def sent_upload(request: Request, visit: Visitor) -> Upload:
    """A form of this very session, and the file in it."""
    check_origin(request, visit.context)
    kind = request.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() != MULTIPART:
        return _checked(request, visit, await read_form(request), Upload)
    body, too_large = await _body(request)
    fields: dict[str, list[str]] = {}
    file, content = "", b""
    for name, called, part in parts(kind, body):
        if called is None:
            fields.setdefault(name, []).append(part.decode("utf-8", errors="replace"))
        else:
            file, content = called, part
    if too_large and csrf.FIELD not in fields:
        raise NotAFormError(413)

    def upload(form: SentForm) -> Upload:
        return Upload(form, file, b"" if too_large else content, too_large)

    return _checked(request, visit, Typed(fields), upload)


Uploaded = Annotated[Upload, Depends(sent_upload)]


def _checked(
    request: Request, visit: Visitor, typed: Typed, made: Callable[[SentForm], Upload]
) -> Upload:
    if not csrf.is_form_token(visit.context.form_key, visit.session_hash, typed.one(csrf.FIELD)):
        raise ForeignFormError
    once = typed.one("once") or uuid4().hex
    return made(SentForm(visit, typed, id_under(visit.person, request.url.path, once)))


async def _body(request: Request) -> tuple[bytes, bool]:
    """What was sent, as far as a form of ours may be; and whether there was more."""
    body, seen = bytearray(), 0
    async for part in request.stream():
        seen += len(part)
        if seen > READ_AT_MOST:
            raise NotAFormError(413)
        body += part[: max(0, MOST_BYTES + BESIDE - len(body))]
    return bytes(body), seen > len(body)


def parts(kind: str, body: bytes) -> Iterator[tuple[str, str | None, bytes]]:
    """Each part of a ``multipart/form-data`` body: its name, the name of its file, its content."""
    boundary = _BOUNDARY.search(kind)
    if boundary is None:
        raise NotAFormError(415)
    mark = b"\r\n--" + boundary[1].strip().encode("latin-1", errors="replace")
    for part in (b"\r\n" + body).split(mark, MOST_PARTS + 1)[1 : MOST_PARTS + 1]:
        if part.startswith(b"--"):
            return
        head, found, content = part.partition(b"\r\n\r\n")
        name, file = _NAME.search(head), _FILE.search(head)
        if found and name is not None:
            yield _text(name[1]), _text(file[1]) if file is not None else None, content


def _text(said: bytes) -> str:
    return said.decode("utf-8", errors="replace").replace("%22", '"')
