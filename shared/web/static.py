"""How do the style sheet and the scripts reach a browser?

Their addresses carry a hash of what all of them say, so a browser keeps them for ever and still
has the new ones the moment a new release runs. Texts travel packed, packed once when the service
starts. Pages never do: beside what a stranger typed, the length of a packed token tells what it is.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from shared.web import headers

FOLDER = Path(__file__).parent / "static"
OWN = "firm"
NONE: Mapping[str, bytes] = MappingProxyType({})
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _digest(files: dict[str, bytes]) -> str:
    every = hashlib.sha256()
    for name, content in files.items():
        every.update(f"{name} {len(content)}\n".encode() + content)
    return every.hexdigest()[:16]


FILES = _read(FOLDER)
PACKED = {
    name: gzip.compress(content, mtime=0)
    for name, content in FILES.items()
    if Path(name).suffix in MEDIA_TYPES
}
DIGEST = _digest(FILES)


def asset(name: str) -> str:
    """The address of one file, for templates."""
    if name not in FILES:
        raise KeyError(name)
    return f"/static/{DIGEST}/{name}"


def add_static(web: FastAPI, own: Mapping[str, bytes] = NONE) -> None:
    """Serve the files of every page, and the firm's own by their names."""

    async def file(digest: str, name: str, request: Request) -> Response:
        return _own(own[name], name) if name in own else _file(digest, name, request)

    router = APIRouter(include_in_schema=False)
    router.add_api_route("/static/{digest}/{name}", file, methods=["GET", "HEAD"])
    web.include_router(router)


def own_asset(name: str) -> str:
    """The address of a file of the firm, whose name changes with what it says."""
    return f"/static/{OWN}/{name}"


def _own(content: bytes, name: str) -> Response:
    kind = MEDIA_TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
    return Response(content, headers=headers.KEPT_FOR_EVER, media_type=kind)


def _file(digest: str, name: str, request: Request) -> Response:
    content = FILES.get(name)
    if content is None:
        return Response(status_code=404, headers=headers.NOT_KEPT)
    kept = headers.KEPT_FOR_EVER if digest == DIGEST else headers.NOT_KEPT
    suffix = Path(name).suffix
    kind = MEDIA_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name not in PACKED:
        return Response(content, headers=kept, media_type=kind)
    vary = {"Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(content, headers=kept | vary, media_type=kind)
    packed = vary | {"Content-Encoding": "gzip"}
    return Response(PACKED[name], headers=kept | packed, media_type=kind)
