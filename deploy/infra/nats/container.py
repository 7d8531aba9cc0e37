"""Writes ``deploy/infra/nats/nats.conf``, the configuration of the NATS container: ``make conf``.

It holds no secret: passwords and the storage key come from the container's environment.
"""

from collections.abc import Mapping
from pathlib import Path

from deploy.infra.grants import Grants
from deploy.infra.grants_in_use import grants_in_use
from deploy.infra.nats.configuration import configuration
from deploy.infra.secrets import password_variable

FILE = Path(__file__).with_name("nats.conf")


def for_container(more: Mapping[str, Grants] | None = None) -> str:
    """The configuration, with a line that says where it comes from; ``more``: users beside ours."""
    return "# Made from deploy/infra/grants.py by `make conf`; do not edit.\n" + configuration(
        listen="0.0.0.0:4222",
        monitoring="0.0.0.0:8222",
        store="/data",
        max_store="20GB",
        jetstream_key="$JETSTREAM_KEY",
        grants=grants_in_use() | dict(more or {}),
        password=lambda user: f"${password_variable(user)}",
    )


if __name__ == "__main__":
    FILE.write_text(for_container(), encoding="utf-8")
