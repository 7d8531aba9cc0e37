"""How does an empty MongoDB become a replica set with a user per service?

Transactions need a replica set, even of one member. Each service's user sees its own two databases.
Run as a program it prepares the container: the address and the passwords come from its environment.
"""

import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import ConnectionFailure, OperationFailure

from deploy.infra.services import SERVICES
from shared.clock import monotonic
from shared.errors import ClienteleError

NAME = "clientele"
PATIENCE_SECONDS = 120

Client = MongoClient[dict[str, Any]]


class NotPreparedError(ClienteleError):
    """MongoDB did not become the primary of its replica set in time."""


def initiate(client: Client, host: str) -> None:
    """Make the set with this one member."""
    member = {"_id": 0, "host": host}
    client.admin.command("replSetInitiate", {"_id": NAME, "members": [member]})


def move(client: Client, host: str) -> None:
    """The only member is reached under another address now."""
    current = client.admin.command("replSetGetConfig")["config"]
    members = [current["members"][0] | {"host": host}]
    client.admin.command("replSetReconfig", current | {"members": members}, force=True)


def make_users(client: Client, passwords: Mapping[str, str]) -> None:
    """A user for each service that has none yet."""
    known = {user["user"] for user in client.admin.command("usersInfo")["users"]}
    for service in SERVICES:
        if service not in known:
            roles = [{"role": "readWrite", "db": db} for db in (service, f"{service}_keys")]
            client.admin.command("createUser", service, pwd=passwords[service], roles=roles)


def prepare(host: str, passwords: Mapping[str, str]) -> None:
    """Make the set and its users, or leave them as they are; waits until the server is there."""
    address, _, port = host.partition(":")
    until = monotonic() + PATIENCE_SECONDS
    while True:
        with Client(
            address, int(port), directConnection=True, serverSelectionTimeoutMS=2000,
            username="admin", password=passwords["admin"],
        ) as client:  # fmt: skip
            try:
                if client.admin.command("hello")["isWritablePrimary"]:
                    make_users(client, passwords)
                    return
                initiate(client, host)
            except (ConnectionFailure, OperationFailure) as failure:
                if monotonic() > until:
                    raise NotPreparedError from failure
        time.sleep(0.5)


if __name__ == "__main__":
    prepare(os.environ["MONGO_HOST"], json.loads(Path(os.environ["MONGO_USERS_FILE"]).read_text()))
    sys.stdout.write("the replica set and its users are there\n")
