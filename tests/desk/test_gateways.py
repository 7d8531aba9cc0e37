"""What does the desk make of an owner's answer?"""

from datetime import timedelta
from typing import Any, cast

import pytest

from services.desk.gateways.owners import NatsOwners
from services.desk.gateways.services import NatsServices
from services.desk.ports.answers import Answer, Refused
from shared.clock import real_now
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.requests.actors import ActorSigner, ActorVerifier
from shared.state.keys import derive
from shared.tasks import Actor
from tests.desk.facts import LEO

KEY = b"k" * 32
DECISION = {
    "decision_id": "d-1",
    "task_id": "t-1",
    "actor": {"id": "leo", "roles": ["lawyer"]},
}


class Answering:
    """A runtime whose every request gets one answer."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def request(self, subject: str, payload: dict[str, Any], seconds: float) -> Any:
        assert seconds > 0
        self.asked.append((subject, payload))
        return self.answer


def owners(answer: dict[str, Any]) -> NatsOwners:
    return NatsOwners(cast("Runtime", Answering(answer)))


async def test_an_accepted_decision_brings_state_and_version() -> None:
    answer = await owners({"accepted": True, "state": "done", "version": 2}).decide("x", DECISION)
    assert answer == Answer("done", 2)


async def test_a_refusal_brings_its_reason_and_field() -> None:
    no = {"code": "missing", "message": "Needed.", "field": "note"}
    said = {"accepted": False, "state": "open", "version": 1, "refused": no}
    answer = await owners(said).decide("x", DECISION)
    assert answer == Answer("open", 1, Refused("missing", "Needed.", "note"))


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"accepted": "yes"},
        {"accepted": False},
        {"refused": {"code": "try-again", "message": "The database is away."}},
        {"refused": {"code": "failed", "message": "See the logs."}},
    ],
)
async def test_an_answer_that_settles_nothing_counts_as_away(answer: dict[str, Any]) -> None:
    with pytest.raises(TemporaryError):
        await owners(answer).decide("x", DECISION)


async def test_values_are_asked_for_a_person_with_their_roles() -> None:
    runtime = Answering({"values": {"name": "Ada"}})
    await NatsOwners(cast("Runtime", runtime)).values("intake", "t-1", LEO)
    assert runtime.asked == [
        ("views.intake", {"task_id": "t-1", "actor": {"id": "leo", "roles": ["lawyer"]}})
    ]


async def test_values_come_as_the_owner_gives_them() -> None:
    assert await owners({"values": {"name": "Ada"}}).values("x", "t-1", LEO) == {"name": "Ada"}


async def test_withheld_values_come_with_the_reason() -> None:
    answer = {"refused": {"code": "barred", "message": "Not you."}}
    assert await owners(answer).values("x", "t-1", LEO) == Refused("barred", "Not you.")


@pytest.mark.parametrize("answer", [{}, {"values": None}, {"values": ["Ada"]}])
async def test_values_that_are_none_count_as_away(answer: dict[str, Any]) -> None:
    with pytest.raises(TemporaryError):
        await owners(answer).values("x", "t-1", LEO)


def services(answer: dict[str, Any]) -> NatsServices:
    return NatsServices(cast("Runtime", Answering(answer)))


@pytest.mark.parametrize("code", ["try-again", "failed", "unknown-request"])
async def test_a_service_that_cannot_tell_its_figures_counts_as_away(code: str) -> None:
    assert await services({"refused": {"code": code, "message": "No."}}).figures("intake") is None


async def test_a_settlement_names_who_wants_it() -> None:
    runtime = Answering({"outcomes": {"applied": 2}})
    asked = NatsServices(cast("Runtime", runtime))
    assert await asked.settle("intake", "replay", {"fingerprint": "f"}, LEO) == {"applied": 2}
    actor = {"id": "leo", "roles": ["lawyer"]}
    assert runtime.asked == [
        ("settlements.intake", {"do": "replay", "actor": actor, "fingerprint": "f"})
    ]


async def test_an_owner_may_refuse_a_settlement() -> None:
    no = {"code": "wrong-role", "message": "This is for: ops."}
    answer = await services({"refused": no}).settle("intake", "replay", {"id": "x"}, LEO)
    assert answer == Refused("wrong-role", "This is for: ops.")


async def test_with_a_key_the_desk_signs_in_whose_name_it_asks() -> None:
    runtime, signer = Answering({"accepted": True, "values": {}, "outcomes": {}}), ActorSigner(KEY)
    desk = NatsOwners(cast("Runtime", runtime), signer)
    await desk.decide("intake", DECISION)
    await desk.values("intake", "t-1", LEO)
    await NatsServices(cast("Runtime", runtime), signer).settle("intake", "discard", {}, LEO)
    verifier = ActorVerifier(derive(KEY, "actor-intake"), real_now() - timedelta(days=1))
    for subject, asked in runtime.asked:
        actor = Actor.model_validate(asked["actor"])
        verifier.check(subject, asked, actor, real_now())
    assert len(runtime.asked) == 3
