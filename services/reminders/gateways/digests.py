"""What happens between "this person's digest is due" and "this became of it"?

The desk is asked what there is to do and where it is to be sent; nothing of that is kept here.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from services.reminders.domain.digest import Digest
from services.reminders.domain.wording import Occasion, WordingError, with_links
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.gateways.sending import NOT_TRIED, begin_until, give, keep, see_through
from services.reminders.ports import (
    DESK_AWAY,
    Agenda,
    Agendas,
    Mailer,
    Outcome,
    OutgoingMessage,
    Result,
)
from services.reminders.workflow.digests import DigestSteps, needs_of_address, refuses
from services.reminders.workflow.firm_config import FirmConfig
from shared.clock import monotonic
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.telemetry.logs import log

AT_ONCE = 8
DESK = "digests.desk"
MESSAGE = "digest"
AGENDA = TypeAdapter(Agenda)


@dataclass(frozen=True)
class DigestHandOver:
    """Hands over the digests that fell due in this process's hands."""

    config: FirmConfig
    mailer: Mailer
    agendas: Agendas
    metrics: SendMetrics

    async def __call__(self, runtime: Any, digests: Sequence[Digest]) -> None:
        """Hand over, and record every outcome; a stop of the process waits for what has begun."""
        digest_steps = DigestSteps(self.config)
        mine = [each for each in digests if digest_steps.is_in_hand(each)]
        if mine:
            await see_through(self._all(runtime, mine))

    async def _all(self, runtime: Any, digests: Sequence[Digest]) -> None:
        until = await begin_until(runtime, [each.hand_over_until for each in digests])
        places = asyncio.Semaphore(AT_ONCE)

        async def one(digest: Digest) -> None:
            async with places:
                await self._one(runtime, digest, until)

        await asyncio.gather(*(one(each) for each in digests))

    async def _one(self, runtime: Any, digest: Digest, until: float) -> None:
        address: str | None = None
        if runtime.leaving or monotonic() >= until:
            outcome = NOT_TRIED
        else:
            found = await self._agenda(runtime, digest)
            outcome = (
                found
                if isinstance(found, Outcome)
                else await self._send(digest, found, runtime.clock.now(), until)
            )
            address = found.address if isinstance(found, Agenda) else None
        await self._record(runtime, digest, outcome, address)

    async def _agenda(self, runtime: Any, digest: Digest) -> Agenda | Outcome:
        """What there is to do; or why no message is made."""
        try:
            since = digest.new_since(runtime.clock.now())
            agenda = await self.agendas.agenda(digest.staff_id, since)
            if isinstance(agenda, str):
                return Outcome(Result.NOT_MADE, agenda)
            unit = await runtime.look(lambda _: needs_of_address(agenda.address))
        except TemporaryError:
            return Outcome(Result.RETRY, DESK_AWAY)
        return (
            Outcome(Result.NOT_MADE, "address-refused") if refuses(agenda.address, unit) else agenda
        )

    async def _send(self, digest: Digest, agenda: Agenda, now: datetime, until: float) -> Outcome:
        try:
            message = self._message(digest, agenda, now)
        except WordingError as lacking:
            return Outcome(Result.REFUSED_HERE, lacking.code)
        return await give(message, self.mailer, self.metrics, until)

    def _message(self, digest: Digest, agenda: Agenda, now: datetime) -> OutgoingMessage:
        groups = {"overdue": agenda.overdue, "today": agenda.today, "new": agenda.new}
        words = {
            **groups,
            "firm": self.config.name,
            "inbox": agenda.inbox,
            "preferences": agenda.settings,
            "count": sum(each.count for each in groups.values()),
        }
        occasion = Occasion(locale=agenda.language or "", zone=ZoneInfo(digest.zone), now=now)
        worded = self.config.to_staff.render(MESSAGE, words, occasion)
        return OutgoingMessage(
            contact_id=digest.number,
            number=0,
            address=agenda.address,
            subject_line=worded.subject_line,
            text=with_links(worded.text, {}),
            html=with_links(worded.html, {}),
            locale=worded.locale,
        )

    async def _record(
        self, runtime: Any, digest: Digest, outcome: Outcome, address: str | None
    ) -> None:
        digest_steps = DigestSteps(self.config)
        await keep(
            runtime,
            lambda unit: digest_steps.record_outcome(digest, outcome, address, unit),
            lambda _: digest_steps.needs_of_settling(digest),
            _cause_of(digest, runtime),
            1,
        )
        self.metrics.digested(outcome)
        log.info("digest", staff_id=digest.staff_id, outcome=outcome.result.value,
                 reason=outcome.reason)  # fmt: skip


class NatsAgendas:
    """The desk, asked over NATS."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def agenda(self, staff_id: str, new_since: datetime) -> Agenda | str:
        """What there is to do, or why no message goes; TemporaryError when the desk is away."""
        asked = {"staff_id": staff_id, "new_since": new_since.isoformat()}
        answer = await self._runtime.request(DESK, asked)
        if isinstance(answer.get("nothing"), str):
            return str(answer["nothing"])
        try:
            return AGENDA.validate_python(answer)
        except ValidationError:  # a refusal, or a desk of another release
            raise TemporaryError("the desk cannot say it now") from None


def _cause_of(digest: Digest, runtime: Any) -> Cause:
    own_id = f"handed-{digest.number}-{digest.retries}"
    source = f"urn:clientele:{runtime.name}"
    return Cause(source, own_id, "handed-over", own_id, None, runtime.clock.now())
