"""Does an upgrade keep what a firm changed, and bring what it did not, over the same database?

Two releases: the shipped files as they are, and the same with other texts and rules. A firm makes
an edition under the first; then the second is started.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.reminders import settings as reminders_settings
from services.reminders.gateways import rule_files
from shared.clock import real_now
from shared.contracts.firm import MatterClosed
from tests.reminders.conftest import Installation
from tests.reminders.over_memory import OPENED, client
from tests.reminders.test_editions_running import ADA, LEO, asked, in_force

HERE = Path(rule_files.__file__).parents[1]
OURS = "Subject: We are done\n\n{{ greeting }}\n\nYours, in our words.\n\n{{ firm }}\n"
CHANGES = """changes: closing
rules:
  survey-due: {version: 1, at: {offset: +9d}}
  review-ask-due: off
"""
SHIPPED_ANEW = "Subject: Shipped anew\n\n{{ greeting }}\n\nClosed.\n\n{{ firm }}\n"
CLOSED = "languages/de/messages/matter-closed.txt"
FIRMS = {"playbooks/closing.yaml": CHANGES, CLOSED: OURS}


@dataclass(frozen=True)
class Releases:
    """Which release is started next."""

    folder: Path
    patch: pytest.MonkeyPatch

    def upgrade(self) -> None:
        """From now on the second one is what is installed."""
        shutil.copytree(HERE / "playbooks", self.folder / "playbooks")
        shutil.copytree(HERE / "templates", self.folder / "templates")
        self._write("templates/en/welcome.txt", "Subject: A warmer welcome\n\nHello {{ name }}.\n")
        self._write("templates/de/matter-closed.txt", SHIPPED_ANEW)
        closing = self._read("playbooks/closing.yaml").replace("version: 3", "version: 4")
        self._write("playbooks/closing.yaml", closing.replace("+7d}", "+10d}"))
        welcome = self._read("playbooks/welcome.yaml")
        number = re.search(r"^version: (\d+)$", welcome, re.MULTILINE)
        assert number is not None
        raised = f"version: {int(number[1]) + 1}"
        self._write("playbooks/welcome.yaml", welcome.replace(number[0], raised) + NEW_RULE)
        self.patch.setattr(rule_files, "HERE", self.folder)
        self.patch.setattr(reminders_settings, "TEXTS", self.folder / "templates")

    def _read(self, place: str) -> str:
        return (self.folder / place).read_text("utf-8")

    def _write(self, place: str, text: str) -> None:
        (self.folder / place).write_text(text, "utf-8")


NEW_RULE = """
  a-month-later:
    about: What this release brings.
    on: matter-closed
    per: matter_id
    at: {offset: +30d}
    then:
      send: {message: welcome, class: service, on-unknown: resend}
    valid-until: +40d
"""


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Releases:
    return Releases(tmp_path / "release", monkeypatch)


async def rules_of(installation: Installation) -> dict[str, dict[str, Any]]:
    told = await asked(installation, ADA, ask="look")
    return {each["rule_id"]: each for each in told["rules"]}


async def test_what_the_firm_changed_stays_and_what_it_did_not_arrives(
    installation: Installation, releases: Releases
) -> None:
    await installation.start()
    await in_force(installation, FIRMS, 1)
    await installation.stop()
    releases.upgrade()
    await installation.start()
    rules = await rules_of(installation)
    assert rules["survey-due"]["parts"]["offset"] == "+9d"
    assert rules["review-ask-due"]["standing"] == "off"
    assert rules["a-month-later"]["standing"] == "shipped"
    assert rules["matter-closed"]["version"] == 4
    exported = await installation.ask(ask="editions", do="files")
    assert (exported["in_force"], exported["files"]) == (1, FIRMS)
    closed = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=real_now())
    await installation.publish(client(), OPENED, closed)
    [mail] = await installation.received(1)
    assert mail["Subject"] == "We are done"
    text = await asked(installation, ADA, ask="text", language="en", message="welcome")
    assert (text["subject_line"], text["own"]) == ("A warmer welcome", False)


async def test_what_both_changed_is_said_with_every_reading(
    installation: Installation, releases: Releases
) -> None:
    await installation.start()
    await in_force(installation, FIRMS, 1)
    assert (await asked(installation, ADA, ask="look"))["upgraded"] == []
    await installation.stop()
    releases.upgrade()
    await installation.start()
    told = await asked(installation, ADA, ask="look")
    found = {each.get("rule_id") or each["message"]: each for each in told["upgraded"]}
    assert set(found) == {"survey-due", "matter-closed"}
    assert "9 days" in found["survey-due"]["yours"]
    assert "10 days" in found["survey-due"]["now"]
    assert "7 days" in found["survey-due"]["then"]
    text = found["matter-closed"]
    assert (text["language"], text["yours"]) == ("de", OURS)
    assert text["now"].startswith("Subject: Shipped anew")
    assert text["then"] == (HERE / "templates/de/matter-closed.txt").read_text("utf-8")


async def test_going_back_to_what_is_shipped_takes_in_the_new_and_settles_it(
    installation: Installation, releases: Releases
) -> None:
    await installation.start()
    await in_force(installation, FIRMS, 1)
    await installation.stop()
    releases.upgrade()
    await installation.start()
    await asked(installation, LEO, ask="edit-text", language="de", message="matter-closed",
                as_shipped=True)  # fmt: skip
    draft = await asked(installation, LEO, ask="edition")
    made = await asked(installation, LEO, ask="propose", content_hash=draft["content_hash"])
    edition = made["edition"]
    await asked(installation, ADA, ask="approve", edition=edition["edition"],
                content_hash=edition["content_hash"])  # fmt: skip
    told = await asked(installation, ADA, ask="look")
    assert told["upgraded"] == []
    [text] = [each for each in told["texts"]
              if (each["message"], each["language"]) == ("matter-closed", "de")]  # fmt: skip
    assert text["standing"] == "shipped"
