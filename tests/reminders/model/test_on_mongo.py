"""Do timers and messages keep their promises where versions and leases are MongoDB's?"""

from collections.abc import Iterator

import pytest
from hypothesis.stateful import run_state_machine_as_test
from pymongo import MongoClient

from deploy.trial.embedded_mongo import EmbeddedMongo
from tests.reminders.model.budget import budget
from tests.reminders.model.on_mongo import NAME, OnMongo


@pytest.fixture
def url(mongo_server: EmbeddedMongo) -> Iterator[str]:
    """A MongoDB that the machine may use."""
    yield mongo_server.url()
    with MongoClient[dict[str, object]](mongo_server.url()) as client:
        client.drop_database(NAME)
        client.drop_database(f"{NAME}_keys")


def test_timers_and_messages_keep_their_promises_over_mongo(url: str) -> None:
    machine = type("Here", (OnMongo,), {"url": url})
    run_state_machine_as_test(machine, settings=budget(fast=3, whole=120, steps=20))
