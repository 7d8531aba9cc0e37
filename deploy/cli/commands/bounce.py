"""``clientele bounce``: a mail that came back, as the event that says so.

For the mail server that receives them: ``clientele bounce - | clientele publish -``. The keys and
the domain come from the environment, as for reminders.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from services.reminders.gateways.bounce_report import read_report
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.settings import RemindersSettings
from shared.clock import real_now
from shared.contracts.fields import wire_instant
from shared.contracts.mail import ContactBounced
from shared.errors import ClienteleError

SOURCE = "urn:firm:mail"


class NotABounceError(ClienteleError):
    """The mail is no report about a message of ours, or no domain for them is set."""


def bounce(
    file: Annotated[Path, typer.Argument(help="The mail that came back; - for stdin.")],
) -> None:
    """Print the event contact-bounced for a mail that came back to us."""
    settings = RemindersSettings()
    if settings.mail_bounce_domain is None:
        raise NotABounceError("Set CLIENTELE_MAIL_BOUNCE_DOMAIN as for reminders.")
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    paths = ReturnPaths(settings.mail_bounce_domain, settings.link_key())
    report = read_report(raw, paths, real_now())
    if report is None:
        raise NotABounceError("This mail does not say that a message of ours failed.")
    found = ContactBounced(
        contact_id=report.contact_id, kind=report.kind, status=report.status, at=real_now()
    )
    event = {
        "specversion": "1.0",
        "id": f"bounce-{hashlib.sha256(raw).hexdigest()[:24]}",
        "source": SOURCE,
        "type": found.TYPE,
        "subject": found.key(),
        "time": wire_instant(found.at),
        "datacontenttype": "application/json",
        "dataschema": f"urn:clientele:event:{found.TYPE}:{found.VERSION}",
        "data": found.to_wire(),
    }
    sys.stdout.write(json.dumps(event) + "\n")
