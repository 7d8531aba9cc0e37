"""With what does a running process hand messages over?"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from services.reminders.domain.contact import Contact
from services.reminders.domain.digest import Digest
from services.reminders.domain.inquirer_letter import InquirerLetter
from services.reminders.domain.sender_check import SenderCheck
from services.reminders.gateways.client_messages import ClientMessages
from services.reminders.gateways.digests import DigestMessages, NatsAgendas
from services.reminders.gateways.inquirer_letters import LetterMessages
from services.reminders.gateways.links import NatsLinks
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.gateways.sender_checks import SenderCheckMessages
from services.reminders.gateways.smtp import SmtpMailer
from services.reminders.gateways.text_provider import HttpTexts
from services.reminders.gateways.text_reports import ReportPaths
from services.reminders.ports import OutgoingMessage
from services.reminders.workflow.firm_config import FirmConfig
from shared.engine.hand_over import HandOver
from shared.engine.runtime import Runtime
from shared.telemetry.logs import log


class HandOvers:
    """Every way in which a running process hands something over."""

    _metrics: SendMetrics
    _messages: HandOver[Contact, OutgoingMessage]
    _digests: HandOver[Digest, OutgoingMessage]
    _letters: HandOver[InquirerLetter, OutgoingMessage]
    _tests: HandOver[SenderCheck, OutgoingMessage]

    def __init__(
        self,
        config: FirmConfig,
        mailer: SmtpMailer,
        bounce_domain: str | None,
        texts: HttpTexts | None,
        reports: Callable[[Runtime], ReportPaths],
    ) -> None:
        self._texts, self._reports = texts, reports
        self._bounce_domain = bounce_domain
        self._config = config
        self._mailer = mailer

    async def start(self, runtime: Runtime) -> None:
        """From now on it can hand over."""
        if self._config.sample_settings:
            log.error("sample_values", reason=", ".join(self._config.sample_settings))
        self._config.sender = f"{runtime.settings.replica}:{uuid4().hex[:12]}"
        self._metrics = metrics = SendMetrics(runtime.metrics.registry)
        config = self._config
        domain = self._bounce_domain
        paths = ReturnPaths(domain, runtime.settings.link_key()) if domain else None
        if self._texts is not None:
            self._texts.check()
            self._texts.reports = self._reports(runtime)
        self._messages = HandOver(ClientMessages(config, NatsLinks(runtime), metrics, paths))
        digests = DigestMessages(config, self._mailer, NatsAgendas(runtime), metrics)
        self._digests = HandOver(digests)
        letters = LetterMessages(config, self._mailer, NatsLinks(runtime), metrics, paths)
        self._letters = HandOver(letters)
        self._tests = HandOver(SenderCheckMessages(config, self._mailer, metrics, paths))

    async def fired(self, runtime: Any, timers: Sequence[Any]) -> None:
        """Timers have fired."""
        await self._metrics.fired(runtime, timers)

    async def hand_over(self, runtime: Any, contacts: Sequence[Contact]) -> None:
        """Messages may go."""
        self._metrics.looked_at(contacts)
        await self._messages(runtime, contacts)

    async def hand_letters(self, runtime: Any, letters: Sequence[InquirerLetter]) -> None:
        """Letters to inquirers may go."""
        await self._letters(runtime, letters)

    async def hand_digests(self, runtime: Any, digests: Sequence[Digest]) -> None:
        """Digests may go."""
        await self._digests(runtime, digests)

    async def hand_test_mails(self, runtime: Any, checks: Sequence[SenderCheck]) -> None:
        """A test mail may go."""
        await self._tests(runtime, checks)
