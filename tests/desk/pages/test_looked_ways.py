"""Has every page about somebody words in the list of who looked?"""

import importlib
import pkgutil

import pytest
from starlette.routing import Route

import services.desk.pages
from services.desk.pages.looked import way_words

ABOUT = ("{client_id}", "{inquiry_id}", "{task_id}")


def ways() -> list[str]:
    """Every page about a client, an inquiry or a task."""
    package = services.desk.pages
    found = set()
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        router = getattr(importlib.import_module(module.name), "router", None)
        for each in getattr(router, "routes", ()):
            if isinstance(each, Route) and "GET" in (each.methods or ()):
                found |= {each.path} if any(one in each.path for one in ABOUT) else set()
    return sorted(found)


@pytest.mark.parametrize("path", ways())
def test_it_is_told_in_words_and_not_by_its_address(path: str) -> None:
    assert way_words(f"GET {path}") != f"GET {path}"
