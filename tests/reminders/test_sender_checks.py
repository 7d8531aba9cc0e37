"""Does a test mail show whether the firm is believed: sent the real way, and read back?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from services.reminders.api.sender_checks import SenderRequest, answer_senders
from services.reminders.domain.mail_sorting import Sort
from services.reminders.domain.sender_check import MOST_IN_AN_HOUR, NAME, SenderCheck, State
from services.reminders.gateways.mail_reading import Ours, read_mail
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.gateways.sender_checks import SenderCheckMessages
from services.reminders.gateways.smtp import MailServer, SmtpMailer
from services.reminders.ops.sender_checks import sender_standing
from services.reminders.ports import SENDER_CHECKS
from services.reminders.workflow.hold_switch import needs_of_switch, switch
from services.reminders.workflow.sender_checks import SenderSteps
from shared.channels import Outcome, Result
from shared.contracts.envelope import Cause
from shared.contracts.sender_checks import SenderTold
from shared.engine.due_work import Due
from shared.engine.hand_over import HandOver
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.reminders.incoming import Mailbox
from tests.reminders.over_memory import Reminders, new_config
from tests.reminders.sending import FakeMailer, MemoryRuntime
from tests.reminders.smtp_server import ScriptedServer

OWN = {"mail_from": "Firm <office@firm.example>", "firm_name": "Firm", "smtp_host": "mx.example"}
WELL = (
    "Authentication-Results: mx.provider.example; spf=pass smtp.mailfrom=firm.example;\r\n"
    " dkim=pass header.d=firm.example; dmarc=pass header.from=firm.example\r\n"
)
UNSIGNED = WELL.replace("dkim=pass", "dkim=none").replace("dmarc=pass", "dmarc=none")
PAT = {"id": "pat", "roles": ["partner"]}


class Office:
    """A firm that tries its mail; mail goes to a server that a test gives."""

    def __init__(self, mailer: Any = None, **settings: Any) -> None:
        self.reminders = Reminders(new_config(**{**OWN, **settings}))
        self.config = self.reminders.config
        steps = SenderSteps(self.config)
        self.due: Due[Any] = Due(SENDER_CHECKS, steps.step, steps.needs)
        self.reminders.due = [self.due]
        self.runtime: Any = MemoryRuntime(self.reminders)
        self.mailer = mailer or FakeMailer()
        paths = ReturnPaths("bounces.firm.example", b"k" * 32)
        metrics = SendMetrics(CollectorRegistry())
        self.post = HandOver(SenderCheckMessages(self.config, self.mailer, metrics, paths))

    @property
    def check(self) -> SenderCheck:
        found = self.reminders.get(SENDER_CHECKS, NAME)
        assert found is not None
        return found

    async def ask(self, ask: str, by: dict[str, Any] = PAT, **asked: Any) -> SenderTold:
        actor = Actor.model_validate(by)
        request = SenderRequest.model_validate({"ask": ask, "actor": actor, **asked})
        return await answer_senders(self.config)(self.runtime, request)

    async def send(self, id: str = "1", to: str = "pat@home.example") -> None:
        """One is asked for, and goes."""
        await self.ask("send", request_id=id, address=to, language="de")
        await self.goes()

    async def goes(self) -> None:
        """What is due is done once, as a process does it."""
        now = self.reminders.now
        cause = Cause("urn:test", f"due-{now.isoformat()}", "due", "x", None, now)
        self.reminders.act(
            lambda unit: self.due.step(self.check, unit),
            lambda unit: [SENDER_CHECKS.one(NAME), *self.due.needs(self.check, unit)],
            cause,
        )
        await self.post(self.runtime, [self.check])


async def sent_for_real(office: Office) -> str:
    """The source of the test mail as a mail server took it."""
    async with ScriptedServer({}) as server:
        told = MailServer(host="127.0.0.1", port=server.port, sender=OWN["mail_from"], firm="Firm")
        office.mailer = SmtpMailer(told)
        office.post = HandOver(
            SenderCheckMessages(office.config, office.mailer, SendMetrics(CollectorRegistry()))
        )
        await office.send()
        await office.mailer.close()
        (body,) = server.bodies
    return body.decode()


async def test_what_was_never_tried_is_not_known() -> None:
    told = await Office().ask("state")
    assert (told.sender, told.standing, told.progress) == ("office@firm.example", "never", "none")


async def test_a_test_mail_goes_as_every_message_goes_in_the_readers_language() -> None:
    office = Office()
    await office.send()
    (mail,) = office.mailer.messages
    assert mail.address == "pat@home.example"
    assert mail.subject_line == "Testmail von Firm"
    assert (mail.return_path or "").endswith("@bounces.firm.example")
    assert "abbestellen" not in mail.text  # nobody is subscribed to it
    assert (await office.ask("state")).progress == "arriving"


async def test_the_source_of_the_mail_that_arrived_shows_that_it_is_believed() -> None:
    office = Office()
    source = await sent_for_real(office)
    told = await office.ask("read", request_id="2", source=WELL + source)
    assert (told.standing, told.progress) == ("ready", "read")
    assert told.judgement is not None
    assert (told.judgement.judge, told.judgement.by) == ("mx.provider.example", "pat")
    assert {each.line for each in told.judgement.findings if each.well} == {
        "from", "spf", "dkim", "alignment",
    }  # fmt: skip


async def test_what_is_amiss_is_named_and_operations_see_it() -> None:
    office = Office()
    source = await sent_for_real(office)
    told = await office.ask("read", request_id="2", source=UNSIGNED + source)
    assert told.standing == "not-ready"
    standing = await sender_standing(office.runtime, office.config)
    assert standing is not None
    assert (standing.state, standing.amiss) == ("not-ready", ("dkim",))


async def test_the_firms_mailbox_reads_it_back_by_itself() -> None:
    office = Office()
    raw = (WELL + await sent_for_real(office)).encode()
    ours = Ours("firm.example", frozenset({"office@firm.example"}))
    mail = read_mail(raw, ours, office.reminders.now)
    assert Mailbox(office.reminders).take_in(mail) is Sort.OWN
    told = await office.ask("state")
    assert told.standing == "ready"
    assert told.judgement is not None
    assert told.judgement.by == ""


async def test_mail_of_others_that_came_to_the_mailbox_shows_nothing() -> None:
    office = Office()
    raw = (WELL + await sent_for_real(office)).replace("office@firm.example", "x@else.example")
    ours = Ours("firm.example", frozenset({"office@firm.example"}))
    Mailbox(office.reminders).take_in(read_mail(raw.encode(), ours, office.reminders.now))
    assert (await office.ask("state")).standing == "never"


@pytest.mark.parametrize("source", ["", "x", "From: a@b.example\n\nBody", WELL])
async def test_the_source_of_another_mail_is_refused(source: str) -> None:
    office = Office()
    await office.send()
    with pytest.raises(RuleError) as refused:
        await office.ask("read", request_id="2", source=source)
    assert refused.value.field == "source"


async def test_what_was_found_does_not_hold_for_another_way() -> None:
    office = Office()
    source = await sent_for_real(office)
    await office.ask("read", request_id="2", source=WELL + source)
    office.config.mail_way = replace(office.config.mail_way, server="other.example:25")
    assert (await office.ask("state")).standing == "changed"


async def test_what_was_found_stays_until_another_test_is_read_back() -> None:
    office = Office()
    source = await sent_for_real(office)
    await office.ask("read", request_id="2", source=WELL + source)
    await office.ask("send", request_id="3", address="pat@home.example")
    told = await office.ask("state")
    assert (told.standing, told.progress) == ("ready", "waiting")


async def test_asked_twice_it_goes_once() -> None:
    office = Office()
    await office.send("1")
    again = await office.ask("send", request_id="1", address="pat@home.example")
    assert again.progress == "arriving"
    assert len(office.mailer.messages) == 1


async def test_while_one_is_on_its_way_no_other_is_sent() -> None:
    office = Office()
    await office.ask("send", request_id="1", address="pat@home.example")
    with pytest.raises(RuleError, match="on its way"):
        await office.ask("send", request_id="2", address="pat@home.example")


async def test_it_cannot_be_used_to_fill_a_mailbox() -> None:
    office = Office()
    for number in range(MOST_IN_AN_HOUR):
        await office.send(str(number))
    with pytest.raises(RuleError, match="within an hour"):
        await office.send("too many")
    office.reminders.now += timedelta(hours=1, seconds=1)
    await office.send("later")


@pytest.mark.parametrize("address", ["", "pat", "a@b@", "two@a.example, b@b.example\n"])
async def test_what_is_no_address_is_refused_at_its_field(address: str) -> None:
    with pytest.raises(RuleError) as refused:
        await Office().ask("send", request_id="1", address=address)
    assert refused.value.field == "address"


async def test_nothing_goes_while_everything_is_held_back() -> None:
    office = Office()
    office.reminders.act(
        lambda unit: switch(unit, held=True),
        lambda _: needs_of_switch(),
        Cause("urn:test", "hold", "hold", "x", None, office.reminders.now),
    )
    with pytest.raises(RuleError, match="held back"):
        await office.send()


async def test_nothing_goes_in_the_name_of_a_sample() -> None:
    office = Office()
    office.config.sample_settings = ("CLIENTELE_FIRM_NAME",)
    with pytest.raises(RuleError, match="sample"):
        await office.send()


async def test_a_server_that_is_away_is_tried_again_as_long_as_somebody_waits() -> None:
    office = Office()
    office.mailer.outcome = Outcome(Result.RETRY, "away")
    await office.send()
    while office.check.state is State.WAITING:
        assert office.check.due_at is not None
        office.reminders.now = office.check.due_at
        await office.goes()
    told = await office.ask("state")
    assert (told.progress, told.outcome) == ("not-sent", "away")


async def test_an_address_that_refuses_it_is_told() -> None:
    office = Office()
    office.mailer.outcome = Outcome(Result.REFUSED, "recipient-5.1.1")
    await office.send()
    assert (await office.ask("state")).outcome == "recipient-5.1.1"


@pytest.mark.parametrize("role", ["assistant", "lawyer", "conflicts-officer"])
async def test_it_is_for_partners_and_operations(role: str) -> None:
    with pytest.raises(RuleError, match="partners and operations"):
        await Office().ask("state", by={"id": "ash", "roles": [role]})
