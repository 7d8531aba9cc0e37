"""How do other programs reach a running installation?

``connect.json`` in the data directory says it: there while everything is ready, readable by this
user only, because it holds log-ins.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from deploy.infra.secrets import Secrets, write_private
from deploy.infra.services import SERVICES
from deploy.trial.environment import HOST, Plan
from shared.errors import ClienteleError

FILE = "connect.json"
DEMO = "demo"  # where, inside the usual directory, a demo runs


class NotRunningError(ClienteleError):
    """Clientele does not run on this data directory."""


def describe(
    plan: Plan, secrets: Secrets, *, nats_url: str, cli_url: str, pids: Mapping[str, int]
) -> dict[str, Any]:
    """Addresses and log-ins of this installation."""
    return {
        "nats_url": nats_url,
        "smtp": f"{HOST}:{plan.ports['smtp']}",
        "sms": f"http://{HOST}:{plan.ports['sms']}",
        **{service: plan.url_of(service) for service in SERVICES},
        "ops": {service: plan.ops_url_of(service) for service in SERVICES},
        **secrets.log_ins(),
        "ops_nats_url": cli_url,
        "port_base": plan.ports["desk"],
        "data_dir": str(plan.data_dir.absolute()),
        "pids": dict(pids),
    }


def write(data_dir: Path, description: Mapping[str, Any]) -> None:
    """Everything is ready: say how to reach it."""
    write_private(data_dir / FILE, json.dumps(description, indent=2) + "\n")


def read(data_dir: Path) -> dict[str, Any]:
    """How to reach the installation that runs on this directory, or else the demo inside it."""
    for folder in (data_dir, data_dir / DEMO):
        with suppress(FileNotFoundError):
            description: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
            return description
    raise NotRunningError(f"Clientele is not running on {data_dir}. Start it with: clientele up")


def forget(data_dir: Path) -> None:
    """It is not ready, or no longer."""
    (data_dir / FILE).unlink(missing_ok=True)
