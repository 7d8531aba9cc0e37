"""``clientele doctor``: can Clientele run here, does it run, and what should be done if not?"""

import http.client
import os
import platform
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import typer
from pydantic import ValidationError
from rich.markup import escape
from rich.table import Table

from deploy.cli.firm_editions import edition_of_running
from deploy.cli.screen import DATA_DIR, PORT_BASE, DataDir, Json, PortBase, console, say_json
from deploy.cli.sender_standing import sender_of_running
from deploy.infra.ports import is_free, ports
from deploy.infra.services import SERVICES
from deploy.trial import connection
from deploy.trial.machine import UnsuitableMachineError, explain_mongo, nats_program
from deploy.trial.ownership import owner_of
from services.desk.domain.source_words import REMEDIES
from services.reminders.gateways.mail_server import mail_tokens
from services.reminders.gateways.mail_tokens import NoMailTokenError
from services.reminders.settings import RemindersSettings
from services.reputation.settings import ReputationSettings
from shared.firm.folder import FirmFolderError

OLDEST_PYTHON = (3, 11)
DISK_GIB = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    well: bool
    found: str
    remedy: str = ""


def doctor(
    data_dir: DataDir = DATA_DIR, port_base: PortBase = PORT_BASE, as_json: Json = False
) -> None:
    """Look at Python, the machine, libraries, ports, disk and what runs; exit 1 if not well."""
    findings = [
        _python(),
        _nats(),
        _mongo(),
        _disk(data_dir),
        _privacy(data_dir),
        _samples(),
        _texts(),
        _mailbox(),
        *_mail_tokens(),
        *_edition(data_dir),
        *_sender(data_dir),
        *_running(data_dir, port_base),
    ]
    if as_json:
        say_json({"findings": [asdict(finding) for finding in findings]})
    else:
        _show(findings)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def _python() -> Finding:
    well = sys.version_info >= OLDEST_PYTHON
    return Finding("Python", well, platform.python_version(), "Install Python 3.11 or newer.")


def _nats() -> Finding:
    try:
        return Finding("NATS", True, str(nats_program()))
    except UnsuitableMachineError as error:
        return Finding("NATS", False, "missing", error.message)


def _mongo() -> Finding:
    reason = explain_mongo()
    return Finding("MongoDB", reason is None, "can run here" if reason is None else "cannot run",
                   reason or "")  # fmt: skip


def _disk(data_dir: Path) -> Finding:
    folder = next(path for path in (data_dir, *data_dir.absolute().parents) if path.exists())
    free = shutil.disk_usage(folder).free / 1024**3
    remedy = f"Free at least {DISK_GIB} GiB, or choose another --data-dir."
    return Finding("Disk", free >= DISK_GIB, f"{free:.1f} GiB free at {folder}", remedy)


def _privacy(data_dir: Path) -> Finding:
    secrets = data_dir / "secrets"
    if not secrets.exists():
        return Finding("Secrets", True, "made on the first start")
    open_ones = [path.name for path in (secrets, *secrets.iterdir()) if path.stat().st_mode & 0o077]
    remedy = f"Others can read {', '.join(open_ones)}: chmod -R go= {secrets}"
    found = "readable by this user only" if not open_ones else "readable by others"
    return Finding("Secrets", not open_ones, found, remedy if open_ones else "")


def _samples() -> Finding:
    """Whether mail would leave in the name of a firm that does not exist."""
    try:
        reminders, reputation = RemindersSettings(), ReputationSettings()
    except (ValidationError, FirmFolderError) as wrong:
        first = str(wrong).splitlines()[0]
        return Finding("Settings", False, first, "Look at what clientele firm check says.")
    names = sorted({*reminders.sample_settings(), *reputation.sample_settings()})
    if not names:
        return Finding("Sample values", True, "none")
    leaves = "CLIENTELE_SMTP_HOST" in os.environ and not reminders.trial
    remedy = "Say the firm's own in firm.toml (clientele firm new): until then no message goes."
    return Finding("Sample values", not leaves, ", ".join(names), remedy if leaves else "")


def _texts() -> Finding:
    """Whether the firm has a second way to its clients."""
    try:
        settings = RemindersSettings()
    except (ValidationError, FirmFolderError):
        return Finding("Text messages", True, "look at Settings first")
    if not settings.sms_from:
        return Finding("Text messages", True, "not set up: everything goes by e-mail or a call "
                       "(with clientele up, texts go to a catcher)")  # fmt: skip
    return Finding("Text messages", True, f"from {settings.sms_from}, by {settings.sms_url}")


def _mailbox() -> Finding:
    """Whether what comes back to the firm is heard."""
    try:
        settings = RemindersSettings()
    except (ValidationError, FirmFolderError):
        return Finding("Mailbox", True, "look at Settings first")
    if not settings.mailbox_host:
        said = "none is read: of bounces and clients' answers only who opens it knows"
        return Finding("Mailbox", True, said)
    file = settings.mailbox_password_file
    lacks = file is None or not file.is_file() or not settings.mailbox_password()
    if settings.mailbox_log_in == "password" and lacks:
        remedy = "Write the password into the file of CLIENTELE_MAILBOX_PASSWORD_FILE."
        return Finding("Mailbox", False, f"{settings.mailbox_host}, without a password", remedy)
    if settings.mailbox_security == "none":
        remedy = "Set CLIENTELE_MAILBOX_SECURITY to tls, or starttls."
        return Finding("Mailbox", False, f"{settings.mailbox_host}, in the clear", remedy)
    return Finding("Mailbox", True, f"{settings.mailbox_folder} at {settings.mailbox_host}")


def _mail_tokens() -> list[Finding]:
    """Whether the firm's app is given a token for its mail; nothing where passwords are used."""
    try:
        tokens = mail_tokens(RemindersSettings())
    except (ValidationError, FirmFolderError):
        return []
    if tokens is None:
        return []
    try:
        tokens.token()
    except NoMailTokenError as none:
        return [Finding("Token for mail", False, none.reason, REMEDIES[none.reason])]
    return [Finding("Token for mail", True, "given")]


def _edition(data_dir: Path) -> list[Finding]:
    """Whether the firm's folder says what is in force; nothing where no installation runs."""
    told = edition_of_running(data_dir)
    if told is None:
        return []
    remedy = (
        "Propose it (clientele firm import), or write what is in force (clientele firm export)."
    )
    name = f"edition {told.in_force}" if told.in_force else "the folder, or what is shipped"
    if told.folder_differs:
        return [Finding("Rules and texts", False, f"{name}; the folder differs", remedy)]
    return [Finding("Rules and texts", True, name)]


def _sender(data_dir: Path) -> list[Finding]:
    """Whether mail of the firm is believed where it arrives; nothing where nothing runs."""
    told = sender_of_running(data_dir)
    if told is None:
        return []
    at = f", found at {told.at}" if told.at else ""
    remedy = "Send a test mail at the desk (/first-days/sender): it says what to mend."
    match told.state:
        case "never":
            return [Finding("Mail believed", True, "not known: no test mail was read back yet")]
        case "ready":
            return [Finding("Mail believed", True, f"SPF, DKIM and DMARC are well{at}")]
        case "changed":
            return [Finding("Mail believed", False, f"mail goes another way since{at}", remedy)]
    return [Finding("Mail believed", False, f"not well: {', '.join(told.amiss)}{at}", remedy)]


def _running(data_dir: Path, port_base: int) -> list[Finding]:
    owner = owner_of(data_dir)
    if owner is None:
        return [Finding("Running", True, "no: start it with clientele up"), *_ports(port_base)]
    try:
        known = connection.read(data_dir)
    except connection.NotRunningError:
        remedy = f"Wait, or look into {data_dir / 'logs'}."
        return [Finding("Running", False, f"process {owner} is starting or stopping", remedy)]
    return [
        Finding("Running", True, f"yes, process {owner}"),
        *(_service(name, known["port_base"], data_dir) for name in SERVICES),
    ]


def _ports(port_base: int) -> list[Finding]:
    taken = [number for number in ports(port_base).values() if not is_free(number)]
    if not taken:
        return [Finding("Ports", True, f"free from {port_base} on")]
    remedy = "Stop what listens there (ss -ltnp names it), or choose another --port-base."
    return [Finding("Ports", False, f"taken: {', '.join(map(str, taken))}", remedy)]


def _service(name: str, port_base: int, data_dir: Path) -> Finding:
    server = http.client.HTTPConnection("127.0.0.1", ports(port_base)[name], timeout=2.0)
    remedy = f"Look at the end of {data_dir / 'logs' / f'{name}.log'}."
    try:
        server.request("GET", "/readyz")
        status = server.getresponse().status
    except OSError:
        return Finding(name, False, "does not answer", remedy)
    finally:
        server.close()
    ready = status == http.HTTPStatus.OK
    return Finding(name, ready, "ready" if ready else f"not ready ({status})", remedy)


def _show(findings: list[Finding]) -> None:
    table = Table(show_header=False, box=None)
    for finding in findings:
        mark = "[green]well[/]" if finding.well else "[red]not well[/]"
        table.add_row(mark, finding.what, escape(finding.found))
        if not finding.well:
            table.add_row("", "", f"→ {escape(finding.remedy)}")
    console.print(table)
