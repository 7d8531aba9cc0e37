"""How does another system of the firm publish? With any NATS client, and nothing of ours."""

from collections.abc import Iterable

import nats

from deploy.trial.example_day import Message


async def publish_all(url: str, messages: Iterable[Message]) -> int:
    """Publish one after another, each confirmed by the stream; how many."""
    client = await nats.connect(url)
    stream = client.jetstream()
    count = 0
    for subject, headers, body in messages:
        await stream.publish(subject, body, headers=headers)
        count += 1
    await client.close()
    return count
