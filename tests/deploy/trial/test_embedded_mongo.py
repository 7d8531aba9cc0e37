"""Does the embedded MongoDB start, keep what it was given and come back?"""

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.trial.embedded_mongo import EmbeddedMongo


def test_a_service_sees_only_its_own_databases(mongo_server: EmbeddedMongo) -> None:
    with MongoClient[dict[str, object]](mongo_server.url("intake")) as client:
        client["intake"]["probe"].insert_one({"_id": 1})
        client["intake_keys"]["probe"].insert_one({"_id": 1})
        with pytest.raises(OperationFailure, match="not authorized"):
            client["feedback"]["probe"].find_one()
