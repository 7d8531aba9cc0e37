"""Is each product's delivery read as its samples say, and is what it drops really dropped?"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.adapters import ADAPTERS
from services.gateway.domain.reading import without
from services.gateway.domain.sources import events_of_sample
from shared.contracts.refusals import FieldError, Invalid
from tests.gateway.doors import OFFICE, adapted, source

FOLDER = Path(__file__).parents[3] / "services" / "gateway" / "samples"
SAMPLES = sorted(FOLDER.glob("*/*.json"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**13), 10**13) | st.text(max_size=20),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each),
    max_leaves=5,
)


def sample(name: str) -> dict[str, Any]:
    """A delivery, and what it says."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def name_of(path: Path) -> str:
    """How a sample is called."""
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", SAMPLES, ids=name_of)
def test_a_sample_becomes_the_events_it_names(path: Path) -> None:
    known = sample(name_of(path))
    read_by = adapted(path.parent.name)
    assert events_of_sample(read_by, known["received"], OFFICE) == known["says"]


@pytest.mark.parametrize("path", SAMPLES, ids=name_of)
def test_a_sample_says_the_same_without_what_is_never_kept(path: Path) -> None:
    known, read_by = sample(name_of(path)), adapted(path.parent.name)
    kept = without(known["received"], read_by.dropped)
    said = events_of_sample(read_by, kept, OFFICE)
    for each in (*said, *known["says"]):
        each.pop("inquiry_id", None)  # of a lead: made of all that came
    assert said == known["says"]
    assert not read_by.dropped & set(json.dumps(kept).split('"'))


def test_every_adapter_has_samples() -> None:
    assert {path.parent.name for path in SAMPLES} == ADAPTERS.keys()


@given(data=st.data())
def test_whatever_one_field_of_a_sample_becomes_it_is_read_or_named(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(SAMPLES))
    received = sample(name_of(path))["received"]
    place: Any = received
    while True:
        key = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[key], dict) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(JSON)
    read_by = adapted(path.parent.name)
    named: list[FieldError] | None = None
    try:
        events_of_sample(read_by, received, OFFICE)
    except Invalid as no:
        named = no.field_errors
    assert named is None or (named and all(each.field and each.message for each in named))


def test_calendly_s_first_webhooks_are_refused_with_the_remedy() -> None:
    old = {"event": "invitee.created", "payload": {"invitee": {"email": "ada@client.example"}}}
    with pytest.raises(Invalid, match="subscribe anew") as no:
        events_of_sample(source("any", adapter="calendly"), old, OFFICE)
    assert no.value.field_errors[0].field == "payload.invitee"
