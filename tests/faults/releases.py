"""How do this release and the one before it run side by side, over the same servers?

The one before is the newest tag, or else the commit before this one. It is replica 0 of every
service and this release replica 1, each with its own code; nothing else differs.
"""

import asyncio
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deploy.infra.services import SERVICES
from deploy.infra.stream import GIB
from shared.clock import monotonic
from shared.process.run import mappings_of
from tests.bench.against.checkout import HERE, CannotPrepareError, Checkout
from tests.bench.rig import STREAM_BYTES
from tests.conftest import free_base
from tests.faults.hosts import has_room
from tests.faults.system import System

OLDER, NEWER = 0, 1
FROM_ANOTHER_RELEASE = "said_by_another_release"
KEPT = {"rooms": [1, {"of": "another"}], "at": None}


class NoHistoryError(Exception):
    """This clone has no release before this one: ``git fetch --unshallow --tags`` brings it."""


def release_before(folder: Path = HERE) -> str:
    """What git calls the release before this one; NoHistoryError where it knows none."""
    try:
        before = _git(folder, "rev-parse", "--verify", "HEAD~1^{commit}")
        if _git(folder, "tag", "--merged", before):
            return _git(folder, "describe", "--tags", "--abbrev=0", before)
        return before
    except (OSError, subprocess.CalledProcessError) as failure:
        raise NoHistoryError(NoHistoryError.__doc__) from failure


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class TwoReleases(System):
    """An installation of the release before, to be brought up to this one and back."""

    def __init__(self, folder: Path, older: Checkout) -> None:
        super().__init__(folder, base=next(base for base in iter(free_base, 0) if has_room(base)))
        self.older = older

    def program(self, service: str, replica: int) -> tuple[list[str], dict[str, str]]:
        """A service of the release this replica runs."""
        if replica == NEWER:
            return super().program(service, replica)
        return self.older.module(f"services.{service}.app"), self.older.environment()

    async def migrate(self) -> None:
        """As the release before prepares its servers."""
        await asyncio.to_thread(
            self.older.clientele, "migrate", "--stream-gib", str(STREAM_BYTES / GIB),
            CLIENTELE_NATS_URL=self.nats_server.url(), CLIENTELE_MONGO_URL=self.mongo_server.url(),
        )  # fmt: skip

    async def join(self, release: int) -> None:
        """Start every service of a release beside what runs, one after the other."""
        if release == NEWER:
            await super().migrate()
        for service in SERVICES:
            self.start_service(service, release)
            await self.ready()

    async def leave(self, release: int) -> float:
        """End every service of a release in order; the instant from which the other is alone."""
        await self.stop_services([f"{service}-{release}" for service in SERVICES])
        return monotonic()

    async def plant(self) -> dict[tuple[str, str, Any], int]:
        """Give every document a field that neither release knows; the versions they had."""
        planted: dict[tuple[str, str, Any], int] = {}
        for service, name in self._kinds():
            rows = self.database(service).collection(name)
            field = {f"d.{FROM_ANOTHER_RELEASE}": KEPT}
            await rows.update_many({}, {"$set": field, "$inc": {"v": 1}})
            async for row in rows.find({f"d.{FROM_ANOTHER_RELEASE}": KEPT}):
                planted[service, name, row["_id"]] = row["v"]
        return planted

    async def harvest(self, planted: dict[tuple[str, str, Any], int]) -> int:
        """Take the fields out again; how many of their documents had been changed meanwhile.

        Raises AssertionError where one was lost.
        """
        changed, lost = 0, []
        for service, name in self._kinds():
            rows = self.database(service).collection(name)
            async for row in rows.find({}):
                version = planted.get((service, name, row["_id"]))
                changed += version is not None and row["v"] > version
                if version is not None and row["d"].get(FROM_ANOTHER_RELEASE) != KEPT:
                    lost.append((service, name, row["_id"], version, row["v"]))
            await rows.update_many({}, {"$unset": {f"d.{FROM_ANOTHER_RELEASE}": ""}})
        assert not lost, ("what another release had added is gone", len(lost), lost[:5])
        return changed

    def _kinds(self) -> Iterable[tuple[str, str]]:
        for service in SERVICES:
            for mapping in mappings_of(self.apps[service]):
                yield service, mapping.collection


__all__ = ["NEWER", "OLDER", "CannotPrepareError", "NoHistoryError", "TwoReleases"]
