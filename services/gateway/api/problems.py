"""How do the doors say no?

Every refusal is a problem document (RFC 9457) that names the field and the remedy, and repeats
nothing of what was sent. Whether anybody is a client of the firm is in none of them.
"""

from collections.abc import Sequence
from typing import Any

from fastapi.responses import JSONResponse

from shared.contracts.refusals import FieldError

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = "5"
TITLES = {
    400: "The request cannot be read",
    401: "Prove who you are",
    404: "There is no such door",
    408: "The request took too long",
    413: "The request is too large",
    415: "Not in this form",
    422: "Something in the request is refused",
    503: "Not now",
}


class DoorError(Exception):
    """An answer that says no."""

    def __init__(
        self, status: int, detail: str, *, code: str, errors: Sequence[FieldError] = ()
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.code = status, detail, code
        self.errors = errors

    def response(self) -> JSONResponse:
        """The problem document."""
        content: dict[str, Any] = {
            "type": f"urn:clientele:problem:{self.code}",
            "title": TITLES[self.status],
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.errors:
            content["errors"] = [
                {"field": each.field, "message": each.message} for each in self.errors
            ]
        headers = {"Cache-Control": "no-store"}
        if self.status == 503:
            headers["Retry-After"] = RETRY_SECONDS
        if self.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return JSONResponse(content, self.status, headers, MEDIA_TYPE)
