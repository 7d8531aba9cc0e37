"""What makes up one service?

Each service's ``app.py`` builds one of these; it is the only file there that knows concrete
classes.
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI

from shared.contracts.requests import RequestType
from shared.engine.due_work import Due
from shared.engine.listening import Listener
from shared.engine.records import Records
from shared.engine.runtime import Runtime
from shared.requests.decisions import Decider
from shared.requests.figures import Own
from shared.requests.links import LinkMaker
from shared.requests.ops import Handler, OpsQuestion
from shared.requests.views import View
from shared.state.mappings import DocumentMapping

Loop = Callable[[Runtime], Coroutine[Any, Any, None]]
Start = Callable[[Runtime], Awaitable[None]]
Told = Mapping[str, Any]
"""Settings that whoever builds a service gives it before the environment and the firm's folder."""
AS_TOLD: Told = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request only this service answers: ``<verb>.<service>``, and how."""

    type: RequestType
    answer: Handler
    signed: bool = False  # in the name of a person, whom the desk has to prove


@dataclass(frozen=True)
class App:
    """One service, wired: what it keeps, hears, decides, shows, and does when it is due."""

    name: str
    title: str
    listeners: Sequence[Listener[Any]]
    mappings: Sequence[DocumentMapping[Any]]
    deciders: Sequence[Decider] = ()
    views: Sequence[View] = ()
    links: Sequence[LinkMaker] = ()
    due: Sequence[Due[Any]] = ()
    pages: Callable[[FastAPI, Runtime], None] | None = None  # adds the service's routes
    ops: Sequence[OpsQuestion] = ()  # what only this service answers on `ops.<service>`
    answers: Sequence[OwnRequest] = ()
    figures: Own | None = None  # its own figures, beside those of every service
    start: Start | None = None  # once, before anything is consumed
    loops: Sequence[Loop] = ()
    records: Records = field(default_factory=Records)  # what it holds of persons
    hears_all: bool = False  # one durable on every event (reminders, desk)
    again: Callable[[Told], "App"] | None = None  # builds it anew, to go by other values
    shipped: Mapping[str, Path] = field(default_factory=dict)
    # what is shipped of files of the firm's folder, by their place there
    says: Sequence[str] = ()  # event types this service announces, for the AsyncAPI page
