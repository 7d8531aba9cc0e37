"""Does an edition come into force in every running process, without a restart?"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.reminders.app import build
from services.reminders.gateways.editions_in_force import UnreadableEditionError
from shared.clock import real_now
from shared.contracts.firm import MatterClosed
from shared.process.run import ServiceProcess
from tests.reminders.conftest import Installation, until
from tests.reminders.over_memory import OPENED, client

ADA = {"id": "ada", "roles": ["partner"]}
LEO = {"id": "leo", "roles": ["ops"]}
PLACE = "languages/de/messages/matter-closed.txt"
TEXT = "Subject: Alles erledigt\n\n{{ greeting }}\n\nWir sind fertig.\n\n{{ firm }}\n"
CHANGES = "changes: closing\nrules:\n  survey-due: {version: 1, at: {offset: +9d}}\n"
FILES = {PLACE: TEXT, "playbooks/closing.yaml": CHANGES}


async def asked(installation: Installation, who: dict[str, Any], **said: Any) -> dict[str, Any]:
    """What the desk would be told."""
    body = json.dumps({"actor": who, **said}).encode()
    return dict(json.loads((await installation.nats.request("editions.reminders", body, 30)).data))


async def in_force(installation: Installation, files: dict[str, str], number: int) -> None:
    """Proposed as a folder, approved by a person, and in force."""
    proposed = await installation.ask(ask="editions", do="propose", by="ada", files=files)
    assert proposed["proposed"] == number
    shown = await asked(installation, LEO, ask="edition", edition=str(number))
    done = await asked(installation, LEO, ask="approve", edition=str(number),
                       content_hash=shown["content_hash"])  # fmt: skip
    assert done["edition"]["state"] == "approved"


async def numbers(*processes: ServiceProcess) -> list[float]:
    """By which edition each process goes, once it has looked."""
    return [await each.runtime.store._rules() for each in processes]  # type: ignore[misc]  # there


async def test_the_next_message_has_the_new_words_and_the_next_rule_its_new_moment(
    installation: Installation,
) -> None:
    first = await installation.start()
    settings = installation.settings.model_copy(
        update={"http_port": installation.settings.http_port + 1, "replica": "1"}
    )
    second = ServiceProcess(build(), settings)
    await second.start()
    try:
        await in_force(installation, FILES, 1)

        async def both() -> bool:
            return await numbers(first, second) == [1, 1]

        await until(both)
        closed = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=real_now())
        await installation.publish(client(), OPENED, closed)
        [mail] = await installation.received(1)
        assert mail["Subject"] == "Alles erledigt"
        rows = [row async for row in installation.db.collection("timers").find({})]
        [survey] = [row["d"] for row in rows if row["d"]["rule_id"] == "survey-due"]
        assert survey["rule_version"] == 3001
        assert survey["due_at"] - survey["anchor_at"] > timedelta(days=8, hours=12)
    finally:
        await second.leave()


async def test_a_restart_goes_by_the_edition_and_says_that_the_folder_differs(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await installation.start()
    await in_force(installation, FILES, 1)
    await installation.stop()
    (tmp_path / "firm" / "playbooks").mkdir(parents=True)
    (tmp_path / "firm" / "playbooks" / "a.yaml").write_text("changes: surveys\nrules: off\n")
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(tmp_path / "firm"))
    process = await installation.start()
    told = await asked(installation, ADA, ask="look")
    assert told["in_force"] == told["in_force"] | {"number": 1, "folder_differs": True}
    assert await numbers(process) == [1]
    exported = await installation.ask(ask="editions", do="files")
    assert exported["files"] == FILES
    again = await asked(installation, ADA, ask="edition")
    assert again["state"] == "draft"


async def test_what_was_exported_is_nothing_to_import(installation: Installation) -> None:
    await installation.start()
    await in_force(installation, FILES, 1)
    exported = (await installation.ask(ask="editions", do="files"))["files"]
    body = json.dumps({"ask": "editions", "do": "propose", "by": "ada", "files": exported})
    answer = json.loads((await installation.nats.request("ops.reminders", body.encode(), 30)).data)
    assert answer["refused"]["code"] == "nothing-changed"


async def test_an_edition_that_this_release_cannot_read_stops_the_start_but_for_an_emergency(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await installation.start()
    await in_force(installation, FILES, 1)
    await installation.stop()
    monkeypatch.setattr("services.reminders.domain.playbook_changes.RULE_KEYS", frozenset())
    with pytest.raises(UnreadableEditionError, match="edition 1 is in force"):
        await installation.start()
    installation.process = None
    monkeypatch.setenv("CLIENTELE_GO_BY_FOLDER", "true")
    await installation.start()
    told = await asked(installation, ADA, ask="editions")
    assert (told["in_force"]["number"], told["in_force"]["by_folder"]) == (1, True)


async def test_texts_and_notes_are_sealed(installation: Installation) -> None:
    await installation.start()
    canary = {PLACE: TEXT.replace("fertig", "Canary")}
    await installation.ask(ask="editions", do="propose", by="ada", files=canary, note="Canary note")
    rows = [row async for row in installation.db.collection("editions").find({})]
    assert len(rows) == 1
    assert "Canary" not in str(rows)
