"""How soon has each service worked off the same waiting crowd of events, and at what cost?

The services run one after the other, each alone: what one of them announces waits for the next.
The load is the same for both revisions; how many events a revision makes of it is its own matter,
so seconds for the crowd are compared, not events.
"""

from shared.clock import monotonic, real_now, to_millisecond
from shared.contracts.base import EventData
from shared.contracts.firm import ReviewReceived
from shared.contracts.reminders import SurveyDue
from shared.engine.outgoing import OutgoingEvent
from tests.bench import firm
from tests.bench.against.ratios import Measure
from tests.bench.against.side import Side
from tests.bench.measuring import check

CLIENTS = 4_000
REVIEWS_SHARE, SURVEYS_SHARE = 0.25, 0.25  # of the clients
IN_TURN = ("intake", "reminders", "feedback", "reputation", "desk")
OWN = "urn:clientele:reminders"


async def measure(side: Side) -> list[Measure]:
    """Seconds for the crowd and processor time, of each service."""
    count = side.times(CLIENTS, 20)
    async with side.rig() as rig:
        await firm.publish(rig.nats, crowd(count))
        found = []
        for service in IN_TURN:
            await rig.come_to_rest()
            waiting = await side.waiting(rig, service)
            check(waiting > 0, f"nothing waits for {service}")
            side.start(rig, service)
            started = await side.begun(rig, service, waiting)
            before = sum(rig.processor().values())
            await side.drained(rig, service)
            seconds = monotonic() - started
            used = sum(rig.processor().values()) - before
            await rig.stop_services()
            found += [
                Measure(f"{service}, seconds for the crowd", seconds, "s"),
                Measure(f"{service}, processor time for the crowd", used, "s"),
            ]
    return found


def crowd(count: int) -> list[OutgoingEvent]:
    """New clients, reviews and surveys that are due."""
    clients = firm.clients(count)
    at = to_millisecond(real_now())
    reviews = [
        ReviewReceived(review_id=f"r-{number}", site="google", stars=number % 5 + 1,
                       text="They were friendly and quick.", posted_at=at)
        for number in range(max(round(count * REVIEWS_SHARE), 1))
    ]  # fmt: skip
    surveys: list[EventData] = [
        SurveyDue(
            client_id=clients[number].client_id, matter_id=f"m-{number}", rule_id="survey-due"
        )
        for number in range(max(round(count * SURVEYS_SHARE), 1))
    ]
    return [
        *firm.letters([*clients, *reviews]),
        *(firm.letter(each, f"survey-{n}", source=OWN) for n, each in enumerate(surveys)),
    ]
