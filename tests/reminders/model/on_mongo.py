"""The same machine over a real MongoDB, with the real leases, versions and transactions."""

from typing import ClassVar

from pymongo import MongoClient

from shared.mongo import Database, connect
from shared.state.indexes import ensure
from tests.reminders.model.machine import Machine
from tests.reminders.model.stores import ALL, InMongo, SharedStore

NAME = "model"


class OnMongo(Machine):
    """Each run begins with an empty database."""

    url: ClassVar[str] = ""
    _database: Database

    def make_store(self) -> SharedStore:
        """A database without documents."""
        self._database = connect(self.url, NAME)
        self.do(ensure(self._database, ALL))
        empty(self.url)
        return InMongo(self._database)

    def teardown(self) -> None:
        """Let go of the database as well."""
        try:
            super().teardown()
        finally:
            self._database.close()


def empty(url: str) -> None:
    """Take every document away, and leave the indexes."""
    with MongoClient[dict[str, object]](url) as client:
        for name in (NAME, f"{NAME}_keys"):
            for collection in client[name].list_collection_names():
                client[name][collection].delete_many({})
