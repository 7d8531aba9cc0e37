"""How do the stream, the consumers, the collections and the indexes come to be?

Made here, by an administrator, and never by services that might race each other. Safe to repeat at
any time: what exists is brought up to date, nothing is taken away.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError
from pymongo.errors import PyMongoError

from deploy.infra.access.connecting import join, say_nothing
from deploy.infra.grants import STREAM
from deploy.infra.services import SERVICES
from deploy.infra.stream import SERVER_BYTES, consumer, stream
from shared import mongo
from shared.errors import ClienteleError
from shared.process.app import App
from shared.process.run import mappings_of
from shared.state import indexes

Progress = Callable[[str], None]


class CannotMigrateError(ClienteleError):
    """A server did not answer, or refused the log-in."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which servers to bring up to date, and how large the stream may grow.

    Where ``stream_bytes`` or ``replicas`` is None, a stream that exists keeps what it has.
    """

    nats_url: str
    mongo_url: str
    stream_bytes: int | None = None
    replicas: int | None = None
    new_stream_bytes: int = SERVER_BYTES  # for a stream that is made now


def built_apps() -> dict[str, App]:
    """Every service, wired, by name."""
    return {name: importlib.import_module(f"services.{name}.app").build() for name in SERVICES}


async def migrate(
    target: Target, apps: Mapping[str, App] | None = None, progress: Progress = lambda _: None
) -> None:
    """Bring the stream, the consumers, the collections and the indexes up to date.

    Raises CannotMigrateError when a server is away or refuses the log-in.
    """
    wired = apps if apps is not None else built_apps()
    try:
        await _prepare_nats(target, wired, progress)
    except (NatsError, OSError) as error:
        raise CannotMigrateError(f"NATS does not do what is needed: {_reason(error)}") from error
    try:
        await _prepare_mongo(target, wired, progress)
    except PyMongoError as error:
        raise CannotMigrateError(f"MongoDB does not do what is needed: {_reason(error)}") from error


async def _prepare_mongo(target: Target, apps: Mapping[str, App], progress: Progress) -> None:
    for name, app in apps.items():
        progress(f"collections and indexes of {name}")
        database = mongo.connect(target.mongo_url, name)
        try:
            await indexes.ensure(database, mappings_of(app))
        finally:
            database.close()


async def _prepare_nats(target: Target, apps: Mapping[str, App], progress: Progress) -> None:
    connection = await join(target.nats_url, inbox_prefix=b"inbox.admin", error_cb=say_nothing)
    try:
        streams = connection.jetstream(timeout=30)
        progress(f"stream {STREAM}")
        await _prepare_stream(streams, target)
        for name, app in apps.items():
            progress(f"consumer {name}")
            await streams.add_consumer(STREAM, consumer(name, types_heard(app)))
    finally:
        await connection.close()


async def _prepare_stream(streams: JetStreamContext, target: Target) -> None:
    try:
        known = (await streams.stream_info(STREAM)).config
    except NotFoundError:
        size = target.stream_bytes or target.new_stream_bytes
        await streams.add_stream(stream(size, target.replicas or 1))
    else:
        size = target.stream_bytes or known.max_bytes or target.new_stream_bytes
        replicas = target.replicas or known.num_replicas or 1
        await streams.update_stream(stream(size, replicas))


def _reason(error: Exception) -> str:
    """What a driver said, in one line, without what it says about its inside."""
    return str(error).split(", Timeout:")[0].strip() or type(error).__name__


def types_heard(app: App) -> set[str] | None:
    """The event types a service hears; None for all of them."""
    if app.hears_all:
        return None
    return {listener.event.TYPE for listener in app.listeners}
