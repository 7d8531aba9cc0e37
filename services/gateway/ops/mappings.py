"""How does the command line write mappings chosen at the desk into the firm's folder, and back?"""

from functools import partial
from typing import Literal

from pydantic import Field

from services.gateway.domain.imports.mapping_text import LONGEST, mapping_in, text_of
from services.gateway.workflow.kept_mappings import (
    bring_in,
    kept_mappings,
    needs_of_bringing,
    needs_of_mappings,
)
from shared.contracts.envelope import Cause
from shared.contracts.fields import wire_instant
from shared.contracts.keys import id_made_of
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.errors import ClienteleError, RuleError
from shared.requests.ops import OpsQuestion

MOST = 100  # files at a time
BY_FILE = "the firm's folder"


class MappingsAsked(Asked):
    """Which mappings are kept; with files, these hold from now on."""

    ask: Literal["mappings"]
    files: dict[str, str] = Field(default_factory=dict, max_length=MOST)  # name → text


class MappingOfDesk(Answer):
    """One mapping as it is kept, and the text of its file."""

    name: str
    kind: str
    at: str
    by: str
    text: str = Field(max_length=LONGEST)


class MappingsTold(Answer):
    """Every mapping that is kept, and what became of the files that were brought."""

    mappings: list[MappingOfDesk]
    became: dict[str, str]  # name → new, changed, same


def mappings_question() -> OpsQuestion:
    """The question; TemporaryError when the database is away."""
    return OpsQuestion("mappings", MappingsAsked, (MappingsTold,), _answer)


async def _answer(runtime: Runtime, asked: MappingsAsked) -> MappingsTold:
    became = await _brought(runtime, asked) if asked.files else {}
    unit = await runtime.look(needs_of_mappings)
    found = [
        MappingOfDesk(
            name=kept.name, kind=kept.kind, at=wire_instant(kept.at), by=kept.by,
            text=text_of(mapping),
        )
        for kept, mapping in kept_mappings(unit)
    ]  # fmt: skip
    return MappingsTold(mappings=found, became=became)


async def _brought(runtime: Runtime, asked: MappingsAsked) -> dict[str, str]:
    try:
        files = [mapping_in(name, text) for name, text in sorted(asked.files.items())]
    except ClienteleError as no:
        raise RuleError(no.message, code="mapping", field="files") from None
    now = runtime.clock.now()
    own_id = id_made_of("mp", now.isoformat(), *(each.name for each in files))
    cause = Cause(f"urn:clientele:{runtime.name}", own_id, "mappings", own_id, None, now)
    step, needs = partial(bring_in, files, BY_FILE), partial(needs_of_bringing, files)
    return await runtime.act(step, needs, cause=cause)
