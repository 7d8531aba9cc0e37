"""Does the runbook say every address that a proxy has to let in, and no other?"""

import re
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from fastapi import FastAPI

from services.reminders.domain.text_status import ANSWERS, REPORTS
from tests.wired_apps import wired_apps

RUNBOOK = Path(__file__).parents[2] / "docs" / "operations.md"
OTHERS = ("intake", "feedback", "reputation", "gateway")  # of the desk everything is open


def said() -> dict[str, set[str]]:
    """The first part of each address, by service, as the runbook has it."""
    text = RUNBOOK.read_text("utf-8").partition("What is open to the world")[2].partition("```")[0]
    rows = re.findall(r"^ *\| (\w+) \| (`.*) \|$", text, re.MULTILINE)
    return {service: set(re.findall(r"`(/[^`]+)`", cell)) for service, cell in rows}


@pytest.mark.parametrize("service", OTHERS)
def test_the_runbook_names_where_a_service_is_open_to_the_world(service: str) -> None:
    web = FastAPI(openapi_url=None)
    pages = wired_apps()[service].pages
    assert pages is not None
    pages(web, MagicMock())
    routers = (each.original_router for each in web.routes if hasattr(each, "original_router"))
    places = {f"/{route.path.split('/')[1]}" for router in routers for route in router.routes}
    assert said()[service] == places


def test_the_runbook_names_where_a_provider_of_text_messages_reports() -> None:
    assert said()["reminders"] == {f"/{place.split('/')[1]}" for place in (REPORTS, ANSWERS)}
