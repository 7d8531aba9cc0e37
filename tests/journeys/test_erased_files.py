"""Is anything of an erased client left in a file: of a server, a log, or a copy made before?

What the firm sent has left it: the mail catcher stands for somebody else's mail server, and an
erasure does not reach that (docs/operations.md says so). A word of chance stands in each field.
Files are read as they are; because servers compress and encrypt theirs, every document and message
is read through the servers, too, and of a copy through a server opened on it. Words that must be
there show that this sees what there is.
"""

import secrets
import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from deploy.infra.access.service_requests import ServiceAwayError
from deploy.infra.ports import ports
from deploy.infra.secrets import keep as secrets_of
from deploy.infra.services import SERVICES
from deploy.trial.embedded_mongo import address as mongo_address
from deploy.trial.embedded_nats import address as nats_address
from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm, content_of, until
from tests.journeys.opened_stores import in_copied_databases, in_databases, in_streams
from tests.journeys.test_records import SHOWN, ask, said_about

FIELDS = ("name", "family_name", "preferred_name", "salutation", "address", "contact_person",
          "pronunciation", "interpreter", "owner_name", "company_number")  # fmt: skip
PHONE, BORN = "+49 30 555 0177", "1961-04-09"
SEEN = "the scan sees what stands in files"


def a_word() -> str:
    """A word that stands nowhere yet, of letters alone."""
    return "q" + "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(19))


def files_with(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """Which of these words stand in which file."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        content = content_of(path) if path.is_file() else b""
        there = [word for word in words if word.encode() in content]
        if there:
            found[str(path.relative_to(folder))] = there
    return found


async def a_client_of(firm: Firm, words: dict[str, str]) -> str:
    """A client in each of whose fields one of these words stands, and in what is said of them."""
    own = {name: f"Ada {words[name]}" for name in FIELDS}
    mail = f"{words['email']}@example.com"
    sealed = {"phone": words.get("phone", PHONE), "birth_date": words.get("birth_date", BORN)}
    client_id = await firm.a_client(**own, **sealed, email=mail)
    now = await firm.now()
    starts = {"starts_at": (now + timedelta(days=9)).isoformat(), "timezone": "Europe/London"}
    about = {"client_id": client_id, "appointment_id": firm.id("a"), "kind": words["appointment"]}
    await firm.say("appointment-scheduled", client_id, about | starts)
    await firm.idle()
    talk = {"direction": "in", "channel": "phone", "at": now.isoformat(), "note": words["note"]}
    async with firm.api("lawyer") as api:
        answer = await api.post(f"/api/v1/clients/{client_id}/contacts", json=talk)
    assert answer.status_code == 201, answer.text
    await firm.idle()
    return client_id


def planted(url: str, word: str) -> None:
    """A word is kept and taken away again, beside much that is alike: it stays in the log of
    changes, where a server compresses it.
    """
    with MongoClient[dict[str, Any]](url, directConnection=True) as client:
        there = client["planted"]["words"]
        there.insert_many([{"word": f"{word} {word} {word}"} for _ in range(200)])
        client.drop_database("planted")


def copied(url: str, folder: Path, copy: Path) -> None:
    """A copy as a back-up makes one: whole, while nothing is written."""
    with MongoClient[dict[str, Any]](url, directConnection=True) as client:
        client.admin.command("fsync", lock=True)
        try:
            shutil.copytree(folder, copy, ignore_dangling_symlinks=True)
        finally:
            client.admin.command("fsyncUnlock")


async def are_back(firm: Firm) -> bool:
    """Whether everybody answers and has nothing left to do."""
    try:
        await firm.idle()
    except ServiceAwayError:
        return False
    return True


@pytest.mark.whole
async def test_nothing_holds_a_word_of_an_erased_client_nor_any_copy_made_before(
    firm: Firm, installation: Installation, tmp_path: Path
) -> None:
    words = {name: a_word() for name in (*FIELDS, "email", "appointment", "note")}
    every, control = list(words.values()), a_word()
    folder, copy = Path(firm.connect["data_dir"]), tmp_path / "copy"
    port, kept = ports(installation.base), secrets_of(folder)
    mongo = mongo_address(port["mongo"], "admin", kept)
    streams = nats_address(port["nats"], "admin", kept)
    client_id = await a_client_of(firm, words)
    staying = await firm.a_client(name=f"Bea {control}")
    await firm.idle()
    planted(mongo, control)
    before = await in_streams(streams, [*every, control])
    assert {words["name"], words["email"], control} <= before["EVENTS"], SEEN
    copied(mongo, folder, copy)
    await until(partial(are_back, firm), "everybody being back once the copy is made")
    assert files_with(copy / "mongo", [client_id]), SEEN

    task = await ask(firm, "erasure", client_id)
    gone = await firm.decide(task, "go", "partner", SHOWN)
    assert gone.status_code == 200, gone.text
    request_id = task["about"]["request_id"]

    async def erased() -> bool:
        receipts = await said_about(firm, "records-confirmed", request_id)
        return {each["service"] for each in receipts} == set(SERVICES)

    await until(erased, "the erasure")
    await firm.idle()
    for place in (folder, copy):
        left = files_with(place, every)
        outside = {name: there for name, there in left.items() if not name.startswith("mail/")}
        assert outside == {}, place
    sought = [*every, control, staying]
    for found in (in_databases(mongo, sought), in_copied_databases(copy, sought)):
        assert {control, staying} <= found["local.oplog.rs"], SEEN
        assert {
            name: there & set(every) for name, there in found.items() if there & set(every)
        } == {}
    streamed = await in_streams(streams, sought)
    assert {control, staying} <= streamed["EVENTS"], SEEN
    assert streamed["EVENTS"] & set(every) == set()
