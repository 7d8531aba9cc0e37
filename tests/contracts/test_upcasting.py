"""Is an event of an older version read as today's?"""

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.envelope import Event
from shared.contracts.fields import Id
from shared.contracts.upcasting import UPCASTERS, upcast
from tests.contracts.samples import ENVELOPE, changed, read, refused_fields

SCHEMA = "urn:clientele:event:parcel-sent"


class ParcelSent(EventData):
    """A planted type in its third version."""

    TYPE: ClassVar[str] = "parcel-sent"
    VERSION: ClassVar[int] = 3
    PUBLISHER: ClassVar[str] = "nobody"

    client_id: Id
    grams: int
    carrier: str


def _in_grams(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**data, "grams": data["kilos"] * 1000}


def _with_carrier(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**data, "carrier": "post"}


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted type with both of its upcasters."""
    monkeypatch.setitem(CATALOGUE, "parcel-sent", ParcelSent)
    monkeypatch.setitem(UPCASTERS, ("parcel-sent", 1), _in_grams)
    monkeypatch.setitem(UPCASTERS, ("parcel-sent", 2), _with_carrier)


def parcel(version: int, **data: Any) -> dict[str, Any]:
    """A planted event as an older program wrote it."""
    return changed(
        ENVELOPE,
        {
            "type": "parcel-sent",
            "dataschema": f"{SCHEMA}:{version}",
            "data": {"client_id": "c-1", **data},
        },
    )


def test_every_older_version_is_read_as_todays() -> None:
    first: Event[Any] = read(parcel(1, kilos=2))
    second: Event[Any] = read(parcel(2, grams=2000))
    third: Event[Any] = read(parcel(3, grams=2000, carrier="post"))
    assert first == second == third
    assert first.version == 3


def test_older_data_that_breaks_its_own_contract_is_refused() -> None:
    assert refused_fields(parcel(1)) == ["data"]


def test_what_was_sent_is_left_as_it_was() -> None:
    data = {"client_id": "c-1", "kilos": 2}
    upcast("parcel-sent", 1, 3, data)
    assert data == {"client_id": "c-1", "kilos": 2}


@pytest.mark.parametrize("event", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_no_version_is_without_its_upcaster(event: type[EventData]) -> None:
    assert all((event.TYPE, version) in UPCASTERS for version in range(1, event.VERSION))
