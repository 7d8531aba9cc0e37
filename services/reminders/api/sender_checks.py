"""What is the desk told of whether the firm's mail is believed, and what may it have done?

``senders.reminders`` is asked by the desk alone, in the name of a person it vouches for: a partner,
or whoever keeps the machines running.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from services.reminders.domain.sender_check import Judgement, SenderCheck
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.sender_checks import SenderSteps, kept_in
from shared.contracts.envelope import Cause
from shared.contracts.requests import RequestType
from shared.contracts.sender_checks import FindingTold, JudgementTold, SenderAsked, SenderTold
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor

SOURCE = "urn:clientele:desk"
WHO = ("partner", "ops")
Ask = Callable[[Runtime, "SenderRequest"], Awaitable[SenderTold]]


class SenderRequest(SenderAsked):
    """The question, and who asks it."""

    actor: Actor


SENDERS_REQUEST = RequestType(
    "senders",
    "Whether mail of the firm is believed; a test mail sent, and its source read back.",
    SenderRequest,
    (SenderTold,),
)


def answer_senders(config: FirmConfig) -> Ask:
    """Answers all three questions; RuleError for what is refused, with its reason in a sentence."""

    async def answer(runtime: Runtime, asked: SenderRequest) -> SenderTold:
        if not set(asked.actor.roles) & set(WHO):
            raise RuleError("This is for partners and operations.", code="wrong-role")
        steps = SenderSteps(config)
        if asked.ask == "state":
            return _told(config, kept_in(await runtime.look(steps.needs_of_asking)))
        id = f"{asked.ask}-{asked.request_id or ''}"
        if not asked.request_id:
            raise RuleError("Say under which id this is asked.", code="missing", field="request_id")
        by, address, source = asked.actor.id, asked.address or "", asked.source or ""
        step = (
            partial(steps.ask, asked.request_id, by, address, asked.language or "")
            if asked.ask == "send"
            else partial(steps.read_copy, source, by)
        )
        cause = Cause(SOURCE, id, "request", id, None, runtime.clock.now())
        return _told(config, await runtime.act(step, steps.needs_of_asking, cause=cause))

    return answer


def _told(config: FirmConfig, check: SenderCheck) -> SenderTold:
    way = config.mail_way
    return SenderTold(
        sender=way.address,
        mailbox=way.mailbox,
        standing=check.standing(way),
        progress=check.progress,
        by=check.by,
        address=check.address or "",
        asked_at=check.asked_at.isoformat() if check.asked_at else None,
        outcome=check.outcome,
        judgement=_judgement(check.judgement) if check.judgement else None,
    )


def _judgement(found: Judgement) -> JudgementTold:
    return JudgementTold(
        at=found.at.isoformat(),
        by=found.by,
        judge=found.judge,
        findings=[
            FindingTold(line=each.line, code=each.code, domain=each.domain, well=each.well)
            for each in found.findings
        ],
    )
