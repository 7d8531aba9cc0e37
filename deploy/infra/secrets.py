"""Which secrets does this installation have, and where are they?

Made once, on the first start, and kept in the data directory: files only this user can read, in a
folder only this user can open. Nothing here is ever put on a command line or into a log.
"""

import base64
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from deploy.infra.services import SERVICES
from shared.clock import real_now

NATS_USERS = ("admin", *SERVICES, "cli", "firm")
SYSTEMS_FILE = "systems.json"
SOURCES = "source-secrets"
MONGO_USERS = ("admin", *SERVICES)
ROLLING = timedelta(days=1)  # by then no replica of the release before, without this key, runs
STAFF = (
    {
        "staff_id": "s-01",
        "roles": ["assistant"],
        "name": "Ada Singh",
        "email": "ada.singh@example.com",
    },
    {
        "staff_id": "s-03",
        "roles": ["lawyer"],
        "name": "Leo Hart",
        "title": "Solicitor",
        "email": "leo.hart@example.com",
    },
    {
        "staff_id": "s-02",
        "roles": ["partner", "lawyer"],
        "name": "Paula Weiss",
        "title": "Partner",
        "email": "paula.weiss@example.com",
    },
    {
        "staff_id": "s-05",
        "roles": ["conflicts-officer"],
        "name": "Clara Novak",
        "email": "clara.novak@example.com",
    },
    {
        "staff_id": "s-06",
        "roles": ["ops"],
        "name": "Oscar Reyes",
        "email": "oscar.reyes@example.com",
    },
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """Everything secret of one installation, by file where a process reads it itself."""

    folder: Path
    nats: dict[str, str]
    mongo: dict[str, str]
    jetstream_key: str
    grafana_password: str  # of its administrator, and of nothing else
    staff: tuple[dict[str, Any], ...]

    @property
    def mongo_key_file(self) -> Path:
        """The key file with which members of the replica set know each other."""
        return self.folder / "mongo.key"

    @property
    def source_secrets_dir(self) -> Path:
        """Where the secrets of what comes to the doors are: a file for each, called as it is."""
        return self.folder.parent / SOURCES

    @property
    def api_keys_file(self) -> Path:
        """The API keys of the staff, as the desk reads them on its first start."""
        return self.folder / "api-keys.json"

    @property
    def origin_key_file(self) -> Path:
        """The key with which all services prove that one of them said something, and since when."""
        return self.folder / "origin.key"

    @property
    def sms_secret_file(self) -> Path:
        """The log-in's secret at the catcher of text messages."""
        return self.folder / "sms.secret"

    @property
    def actor_signing_key_file(self) -> Path:
        """The key with which the desk signs in whose name it asks."""
        return self.folder / "actor.key"

    def actor_key_file(self, service: str) -> Path:
        """The key with which one service checks that, and since when it does."""
        return self.folder / f"{service}.actor.key"

    def log_ins(self) -> dict[str, dict[str, Any]]:
        """Keys, staff ids and log-ins by role: those of the person whose first role it is."""
        people = {person["roles"][0]: person for person in self.staff}
        return {
            "api_keys": {role: person["key"] for role, person in people.items()},
            "staff": {role: person["staff_id"] for role, person in people.items()},
            "logins": {
                role: {name: person.get(name, "") for name in ("name", "user", "password", "email")}
                for role, person in people.items()
            },
        }

    def master_key_file(self, service: str) -> Path:
        """The key that wraps the data keys of one service."""
        return self.folder / f"{service}.master.key"

    def link_key_file(self, service: str) -> Path:
        """The key behind the tokens in the links of one service."""
        return self.folder / f"{service}.link.key"


def keep(data_dir: Path) -> Secrets:
    """The secrets of this installation; those that are missing are made now."""
    folder = data_dir / "secrets"
    for private in (data_dir, folder, data_dir / SOURCES):
        private.mkdir(parents=True, exist_ok=True)
        private.chmod(0o700)
    grace = ROLLING if (folder / "nats.json").exists() else timedelta()
    since = (real_now() + grace).isoformat()
    _kept(folder / "origin.key", lambda: f"{_hex_key()}\n{since}")
    signing = bytes.fromhex(_kept(folder / "actor.key", _hex_key).strip())
    for service in SERVICES:
        checking = partial(_checking_key, signing, service, since)
        _kept(folder / f"{service}.actor.key", checking)
    for service in SERVICES:
        _kept(folder / f"{service}.master.key", _hex_key)
        _kept(folder / f"{service}.link.key", _hex_key)
    _kept(folder / "sms.secret", _hex_key)
    _kept(folder / "mongo.key", lambda: base64.b64encode(secrets.token_bytes(96)).decode())
    return Secrets(
        folder=folder,
        nats=_passwords(folder / "nats.json", NATS_USERS),
        mongo=_passwords(folder / "mongo.json", MONGO_USERS),
        jetstream_key=_kept(folder / "jetstream.key", _hex_key).strip(),
        grafana_password=_kept(folder / "grafana.password", _hex_key).strip(),
        staff=_staff(folder / "api-keys.json"),
    )


def system_passwords(folder: Path) -> dict[str, str]:
    """The passwords of the firm's systems with a log-in of their own, by name."""
    path = folder / SYSTEMS_FILE
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: str(each["password"]) for name, each in kept.items()}


def system_limits(folder: Path) -> dict[str, dict[str, int]]:
    """What each system of the firm that has a limit may say, as services are told."""
    path = folder / SYSTEMS_FILE
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: each["limits"] for name, each in kept.items() if each.get("limits")}


def system_grants(folder: Path) -> dict[str, list[str]]:
    """Which types each system of the firm with a log-in of its own may publish, as staff are told.

    NATS decides it by its configuration; this only lets the desk show what was written there.
    """
    path = folder / SYSTEMS_FILE
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: list(each["types"]) for name, each in kept.items()}


def password_variable(user: str) -> str:
    """The environment variable that holds a NATS user's password for a container."""
    return f"NATS_PASSWORD_{user.upper().replace('-', '_')}"


def write_private(path: Path, text: str | bytes) -> None:
    """Write a file whole or not at all, readable by this user only."""
    content = text.encode() if isinstance(text, str) else text
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _kept(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        write_private(path, make() + "\n")
    return path.read_text(encoding="utf-8")


def _hex_key() -> str:
    return secrets.token_hex(32)


def _checking_key(signing: bytes, service: str, since: str) -> str:
    """By HKDF-Expand, as everything is derived; here without a library (one block of RFC 5869)."""
    label = f"clientele:actor-{service}".encode()
    return f"{hmac.digest(signing, label + bytes([1]), 'sha256').hex()}\n{since}\n"


def _passwords(path: Path, users: Iterable[str]) -> dict[str, str]:
    """A password for each user; who came with a later release is given one now."""
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    missing = {user: secrets.token_urlsafe(24) for user in users if user not in kept}
    if missing:
        write_private(path, json.dumps(kept | missing, indent=2) + "\n")
    return kept | missing


def _staff(path: Path) -> tuple[dict[str, Any], ...]:
    """Who works here, each with a key and a log-in; what an older file lacks is added."""
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    people = json.loads(written) if written else [dict(person) for person in STAFF]
    for person in people:
        person.setdefault("key", secrets.token_urlsafe(32))
        if "password" not in person:
            person["user"] = str(person["roles"][0])
            person["password"] = secrets.token_urlsafe(12)
    text = json.dumps(people, indent=2) + "\n"
    if text != written:
        write_private(path, text)
    return tuple(people)
