"""Does every kind of document that names a client stand in its service's ``records.py``?

Whoever adds one says there how it is told, erased and moved; or here why nothing of that is needed.
"""

import importlib
from dataclasses import fields
from typing import Any

import pytest

from deploy.infra.services import SERVICES
from shared.process.app import App

NAMES = {"client_id", "about", "person", "first_id", "survivor_id", "merged_id"}
LEFT_OUT = {
    "intake/records_requests": "the register of requests: it is how one knows who was erased",
    "intake/conflict_corpus": "counts",
    "feedback/matters": "matters by their own id, without whose they are",
}


def built(service: str) -> App:
    """A service, wired."""
    app: App = importlib.import_module(f"services.{service}.app").build()
    return app


def names_a_client(entity: type[Any]) -> bool:
    """Whether a document has a field for a client, or for what it is about."""
    return bool(NAMES & {each.name for each in fields(entity)})


@pytest.mark.parametrize("service", SERVICES)
def test_a_document_that_names_a_client_is_told_erased_and_moved(service: str) -> None:
    app = built(service)
    covered = {part.kind.collection for part in app.records.parts}
    forgotten = [
        each.collection
        for each in app.mappings
        if names_a_client(each.kind.entity)
        and each.collection not in covered
        and f"{service}/{each.collection}" not in LEFT_OUT
    ]
    assert forgotten == [], f"name these in services/{service}/records.py"


@pytest.mark.parametrize("service", SERVICES)
def test_every_part_is_a_document_of_its_service_and_may_move(service: str) -> None:
    app = built(service)
    kept = {each.collection for each in app.mappings}
    assert [p.kind.collection for p in app.records.parts if p.kind.collection not in kept] == []
    assert [p.kind.collection for p in app.records.parts if p.moved is None] == []
