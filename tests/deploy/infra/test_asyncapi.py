"""Do the committed AsyncAPI documents say what the services hear and announce today?"""

import shutil
import subprocess
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import pytest

from deploy.infra.asyncapi import FOLDER, as_text, documents
from deploy.infra.grants import of_service
from deploy.infra.services import SERVICES, SPEC_OF
from shared.bus.connection import broker_at
from shared.bus.request_reply import subscribe
from shared.contracts.catalogue import PUBLISHED_BY
from shared.contracts.export import EVENTS
from shared.process.answering import requests_of
from tests.programs import program
from tests.wired_apps import wired_apps

PARSER = Path(__file__).parents[2] / "asyncapi_parser"


@cache
def described() -> dict[str, dict[str, Any]]:
    """What there is to say today: seconds of work, and not of every worker that collects tests."""
    return documents()


@pytest.mark.parametrize("service", SERVICES)
def test_the_committed_document_is_current(service: str) -> None:
    committed = (FOLDER / f"{service}.json").read_text(encoding="utf-8")
    assert committed == as_text(described()[service]), "run: python -m deploy.infra.asyncapi"


@pytest.mark.parametrize("service", SERVICES)
def test_it_names_every_event_heard_and_announced(service: str) -> None:
    document = described()[service]
    assert document["asyncapi"] == "3.0.0"
    named = {operation["action"] for operation in document["operations"].values()}
    assert named <= {"receive", "send"}
    addresses = {channel["address"] for channel in document["channels"].values()}
    app = wired_apps()[service]
    heard = {f"events.{listener.event.TYPE}.*" for listener in app.listeners}
    said = {f"events.{kind}.*" for kind in app.says}
    assert heard | said <= addresses


@pytest.mark.parametrize("service", SERVICES)
def test_it_shows_every_request_with_what_is_asked_and_answered(service: str) -> None:
    document = described()[service]
    places = {name: each["address"] for name, each in document["channels"].items()}
    requests = {
        places[operation["channel"]["$ref"].rpartition("/")[2]]: operation
        for operation in document["operations"].values()
        if "reply" in operation
    }
    expected = {f"{each.verb}.{service}": each for each in requests_of(wired_apps()[service])}
    assert requests.keys() == expected.keys()
    for subject, operation in requests.items():
        answers = {each["$ref"].rpartition("/")[2] for each in operation["reply"]["messages"]}
        assert {each.__name__ for each in expected[subject].answered} <= answers
        assert len(operation["messages"]) == 1


@pytest.mark.parametrize("service", SERVICES)
def test_its_requests_are_those_the_service_is_granted_and_subscribes(service: str) -> None:
    broker = broker_at("nats://localhost:4222")
    requests = requests_of(wired_apps()[service])
    subscribe(broker, service, requests, {})
    subscribed = {str(each.subject.template) for each in cast("Any", broker.subscribers)}
    granted = of_service(SPEC_OF[service], ()).subscribe
    assert subscribed == {each for each in granted if "inbox." not in each.lower()}


def test_every_service_is_described() -> None:
    assert sorted(described()) == sorted(SERVICES)


def test_it_names_the_release_a_running_service_names() -> None:
    assert {each["info"]["version"] for each in described().values()} == {version("clientele")}


def test_the_official_parser_takes_every_document_and_every_pattern(tmp_path: Path) -> None:
    for file in PARSER.iterdir():
        shutil.copy(file, tmp_path)
    install = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(install, cwd=tmp_path, check=True, timeout=300)
    files = [*sorted(FOLDER.glob("*.json")), *sorted(EVENTS.glob("*/*.schema.json"))]
    assert len(files) > len(described())
    checked = subprocess.run(
        [program("node"), "check.mjs", *map(str, files)],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (checked.stdout, checked.returncode) == ("", 0), checked.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_says_only_what_it_may_publish(service: str) -> None:
    assert set(wired_apps()[service].says) <= PUBLISHED_BY[service]
