"""What does a load have at hand to run one revision, and to see how far it is?

How far a service is, is read from its consumer on the stream: nothing waits, and nothing is out.
"""

import asyncio
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from deploy.infra.grants import STREAM
from shared.clock import monotonic
from tests.bench.against.checkout import Checkout
from tests.bench.measuring import NeverReadyError, until
from tests.bench.rig import Rig

PLAYBOOKS = Path(__file__).parent / "playbooks"
PATIENCE, LOOK, LOOKS_AT_REST = 900.0, 0.02, 4
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Side:
    """One revision, in one turn."""

    checkout: Checkout
    scale: float
    folder: Path

    def times(self, full: int, least: int = 1) -> int:
        """A size at this run's scale."""
        return max(round(full * self.scale), least)

    def seconds(self, full: float, least: float = 1.0) -> float:
        """A duration at this run's scale."""
        return max(full * min(self.scale, 1.0), least)

    def rig(self) -> "Fresh":
        """Fresh servers that this revision has prepared; gone when the block ends."""
        return Fresh(self.folder / f"rig-{next(_numbers)}", checkout=self.checkout)

    def start(self, rig: Rig, service: str) -> None:
        """Start one of its services, as the compared firm sets it up."""
        keys = str(rig.secrets.api_keys_file)
        rig.start_service(service, CLIENTELE_PLAYBOOKS_DIR=str(PLAYBOOKS), DESK_API_KEYS_FILE=keys)

    async def waiting(self, rig: Rig, service: str) -> int:
        """How many events the service has not finished with."""
        info = await rig.nats.jetstream().consumer_info(STREAM, service)
        return (info.num_pending or 0) + (info.num_ack_pending or 0)

    async def begun(self, rig: Rig, service: str, waiting: int) -> float:
        """The instant by which it works: the start-up is over. Raises NeverReadyError."""

        async def moving() -> bool:
            ended = [each for each in rig.processes.values() if not each.alive]
            if ended:
                raise NeverReadyError(f"{ended[0].name} ended: {ended[0].last_words()}")
            info = await rig.nats.jetstream().consumer_info(STREAM, service)
            return (info.num_pending or 0) < waiting

        await until(moving, f"{service} taking its first events", PATIENCE, look=LOOK / 2)
        return monotonic()

    async def drained(self, rig: Rig, service: str) -> None:
        """Nothing waits for the service any more, nor follows from what it did last.

        Seen to be so several times in a row: what it announced may come back to itself.
        """
        seen = 0
        started = monotonic()
        while seen < LOOKS_AT_REST:
            seen = seen + 1 if await self.waiting(rig, service) == 0 else 0
            if monotonic() - started > PATIENCE:
                raise NeverReadyError(f"{service} has not worked off what waited")
            await asyncio.sleep(LOOK)


class Fresh(Rig):
    """A rig whose data goes with it."""

    async def __aexit__(self, *how: object) -> None:
        try:
            await super().__aexit__(*how)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
