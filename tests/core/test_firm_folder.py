"""Does what a firm says in its folder become its settings, and has every mistake its line?"""

import os
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.desk.settings import DeskSettings
from services.feedback.settings import FeedbackSettings
from services.reminders.settings import RemindersSettings
from shared.firm.firm_file import keys
from shared.firm.folder import FirmFolderError, read_folder
from shared.firm.setting_source import complaints, overruled, said_in, source_of
from shared.process.settings import Settings


def firm(folder: Path, text: str) -> Path:
    """A firm's folder that says this."""
    (folder / "firm.toml").write_text(text, "utf-8")
    return folder


def test_without_a_folder_everything_is_as_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLIENTELE_FIRM_DIR", raising=False)
    assert Settings().firm_zone == "Europe/Berlin"


def test_the_folder_fills_the_settings_of_every_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = firm(tmp_path, '[office]\nzone = "Europe/Paris"\nopens = 08:30:00\ncloses = "17:00"\n')
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(folder))
    assert Settings().calendar().opens == time(8, 30)
    assert RemindersSettings().firm_closes == time(17)
    assert DeskSettings().time_zone == "Europe/Paris"


def test_the_environment_comes_first_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = firm(tmp_path, '[office]\n\nzone = "Europe/Paris"\n')
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(folder))
    monkeypatch.setenv("CLIENTELE_FIRM_ZONE", "Europe/Rome")
    assert Settings().firm_zone == "Europe/Rome"
    (said,) = overruled(Settings, said_in())
    assert said.startswith("firm.toml:3: CLIENTELE_FIRM_ZONE in the environment overrules it")


def test_each_value_says_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = read_folder(firm(tmp_path, '# ours\n[firm]\nname = "Muster"\n'))
    monkeypatch.setenv("CLIENTELE_FIRM_CONTACT", "office@muster.example")
    assert source_of(Settings, "firm_name", said) == "firm.toml:3"
    assert source_of(Settings, "firm_contact", said) == "CLIENTELE_FIRM_CONTACT"
    assert source_of(Settings, "firm_zone", said) == "as shipped"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[firm]\nname = "Muster\n', "firm.toml:2: this is not TOML"),
        ('[office]\nzone = "UTC"\nhollidays = "DE"\n',
         "firm.toml:3: there is no office.hollidays; did you mean holidays?"),
        ('\n[offise]\nzone = "UTC"\n', "firm.toml:2: there is no offise; did you mean office?"),
        ('[office]\nclosed_days = [\n  "12-24",\n  1,\n]\n', "firm.toml:2: office.closed_days"),
        ('zone = "UTC"\n', "firm.toml:1: there is no zone"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_line_and_remedy(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(FirmFolderError) as refused:
        read_folder(firm(tmp_path, text))
    assert refused.value.message.startswith(said)


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(FirmFolderError) as refused:
        read_folder(firm(tmp_path, '[firm]\nnames = "M"\n[office]\nclock = "UTC"\n'))
    assert [each.split(":")[1] for each in refused.value.mistakes] == ["2", "4"]


@pytest.mark.parametrize(
    ("settings", "text", "line"),
    [
        (Settings, '[office]\nzone = "Europe/Pari"\n', 2),
        (Settings, '[office]\nopens = "09:00"\ncloses = "08:00"\n', 3),
        (Settings, '[office]\nholidays = "DE-XX"\n', 2),
        (Settings, '[office]\nclosed_days = ["Christmas"]\n', 2),
        (Settings, '[law]\nprofile = "bavaria"\n', 2),
        (RemindersSettings, '[mail]\n\nsender = "nobody"\n', 3),
        (FeedbackSettings, "[surveys]\ntries = 1\n", 2),
        (DeskSettings, '[desk]\nsecond_factor_roles = ["boss"]\n', 2),
    ],
)
def test_what_a_service_refuses_is_said_with_its_line(
    settings: type[Settings], text: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(firm(tmp_path, text)))
    with pytest.raises(ValidationError) as invalid:
        settings()
    (said,) = complaints(invalid.value, said_in()) or []
    assert said.startswith(f"firm.toml:{line}: ")


def test_a_wrong_value_of_the_environment_is_said_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLIENTELE_FIRM_ZONE", "Mars/North")
    with pytest.raises(ValidationError) as invalid:
        Settings()
    (said,) = complaints(invalid.value, {}) or []
    assert said.startswith("CLIENTELE_FIRM_ZONE: ")


def test_files_beside_it_are_used_where_the_firm_has_made_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "surveys.yaml").write_text("closing: nothing\n", "utf-8")
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(tmp_path))
    with pytest.raises(ValidationError, match=r"surveys\.yaml"):
        FeedbackSettings()


def test_no_two_keys_fill_one_setting() -> None:
    filled = [key.setting for key in keys()]
    assert len(filled) == len(set(filled))


def test_a_service_that_cannot_start_says_why_without_a_traceback(tmp_path: Path) -> None:
    folder = firm(tmp_path, '[office]\nzone = "Europe/Pari"\n')
    ended = subprocess.run(
        [sys.executable, "-m", "services.feedback.app"],
        env={**os.environ, "CLIENTELE_FIRM_DIR": str(folder)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert ended.stderr.startswith("firm.toml:2: ")
    assert "Traceback" not in ended.stderr
