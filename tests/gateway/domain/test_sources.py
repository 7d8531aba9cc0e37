"""Is what a firm writes about a source checked whole, with file, field and remedy?"""

from datetime import timedelta
from typing import Any

import pytest

from services.gateway.domain.mapping import Rule
from services.gateway.domain.sources import SourceError, source_from
from tests.gateway.doors import BILLING, OFFICE, PAID, source

RULE = {"says": "invoice-paid", "data": {"invoice_id": "ref", "client_id": "client"}}


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (None, "must hold fields"),
        ({}, "say adapter or mapping"),
        ({"adapter": "calendly", "mapping": [RULE]}, "say adapter or mapping"),
        ({"adapter": "calendli"}, "there is no adapter calendli; there are: calendly"),
        ({"adapter": "calendly", "colour": "red"}, "colour: Extra inputs"),
        ({"mapping": [{**RULE, "says": "contact-sent"}]}, "mapping.0.says: contact-sent is no"),
        ({"mapping": [{"says": "invoice-paid", "data": {"invoice": "a"}}]}, "has no field invoice"),
        ({"mapping": [{**RULE, "when": "kind = 'x'"}]}, "mapping.0: when: is no JMESPath"),
        ({"mapping": [RULE], "ignore": "["}, "ignore: is no JMESPath"),
        ({"mapping": [RULE], "scheme": "hmac"}, "scheme hmac needs header"),
        ({"mapping": [RULE], "silent_after": "soon"}, "write 90m, 36h or 3d"),
        ({"adapter": "google-reviews"}, "say audience and service_account"),
        ({"adapter": "google-reviews", "audience": "a", "service_account": "push"}, "say audience"),
        ({"adapter": "stripe", "audience": "a"}, "belong to scheme google"),
        ({"bearer": True}, "say which under may_say"),
        ({"bearer": True, "may_say": ["contact-sent"]}, "contact-sent is no event"),
    ],
)
def test_a_mistake_is_named_with_file_field_and_remedy(said: Any, complaint: str) -> None:
    with pytest.raises(SourceError) as no:
        source_from("billing", said, OFFICE)
    assert no.value.message.startswith("sources/billing.yaml: ")
    assert complaint in no.value.message


def test_a_file_called_like_no_source_is_named() -> None:
    with pytest.raises(SourceError, match="call the file by lower-case letters"):
        source_from("Billing System", BILLING, OFFICE)


def test_a_sample_that_is_read_as_it_says_is_fine() -> None:
    says = [{"type": "invoice-paid", "invoice_id": "R-1", "client_id": "c-1"}]
    sample = {"name": "paid", "received": PAID, "says": says}
    assert source("billing", **BILLING, samples=[sample]).samples[0].name == "paid"


def test_a_sample_that_becomes_something_else_is_named() -> None:
    sample = {"name": "paid", "received": PAID, "says": []}
    with pytest.raises(SourceError, match=r"samples: paid: says .*mend the mapping or the sample"):
        source("billing", **BILLING, samples=[sample])


def test_a_sample_no_rule_knows_is_named() -> None:
    sample = {"name": "odd", "received": {"kind": "odd"}, "says": []}
    with pytest.raises(SourceError, match="samples: odd: when holds for no rule"):
        source("billing", **BILLING, samples=[sample])


def test_how_long_it_may_be_silent_is_said_as_people_say_it() -> None:
    said = {"90m": timedelta(minutes=90), "36h": timedelta(hours=36), "3d": timedelta(days=3)}
    for written, meant in said.items():
        assert source("billing", **BILLING, silent_after=written).longest_silence == meant


def test_money_and_instants_of_other_systems_become_those_of_events() -> None:
    rule = Rule.model_validate(
        {
            "says": "invoice-issued",
            "data": {
                "invoice_id": "ref",
                "client_id": "client",
                "due_at": "instant(due)",
                "amount": "money(cents, currency)",
                "currency": "currency",
            },
        }
    )
    received = {"ref": "R-1", "client": "c-1", "due": 1773360000, "cents": 5, "currency": "EUR"}
    says = {
        "type": "invoice-issued",
        "invoice_id": "R-1",
        "client_id": "c-1",
        "due_at": "2026-03-13T00:00:00.000Z",
        "amount": "0.05",
        "currency": "EUR",
    }
    sample = {"name": "issued", "received": received, "says": [says]}
    made = {"mapping": [rule.model_dump(exclude_none=True)], "samples": [sample]}
    assert source("billing", **made).name == "billing"
