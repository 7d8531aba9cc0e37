"""Is mail of a running installation believed, as its last test mail showed?"""

import asyncio
from pathlib import Path

from deploy.cli.addresses import ops_url
from deploy.infra.access.service_requests import ServiceAwayError, services_at, told
from deploy.trial.connection import NotRunningError
from shared.contracts.answers import SenderStanding

OWNER = "reminders"


def sender_of_running(data_dir: Path) -> SenderStanding | None:
    """What was found; None where none runs, or the one that runs does not know it."""
    try:
        return asyncio.run(_standing_at(ops_url(data_dir)))
    except (NotRunningError, ServiceAwayError):
        return None


async def _standing_at(url: str) -> SenderStanding:
    async with services_at(url) as services:
        return told(SenderStanding, await services.ask(OWNER, {"ask": "sender"}))
