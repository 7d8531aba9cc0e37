"""Do the doors answer as their description says, whatever a program makes of it?

schemathesis draws requests from the OpenAPI document: what it names and what it does not, headers
and bodies nobody would send. An answer that is not described, or an error of ours, is a defect.
"""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
)

from tests.gateway.doors import SECRETS, SOURCES, built

TOKEN = {"scheme": "token", "header": "X-Secret", "mapping": SOURCES["billing"]["mapping"]}
ASKED = {"Authorization": f"Bearer {SECRETS['crm']}", "X-Secret": SECRETS["billing"]}
NOT_OURS = [
    ignored_auth,  # each request here proves who sends it: the next look is at the rest
    negative_data_rejection,  # a webhook is kept whatever it says, and read afterwards
    positive_data_acceptance,  # what data an event has is said by its type, not here
]


FEW, MANY = 20, 400


@pytest.fixture
def drawn(request: pytest.FixtureRequest) -> settings:
    """How many requests are drawn of each kind: a few, many with ``--whole``."""
    return settings(
        max_examples=MANY if request.config.getoption("whole", default=False) else FEW,
        deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip


@pytest.fixture
def described(tmp_path: Path) -> Any:
    """The doors over memory, as they describe themselves."""
    web = built(tmp_path, {**SOURCES, "billing": TOKEN})[0]
    return schemathesis.openapi.from_asgi("/openapi.json", web)


@pytest.mark.parametrize(("path", "mode"), [
    ("/events", GenerationMode.POSITIVE),
    ("/events", GenerationMode.NEGATIVE),
    ("/in/{source}", GenerationMode.POSITIVE),  # whatever it holds: none is against the description
])  # fmt: skip
def test_every_answer_is_described(
    described: Any, drawn: settings, path: str, mode: GenerationMode
) -> None:
    @drawn
    @given(case=described[path]["POST"].as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case[Any]) -> None:
        if "source" in case.path_parameters:
            case.path_parameters["source"] = "billing"
        case.call_and_validate(headers=ASKED, excluded_checks=NOT_OURS)

    holds()


@pytest.mark.parametrize("path", ["/events", "/in/{source}"])
def test_who_proves_nothing_is_answered_as_described(
    described: Any, drawn: settings, path: str
) -> None:
    @drawn
    @given(case=described[path]["POST"].as_strategy())
    def holds(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(excluded_checks=[negative_data_rejection])

    holds()
