"""Which events does the measured firm publish, and how?

Clients with names as different from each other as those of real strangers, so that the conflict
check of each compares, and finds nothing; the names are the same in every run.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from nats.aio.client import Client

from shared.bus.publisher import Publisher
from shared.clock import real_now
from shared.contracts.base import EventData
from shared.contracts.envelope import Event, encode
from shared.contracts.firm import ClientContactLogged, ClientOnboarded, PartyAdded
from shared.engine.outgoing import OutgoingEvent

SEED = 20_260_302
SOURCE = "urn:firm:practice-management"
CONSONANTS, VOWELS = "bcdfghjklmnprstvwxz", "aeiou"
AT_ONCE = 500
LONG_AGO = timedelta(days=400)  # what calls itself history is believed where it is old


def clients(count: int, prefix: str = "c") -> list[ClientOnboarded]:
    """So many new clients."""
    chance = random.Random(SEED + sum(prefix.encode()))
    return [
        ClientOnboarded(
            client_id=f"{prefix}-{number}",
            name=f"{_word(chance, 3)} {_word(chance, 4)}",
            email=f"{prefix}{number}@example.com",
            phone="+49 30 5550100",
            timezone="Europe/Berlin",
            locale="de",
        )
        for number in range(count)
    ]


def parties(count: int, prefix: str = "p", words: int = 3) -> list[PartyAdded]:
    """So many parties with names of so many words, ten to a matter."""
    chance = random.Random(SEED + sum(prefix.encode()))
    return [
        PartyAdded(
            matter_id=f"m-{prefix}-{number // 10}",
            party_id=f"{prefix}-{number}",
            name=" ".join(_word(chance, 2 + place % 3) for place in range(words)),
            role="adverse",
        )
        for number in range(count)
    ]


def contact(client_id: str) -> ClientContactLogged:
    """Somebody spoke with a client."""
    return ClientContactLogged(client_id=client_id, direction="in", channel="phone", at=real_now())


def letter(
    data: EventData, id: str | None = None, *, source: str = SOURCE, history: bool = False
) -> OutgoingEvent:
    """An event of the practice-management system, or of another source, ready to be published."""
    event_id = id or f"pm-{data.TYPE}-{data.key()}"
    happened = real_now() - LONG_AGO if history else real_now()
    event: Event[Any] = Event(
        id=event_id, source=source, type=data.TYPE, version=data.VERSION, time=happened,
        subject=data.key(), data=data, correlation_id=event_id, causation_id=None,
        traceparent=None, history=history,
    )  # fmt: skip
    return OutgoingEvent(event.nats_subject, event.msg_id, encode(event))


async def publish(nats: Client, letters: Sequence[OutgoingEvent]) -> None:
    """All of these are in the stream when this returns."""
    publisher = Publisher(nats)
    await publisher.start()
    for start in range(0, len(letters), AT_ONCE):
        await publisher.publish(letters[start : start + AT_ONCE])


def letters(some: Iterable[EventData]) -> list[OutgoingEvent]:
    """These events, ready to be published."""
    return [letter(each) for each in some]


def _word(chance: random.Random, syllables: int) -> str:
    parts = (chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(syllables))
    return "".join(parts).capitalize()
