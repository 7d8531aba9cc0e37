"""How is the way of an event written down for whoever looks at traces?

OpenTelemetry, switched on by its own standard variables (``OTEL_…``) and otherwise not even
loaded. A span is written once it is over, from the instants noted on the way: what is worked on
never waits for it. Only attributes listed here are ever written, so a name, an address or a text
cannot slip into a trace.

Places are told as ``traceparent`` (W3C Trace Context), which every event carries.
"""

import os
import re
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.errors import ClienteleError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor

ALLOWED = frozenset(
    {"messaging.system", "clientele.outcome", "clientele.reason", "clientele.events"}
)
NAME = re.compile(r"[a-z][a-z0-9 _-]{0,79}")
WORD = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
QUEUE = "OTEL_BSP_MAX_QUEUE_SIZE"
SPANS_WAITING = 20_000  # a burst of full batches; OpenTelemetry's own bound is a tenth of it
CLOSE_SECONDS = 3.0


class TraceSettingError(ClienteleError):
    """Something in the environment asks for traces in a way that there is not."""


class Traces:
    """Writes spans."""

    def __init__(self, processor: "SpanProcessor", service: str, replica: str) -> None:
        from opentelemetry import trace
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider

        self._api: Any = trace
        self._ids: Any = _given_ids()
        about = {"service.namespace": "clientele", "service.name": f"clientele-{service}",
                 "service.instance.id": replica}  # fmt: skip
        self._provider = TracerProvider(
            resource=Resource(about).merge(Resource.create()) if _is_named() else
            Resource.create().merge(Resource(about)),
            id_generator=self._ids, shutdown_on_exit=False,
        )  # fmt: skip
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("clientele")
        self._kinds = {each.name.lower(): each for each in trace.SpanKind}

    def span(
        self, name: str, begun: int, ended: int, *, parent: str | None = None, trace: str = "",
        own: str | None = None, kind: str = "internal", failed: bool = False,
        attributes: Mapping[str, str | int] | None = None,
    ) -> str:  # fmt: skip
        """Write one span that is over, in nanoseconds since 1970; where it stands.

        ``parent``: what it belongs to; without one it begins the trace of this id. ``own``: the
        place others know it by.
        """
        self._ids.give(trace=trace or None, span=_parts(own)[1] if own else None)
        span = self._tracer.start_span(
            name if NAME.fullmatch(name) else "other",
            context=self._inside(parent),
            kind=self._kinds[kind],
            attributes=allowed(attributes or {}),
            start_time=begun,
        )
        if failed:
            span.set_status(self._api.StatusCode.ERROR)
        span.end(max(ended, begun))
        place = span.get_span_context()
        return f"00-{place.trace_id:032x}-{place.span_id:016x}-{int(place.trace_flags):02x}"

    def close(self) -> None:
        """Send what waits, for some seconds at most: a receiver may be away."""
        closing = threading.Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        closing.join(CLOSE_SECONDS)

    def _inside(self, parent: str | None) -> Any:
        from opentelemetry.context import Context

        if parent is None:
            return Context()
        trace, span, flags = _parts(parent)
        place = self._api.SpanContext(
            int(trace, 16), int(span, 16), is_remote=True,
            trace_flags=self._api.TraceFlags(int(flags, 16)),
        )  # fmt: skip
        return self._api.set_span_in_context(self._api.NonRecordingSpan(place), Context())


def allowed(attributes: Mapping[str, str | int]) -> dict[str, str | int]:
    """Those on the list, as far as they are numbers or single words."""
    return {
        name: value
        for name, value in attributes.items()
        if name in ALLOWED and (isinstance(value, int) or WORD.fullmatch(value))
    }


def from_environment(service: str, replica: str) -> Traces | None:
    """Traces as the environment asks for them; None where it does not."""
    if not is_asked_for(os.environ):
        return None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    waiting = None if os.environ.get(QUEUE) else SPANS_WAITING
    return Traces(BatchSpanProcessor(OTLPSpanExporter(), waiting), service, replica)


def is_asked_for(environment: Mapping[str, str]) -> bool:
    """Whether traces are switched on: by an address to send them to, or by the name of the way."""
    exporter = environment.get("OTEL_TRACES_EXPORTER", "").strip().lower()
    if environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true" or exporter == "none":
        return False
    if not exporter and not any(environment.get(name) for name in ENDPOINTS):
        return False
    if exporter not in ("", "otlp"):
        raise TraceSettingError("OTEL_TRACES_EXPORTER: traces go by otlp, or none: say one of them")
    protocol = next((environment[name] for name in PROTOCOLS if environment.get(name)), "")
    if protocol not in ("", "http/protobuf"):
        raise TraceSettingError(
            "OTEL_EXPORTER_OTLP_PROTOCOL: only http/protobuf is there: say that"
        )
    return True


def _is_named() -> bool:
    return bool(os.environ.get("OTEL_SERVICE_NAME"))


def _parts(traceparent: str) -> tuple[str, str, str]:
    """Trace, span and flags."""
    _, trace, span, flags = traceparent.split("-")[:4]
    return trace, span, flags


def _given_ids() -> Any:
    """Ids by chance, but where the next one is given: an event is known by its span already."""
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class GivenIds(RandomIdGenerator):
        trace: str | None = None
        span: str | None = None

        def give(self, *, trace: str | None, span: str | None) -> None:
            self.trace, self.span = trace, span

        def generate_trace_id(self) -> int:
            given, self.trace = self.trace, None
            return int(given, 16) if given else super().generate_trace_id()

        def generate_span_id(self) -> int:
            given, self.span = self.span, None
            return int(given, 16) if given else super().generate_span_id()

    return GivenIds()
