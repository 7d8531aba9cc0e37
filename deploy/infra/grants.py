"""Which NATS subjects may each user speak and hear?

Every user has only what it needs; only ``admin`` reaches the API that makes streams and consumers.
The rules are pure data here; ``deploy/infra/nats/configuration.py`` writes them into a server's
file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deploy.infra.services import SERVICES, SPECS, ServiceSpec

STREAM = "EVENTS"
INBOX = "inbox"
EVERYBODY_ANSWERS = (
    "decisions",
    "previews",
    "links",
    "views",
    "figures",
    "settlements",
    "records",
    "folders",
    "ops",
)


@dataclass(frozen=True, slots=True)
class Grants:
    """What one NATS user may do; anything not named is refused."""

    publish: tuple[str, ...] = ()
    subscribe: tuple[str, ...] = ()
    never_subscribe: tuple[str, ...] = ()
    answers_requests: bool = False


def all_grants(
    published_by: Mapping[str, Iterable[str]], foreign_types: Iterable[str]
) -> dict[str, Grants]:
    """The grants of every user: what each service publishes comes from the event catalogue."""
    return {
        "admin": Grants(publish=(">",), subscribe=(">",)),
        **{
            each.name: of_service(each, published_by.get(each.name, ()), foreign_types)
            for each in SPECS
        },
        "cli": of_operator(),
        "firm": of_foreign_system(foreign_types),
    }


def of_service(
    spec: ServiceSpec, types: Iterable[str], foreign_types: Iterable[str] = ()
) -> Grants:
    """A service speaks its own events, reads its own consumer and answers its own requests.

    One that passes on what other systems say does so like a system with a log-in of its own.
    """
    name = spec.name
    return Grants(
        publish=(
            *_events(types),
            *(_passed_on_by(name, foreign_types) if spec.passes_on else ()),
            f"$JS.API.STREAM.INFO.{STREAM}",
            f"$JS.API.CONSUMER.INFO.{STREAM}.{name}",
            f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{name}",
            f"$JS.ACK.{STREAM}.{name}.>",
            f"$JS.ACK.*.*.{STREAM}.{name}.>",  # the announced second form of ack subjects
            *(_of_erasing() if spec.erases else ()),
            *((f"$JS.API.DIRECT.GET.{STREAM}",) if spec.reads_past else ()),
            *spec.asks,
        ),
        subscribe=(
            *_inboxes(name),
            *(f"{verb}.{name}" for verb in (*EVERYBODY_ANSWERS, *spec.answers)),
        ),
        answers_requests=True,
    )


def _of_erasing() -> tuple[str, ...]:
    """Reading how far everybody is, and taking single events out; the stream stays as it is."""
    return (
        *(f"$JS.API.CONSUMER.INFO.{STREAM}.{name}" for name in SERVICES),
        f"$JS.API.STREAM.MSG.GET.{STREAM}",
        f"$JS.API.STREAM.MSG.DELETE.{STREAM}",
    )


def of_operator() -> Grants:
    """The command line asks services and reads events; it changes no stream and no consumer."""
    return Grants(
        publish=(
            "ops.*",
            f"$JS.API.STREAM.INFO.{STREAM}",
            *(f"$JS.API.CONSUMER.INFO.{STREAM}.{name}" for name in SERVICES),
            f"$JS.API.DIRECT.GET.{STREAM}",
        ),
        subscribe=_inboxes("cli"),
    )


def of_foreign_system(types: Iterable[str]) -> Grants:
    """Another system of the firm publishes the types granted to it.

    Its client may use the default inbox, where nobody of ours hears anything: what is delivered
    to an inbox of ours would reach whoever listens to all of them, whatever is denied there,
    because a denial looks at the subject an event was published on.
    """
    return Grants(
        publish=tuple(_events(types)),
        subscribe=("_INBOX.>",),
        never_subscribe=tuple(f"_INBOX.{user}.>" for user in (*SERVICES, "cli", "admin")),
    )


def of_named_system(name: str, types: Iterable[str]) -> Grants:
    """A system with a log-in of its own: its name stands in the subjects it publishes on."""
    return Grants(
        publish=tuple(_passed_on_by(name, types)),
        subscribe=(f"{INBOX}.{name}.>",),
    )


def _inboxes(user: str) -> tuple[str, ...]:
    """Where answers and events reach a user of ours; the second: of the release before."""
    return f"{INBOX}.{user}.>", f"_INBOX.{user}.>"


def _passed_on_by(name: str, types: Iterable[str]) -> list[str]:
    return [f"events.{each}.*.{name}" for each in sorted(types)]


def _events(types: Iterable[str]) -> list[str]:
    return [f"events.{name}.*" for name in sorted(types)]
