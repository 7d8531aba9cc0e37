"""What stands in the configuration of a NATS server?

Written for the embedded server with its passwords, and for the container (``nats.conf`` beside
this, committed) with the names of environment variables in their place. Every acknowledged event
is on disk: ``sync_interval: always``.
"""

from collections.abc import Callable, Mapping, Sequence

from deploy.infra.grants import Grants

MAX_PAYLOAD_KIB = 512
"""Twice an event: what is too large by mistake gets in and becomes a dead letter that says so, and
an answer that tells as much has room. What is larger still is refused to whoever sends it, at once.
"""
PING_SECONDS = 2
"""Whoever leaves two pings unanswered is cut off: no replica that stands still gets a request."""
PINGS_IN_A_LOG_IN = 5
"""How long a connection may take to say who it is. Whoever is silent that long has failed two pings
before, and that is an error after which nats-py comes back by itself; after this one it does not.
"""
ANSWERS = '      allow_responses: { max: 1, expires: "1m" }\n'


def configuration(
    *,
    listen: str,
    store: str,
    max_store: str,
    jetstream_key: str,
    grants: Mapping[str, Grants],
    password: Callable[[str], str],
    monitoring: str | None = None,
    ping_seconds: int = PING_SECONDS,
) -> str:
    """A whole configuration; ``jetstream_key`` and passwords are quoted strings or ``$NAMES``."""
    log_in = PINGS_IN_A_LOG_IN * ping_seconds
    return "\n".join(
        (
            f"listen: {quoted(listen)}",
            *((f"http: {quoted(monitoring)}",) if monitoring else ()),
            "server_name: clientele",
            f"max_payload: {MAX_PAYLOAD_KIB}KB  # twice what an event may have",
            f"ping_interval: {ping_seconds}s  # a replica that stands still gets no request",
            "ping_max: 2",
            "jetstream {",
            f"  store_dir: {quoted(store)}",
            f"  max_file_store: {max_store}",
            "  max_memory_store: 64MB",
            "  sync_interval: always",
            "  cipher: chachapoly",
            f"  key: {jetstream_key}",
            "}",
            "authorization {",
            f"  timeout: {log_in}  # longer than the pings: whoever is late comes back",
            "  users: [",
            *(_user(name, password(name), allowed) for name, allowed in grants.items()),
            "  ]",
            "}",
            "",
        )
    )


def _user(name: str, password: str, grants: Grants) -> str:
    denied = f", deny: {_subjects(grants.never_subscribe)}" if grants.never_subscribe else ""
    return (
        f"    {{ user: {quoted(name)}, password: {password}, permissions: {{\n"
        f"      publish: {{ allow: {_subjects(grants.publish)} }}\n"
        f"      subscribe: {{ allow: {_subjects(grants.subscribe)}{denied} }}\n"
        f"{ANSWERS if grants.answers_requests else ''}"
        "    } }"
    )


def _subjects(subjects: Sequence[str]) -> str:
    return "[" + ", ".join(quoted(subject) for subject in subjects) + "]"


def quoted(text: str) -> str:
    """A string as NATS configuration wants it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
