"""Where does a demo run, and how does each one begin with nothing?

Only in a data directory that is empty or was made by a demo: what a firm has entered somewhere is
never taken away.
"""

import shutil
from pathlib import Path

from deploy.infra.access.service_requests import Services
from deploy.infra.secrets import write_private
from deploy.trial.demo.facts import by_type
from deploy.trial.ownership import Ownership
from shared.errors import ClienteleError

MARK = "made-by-demo"
KEPT = ("lock", MARK)
SAID_AT_START = ("staff-digest-set", "staff-named")


class NotForDemosError(ClienteleError):
    """This data directory holds an installation that no demo made."""


def is_demo(data_dir: Path) -> bool:
    """Whether a demo made what this directory holds; time may be moved there."""
    return (data_dir / MARK).exists()


def begin(data_dir: Path) -> None:
    """Take away what an earlier demo left, and mark the directory as a demo's."""
    if not is_demo(data_dir) and data_dir.exists() and any(data_dir.iterdir()):
        raise NotForDemosError(
            f"{data_dir} holds an installation that no demo made, and a demo begins with nothing: "
            "choose another directory with --data-dir"
        )
    ownership = Ownership(data_dir)
    ownership.take()
    try:
        for path in data_dir.iterdir():
            if path.name not in KEPT:
                _remove(path)
        write_private(data_dir / MARK, "Made by clientele demo; the next demo removes it.\n")
    finally:
        ownership.release()


async def check_empty(services: Services) -> None:
    """Servers of the operator's own must hold nothing yet: a demo takes nothing away there.

    But for what the desk says of its staff at its first start.
    """
    stored = by_type(await services.stored())
    held = await services.newest() - sum(stored[each] for each in SAID_AT_START)
    if held:
        raise NotForDemosError(
            f"the event stream has taken {held} events already, and a demo begins with nothing: "
            "unset CLIENTELE_NATS_URL and CLIENTELE_MONGO_URL, or name empty servers"
        )


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
