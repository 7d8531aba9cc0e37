"""A person who brings lists by the desk, as the gateway hears of it."""

import base64
from dataclasses import dataclass, field
from typing import Any

from services.gateway.api.imports import ListRequest, answer_lists
from services.gateway.domain.imports.mapping_files import ImportMapping
from services.gateway.ports import FirmConfig
from shared.contracts.imports import PIECE, ListTold
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.gateway.doors import new_office

PAT = Actor(id="pat", roles=("partner",))
OSKAR = Actor(id="oskar", roles=("ops",))
LEO = Actor(id="leo", roles=("lawyer",))
BOOK = (
    b"Mandantennr;Vorname;Nachname;E-Mail;Sprache;Bemerkung\r\n"
    b"7;Ada;Muster;ada.muster@client.example;de;x\r\n"
    b"8;Bo;Lind;bo@client.example;de;\r\n"
    b"9;Piet;Sommer;;de;\r\n"
)
COLUMNS: dict[str, Any] = {
    "client_id": {"column": ["Mandantennr"], "prefix": "c-"},
    "name": {"column": ["Vorname", "Nachname"]},
    "email": {"column": ["E-Mail"]},
    "locale": {"column": ["Sprache"]},
    "timezone": {"constant": "Europe/Berlin"},
}


@dataclass
class Bringing:
    """The gateway over memory, and one person at a time who asks it."""

    office: MemoryService
    config: FirmConfig
    folder: list[ImportMapping] = field(default_factory=list)
    actor: Actor = PAT
    addresses: dict[str, str] = field(default_factory=dict)  # of calendars

    async def ask(self, ask: str, **said: Any) -> Any:
        """The answer; RuleError where it is a no."""
        runtime: Any = MemoryRuntime(self.office)
        request = ListRequest.model_validate({"ask": ask, "actor": self.actor, **said})
        answered = answer_lists(
            self.config, lambda: self.folder, lambda each: self.addresses.get(each.name)
        )
        return await answered(runtime, request)

    async def bring(
        self, content: bytes = BOOK, kind: str = "clients", form: str = "form-1"
    ) -> ListTold:
        """A file in pieces, and read."""
        parts = [content[at : at + PIECE] for at in range(0, len(content), PIECE)] or [b""]
        for number, part in enumerate(parts):
            said = base64.b64encode(part).decode()
            await self.ask("piece", list_id=form, number=number, content=said)
        told: ListTold = await self.ask(
            "read", list_id=form, kind=kind, file="mandanten.csv", pieces=len(parts)
        )
        return told

    async def tried(self, list_id: str, **said: Any) -> ListTold:
        """A dry run, to its end."""
        await self.ask("weigh", list_id=list_id, **said)
        self.office.work_due()
        told: ListTold = await self.ask("show", list_id=list_id)
        return told

    async def taken(self, told: ListTold) -> ListTold:
        """What was tried is confirmed, and taken in to its end."""
        await self.ask("confirm", list_id=told.list_id, run=told.run)
        self.office.work_due()
        shown: ListTold = await self.ask("show", list_id=told.list_id)
        return shown


def bringing(*folder: ImportMapping) -> Bringing:
    """A gateway that nobody has brought anything yet."""
    office, config = new_office()
    office.announced.clear()
    return Bringing(office, config, list(folder))
