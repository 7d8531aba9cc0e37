"""Does docs/retention.md say of every kind of document what ends it, and is that true?

Whoever adds a kind of document says there whether it grows with the firm's life, and what ends it.
"""

import re
from pathlib import Path

import pytest

from deploy.infra.migrate import built_apps
from deploy.infra.services import SERVICES
from shared.engine.records_ends import TASKS_CLEARED
from shared.process.app import App
from shared.process.run import mappings_of

PAGE = Path(__file__).parents[1] / "docs" / "retention.md"
EVERY = "Every service"
AS_A_WHOLE = {"reminders": {"timers", "contacts", "commitments"}}  # they go with their thing


def said_of(service: str) -> dict[str, str]:
    """What the page says ends each kind of document of a service."""
    text = PAGE.read_text("utf-8")
    found: dict[str, str] = {}
    for name in (service, EVERY):
        part = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
        for kinds, end in re.findall(r"^\| (`.*?) \| (.*?) \|$", part, re.MULTILINE):
            found |= dict.fromkeys(re.findall(r"`(\w+)`", kinds), end)
    return found


def app_of(service: str) -> App:
    return built_apps()[service]


@pytest.mark.parametrize("service", SERVICES)
def test_every_kind_of_document_stands_there_once(service: str) -> None:
    assert set(said_of(service)) == {each.collection for each in mappings_of(app_of(service))}


@pytest.mark.parametrize("service", SERVICES)
def test_what_goes_by_itself_is_said_so(service: str) -> None:
    ends = said_of(service)
    goes = {each.collection for each in mappings_of(app_of(service)) if each.expire is not None}
    assert {name for name, end in ends.items() if end.startswith("by itself")} == goes


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_cleared_is_said_so(service: str) -> None:
    cleared = {each.kind.collection for each in app_of(service).records.cleared}
    cleared |= {TASKS_CLEARED.kind.collection} | AS_A_WHOLE.get(service, set())
    assert {name for name, end in said_of(service).items() if end.startswith("cleared")} == cleared


@pytest.mark.parametrize("service", SERVICES)
def test_what_an_erasure_takes_or_empties_is_one_of_the_persons_records(service: str) -> None:
    parts = {each.kind.collection for each in app_of(service).records.parts}
    named = {name for name, end in said_of(service).items() if end.startswith("erasure")}
    assert named - parts == set()
