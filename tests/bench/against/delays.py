"""How soon does a lone event have its effect, in one service and through two?"""

from tests.bench.against.ratios import Measure
from tests.bench.against.side import Side
from tests.bench.delays import trickle
from tests.bench.measuring import quantile
from tests.bench.through import SERVICES

PER_SECOND, SECONDS, WARM_SECONDS = 50, 8.0, 3.0
MS = 1000.0


async def measure(side: Side) -> list[Measure]:
    """A trickle of new clients; judged by the middle, the worst of a few hundred being chance."""
    async with side.rig() as rig:
        for service in SERVICES:
            side.start(rig, service)
        await rig.ready()
        await trickle(rig, PER_SECOND, side.seconds(WARM_SECONDS), "warm")
        before = sum(rig.processor().values())
        cleared, planned = await trickle(rig, PER_SECOND, side.seconds(SECONDS), "t")
        used = sum(rig.processor().values()) - before
    cost = Measure("processor time, services and servers", used / len(cleared) * MS, "ms/client")
    return [
        cost,
        *(
            Measure(f"publish to {effect}, p{share * 100:.0f}", quantile(delays, share) * MS, "ms",
                    judged=share == 0.5)
            for effect, delays in (("cleared", cleared), ("planned", planned))
            for share in (0.5, 0.99)
        ),
    ]  # fmt: skip
