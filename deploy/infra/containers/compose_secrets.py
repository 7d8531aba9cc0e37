"""Which secrets do the containers of ``docker-compose.yml`` get?

``deploy/compose-secrets`` makes them once, into ``.compose/``: a folder only its owner can open,
with one small file for each thing a container is shown. It needs Python and nothing else.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.infra.ports import ports
from deploy.infra.secrets import (
    Secrets,
    keep,
    password_variable,
    system_grants,
    system_limits,
    system_passwords,
    write_private,
)
from deploy.infra.services import SERVICES, SPEC_OF, SPECS, ServiceSpec

FOLDER = Path(".compose")
READABLE_INSIDE = 0o644  # containers run as users of their own; the folder keeps others out


def make(folder: Path) -> None:
    """Make what is missing; what exists stays as it is."""
    known = keep(folder)
    shown = folder / "containers"
    shown.mkdir(exist_ok=True)
    known.source_secrets_dir.chmod(0o755)  # shown to a container, like the files
    for name, text in files(known).items():
        write_private(shown / name, text)
        (shown / name).chmod(READABLE_INSIDE)
    write_private(folder / "connect.json", json.dumps(connection(known), indent=2) + "\n")


def files(known: Secrets) -> dict[str, str]:
    """Every file that is shown to a container, by name."""
    made = {
        "nats.env": _settings(nats_variables(known)),
        "mongo.key": known.mongo_key_file.read_text(encoding="utf-8"),
        "origin.key": known.origin_key_file.read_text(encoding="utf-8"),
        "mongo_admin": known.mongo["admin"],
        "mongo_users.json": json.dumps(known.mongo),
        "admin.env": _settings(_urls(known, "admin")),
        "grafana_admin": known.grafana_password,
    }
    for spec in SPECS:
        if spec.keeps_staff:
            made[f"{spec.name}_api_keys.json"] = known.api_keys_file.read_text(encoding="utf-8")
            made["actor.key"] = known.actor_signing_key_file.read_text(encoding="utf-8")
    for service in SERVICES:
        limits = {"CLIENTELE_SYSTEM_LIMITS": json.dumps(system_limits(known.folder))}
        if SPEC_OF[service].keeps_staff:
            limits["CLIENTELE_SYSTEM_GRANTS"] = json.dumps(system_grants(known.folder))
        made[f"{service}.env"] = _settings(_urls(known, service) | limits)
        made[f"{service}.master.key"] = known.master_key_file(service).read_text(encoding="utf-8")
        made[f"{service}.actor.key"] = known.actor_key_file(service).read_text(encoding="utf-8")
        made[f"{service}.link.key"] = known.link_key_file(service).read_text(encoding="utf-8")
    return made


def shown_to(spec: ServiceSpec) -> dict[str, str]:
    """What one service is shown: the file for each name under ``/run/secrets``."""
    name = spec.name
    files = {
        "settings": f"{name}.env",
        "master_key": f"{name}.master.key",
        "link_key": f"{name}.link.key",
        "origin_key": "origin.key",
        "actor_key": f"{name}.actor.key",
    }
    staff = {"api_keys": f"{name}_api_keys.json", "actor_signing_key": "actor.key"}
    return files | (staff if spec.keeps_staff else {})


def nats_variables(known: Secrets) -> dict[str, str]:
    """What ``deploy/infra/nats/nats.conf`` reads; quoted, as it takes bare digits for numbers."""
    everybody = known.nats | system_passwords(known.folder)
    passwords = {password_variable(user): word for user, word in everybody.items()}
    variables = passwords | {"JETSTREAM_KEY": known.jetstream_key}
    return {name: f'"{value}"' for name, value in variables.items()}


def connection(known: Secrets) -> dict[str, Any]:
    """How programs on this machine reach the containers."""
    return {
        "nats_url": f"nats://firm:{known.nats['firm']}@127.0.0.1:{ports()['nats']}",
        "ops_nats_url": f"nats://cli:{known.nats['cli']}@127.0.0.1:{ports()['nats']}",
        "smtp": f"127.0.0.1:{ports()['smtp']}",
        **{service: f"http://127.0.0.1:{ports()[service]}" for service in SERVICES},
        **known.log_ins(),
    }


def _urls(known: Secrets, user: str) -> dict[str, str]:
    return {
        "CLIENTELE_NATS_URL": f"nats://{user}:{known.nats[user]}@nats:4222",
        "CLIENTELE_MONGO_URL": (
            f"mongodb://{user}:{known.mongo[user]}@mongo:27017/"
            "?replicaSet=clientele&authSource=admin&w=majority&journal=true"
        ),
    }


def _settings(variables: Mapping[str, str]) -> str:
    """Lines a shell can read: nothing here holds a single quotation mark."""
    return "".join(f"export {name}='{value}'\n" for name, value in variables.items())


if __name__ == "__main__":
    make(FOLDER)
    sys.stdout.write(f"The containers' secrets are in {FOLDER}/ (made once, kept as they are).\n")
