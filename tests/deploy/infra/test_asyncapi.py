"""Do the committed AsyncAPI documents say what the services hear and announce today?"""

from typing import Any

import pytest

from deploy.infra.asyncapi import FOLDER, as_text, documents
from deploy.infra.migrate import built_apps
from shared.contracts.catalogue import PUBLISHED_BY

DOCUMENTS: dict[str, dict[str, Any]] = documents()


@pytest.mark.parametrize("service", sorted(DOCUMENTS))
def test_the_committed_document_is_current(service: str) -> None:
    committed = (FOLDER / f"{service}.json").read_text(encoding="utf-8")
    assert committed == as_text(DOCUMENTS[service]), "run: python -m deploy.infra.asyncapi"


@pytest.mark.parametrize("service", sorted(DOCUMENTS))
def test_it_names_every_event_heard_and_announced(service: str) -> None:
    document = DOCUMENTS[service]
    assert document["asyncapi"] == "3.0.0"
    named = {operation["action"] for operation in document["operations"].values()}
    assert named <= {"receive", "send"}
    addresses = {channel["address"] for channel in document["channels"].values()}
    app = built_apps()[service]
    heard = {f"events.{listener.event.TYPE}.*" for listener in app.listeners}
    said = {f"events.{kind}.*" for kind in app.says}
    assert heard | said <= addresses


@pytest.mark.parametrize("service", sorted(DOCUMENTS))
def test_a_service_says_only_what_it_may_publish(service: str) -> None:
    assert set(built_apps()[service].says) <= PUBLISHED_BY[service]
