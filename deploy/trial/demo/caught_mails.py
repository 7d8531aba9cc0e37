"""Which messages has the mail catcher kept, and where do their links lead?"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from deploy.trial.mail_folder import number

_LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Mail:
    """One message a client would have received."""

    number: int
    message_id: str
    to: str
    subject: str
    text: str
    sent_at: datetime | None

    def link(self, part: str) -> str | None:
        """The first link in it that contains ``part``."""
        links = (found.group().rstrip(".,)") for found in _LINK.finditer(self.text))
        return next((link for link in links if part in link), None)


def read_all(data_dir: Path) -> list[Mail]:
    """Every message in the catcher's folder, as they came."""
    files = sorted((data_dir / "mail").glob("*.eml"), key=number)
    return [read(path) for path in files]


def sent_to(data_dir: Path, address: str) -> list[Mail]:
    """The messages to this address, as they came; no other is read whole."""
    files = sorted((data_dir / "mail").glob("*.eml"), key=number)
    found = [read(path) for path in files if address.encode() in path.read_bytes()]
    return [mail for mail in found if address in mail.to]


def read(path: Path) -> Mail:
    """One message from its file."""
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    body = message.get_body(("plain", "html"))
    date = message["Date"]
    return Mail(
        number=number(path),
        message_id=str(message["Message-ID"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=body.get_content() if body is not None else "",
        sent_at=parsedate_to_datetime(str(date)) if date else None,
    )
