"""How does a service say what it is doing, so that ops can read it and no client is named?

One JSON line per happening on standard error: a constant name and a few fields. Only the fields
listed here are ever written, so a name, an address or a text cannot slip into a log.
"""

import importlib
import logging
import sys
from collections.abc import MutableMapping
from typing import Any

from shared.telemetry.fingerprints import fingerprint, places_of

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "service", "replica", "consumer", "event_type", "sequence",
        "outcome", "reason", "fingerprint", "error", "size", "count", "waiting_seconds", "seconds",
        "task_id", "task_kind", "decision", "rule_id", "contact_id", "channel", "purpose", "shard",
        "shards", "version", "port", "collection", "request", "code", "state", "path", "status",
        "method", "trace_id", "lag_seconds", "subject_prefix", "file", "line", "frames", "staff_id",
        "offset_seconds", "folder",
    }
)  # fmt: skip


def _structlog_without_colours() -> Any:
    """structlog loads rich, where it is installed, to colour tracebacks that no service prints:
    4 MiB in every process.
    """
    hidden: dict[str, Any] = {} if "rich" in sys.modules else {"rich": None}
    sys.modules.update(hidden)
    try:
        return importlib.import_module("structlog")
    finally:
        for name in hidden:
            del sys.modules[name]


structlog = _structlog_without_colours()
log: Any = structlog.get_logger()


def only_allowed(
    _logger: Any, _name: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list, and say which were dropped."""
    dropped = sorted(fields.keys() - ALLOWED)
    for name in dropped:
        del fields[name]
    if dropped:
        fields["reason"] = f"fields not logged: {', '.join(dropped)}"
    return fields


def set_up(service: str, replica: str) -> None:
    """Write JSON lines to standard error, for our code and for the libraries' warnings."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    structlog.contextvars.bind_contextvars(service=service, replica=replica)
    logging.basicConfig(level=logging.CRITICAL, handlers=[LibraryHandler()], force=True)
    logging.getLogger().setLevel(logging.WARNING)


class LibraryHandler(logging.Handler):
    """Says that a library complained, and where; never its text, which may hold anything."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line with the place of the complaint and the type of its exception."""
        failure = record.exc_info[1] if record.exc_info else None
        if failure is None:
            log.warning("library_warning", file=record.name, line=record.lineno)
            return
        log.error("library_failure", file=record.name, line=record.lineno,
                  fingerprint=fingerprint(failure), frames=places_of(failure))  # fmt: skip
