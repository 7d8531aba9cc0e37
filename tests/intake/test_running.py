"""Does a running intake answer for its checks: the register, a search, a record, a reopening?"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.intake.app import build
from shared.contracts.checks import ChecksAsked
from shared.mongo import connect
from tests.core.conftest import until
from tests.intake.office import CLEARED, OFFICER, PARTNER, onboarded, opened, party
from tests.running_service import RunningService, running_service


@pytest.fixture
async def intake(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[RunningService]:  # fmt: skip
    """Intake as it runs."""
    async with running_service(
        build, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
        folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
    ) as service:  # fmt: skip
        yield service


async def test_the_events_of_another_test_are_not_those_of_this_one(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Left behind by another test over the same database, they would be the ones of the same ids:
    what this one says would be a contradiction, or a duplicate, and no task would ever come.
    """
    left = connect(mongo_server.url(), "intake")
    await left.collection("handled_events").insert_one({"_id": b"e-1"})
    async with running_service(
        build, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
        folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
    ):  # fmt: skip
        assert await left.collection("handled_events").count_documents({}) == 0
    left.close()


async def ask(intake: RunningService, by: Any = OFFICER, **asked: Any) -> dict[str, Any]:
    said = ChecksAsked.model_validate(asked).model_dump(mode="json")
    return await intake.ask("checks", **said, actor=by.model_dump())


async def pending_task(intake: RunningService) -> dict[str, Any]:
    await intake.hear(opened("m-7", "c-7", "s-owner"))
    await intake.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    await intake.hear(onboarded(name="Bob Smith"))
    return await intake.open_task("conflict-check")


async def ids(intake: RunningService, **asked: Any) -> list[str]:
    answer = await ask(intake, ask="register", **asked)
    return [each["check_id"] for each in answer["rows"]]


async def test_a_check_is_listed_decided_reopened_and_decided_again(
    intake: RunningService,
) -> None:
    task = await pending_task(intake)
    check_id = task["ref"]
    assert await ids(intake, show="pending") == [check_id]
    assert (await intake.decide(task, "clear", CLEARED, OFFICER))["accepted"]
    assert await ids(intake, show="cleared") == [check_id]
    told = await ask(intake, PARTNER, ask="record", check_id=check_id)
    assert (told["check"]["decided_by"], told["may_reopen"]) == (OFFICER.id, True)
    again = {"ask": "reopen", "check_id": check_id, "why": "Same mother.", "request_id": "r-1"}
    assert (await ask(intake, OFFICER, **again))["refused"]["code"] == "barred"
    for _ in range(2):  # the same form, sent twice
        assert (await ask(intake, PARTNER, **again))["check"]["state"] == "pending"
    assert await ids(intake, show="reopened") == [check_id]
    assert len(await intake.announced("conflict-check-reopened")) == 1
    anew = await intake.open_task("conflict-check")
    assert (await intake.decide(anew, "clear", CLEARED, PARTNER))["accepted"]
    last = await ask(intake, ask="record", check_id=check_id)
    assert [each["state"] for each in last["check"]["earlier"]] == ["cleared"]


async def test_a_search_by_hand_finds_what_checks_find_and_is_kept(intake: RunningService) -> None:
    await pending_task(intake)
    asked = {"ask": "search", "names": ["Bob Smith"], "role": "client", "purpose": "A call",
             "request_id": "r-7"}  # fmt: skip
    told = await ask(intake, **asked)
    known = [(hit["known_name"], hit["adversity"]) for hit in told["check"]["hits"]]
    assert known == [("Robert Smith", "adverse")]
    assert [hit["known_name"] for hit in told["check"]["same_side"]] == ["Bob Smith"]
    assert (await ask(intake, **asked))["check"]["check_id"] == told["check"]["check_id"]
    (row,) = (await ask(intake, ask="register", show="searches"))["rows"]
    assert (row["asked_by"], row["state"], row["hits"]) == (OFFICER.id, "found", 2)
    assert (await ask(intake, ask="search", names=["x"], purpose=" ", request_id="r"))["refused"][
        "field"
    ] == "purpose"
    assert "A call" not in await intake.everything_stored()


async def test_whoever_brings_the_matter_sees_neither_row_nor_record(
    intake: RunningService,
) -> None:
    await intake.hear(opened("m-9", "c-1", "s-partner"))
    task = await pending_task(intake)

    async def barred() -> bool:
        row = await intake.db.collection("tasks").find_one({"_id": task["task_id"]})
        return "s-partner" in row["d"]["barred"]

    await until(barred)
    told = await ask(intake, PARTNER, ask="record", check_id=task["ref"])
    assert told["refused"]["code"] == "barred"
    listed = await ask(intake, PARTNER, ask="register")
    assert task["ref"] not in [each["check_id"] for each in listed["rows"]]


async def test_the_register_is_read_page_by_page_the_newest_first(intake: RunningService) -> None:
    for n in range(5):
        await intake.hear(onboarded(f"c-{n}", f"Name{n} Unheard{n}"))

    async def all_there() -> bool:
        return len(await ids(intake)) == 5

    await until(all_there)
    found: list[str] = []
    after = None
    for _ in range(3):
        page = await ask(intake, ask="register", limit=2, after=after)
        found += [each["check_id"] for each in page["rows"]]
        after = page.get("next")
    assert (len(set(found)), after, found) == (5, None, await ids(intake))


async def test_it_answers_only_who_decides_conflict_checks(intake: RunningService) -> None:
    lawyer = OFFICER.model_copy(update={"roles": ("lawyer",)})
    for what in ("register", "record", "search", "reopen"):
        assert (await ask(intake, lawyer, ask=what))["refused"]["code"] == "wrong-role"


async def test_it_says_whether_the_firm_may_act_for_a_client_and_nothing_more(
    intake: RunningService,
) -> None:
    task = await pending_task(intake)
    assistant = OFFICER.model_copy(update={"roles": ("assistant",)})

    async def state(client_id: str) -> tuple[str, int]:
        told = await ask(intake, assistant, ask="clearance", client_id=client_id)
        return told["state"], len(told)

    assert await state("c-1") == ("pending", 5)
    assert await state("c-imported") == ("unchecked", 5)
    await intake.decide(task, "clear", CLEARED, OFFICER)
    assert (await state("c-1"))[0] == "clear"
