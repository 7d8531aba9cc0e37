"""The provider's door: what became of text messages, and what clients write back.

Only what the provider has signed is taken, and its answer waits until that is kept. A report names
its message by an address of our own, so it is understood also before the answer to the sending.
"""

from collections.abc import Callable, Iterable
from typing import Protocol
from uuid import uuid4
from xml.sax.saxutils import escape

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from services.reminders.domain.text_status import (
    ANSWERS,
    DELIVERED,
    FAILED,
    REPORTS,
    SIGNATURE,
)
from services.reminders.ports import CONTACTS
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.text_answers import AnswerSteps, Incoming
from services.reminders.workflow.text_reports import ARRIVED, CAME_BACK, first_report
from shared.contracts.envelope import Cause
from shared.contracts.mail import ContactBounced, ContactDelivered
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.state.unit_of_work import UnitOfWork
from shared.web.forms import NotAFormError, read_form

MOST_BYTES = 16 * 1024
PROVIDER = "urn:clientele:text-provider"
LONGEST_ID = 64


class ProviderReports(Protocol):
    """What a provider of text messages tells us, and whether it is the provider."""

    def contact_of(self, token: str) -> tuple[str, int] | None:
        """The message an address of ours names, and which repeat of it; None: none of ours."""
        ...

    def is_signed(self, given: str, place: str, fields: Iterable[tuple[str, str]]) -> bool:
        """Whether the provider has signed exactly this, sent to this place of ours."""
        ...


def text_door(
    config: FirmConfig, reports: Callable[[Runtime], ProviderReports]
) -> Callable[[FastAPI, Runtime], None]:
    """Adds the provider's routes, for a firm that has one."""

    def add(web: FastAPI, runtime: Runtime) -> None:
        web.include_router(TextDoor(config, reports(runtime), runtime).router)

    return add


class TextDoor:
    """Two routes for one provider."""

    def __init__(self, config: FirmConfig, reports: ProviderReports, runtime: Runtime) -> None:
        self._reports = reports
        self._answers = AnswerSteps(config)
        self._runtime = runtime
        self.router = APIRouter(include_in_schema=False)
        self.router.add_api_route(f"{REPORTS}/{{token}}", self.report, methods=["POST"])
        self.router.add_api_route(ANSWERS, self.answer, methods=["POST"])

    async def report(self, token: str, request: Request) -> Response:
        """What became of a message."""
        form = await self._signed(request, f"{REPORTS}/{token}")
        if isinstance(form, Response):
            return form
        named = self._reports.contact_of(token)
        if named is None:
            return Response(status_code=404)
        status = form.get("MessageStatus", form.get("SmsStatus", ""))
        if status not in DELIVERED | FAILED:
            return Response(status_code=204)  # on its way
        contact_id, number = named
        arrived = status in DELIVERED

        def step(unit: UnitOfWork) -> None:
            about = {"contact_id": contact_id, "channel": "sms", "number": number, "at": unit.now}
            if not first_report(contact_id, ARRIVED if arrived else CAME_BACK, number, unit):
                return
            if arrived:
                unit.announce(ContactDelivered.model_validate(about))
                return
            code = form.get("ErrorCode", "")
            named = {"code": code} if code.isdecimal() and len(code) < LONGEST_ID else {}
            unit.announce(ContactBounced.model_validate({**about, "kind": "hard", **named}))

        try:
            await self._runtime.act(
                step, lambda _: [CONTACTS.one(contact_id)], cause=self._cause("report")
            )
        except TemporaryError:
            return Response(status_code=503)
        return Response(status_code=204)

    async def answer(self, request: Request) -> Response:
        """A text message came in; what is written back goes with the answer."""
        form = await self._signed(request, ANSWERS)
        if isinstance(form, Response):
            return form
        sid = form.get("MessageSid", "")
        if not sid.isalnum() or len(sid) > LONGEST_ID:
            return Response(status_code=422)
        incoming = Incoming(sid, form.get("From", ""), form.get("Body", ""))
        try:
            said: str = await self._runtime.act(
                lambda unit: self._answers.hear(incoming, unit),
                lambda unit: self._answers.needs(incoming, unit),
                cause=self._cause("answer"),
            )
        except TemporaryError:
            return Response(status_code=503)
        message = f"<Message>{escape(said)}</Message>" if said else ""
        body = f'<?xml version="1.0" encoding="UTF-8"?><Response>{message}</Response>'
        return Response(body, media_type="application/xml")

    async def _signed(self, request: Request, place: str) -> dict[str, str] | Response:
        """The form the provider has signed; else how to refuse it."""
        try:
            form = (await read_form(request, MOST_BYTES)).plain()
        except NotAFormError as wrong:
            return Response(status_code=wrong.status)
        given = request.headers.get(SIGNATURE, "")
        if not self._reports.is_signed(given, place, form.items()):
            return Response(status_code=403)
        return form

    def _cause(self, what: str) -> Cause:
        one = f"text-{what}-{uuid4().hex}"
        return Cause(PROVIDER, one, what, one, None, self._runtime.clock.now())
