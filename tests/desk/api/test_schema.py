"""Does the API answer as its description says, whatever a program makes of it?

schemathesis draws requests from the OpenAPI document: what it names and what it does not, headers
and bodies nobody would send. An answer that is not described, an error of ours, or what no one may
send and is taken, is a defect.
"""

from functools import partial
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from services.desk.api.application import add_api, build_api
from services.desk.domain.staff import StaffMember
from tests.desk.facts import CLIENT, LEO, NOON, created
from tests.desk.memory import key_of, memory_desk

NOT_OURS: list[Any] = [
    positive_data_acceptance,  # whether a thing is there and a rule allows it, no description says
]
THERE = {"task_id": "t-1", "client_id": "c-1", "incident_id": "in-0"}
FEW, MANY = 6, 150


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Every method of every path that is described."""
    described = build_api("desk", "1", memory_desk(NOON).desk).openapi()
    paths = described["paths"].items()
    return [(path, name.upper(), said) for path, named in paths for name, said in named.items()]


def can_be_wrong(said: dict[str, Any]) -> bool:
    """Whether anything may be sent that the description forbids; a text in a path never is."""
    asked = [each["schema"] for each in said.get("parameters", ()) if each["in"] == "query"]
    return "requestBody" in said or any(each.get("type") != "string" for each in asked)


EVERY = operations()
WAYS = [
    *((path, method, GenerationMode.POSITIVE) for path, method, _ in EVERY),
    *((path, method, GenerationMode.NEGATIVE) for path, method, s in EVERY if can_be_wrong(s)),
]


@pytest.fixture
def drawn(request: pytest.FixtureRequest) -> settings:
    """How many requests are drawn of each kind: a few, many with ``--whole``."""
    return settings(
        max_examples=MANY if request.config.getoption("whole", default=False) else FEW,
        deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip


@pytest.fixture(scope="module")
def described() -> Any:
    """The API over memory, as it describes itself; what was asked of it before stays there."""
    desk, web = memory_desk(NOON), FastAPI(title="desk", version="1")
    desk.office.hear(CLIENT)
    desk.office.hear(created("t-1"))
    add_api(web, desk.desk)
    web.openapi = partial(without_keys, web.openapi())  # type: ignore[method-assign]  # its own way
    return schemathesis.openapi.from_asgi("/openapi.json", web)


def without_keys(description: dict[str, Any]) -> dict[str, Any]:
    """Who asks is no part of what is drawn: each request here has its key, or none has."""
    paths = description["paths"].values()
    for operation in (each for methods in paths for each in methods.values()):
        operation.pop("security", None)
    return description


def asked_by(person: StaffMember) -> dict[str, str]:
    return {"Authorization": f"Bearer {key_of(person)}"}


@pytest.mark.parametrize(("path", "method", "mode"), WAYS)
def test_every_answer_is_described(
    described: Any, drawn: settings, path: str, method: str, mode: GenerationMode
) -> None:
    @drawn
    @given(case=described[path][method].as_strategy(generation_mode=mode), is_there=st.booleans())
    def holds(case: schemathesis.Case[Any], is_there: bool) -> None:
        if is_there:
            for name in case.path_parameters.keys() & THERE.keys():
                case.path_parameters[name] = THERE[name]
        case.call_and_validate(headers=asked_by(LEO), excluded_checks=NOT_OURS)

    holds()


@pytest.mark.parametrize(("path", "method"), [each[:2] for each in EVERY])
def test_nobody_is_answered_without_a_key_and_as_described(
    described: Any, drawn: settings, path: str, method: str
) -> None:
    @drawn
    @given(case=described[path][method].as_strategy(generation_mode=GenerationMode.POSITIVE))
    def holds(case: schemathesis.Case[Any]) -> None:
        answer = case.call_and_validate(excluded_checks=NOT_OURS)
        assert answer.status_code == 401

    holds()
