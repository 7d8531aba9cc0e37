"""What are the stream and its durable consumers?

One stream holds every event for 90 days; when it is full it refuses new events rather than lose old
ones. Each service has one durable consumer. Events of up to the server's limit are let in: one that
is too large becomes a dead letter with its reason instead of vanishing before anybody saw it.
"""

from collections.abc import Iterable

from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)

from deploy.infra.grants import STREAM

GIB = 1024**3
DAY = 24 * 3600.0
EMBEDDED_BYTES, SERVER_BYTES = 1 * GIB, 8 * GIB
ACK_WAIT_SECONDS = 30.0
IN_FLIGHT = 5000
FOR_EVER = -1


def stream(max_bytes: int, replicas: int = 1) -> StreamConfig:
    """Every event of the firm."""
    return StreamConfig(
        name=STREAM,
        description="Every event of the firm, for 90 days",
        subjects=["events.>"],
        storage=StorageType.FILE,
        retention=RetentionPolicy.LIMITS,
        discard=DiscardPolicy.NEW,
        max_bytes=max_bytes,
        max_age=90 * DAY,
        duplicate_window=3600.0,
        num_replicas=replicas,
        allow_direct=True,
        allow_atomic=True,  # many events of ours are written and synced at once
    )


def consumer(service: str, types: Iterable[str] | None, replicas: int = 0) -> ConsumerConfig:
    """The durable of one service, on the event types it hears (None: on all)."""
    wanted = ["events.>"] if types is None else [f"events.{name}.>" for name in sorted(types)]
    return ConsumerConfig(
        durable_name=service,
        filter_subjects=wanted,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ACK_WAIT_SECONDS,
        max_deliver=FOR_EVER,
        max_ack_pending=IN_FLIGHT,
        deliver_policy=DeliverPolicy.ALL,
        num_replicas=replicas,
    )
