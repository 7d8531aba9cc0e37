"""Does the doctor name the values to try with that clients must never see?"""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.cli.main import app
from shared.contracts.answers import SenderStanding

FIRM = {
    "CLIENTELE_FIRM_NAME": "Muster & Partner",
    "CLIENTELE_MAIL_FROM": "kanzlei@muster.example",
    "CLIENTELE_REVIEW_PAGE_URL": "https://reviews.muster.example/us",
}


def samples(tmp: object, what: str = "Sample values") -> dict[str, Any]:
    result = CliRunner().invoke(app, ["doctor", "--json", "--data-dir", str(tmp)])
    findings = json.loads(result.stdout)["findings"]
    (found,) = [each for each in findings if each["what"] == what]
    return dict(found)


def test_with_a_mail_server_of_ones_own_they_are_named_and_wrong(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_SMTP_HOST", "mail.muster.example")
    found = samples(tmp_path)
    assert not found["well"]
    assert found["found"] == ", ".join(sorted(FIRM))


def test_where_mail_goes_to_the_catcher_they_are_named_and_well(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLIENTELE_SMTP_HOST", raising=False)
    found = samples(tmp_path)
    assert found["well"]
    assert found["found"] == ", ".join(sorted(FIRM))


def test_the_firms_own_are_well_everywhere(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_SMTP_HOST", "mail.muster.example")
    for name, value in FIRM.items():
        monkeypatch.setenv(name, value)
    assert samples(tmp_path)["found"] == "none"


def test_it_says_which_mailbox_is_read_and_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert samples(tmp_path, "Mailbox")["found"].startswith("none is read")
    password = tmp_path / "password"
    monkeypatch.setenv("CLIENTELE_MAILBOX_HOST", "imap.muster.example")
    monkeypatch.setenv("CLIENTELE_MAILBOX_USER", "office")
    monkeypatch.setenv("CLIENTELE_MAILBOX_PASSWORD_FILE", str(password))
    assert "without a password" in samples(tmp_path, "Mailbox")["found"]
    password.write_text("secret")
    assert samples(tmp_path, "Mailbox")["found"] == "INBOX at imap.muster.example"
    monkeypatch.setenv("CLIENTELE_MAILBOX_SECURITY", "none")
    assert not samples(tmp_path, "Mailbox")["well"]


def test_it_asks_for_a_token_where_mail_takes_no_password_and_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    for name, value in {
        "MAILBOX_HOST": "imap.muster.example", "MAILBOX_USER": "office@muster.example",
        "MAILBOX_LOG_IN": "token", "MAIL_APP_ID": "app-1", "MAIL_APP_SECRET_FILE": str(secret),
        "MAIL_APP_TOKEN_URL": "https://127.0.0.1:9/token",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"CLIENTELE_{name}", value)
    assert samples(tmp_path, "Mailbox")["found"] == "INBOX at imap.muster.example"
    told = samples(tmp_path, "Token for mail")
    assert (told["well"], told["found"]) == (False, "token-away")
    secret.write_text("")
    told = samples(tmp_path, "Token for mail")
    assert told["found"] == "token-file"
    assert "into their files" in told["remedy"]


def test_it_says_whether_the_firm_sends_text_messages(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert samples(tmp_path, "Text messages")["found"].startswith("not set up")
    monkeypatch.setenv("CLIENTELE_SMS_FROM", "+15005550006")
    monkeypatch.setenv("CLIENTELE_SMS_URL", "https://texts.example/Messages.json")
    found = samples(tmp_path, "Text messages")
    assert found["found"] == "from +15005550006, by https://texts.example/Messages.json"


@pytest.mark.parametrize(
    ("standing", "well", "found"),
    [
        (SenderStanding(state="never"), True, "not known: no test mail was read back yet"),
        (SenderStanding(state="ready", at="2026-11-30"), True,
         "SPF, DKIM and DMARC are well, found at 2026-11-30"),
        (SenderStanding(state="not-ready", amiss=("spf", "dkim")), False, "not well: spf, dkim"),
        (SenderStanding(state="changed"), False, "mail goes another way since"),
    ],
    ids=lambda each: each.state if isinstance(each, SenderStanding) else "",
)  # fmt: skip
def test_it_says_whether_mail_of_the_firm_is_believed(
    standing: SenderStanding,
    well: bool,
    found: str,
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("deploy.cli.commands.doctor.sender_of_running", lambda _: standing)
    said = samples(tmp_path, "Mail believed")
    assert (said["well"], said["found"]) == (well, found)
