"""Is a change that would break others told from one that only adds?"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.compatibility import breaking_changes
from shared.contracts.schemas import schema_of

SHIPPED = schema_of(CATALOGUE["client-onboarded"])
FOREIGN_ID = schema_of(CATALOGUE["review-received"])["properties"]["review_id"]
Change = Callable[[dict[str, Any]], object]


def after(change: Change) -> list[str]:
    """What the change breaks, of those built against the shipped schema."""
    schema = deepcopy(SHIPPED)
    change(schema)
    return breaking_changes(SHIPPED, schema)


ADDITIVE: dict[str, Change] = {
    "nothing": dict.copy,
    "a new optional field": lambda schema: schema["properties"].update(title={"type": "string"}),
    "a new optional field inside": lambda schema: schema["$defs"]["Consent"]["properties"].update(
        at={"type": "string"}
    ),
    "an id that may be another system's": lambda schema: schema["properties"].update(
        client_id=FOREIGN_ID
    ),
    "other words": lambda schema: schema.update(description="Somebody new."),
    "another name of a part": lambda schema: schema["$defs"]["Consent"].update(title="Agreement"),
}
BREAKING: dict[str, tuple[Change, str]] = {
    "a field removed": (lambda schema: schema["properties"].pop("phone"), "phone was removed"),
    "a field required": (
        lambda schema: schema["required"].append("phone"),
        "phone became required",
    ),
    "a field no longer required": (
        lambda schema: schema["required"].remove("name"),
        "name is no longer always there",
    ),
    "a field of another type": (
        lambda schema: schema["properties"]["name"].update(type="object"),
        "name.type was changed",
    ),
    "a shorter field": (
        lambda schema: schema["properties"]["name"].update(maxLength=10),
        "name.maxLength was changed",
    ),
    "a null no longer taken": (
        lambda schema: schema["properties"]["email"]["anyOf"].pop(),
        "email.anyOf was changed",
    ),
    "a choice removed inside a list": (
        lambda schema: schema["$defs"]["Consent"]["properties"]["purpose"]["enum"].pop(),
        "consents.purpose.enum was changed",
    ),
}


def test_a_needless_backslash_less_says_the_same_and_a_needed_one_does_not() -> None:
    def of(pattern: str) -> dict[str, Any]:
        return {"type": "string", "pattern": pattern}

    assert breaking_changes(of(r"^[^\s<>\"]+$"), of(r'^[^\s<>"]+$')) == []
    assert breaking_changes(of(r"^a\.b$"), of(r"^a.b$")) == ["pattern was changed"]


@pytest.mark.parametrize("change", ADDITIVE.values(), ids=ADDITIVE.keys())
def test_what_only_adds_breaks_nobody(change: Change) -> None:
    assert after(change) == []


@pytest.mark.parametrize(("change", "said"), BREAKING.values(), ids=BREAKING.keys())
def test_what_breaks_others_is_said(change: Change, said: str) -> None:
    assert after(change) == [said]
