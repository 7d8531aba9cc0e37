"""Is a mail system's report read for what it says, and believed only about our own messages?"""

import pytest

from services.reminders.gateways.bounce_report import read_report
from services.reminders.gateways.return_path import ReturnPaths
from tests.reminders.over_memory import MONDAY

PATHS = ReturnPaths("bounces.firm.example", b"k" * 32)
CONTACT = "m" + "abcde" * 5
REPORT = """\
Delivered-To: {to}
From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ada@muster.example
Action: {action}
Status: {status}

--b--
"""


def report(action: str = "failed", status: str = "5.1.1", to: str = "") -> bytes:
    to = to or PATHS.address(CONTACT, 0)
    return REPORT.format(to=to, action=action, status=status).replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("status", "kind"), [("5.1.1", "hard"), ("5.7.1", "hard"), ("5.2.2", "soft"), ("4.4.7", "soft")]
)
def test_it_says_which_message_failed_and_for_how_long(status: str, kind: str) -> None:
    found = read_report(report(status=status), PATHS, MONDAY)
    assert found is not None
    assert (found.contact_id, found.kind, found.status) == (CONTACT, kind, status)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_what_has_not_failed_is_no_bounce(action: str) -> None:
    assert read_report(report(action=action), PATHS, MONDAY) is None


@pytest.mark.parametrize("to", ["office@firm.example", "mabcde.0@bounces.firm.example"])
def test_what_came_to_no_address_of_ours_is_not_believed(to: str) -> None:
    assert read_report(report(to=to), PATHS, MONDAY) is None


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"Subject: hello\r\n\r\nout of office"])
def test_what_is_no_report_is_none(raw: bytes) -> None:
    assert read_report(raw, PATHS, MONDAY) is None
