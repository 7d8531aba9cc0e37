"""Does a mail that came back become the event that says so, on standard output?"""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.cli.commands.bounce import NotABounceError
from deploy.cli.main import app
from services.reminders.gateways.return_path import ReturnPaths
from shared.clock import real_now
from shared.contracts.envelope import decode
from shared.contracts.mail import ContactBounced
from tests.reminders.test_bounce_report import CONTACT, report

KEY = "ab" * 32


@pytest.fixture(autouse=True)
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of the mail server's host."""
    key = tmp_path / "key"
    key.write_text(KEY)
    monkeypatch.setenv("CLIENTELE_LINK_KEY_FILE", str(key))
    monkeypatch.setenv("CLIENTELE_MAIL_BOUNCE_DOMAIN", "bounces.firm.example")


def test_the_event_is_one_that_the_firm_may_publish() -> None:
    to = ReturnPaths("bounces.firm.example", bytes.fromhex(KEY)).address(CONTACT, 0)
    result = CliRunner().invoke(app, ["bounce", "-"], input=report(to=to))
    line = result.stdout.strip().encode()
    headers = {"Content-Type": "application/cloudevents+json"}
    event = decode(f"events.contact-bounced.{CONTACT}", headers, line, now=real_now())
    assert isinstance(event.data, ContactBounced)
    assert (event.data.contact_id, event.data.status) == (CONTACT, "5.1.1")


def test_a_mail_that_says_nothing_of_ours_is_refused_in_a_sentence() -> None:
    result = CliRunner().invoke(app, ["bounce", "-"], input=b"Subject: hello\r\n\r\n")
    assert isinstance(result.exception, NotABounceError)
