"""Does the mail catcher keep every message it accepted, numbered in order of arrival?"""

import signal
import smtplib
import stat
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from deploy.infra.ports import answers
from deploy.trial.child_process import ChildProcess
from deploy.trial.mail_folder import MailFolder
from tests.deploy.waiting import until


@pytest.fixture
def catcher(tmp_path: Path, port_base: int) -> Iterator[ChildProcess]:
    process = ChildProcess(
        "mail",
        [sys.executable, "-m", "deploy.trial.mail_catcher"],
        log=tmp_path / "mail.log",
        env={"MAIL_FOLDER": str(tmp_path / "mail"), "MAIL_PORT": str(port_base)},
    )
    process.start()
    until(lambda: answers(port_base), "the mail catcher")
    yield process
    process.stop()


def send(port: int, subject: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@firm.example", "b@x.example", subject
    message.set_content("Grüße\n.\nafter a single dot\n")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(message)


def test_messages_are_kept_as_they_came_numbered_from_one(
    catcher: ChildProcess, tmp_path: Path, port_base: int
) -> None:
    assert catcher.alive
    for subject in ("first", "second"):
        send(port_base, subject)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "mail").iterdir()}
    assert sorted(kept) == ["1.eml", "2.eml"]
    assert b"Subject: second" in kept["2.eml"]
    assert b"\r\n.\r\nafter a single dot" in kept["2.eml"]


def test_the_count_goes_on_after_a_restart(
    catcher: ChildProcess, tmp_path: Path, port_base: int
) -> None:
    send(port_base, "before")
    catcher.kill()
    catcher.start()
    until(lambda: answers(port_base), "the mail catcher again")
    send(port_base, "after")
    assert b"Subject: after" in (tmp_path / "mail" / "2.eml").read_bytes()


def test_the_catcher_ends_cleanly(catcher: ChildProcess) -> None:
    catcher.signal(signal.SIGTERM)
    until(lambda: not catcher.alive, "the end of the catcher")
    assert catcher.exit_code == 0


def test_only_its_user_reads_a_kept_message(tmp_path: Path) -> None:
    path = MailFolder(tmp_path / "mail").store(b"Subject: private\r\n\r\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_unfinished_or_foreign_file_does_not_disturb_the_count(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    for name in ("7.eml", "8.new", "notes.eml"):
        (folder / name).write_bytes(b"")
    assert MailFolder(folder).store(b"x").name == "8.eml"
