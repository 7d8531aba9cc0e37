"""How does the API say no?

Every error is a problem document (RFC 9457): type, title, status, detail, a ``code`` for programs,
and ``errors`` that name each refused field. What the caller sent is never repeated.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from services.desk.domain.incidents import UnknownIncidentError
from services.desk.domain.walls import NotAllowedError
from services.desk.workflow.holding import UnknownTaskError
from services.desk.workflow.logging_contact import UnknownClientError
from shared.errors import RuleError, TemporaryError

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = "5"
TITLES = {
    400: "The request cannot be read",
    401: "Say who you are",
    403: "Not yours to do",
    404: "Not found",
    405: "This is not done here",
    409: "Refused as things stand",
    413: "A request may hold 256 KiB at most",
    422: "Something in the request is refused",
    500: "Something went wrong here",
    503: "Not now",
}


class ProblemError(Exception):
    """An answer that says no."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        code: str,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.code = status, detail, code
        self.errors = [{"field": field, "message": detail}] if field else []
        self.headers = dict(headers or {})
        self.more = more

    def response(self) -> JSONResponse:
        """The problem document."""
        content: dict[str, Any] = {
            "type": f"urn:clientele:problem:{self.code}",
            "title": TITLES.get(self.status, "Refused"),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **({"errors": self.errors} if self.errors else {}),
            **self.more,
        }
        headers = {"Cache-Control": "no-store", **self.headers}
        return JSONResponse(content, self.status, headers, MEDIA_TYPE)


def add_problem_handlers(api: FastAPI) -> None:
    """Answer every error of this application with a problem document."""
    api.add_exception_handler(ProblemError, _problem)
    api.add_exception_handler(RuleError, _rule)
    api.add_exception_handler(TemporaryError, _temporary)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, _unexpected)


def problem_of(no: RuleError) -> ProblemError:
    """A rule's no: 404, 403, 422 where a field is named, and otherwise 409."""
    if isinstance(no, UnknownTaskError | UnknownClientError | UnknownIncidentError):
        return ProblemError(404, no.message, code=no.code)
    if isinstance(no, NotAllowedError):
        return ProblemError(403, no.message, code=no.code)
    return ProblemError(422 if no.field else 409, no.message, code=no.code, field=no.field)


def not_now(detail: str) -> ProblemError:
    """Something is away; the same request will succeed later."""
    return ProblemError(503, detail, code="try-again", headers={"Retry-After": RETRY_SECONDS})


async def _problem(_: Request, problem: Exception) -> JSONResponse:
    if not isinstance(problem, ProblemError):
        raise problem
    return problem.response()


async def _rule(_: Request, no: Exception) -> JSONResponse:
    if not isinstance(no, RuleError):
        raise no
    return problem_of(no).response()


async def _temporary(_: Request, away: Exception) -> JSONResponse:
    detail = away.message if isinstance(away, TemporaryError) else ""
    return not_now(detail).response()


async def _invalid(_: Request, invalid: Exception) -> JSONResponse:
    if not isinstance(invalid, RequestValidationError):
        raise invalid
    errors = invalid.errors()
    if any(each["type"] == "json_invalid" for each in errors):
        detail = "The body is not valid JSON."
        return ProblemError(400, detail, code="not-json").response()
    problem = ProblemError(422, "See errors for each refused field.", code="invalid")
    problem.errors = [{"field": _field(each["loc"]), "message": each["msg"]} for each in errors]
    return problem.response()


async def _http(_: Request, failure: Exception) -> JSONResponse:
    if not isinstance(failure, HTTPException):
        raise failure
    code = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}.get(
        failure.status_code, "refused"
    )
    detail = TITLES.get(failure.status_code, "Refused") + "."
    headers = failure.headers
    return ProblemError(failure.status_code, detail, code=code, headers=headers).response()


async def _unexpected(_: Request, _failure: Exception) -> JSONResponse:
    return ProblemError(500, "This could not be answered; see the logs.", code="failed").response()


def _field(place: tuple[Any, ...]) -> str:
    """Where the refused value stood: without the part of the request, with dots."""
    return ".".join(str(part) for part in place[1:]) or str(place[0])
