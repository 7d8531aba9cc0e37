"""What do operations see of whether the firm's mail is believed, and from when is that?"""

from typing import Literal

from services.reminders.domain.sender_check import NAME
from services.reminders.ports import SENDER_CHECKS
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.sender_checks import kept_in
from shared.contracts.answers import SenderStanding
from shared.contracts.requests import Asked
from shared.engine.runtime import Runtime
from shared.requests.ops import OpsQuestion


class SenderOfOpsAsked(Asked):
    """Is mail of the firm believed, as the last test mail showed?"""

    ask: Literal["sender"]


async def sender_standing(runtime: Runtime, config: FirmConfig | None) -> SenderStanding | None:
    """What was found last, for the address and the server by which mail goes now."""
    if config is None:
        return None
    check = kept_in(await runtime.look(lambda _: [SENDER_CHECKS.one(NAME)]))
    found = check.judgement
    return SenderStanding(
        state=check.standing(config.mail_way),
        at=found.at.isoformat() if found else None,
        amiss=tuple(each.line for each in found.findings if not each.well) if found else (),
    )


def sender_question(config: FirmConfig) -> OpsQuestion:
    """The same for the command line."""

    async def answer(runtime: Runtime, _: SenderOfOpsAsked) -> SenderStanding:
        return await sender_standing(runtime, config) or SenderStanding(state="never")

    return OpsQuestion("sender", SenderOfOpsAsked, (SenderStanding,), answer)
