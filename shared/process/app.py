"""What makes up one service?

Each service's ``app.py`` builds one of these; it is the only file there that knows concrete
classes.
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI

from shared.engine.due_work import Due
from shared.engine.listening import Listener
from shared.engine.runtime import Runtime
from shared.requests.decisions import Decider
from shared.requests.links import LinkMaker
from shared.requests.views import View
from shared.state.mappings import DocumentMapping

OpsHandler = Callable[[Runtime, dict[str, Any]], Awaitable[dict[str, Any]]]
Loop = Callable[[Runtime], Coroutine[Any, Any, None]]
Start = Callable[[Runtime], Awaitable[None]]


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
    ops: Mapping[str, OpsHandler] = field(
        default_factory=dict
    )  # name → answer, for `ops.<service>`
    answers: Mapping[str, OpsHandler] = field(
        default_factory=dict
    )  # verb → answer to requests only this service answers: `<verb>.<service>`
    figures: OpsHandler | None = None  # its own figures, beside those of every service
    start: Start | None = None  # once, before anything is consumed
    loops: Sequence[Loop] = ()
    hears_all: bool = False  # one durable on every event (reminders, desk)
    says: Sequence[str] = ()  # event types this service announces, for the AsyncAPI page
