"""Is anything of an erased client left in a file: of a server, a log, or a copy made before?

What the firm sent has left it: the mail catcher stands for somebody else's mail server, and an
erasure does not reach that (docs/operations.md says so). A word of chance stands in each field: the
databases are compressed, but a word that was nowhere before is written as it is.
"""

import secrets
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.infra.services import SERVICES
from tests.journeys.firm import Firm, content_of, until
from tests.journeys.test_records import SHOWN, ask, said_about

FIELDS = ("name", "preferred_name", "salutation", "address", "contact_person", "pronunciation",
          "interpreter", "owner_name", "company_number")  # fmt: skip
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
    client_id = await firm.a_client(**own, email=mail, phone="+49 30 555 0177")
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


@pytest.mark.whole
async def test_no_file_holds_a_word_of_an_erased_client_nor_any_copy_made_before(
    firm: Firm, tmp_path: Path
) -> None:
    words = {name: a_word() for name in (*FIELDS, "email", "appointment", "note")}
    every = list(words.values())
    client_id = await a_client_of(firm, words)
    folder, copy = Path(firm.connect["data_dir"]), tmp_path / "copy"
    shutil.copytree(folder, copy, ignore_dangling_symlinks=True)
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
