"""What is the desk told of what goes out next to a client or went, what may it have done about it?

``outgoing.reminders`` is asked by the desk alone, in the name of a person it vouches for. Whoever
works with clients may look; assistants, lawyers and partners may decide.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial

from services.reminders.api.outgoing_told import decision_told, hold_told, letter_told, message_told
from services.reminders.api.sent import sent
from services.reminders.domain.outgoing import OutgoingDecision
from services.reminders.ports import OUTGOING_DECISIONS
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.outgoing_decisions import OutgoingSteps
from services.reminders.workflow.outgoing_messages import (
    known_client,
    letters_of,
    needs_of_outgoing,
    outgoing_of,
)
from shared.contracts.envelope import Cause
from shared.contracts.fields import parse_instant
from shared.contracts.outgoing import (
    LONGEST_WHY,
    LeftAlone,
    OutgoingAsked,
    OutgoingDecided,
    OutgoingListed,
    SentTold,
)
from shared.contracts.requests import Answer, RequestType
from shared.contracts.task_kind import STAFF
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar
from shared.tasks import check_unscreened, is_screened

SOURCE = "urn:clientele:desk"
WITH_CLIENTS = (*STAFF, "conflicts-officer")
LAST_DECISIONS = 10
Ask = Callable[[Runtime, "OutgoingRequest"], Awaitable[Answer]]
NEEDED = {"message": "occurrence_id", "matter": "matter_id"}  # by scope


class OutgoingRequest(OutgoingAsked):
    """The question, and who asks it."""

    actor: Actor


OUTGOING_REQUEST = RequestType(
    "outgoing",
    "What goes out next to a client; hold, release, skip, send or move it. One message as it went.",
    OutgoingRequest,
    (OutgoingListed, OutgoingDecided, SentTold),
)


def answer_outgoing(config: FirmConfig) -> Ask:
    """Answers all three questions; RuleError for what is refused, with its reason in a sentence."""

    async def answer(runtime: Runtime, asked: OutgoingRequest) -> Answer:
        allowed = STAFF if asked.ask == "decide" else WITH_CLIENTS
        if not set(asked.actor.roles) & set(allowed):
            raise RuleError(f"This is for: {', '.join(allowed)}.", code="wrong-role")
        check_unscreened({"client_id": asked.client_id, "matter_id": asked.matter_id}, asked.actor)
        if asked.ask == "list":
            return await _list(config, runtime, asked)
        if asked.ask == "sent":
            return await sent(config.wording.looks, runtime, asked, asked.actor)
        return await _decide(config, runtime, asked)

    return answer


async def _list(config: FirmConfig, runtime: Runtime, asked: OutgoingRequest) -> OutgoingListed:
    def needs(unit: ReadSoFar) -> Iterable[Need]:
        return needs_of_outgoing(config, asked.client_id, unit)

    unit = await runtime.look(needs)
    card = known_client(asked.client_id, unit)
    if card is None:
        return OutgoingListed(messages=[])
    found = [
        each
        for each in outgoing_of(config, asked.client_id, unit)
        if not is_screened({"matter_id": each.matter_id}, asked.actor)
    ]
    decided = unit.find(OUTGOING_DECISIONS, "client", asked.client_id)
    seen = [each for each in decided if not is_screened({"matter_id": each.matter_id}, asked.actor)]
    latest = sorted(seen, key=lambda each: (each.at, each.decision_id), reverse=True)
    return OutgoingListed(
        messages=[message_told(config, each, unit) for each in found],
        holds=[
            told
            for place, hold in sorted(card.holds.items())
            for told in [hold_told(place, hold)]
            if not is_screened({"matter_id": told.matter_id}, asked.actor)
        ],
        decisions=[decision_told(each) for each in latest[:LAST_DECISIONS]],
        letters=[
            letter_told(config, each, unit)
            for each in letters_of(asked.client_id, unit)
            if not is_screened({"matter_id": each.ids.get("matter_id")}, asked.actor)
        ],
    )


async def _decide(config: FirmConfig, runtime: Runtime, asked: OutgoingRequest) -> OutgoingDecided:
    await _check_no_wall_between(config, runtime, asked)
    decision, steps = _decision(asked, runtime.clock.now()), OutgoingSteps(config)
    id = decision.decision_id
    done = await runtime.act(
        partial(steps.decide, decision),
        partial(steps.needs, decision),
        cause=Cause(SOURCE, id, "request", id, None, runtime.clock.now()),
    )
    left = [
        LeftAlone(occurrence_id=each.occurrence_id, code=each.code, message=each.message)
        for each in done.left
    ]
    return OutgoingDecided(decision_id=id, count=done.count, left=left)


async def _check_no_wall_between(
    config: FirmConfig, runtime: Runtime, asked: OutgoingRequest
) -> None:
    """Nobody decides about a message of a matter a wall keeps them from, nor about all at once."""
    if not asked.actor.screened or asked.scope == "matter":
        return
    unit = await runtime.look(lambda unit: needs_of_outgoing(config, asked.client_id, unit))
    for each in outgoing_of(config, asked.client_id, unit):
        meant = each.timer.occurrence_id == asked.occurrence_id
        if meant or asked.scope == "client":
            check_unscreened({"matter_id": each.matter_id}, asked.actor)


def _decision(asked: OutgoingRequest, now: datetime) -> OutgoingDecision:
    """What is asked for, as far as it can be understood; RuleError names what is missing."""
    why = (asked.why or "").strip()
    _given(asked.request_id, "request_id", "Say under which id this is asked.")
    _given(asked.do, "do", "Say what to do: hold, release, skip, send-now or move.")
    _given(asked.scope, "scope", "Say of what: message, matter or client.")
    needed = NEEDED.get(asked.scope or "")
    if needed is not None:
        _given(getattr(asked, needed), needed, f"Say which {asked.scope}.")
    if asked.do != "release":
        _given(why, "why", "Say why: whoever looks at it later will ask.")
    if len(why) > LONGEST_WHY:
        message = f"Use at most {LONGEST_WHY} characters."
        raise RuleError(message, code="too-long", field="why")
    return OutgoingDecision(
        decision_id=asked.request_id or "",
        client_id=asked.client_id,
        do=asked.do or "",
        scope=asked.scope or "",
        by=asked.actor.id,
        at=now,
        why=why,
        matter_id=asked.matter_id if asked.scope == "matter" else None,
        occurrence_id=asked.occurrence_id if asked.scope == "message" else None,
        move_to=_moment(asked.move_to) if asked.do == "move" else None,
    )


def _given(value: str | None, field: str, message: str) -> None:
    if not value:
        raise RuleError(message, code="missing", field=field)


def _moment(said: str | None) -> datetime:
    try:
        return parse_instant(said or "")
    except ValueError:
        message = "Say to which moment, like 2026-03-04T10:00:00+01:00."
        raise RuleError(message, code="missing", field="move_to") from None
