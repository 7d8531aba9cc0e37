"""Is what a provider of text messages answers, or does not answer, understood?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from services.reminders.gateways.text_provider import HttpTexts, Provider
from services.reminders.gateways.text_reports import ReportPaths, is_signed, signature_of
from shared.channels import Outcome, Result
from shared.clock import monotonic
from tests.reminders.provider_server import HANGS_UP, SILENT, ProviderServer, provider_server
from tests.reminders.test_mail_format import message

PATHS = ReportPaths("https://firm.example", b"k" * 32)
TEXT = replace(message(), address="+49301234567", text="Your date: 16 March. Reply STOP to end.")


@pytest.fixture
def provider() -> Iterator[ProviderServer]:
    with provider_server() as running:
        yield running


def texts(provider: ProviderServer, **changes: Any) -> HttpTexts:
    values = {"url": provider.url, "user": "AC1", "password": "secret", "sender": "+15005550006",
              "answer_seconds": 0.3, **changes}  # fmt: skip
    return HttpTexts(Provider(**values), PATHS)


async def handed(provider: ProviderServer, *answers: Any, **changes: Any) -> Outcome:
    provider.answers = list(answers)
    way = texts(provider, **changes)
    try:
        return await way.hand_over(TEXT)
    finally:
        await way.close()


async def test_a_text_is_posted_as_a_form_with_a_log_in_and_an_address_for_reports(
    provider: ProviderServer,
) -> None:
    assert (await handed(provider)).result is Result.HANDED_OVER
    (form,) = provider.forms
    callback = form.pop("StatusCallback")
    assert form == {"To": TEXT.address, "From": "+15005550006", "Body": TEXT.text}
    assert provider.headers[0]["Authorization"] == "Basic QUMxOnNlY3JldA=="
    assert "Idempotency-Key" not in provider.headers[0]
    assert PATHS.contact_of(callback.rpartition("/")[2]) == (TEXT.contact_id, TEXT.number)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((200, {}), Outcome(Result.HANDED_OVER)),
        ((400, {"code": 21211}), Outcome(Result.REFUSED, "sms-21211")),
        ((400, {"code": 21610}), Outcome(Result.REFUSED, "sms-21610")),
        ((400, {"code": 21614}), Outcome(Result.REFUSED, "sms-21614")),
        ((400, {"code": 21617}), Outcome(Result.REFUSED_MESSAGE, "sms-21617")),
        ((400, b"<html>"), Outcome(Result.REFUSED_MESSAGE, "sms-400")),
        ((400, []), Outcome(Result.REFUSED_MESSAGE, "sms-400")),
        ((401, {"code": 20003}), Outcome(Result.RETRY, "sms-20003")),
        ((429, {"code": 20429}), Outcome(Result.RETRY, "sms-20429")),
        ((500, b""), Outcome(Result.RETRY, "sms-500")),
        ((503, {"code": "x"}), Outcome(Result.RETRY, "sms-503")),
        (HANGS_UP, Outcome(Result.UNKNOWN, "no-answer")),
        (SILENT, Outcome(Result.UNKNOWN, "no-answer")),
    ],
)
async def test_each_answer_is_an_outcome(
    provider: ProviderServer, answer: Any, outcome: Outcome
) -> None:
    assert await handed(provider, answer) == outcome


async def test_nobody_there_is_tried_again_later(provider: ProviderServer) -> None:
    way = texts(provider, url="http://127.0.0.1:9/Messages.json")
    assert await way.hand_over(TEXT) == Outcome(Result.RETRY, "provider-away")


async def test_a_request_the_provider_knows_by_its_key_is_repeated_until_it_answers(
    provider: ProviderServer,
) -> None:
    outcome = await handed(provider, HANGS_UP, (201, {}), knows_repeats=True)
    assert outcome.result is Result.HANDED_OVER
    keys = {each["Idempotency-Key"] for each in provider.headers}
    assert (len(provider.forms), len(keys)) == (2, 1)


async def test_other_words_have_another_key(provider: ProviderServer) -> None:
    way = texts(provider, knows_repeats=True)
    await way.hand_over(TEXT)
    await way.hand_over(replace(TEXT, text="Other words."))
    await way.close()
    assert len({each["Idempotency-Key"] for each in provider.headers}) == 2


async def test_what_was_not_begun_in_time_is_not_tried(provider: ProviderServer) -> None:
    assert (await texts(provider).hand_over(TEXT, monotonic() - 1)).result is Result.NOT_TRIED
    assert provider.forms == []


def test_an_address_for_reports_that_somebody_made_up_names_no_message() -> None:
    token = PATHS.address("m-1", 2).rpartition("/")[2]
    assert PATHS.contact_of(token) == ("m-1", 2)
    assert PATHS.contact_of(token.replace("m-1", "m-2")) is None
    assert ReportPaths(PATHS.base, b"o" * 32).contact_of(token) is None
    assert PATHS.contact_of("") is None


def test_only_who_has_the_secret_signs_a_report() -> None:
    # the example of the widespread form, as its documentation has it
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    fields = {"CallSid": "CA1234567890ABCDE", "Caller": "+12349013030", "Digits": "1234",
              "From": "+12349013030", "To": "+18005551212"}  # fmt: skip
    signed = signature_of(url, fields.items(), "12345")
    assert signed == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
    assert is_signed(signed, url, fields.items(), "12345")
    assert not is_signed(signed, url, (fields | {"Digits": "4321"}).items(), "12345")
    assert not is_signed("", url, fields.items(), "12345")
