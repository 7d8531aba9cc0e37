"""Is the way of an event told where somebody asks for it, under its own place, and of nobody?"""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.contracts.envelope import Cause, follow_up
from shared.contracts.event import trace_of
from shared.contracts.intake import ConflictCleared
from shared.engine.tracing import ACT, NOTHING, Tracing
from shared.state.unit_of_work import UnitOfWork
from shared.telemetry import traces
from shared.telemetry.traces import Traces, TraceSettingError, allowed, is_asked_for
from tests.core.conftest import Running, until
from tests.core.test_consuming import client
from tests.fakes.trace_receiver import receiving

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
LOOK = "import sys, shared.process.run; print('opentelemetry.sdk' in sys.modules)"


@pytest.fixture
def kept() -> InMemorySpanExporter:
    """Where spans are kept."""
    return InMemorySpanExporter()


@pytest.fixture
def telling(kept: InMemorySpanExporter) -> Traces:
    """Traces of a process."""
    return Traces(SimpleSpanProcessor(kept), "intake", "replica-1")


@pytest.fixture
async def told(running: Running, telling: Traces) -> Running:
    """A running sample that tells of its way."""
    running.process._consumer._tracing = running.runtime.tracing = Tracing(telling)
    return running


def named(kept: InMemorySpanExporter, name: str) -> ReadableSpan:
    """The one span of this name."""
    (found,) = [span for span in kept.get_finished_spans() if span.name == name]
    return found


def place_of(span: ReadableSpan) -> tuple[int, int]:
    """Trace and span."""
    assert span.context is not None
    return span.context.trace_id, span.context.span_id


async def test_an_event_is_told_from_its_hearing_to_what_is_said_of_it(
    told: Running, kept: InMemorySpanExporter
) -> None:
    event = await told.publish(client())
    await told.settled(2)

    async def is_told() -> bool:
        return any(span.name == "publish conflict-cleared" for span in kept.get_finished_spans())

    await until(is_told)
    heard, said = named(kept, "consume client-onboarded"), named(kept, "publish conflict-cleared")
    assert place_of(heard)[0] == place_of(said)[0] == int(trace_of(event.correlation_id), 16)
    assert said.parent is not None
    assert said.parent.span_id == place_of(heard)[1]
    inside = {
        span.name for span in kept.get_finished_spans()
        if span.parent is not None and span.parent.span_id == place_of(heard)[1]
    }  # fmt: skip
    assert inside == {"decide", "commit", "publish conflict-cleared"}


async def test_what_is_said_stands_where_its_traceparent_says(
    told: Running, kept: InMemorySpanExporter
) -> None:
    await told.publish(client())
    await told.settled(2)
    cleared = (await told.streams.get_msg("EVENTS", 2)).data.decode()

    async def is_told() -> bool:
        return any(span.name == "publish conflict-cleared" for span in kept.get_finished_spans())

    await until(is_told)
    trace, span = place_of(named(kept, "publish conflict-cleared"))
    assert f"00-{trace:032x}-{span:016x}-01" in cleared


def passed(tracing: Tracing, cause: Cause) -> UnitOfWork:
    """One transaction that announces something, told."""
    passage, unit = tracing.begin(), UnitOfWork("intake", NOON)
    with unit.working_on(cause):
        unit.announce(ConflictCleared(check_id="k", client_id="c-1", hit_count=0))
    passage.decided()
    passage.committed()
    passage.published(ACT, unit)
    return unit


def test_a_cause_with_a_place_of_its_own_is_gone_on_from(
    telling: Traces, kept: InMemorySpanExporter
) -> None:
    cause = Cause("urn:firm:x", "e-1", "request", "e-1", PARENT, NOON)
    passed(Tracing(telling), cause)
    span = named(kept, "act request")
    assert span.parent is not None
    assert (f"{span.parent.trace_id:032x}", f"{span.parent.span_id:016x}") == (
        PARENT.split("-")[1], PARENT.split("-")[2],
    )  # fmt: skip


def test_what_the_sender_does_not_want_traced_is_not(
    telling: Traces, kept: InMemorySpanExporter
) -> None:
    passed(Tracing(telling), Cause("urn:x", "e-1", "request", "e-1", PARENT[:-1] + "0", NOON))
    assert kept.get_finished_spans() == ()


def test_a_hand_over_belongs_to_the_trace_of_what_led_to_it(
    telling: Traces, kept: InMemorySpanExporter
) -> None:
    tracing = Tracing(telling)
    cause = Cause("urn:x", "contact-1", "contacts-due", "first", PARENT, NOON)
    tracing.handed_over(cause, tracing.handing_over(), "handed-over")
    span = named(kept, "hand over")
    assert f"{place_of(span)[0]:032x}" == PARENT.split("-")[1]
    assert dict(span.attributes or {}) == {"clientele.outcome": "handed-over"}


def test_no_name_address_or_text_gets_into_a_span(
    telling: Traces, kept: InMemorySpanExporter
) -> None:
    said = "Zephyrine Quackenbos <zq@example.com>"
    telling.span(
        said, 1, 2, trace=trace_of(said),
        attributes={"clientele.outcome": said, "client_id": "c-1", "clientele.events": 3},
    )  # fmt: skip
    cause = Cause(f"urn:{said}", said, said, said, None, NOON)
    passed(Tracing(telling), cause)
    for span in kept.get_finished_spans():
        assert "Zephyrine" not in span.to_json()
        assert "zq@" not in span.to_json()
    assert allowed({"clientele.outcome": said, "name": "Zoe"}) == {}


def test_without_traces_nothing_is_noted_and_nothing_of_opentelemetry_is_loaded() -> None:
    assert Tracing().begin() is NOTHING
    seen = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("environment", "on"),
    [
        ({}, False),
        ({"OTEL_SERVICE_NAME": "x"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c:4318/v1/traces"}, True),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c"}, False),
        ({"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c"}, False),
    ],
)
def test_traces_are_off_until_the_standard_variables_ask_for_them(
    environment: dict[str, str], on: bool
) -> None:
    assert is_asked_for(environment) is on


@pytest.mark.parametrize(
    ("name", "value"),
    [("OTEL_TRACES_EXPORTER", "zipkin"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")],
)
def test_a_way_that_is_not_there_ends_the_start_in_words(name: str, value: str) -> None:
    with pytest.raises(TraceSettingError, match=name):
        is_asked_for({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318", name: value})


def test_spans_reach_a_receiver_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as receiver:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url)
        found = traces.from_environment("intake", "replica-1")
        assert found is not None
        unit = passed(Tracing(found), Cause("urn:x", "e-1", "request", "e-1", None, NOON))
        found.close()
    assert {span.service for span in receiver.spans} == {"clientele-intake"}
    (announced,) = unit.announced
    assert announced.traceparent is not None
    (said,) = [span for span in receiver.spans if span.name.startswith("publish")]
    assert announced.traceparent == f"00-{said.trace}-{said.span}-01"


def test_a_receiver_that_is_away_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(traces, "CLOSE_SECONDS", 0.2)
    found = traces.from_environment("intake", "replica-1")
    assert found is not None
    passed(Tracing(found), Cause("urn:x", "e-1", "request", "e-1", None, NOON))
    found.close()


def test_a_follow_up_of_a_cause_without_a_place_begins_the_trace_of_its_first_cause() -> None:
    cause = Cause("urn:x", "e-1", "request", "first", None, NOON)
    said = ConflictCleared(check_id="k", client_id="c-1", hit_count=0)
    event = follow_up(cause, said, service="intake", nth=1, time=NOON)
    assert event.traceparent is not None
    assert event.traceparent.split("-")[1] == trace_of("first")
