"""Does a demo begin with nothing, and never at somebody else's cost?"""

import os
import stat
from pathlib import Path

import pytest

from deploy.cli.commands.up import plan
from deploy.trial.demo.demo_directory import NotForDemosError, begin, is_demo
from deploy.trial.ownership import AlreadyRunningError, Ownership


def test_a_demo_makes_its_directory(data_dir: Path) -> None:
    begin(data_dir)
    assert is_demo(data_dir)
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700


def test_the_next_demo_finds_nothing_of_the_last(data_dir: Path) -> None:
    begin(data_dir)
    (data_dir / "mail").mkdir()
    (data_dir / "mail" / "1.eml").touch()
    (data_dir / "connect.json").touch()
    begin(data_dir)
    assert not (data_dir / "mail").exists()
    assert not (data_dir / "connect.json").exists()


def test_an_installation_no_demo_made_is_left_alone(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "secrets").mkdir()
    with pytest.raises(NotForDemosError, match="--data-dir"):
        begin(data_dir)
    assert (data_dir / "secrets").is_dir()


def test_a_demo_that_still_runs_is_left_alone(data_dir: Path) -> None:
    begin(data_dir)
    running = Ownership(data_dir)
    running.take()
    (data_dir / "connect.json").touch()
    with pytest.raises(AlreadyRunningError, match=str(os.getpid())):
        begin(data_dir)
    assert (data_dir / "connect.json").exists()
    running.release()


def test_a_link_to_elsewhere_is_removed_and_not_followed(data_dir: Path, tmp_path: Path) -> None:
    begin(data_dir)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    (data_dir / "link").symlink_to(elsewhere)
    begin(data_dir)
    assert (elsewhere / "kept").exists()
    assert not (data_dir / "link").exists()


def test_what_a_demo_left_can_be_taken_up_with_its_time(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLIENTELE_TIME_TRAVEL", raising=False)
    assert not plan(data_dir, 8100).time_travel
    begin(data_dir)
    assert plan(data_dir, 8100).time_travel
