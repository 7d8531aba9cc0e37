"""/first-days/sender: is mail of the firm believed where it arrives (SPF, DKIM, DMARC)?

A test mail goes to an address of the reader's choice; the firm's mailbox reads it back by itself
where it arrives there, otherwise its source is pasted here. For partners and operations.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.digest import address_of
from services.desk.domain.first_days import check_sees_first_days
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import N_, _
from services.desk.pages.language import language as readers_language
from services.desk.pages.sender_words import found_lines, progress_words, standing_words
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go, names_of
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from services.desk.ports.signing_in import ACCOUNTS
from shared.contracts.fields import parse_instant
from shared.contracts.sender_checks import LONGEST_SOURCE, SenderAsked, SenderTold
from shared.errors import RuleError, TemporaryError

router = APIRouter()
PLACE = "/first-days/sender"
AWAY = N_("The service that sends mail does not answer. Try again in a minute.")
FIELDS = ("address", "source")


@router.get(PLACE)
async def show_sender(request: Request, visit: Visitor) -> Response:
    """What was found last, and how to find out anew."""
    check_sees_first_days(visit.person)
    return await _page(visit, {}, {}, did=request.query_params.get("did", ""))


@router.post(f"{PLACE}/send")
async def send_test_mail(form: Sent) -> Response:
    """Have a test mail sent to one address."""
    asked = SenderAsked(
        ask="send",
        request_id=form.id,
        address=form.typed.one("address").strip()[:320],
        language=readers_language(),
    )
    return await _done(form, asked, _("The test mail is on its way."))


@router.post(f"{PLACE}/read")
async def read_source(form: Sent) -> Response:
    """Read what the receiving server says, in the source that was pasted."""
    source = form.typed.one("source")[:LONGEST_SOURCE]
    asked = SenderAsked(ask="read", request_id=form.id, source=source)
    return await _done(form, asked, _("The source was read, and is not kept."))


async def _done(form: SentForm, asked: SenderAsked, words: str) -> Response:
    visit = form.visit
    check_sees_first_days(visit.person)
    try:
        await _ask(visit, asked)
    except RuleError as no:
        field = no.field if no.field in FIELDS else ""
        return await _page(visit, form.typed.plain(), {field: no.message}, 422 if field else 409)
    visit.context.first_days.forget()
    return go(with_outcome(PLACE, await keep_outcome(form, words)))


async def _ask(visit: Visit, asked: SenderAsked) -> SenderTold:
    try:
        answer = await visit.context.desk.senders.ask(asked, visit.person)
    except TemporaryError:
        raise ProblemError(503, AWAY, code="away") from None
    if isinstance(answer, Refused):
        raise RuleError(answer.message, code=answer.code, field=answer.field)
    return answer


async def _page(
    visit: Visit, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200,
    did: str = "",
) -> Response:  # fmt: skip
    told = await _ask(visit, SenderAsked(ask="state"))
    unit = await visit.context.desk.runtime.look(lambda _: [ACCOUNTS.one(visit.id)])
    own = address_of(unit.get(ACCOUNTS, visit.id)) or told.mailbox
    return visit.page(
        "sender_check.html",
        status,
        told=told,
        standing=standing_words(told),
        progress=progress_words(told),
        lines=found_lines(told),
        typed={"address": own, **typed},
        errors=errors,
        longest=LONGEST_SOURCE,
        outcome=await shown_outcome(visit, did) if did else None,
        **await _found(visit, told),
    )


async def _found(visit: Visit, told: SenderTold) -> dict[str, Any]:
    """When it was found, who read it, and whose word it is."""
    found = told.judgement
    if found is None:
        return {"at": "", "by": "", "judge": ""}
    names = await names_of(visit.context, [found.by] if found.by else [])
    return {
        "at": exactly(parse_instant(found.at), visit.context.desk.zone),
        "by": names.get(found.by, found.by) if found.by else _("the firm's mailbox"),
        "judge": found.judge,
    }
