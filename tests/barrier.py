"""How does a test know that NATS has read what was sent to it?"""

from nats.aio.client import Client


async def settled(nats: Client) -> None:
    """The server has read all that this connection subscribed and published before.

    nats-py writes the ping of a flush ahead of what still waits to be written, so that one
    round trip promises nothing. What waits is written before the second.
    """
    await nats.flush()
    await nats.flush()
