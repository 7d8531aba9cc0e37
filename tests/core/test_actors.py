"""Is nobody believed to be at the desk unless the desk has signed it for this very request?"""

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from deploy.infra.services import SERVICES
from shared.clock import real_now
from shared.contracts.requests import Answer
from shared.process.answering import requests_of
from shared.requests.actors import (
    BOUND,
    ActorSigner,
    ActorVerifier,
    UnprovedError,
    proved,
    read_signer,
    read_verifier,
)
from shared.requests.dead_letters import Settlement
from shared.requests.decisions import Decision
from shared.requests.views import ViewRequest
from shared.state.keys import derive

DESK = ActorSigner(b"d" * 32)
LONG_AGO = real_now() - timedelta(days=9)
INTAKE = ActorVerifier(derive(DESK.key, "actor-intake"), LONG_AGO)
ASKED: dict[str, Any] = {
    "decision_id": "d-1",
    "task_id": "t-1",
    "decision": "clear",
    "fields": {"reason": "known", "hits": ["h-1"]},
    "version": 2,
}


class Done(Answer):
    """What an owner answers."""

    accepted: bool = True


async def accept(asked: Any) -> Done:
    del asked
    return Done()


def signed(subject: str = "decisions.intake", by: ActorSigner = DESK, **asked: Any) -> Any:
    """A decision of a partner, as the desk signs it."""
    said = ASKED | asked
    return said | {"actor": by.actor(subject, said, "s-02", ["partner"])}


async def put(asked: Any, verifier: ActorVerifier | None = INTAKE) -> Done:
    """What the owner answers to a decision."""
    return await proved(accept, "decisions.intake", verifier)(Decision.model_validate(asked))


async def test_who_signed_in_at_the_desk_is_believed() -> None:
    assert (await put(signed())).accepted


@pytest.mark.parametrize(
    "forged",
    [
        ASKED | {"actor": {"id": "s-99", "roles": ["partner"]}},
        signed(by=ActorSigner(b"x" * 32)),
        signed("decisions.feedback"),
        signed() | {"task_id": "t-2"},
        signed() | {"decision": "refuse"},
        signed() | {"fields": {"reason": "other"}},
        signed() | {"version": 3},
        signed() | {"decision_id": "d-2"},
        signed() | {"actor": signed()["actor"] | {"id": "s-03"}},
        signed() | {"actor": signed()["actor"] | {"roles": ["partner", "conflicts-officer"]}},
        signed() | {"actor": signed()["actor"] | {"until": "2099-01-01T00:00:00+00:00"}},
        signed() | {"actor": signed()["actor"] | {"signature": "é"}},
    ],
)
async def test_a_partner_the_desk_has_not_signed_for_decides_nothing(forged: Any) -> None:
    with pytest.raises(UnprovedError) as no:
        await put(forged)
    assert no.value.code == "unproved"


async def test_what_was_signed_is_good_for_a_few_minutes_only() -> None:
    asked = Decision.model_validate(signed())
    said = asked.model_dump(exclude={"actor"})
    INTAKE.check("decisions.intake", said, asked.actor, real_now() + timedelta(minutes=1))
    for later in (timedelta(minutes=3), timedelta(minutes=-3)):
        with pytest.raises(UnprovedError):
            INTAKE.check("decisions.intake", said, asked.actor, real_now() + later)


async def test_before_every_desk_signs_and_without_a_key_the_desk_is_believed() -> None:
    unsigned = ASKED | {"actor": {"id": "s-02", "roles": ["partner"]}}
    tomorrow = ActorVerifier(INTAKE.key, real_now() + timedelta(days=1))
    assert (await put(unsigned, tomorrow)).accepted
    assert (await put(unsigned, None)).accepted


async def test_what_a_task_shows_and_who_settles_dead_letters_is_proved_too() -> None:
    view, settle = {"task_id": "t-1"}, {"do": "discard", "fingerprint": "invalid:source"}
    for verb, asked, model in (
        ("views", view, ViewRequest),
        ("settlements", settle, Settlement),
    ):
        subject = f"{verb}.intake"
        actor = DESK.actor(subject, asked, "s-06", ["ops"])
        answer = proved(accept, subject, INTAKE)
        assert (await answer(model.model_validate(asked | {"actor": actor}))).accepted
        forged = model.model_validate(asked | {"actor": {"id": "s-06", "roles": ["ops"]}})
        with pytest.raises(UnprovedError):
            await answer(forged)


def test_keys_are_read_from_their_files(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("64" * 32 + "\n")
    (tmp_path / "intake").write_text("6b" * 32 + "\n2026-01-01T00:00:00+00:00\n")
    assert read_signer(tmp_path / "desk") == DESK
    assert read_verifier(tmp_path / "intake").key == b"k" * 32
    (tmp_path / "short").write_text("6b\n2026-01-01T00:00:00+00:00\n")
    with pytest.raises(ValueError, match="32 bytes"):
        read_verifier(tmp_path / "short")


@pytest.mark.parametrize("service", SERVICES)
def test_all_that_is_asked_in_somebodys_name_is_signed(service: str) -> None:
    app = import_module(f"services.{service}.app").build()
    asked = {each.verb: set(each.asked.model_fields) for each in requests_of(app)}
    bound = {verb: {*BOUND.get(verb, ()), "actor"} for verb in asked}
    named = {verb: fields for verb, fields in asked.items() if "actor" in fields}
    assert "decisions" in named
    assert {
        verb: fields - bound[verb] for verb, fields in named.items() if fields - bound[verb]
    } == {}
