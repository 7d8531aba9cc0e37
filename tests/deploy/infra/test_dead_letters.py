"""Do dead letters have the shape other tools are built against, and read well?"""

from typing import Any

import pytest
from rich.console import Console

from deploy.cli.dead_letter_tables import as_card, as_table
from deploy.infra.access.dead_letters import (
    Choice,
    SayWhichError,
    UnknownDeadLetterError,
    find,
    in_order,
    reason_of,
    service_of,
    shaped,
    stream_order,
)
from deploy.infra.access.service_requests import RefusedError, ServiceAwayError

PROMISED = {
    "id", "consumer", "event_type", "reason", "field_errors", "stream_seq", "first_at", "last_at",
    "count", "replays", "status",
}  # fmt: skip


def row(**other: Any) -> dict[str, Any]:
    return {
        "id": "intake-17", "consumer": "intake", "event_type": "client-onboarded",
        "reason": "invalid", "message": "2 fields are refused", "stream_seq": 17, "count": 1,
        "field_errors": [{"field": "data.email", "message": "is not an address"}],
        "first_at": "2026-03-02 12:00:00.123000+00:00",
        "last_at": "2026-03-02 12:00:00.123000+00:00",
        "replays": 0, "status": "open", "fingerprint": "invalid:data.email",
    } | other  # fmt: skip


class OnlyGateway:
    """Services of which only the gateway has a letter, about a delivery; some may be away."""

    def __init__(self, *away: str) -> None:
        self.away = away

    async def ask(self, service: str, question: dict[str, Any]) -> dict[str, Any]:
        """The letter, or a refusal."""
        if service in self.away:
            raise ServiceAwayError(f"{service} is not running")
        if service != "gateway" or question["id"] != "deliveries-dl-1":
            raise RefusedError
        return {"item": row(id="deliveries-dl-1", consumer="gateway", stream_seq=None)}


def printed(what: object) -> str:
    console = Console(width=160)
    with console.capture() as captured:
        console.print(what)
    return captured.get()


def test_a_letter_has_every_promised_field() -> None:
    assert shaped(row()).keys() >= PROMISED


def test_instants_are_written_as_rfc_3339() -> None:
    assert shaped(row())["first_at"] == "2026-03-02T12:00:00.123+00:00"


def test_a_type_nobody_knows_is_left_out() -> None:
    assert "event_type" not in shaped(row(event_type=None))


def test_the_service_is_read_off_the_id() -> None:
    assert service_of("reputation-5") == "reputation"


@pytest.mark.parametrize("letter_id", ["17", "payroll-3", "intake", ""])
def test_what_is_no_id_is_refused(letter_id: str) -> None:
    with pytest.raises(UnknownDeadLetterError):
        service_of(letter_id)


def test_letters_that_wait_for_somebody_come_first_then_the_newest() -> None:
    old, new = (shaped(row(id=f"intake-{n}", last_at=f"2026-03-0{n} 12:00:00+00:00"))
                for n in (1, 2))  # fmt: skip
    settled = shaped(row(id="intake-3", status="discarded"))
    assert in_order([settled, old, new]) == [new, old, settled]


def test_replays_go_in_the_order_of_the_stream() -> None:
    letters = [shaped(row(id=f"intake-{n}", stream_seq=n)) for n in (9, 10, 2)]
    assert [each["stream_seq"] for each in stream_order(letters)] == [2, 9, 10]


def test_letters_of_documents_which_came_by_no_stream_go_first() -> None:
    letters = [shaped(row(stream_seq=4)), shaped(row(id="timers-t-1", stream_seq=None))]
    assert [each["id"] for each in stream_order(letters)] == ["timers-t-1", "intake-17"]


async def test_a_letter_of_a_document_is_asked_of_each_service() -> None:
    services: Any = OnlyGateway()
    [found] = await find(services, Choice(ids=("deliveries-dl-1",)))
    assert found["consumer"] == "gateway"
    with pytest.raises(UnknownDeadLetterError):
        await find(services, Choice(ids=("deliveries-dl-2",)))


async def test_who_is_away_hides_no_letter_of_another() -> None:
    services: Any = OnlyGateway("intake", "desk")
    [found] = await find(services, Choice(ids=("deliveries-dl-1",)))
    assert found["consumer"] == "gateway"


async def test_a_letter_that_somebody_away_may_have_is_not_said_to_be_unknown() -> None:
    services: Any = OnlyGateway("desk")
    with pytest.raises(ServiceAwayError, match="desk is not running"):
        await find(services, Choice(ids=("deliveries-dl-2",)))


def test_a_reason_names_the_refused_fields() -> None:
    assert reason_of(shaped(row())) == "data.email: is not an address"


def test_many_refused_fields_are_counted() -> None:
    errors = [{"field": f"f{n}", "message": "no"} for n in range(5)]
    assert reason_of(shaped(row(field_errors=errors))).endswith("and 2 more")


def test_without_a_field_the_sentence_is_the_reason() -> None:
    assert reason_of(shaped(row(field_errors=[]))) == "2 fields are refused"


def test_the_table_names_each_letter_with_its_reason() -> None:
    text = printed(as_table([shaped(row())]))
    assert "intake-17" in text
    assert "data.email: is not an address" in text


def test_the_card_shows_everything_that_is_known() -> None:
    text = printed(as_card(shaped(row())))
    assert "invalid:data.email" in text


def test_a_hostile_field_name_cannot_command_the_terminal() -> None:
    errors = [{"field": "[red]\x1b[31mx", "message": "no"}]
    text = printed(as_table([shaped(row(field_errors=errors))]))
    assert "\x1b[31mx" not in text
    assert "[red]" in text


def test_nothing_chosen_is_not_everything_chosen() -> None:
    assert not Choice(status="open").says_which
    assert Choice(seq=0).says_which


def test_a_service_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SayWhichError, match="payroll"):
        Choice(service="payroll").services()


def test_a_letter_named_by_id_must_fit_the_rest_of_the_choice() -> None:
    letter = shaped(row())
    assert Choice(ids=("intake-17",), status="open").has(letter)
    assert not Choice(ids=("intake-17",), service="desk").has(letter)
