"""What do the doors work with?

Put together once by ``app.py``. A source's secrets are read from their files whenever these have
changed, so that one can be exchanged while the gateway runs.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence

from prometheus_client import CollectorRegistry, Counter

from services.gateway.api.problems import DoorError
from services.gateway.domain.last_words import Notebook
from services.gateway.domain.signatures import Arrived, Proof, is_secret
from services.gateway.domain.sources import Source
from services.gateway.ports import FirmConfig
from services.gateway.settings import Secrets
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime

UNKNOWN = "unknown"  # a source nobody has: strangers' words are no labels
SHORTEST_KEY = 20


SignedByGoogle = Callable[[Arrived, Proof], Awaitable[None]]
"""Raises NotSignedError where it is not, TemporaryError while nobody can say."""


class DoorFigures:
    """What came to the doors; a source is called as its file is, any other is unknown."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.received = Counter(
            "gateway_received",
            "What came to the doors, by its source and what became of it",
            ["source", "outcome"],
            registry=registry,
        )


class Site:
    """The doors of one running process."""

    def __init__(
        self, runtime: Runtime, config: FirmConfig, secrets: Secrets, notebook: Notebook,
        signed_by_google: SignedByGoogle,
    ) -> None:  # fmt: skip
        self.runtime = runtime
        self.signed_by_google = signed_by_google
        self.config = config
        self._secrets = secrets
        self._notebook = notebook
        self._figures = DoorFigures(runtime.metrics.registry)

    def secrets_of(self, source: Source) -> Sequence[str]:
        """The secrets in force; raises DoorError where it has none it can use."""
        found = [
            each
            for each in self._secrets.of(source.secret_name)
            if is_secret(source.proof.scheme, each)
        ]
        if not found:
            self.count(source.name, "closed")
            raise DoorError(503, "This door has no secret yet, and stays closed.", code="closed")
        return found

    def keys_of(self, source: Source) -> Sequence[str]:
        """The keys with which it may post events; none lets nobody in."""
        return [each for each in self._secrets.of(source.secret_name) if len(each) >= SHORTEST_KEY]

    def count(self, source: str, outcome: str, number: int = 1) -> None:
        """What became of it, for the figures."""
        self._figures.received.labels(source, outcome).inc(number)

    def spoke(self, source: str) -> None:
        """A source has said something that was its own."""
        self._notebook.note(source, self.runtime.clock.now())

    def cause(self, own_id: str) -> Cause:
        """What is worked on: one request, or what is repeated of it."""
        return Cause(
            f"urn:clientele:{self.runtime.name}", own_id, "delivery", own_id, None,
            self.runtime.clock.now(),
        )  # fmt: skip


def sources_with_keys(config: FirmConfig) -> Iterable[Source]:
    """The sources that post events of their own."""
    return (each for each in config.sources.values() if each.bearer)
