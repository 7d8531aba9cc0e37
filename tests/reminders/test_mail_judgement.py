"""Is a finished mail that says something else than was meant refused?"""

import pytest

from services.reminders.domain.mail_address import MailAddress
from services.reminders.gateways.mail_format import as_mail
from services.reminders.gateways.mail_judgement import UnsafeMessageError, judge
from tests.reminders.test_mail_format import message

FIRM, CLIENT = MailAddress("o", "firm.example"), MailAddress("ada", "muster.example")
RIGHT = as_mail(message(), sender=FIRM.text, reply_to=None, firm="Muster, A.")


def judged(raw: bytes) -> None:
    judge(raw, of_firm=FIRM, name="Muster, A.", of_client=CLIENT, message=message())


def test_what_was_meant_passes() -> None:
    assert judged(RIGHT) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("meant", "said"),
    [
        (b'"Muster, A." <', b"Muster, A. <"),  # two mailboxes
        (b"From: ", b"Fro: "),
        (b"To: ada@muster.example", b"To: ada@muster.example, eve@evil.example"),
        (b"To: ada@muster.example", b"To: eve@evil.example"),
        (b"Subject: ", b"Bcc: eve@evil.example\r\nSubject: "),
        (b"Subject: ", b"Subject: one\r\nSubject: "),
        (b"Subject: ", b"Subject: " + b"x" * 1000),
        (b"Subject: Ihr", b"Subject: Ihr\x07"),
        (b"Content-Language: de-DE\r\n", b""),
        (b"Content-Language: de-DE", b"Content-Language: en"),
        (b"Auto-Submitted: auto-generated\r\n", b"Auto-Submitted\r\n"),
    ],
)
def test_what_says_something_else_is_refused(meant: bytes, said: bytes) -> None:
    assert meant in RIGHT
    with pytest.raises(UnsafeMessageError):
        judged(RIGHT.replace(meant, said, 1))
