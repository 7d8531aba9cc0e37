"""Asking reminders what goes out next, and having it changed, over memory."""

import asyncio
from datetime import timedelta
from itertools import count
from typing import Any, cast

import pytest

from services.reminders.api.outgoing import OutgoingRequest, answer_outgoing
from shared.contracts.outgoing import MessageTold, OutgoingDecided, OutgoingListed
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.runtime import MemoryRuntime
from tests.reminders.over_memory import MONDAY, Reminders, client, scheduled

IN_A_WEEK = MONDAY + timedelta(days=9)
NUMBERS = count()
LAWYER = Actor(id="leo", roles=("lawyer",))


def told(reminders: Reminders, actor: Actor = LAWYER, client_id: str = "c-1") -> list[MessageTold]:
    return listed(reminders, actor, client_id).messages


def listed(reminders: Reminders, actor: Actor = LAWYER, client_id: str = "c-1") -> OutgoingListed:
    asked = OutgoingRequest(ask="list", client_id=client_id, actor=actor)
    return cast("OutgoingListed", answer(reminders, asked))


def decide(reminders: Reminders, do: str, *, id: str = "", **more: Any) -> OutgoingDecided:
    asked = {"ask": "decide", "client_id": "c-1", "request_id": id or f"r-{next(NUMBERS)}",
             "do": do, "scope": "message", "why": "The client rang.", "actor": LAWYER}  # fmt: skip
    if "move_to" in more:
        more["move_to"] = more["move_to"].isoformat()
    request = OutgoingRequest.model_validate(asked | more)
    return cast("OutgoingDecided", answer(reminders, request))


def answer(reminders: Reminders, asked: OutgoingRequest) -> Any:
    runtime = cast("Runtime", MemoryRuntime(reminders))

    async def ask() -> Any:
        return await answer_outgoing(reminders.config)(runtime, asked)

    return asyncio.run(ask())


def with_reminders() -> Reminders:
    """An appointment in nine days: confirmed today, reminded of on days 2 and 8, and on the day."""
    reminders = Reminders()
    reminders.tell(client(), scheduled(IN_A_WEEK, matter_id="m-1"))
    reminders.after(minutes=5)
    reminders.now += timedelta(minutes=5)
    return reminders


def first(reminders: Reminders) -> str:
    return told(reminders)[0].occurrence_id


def refusal(reminders: Reminders, do: str, **more: Any) -> tuple[str, str]:
    with pytest.raises(RuleError) as no:
        decide(reminders, do, **more)
    return no.value.code, no.value.message
