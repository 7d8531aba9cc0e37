"""Is what other systems are told about our events true, and does it stay so?"""

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest

from shared.contracts import export
from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.envelope import encode
from shared.contracts.schemas import schema_of
from tests.contracts.samples import golden, read

GOLDEN = {
    f"{type}:{name}": (type, int(name.split(".")[0]), event) for type, name, event in golden()
}
FILES = export.files()
every_golden = pytest.mark.parametrize(
    ("type", "version", "event"), list(GOLDEN.values()), ids=list(GOLDEN)
)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_the_written_contract_is_current(path: Path) -> None:
    written = (export.EVENTS / path).read_text("utf-8")
    assert written == FILES[path], "run: python -m shared.contracts.export"


@pytest.mark.parametrize("event", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_every_version_ever_shipped_has_a_golden_example(event: type[EventData]) -> None:
    versions = {version for type, version, _ in GOLDEN.values() if type == event.TYPE}
    assert versions == set(range(1, event.VERSION + 1))


@every_golden
def test_a_golden_example_is_read_by_todays_program(type: str, version: int, event: Any) -> None:
    assert event["dataschema"] == f"urn:clientele:event:{type}:{version}"
    assert read(event).type == type


@every_golden
def test_a_golden_example_fits_its_schema(type: str, version: int, event: Any) -> None:
    written = (export.EVENTS / type / f"{version}.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator(json.loads(written)).validate(event["data"])


@every_golden
def test_todays_golden_example_is_written_again_as_it_is(
    type: str, version: int, event: Any
) -> None:
    if version == CATALOGUE[type].VERSION:
        assert json.loads(encode(read(event))) == event


def test_the_schema_knows_that_a_client_must_be_reachable() -> None:
    client = {"client_id": "c-1", "name": "A", "timezone": "UTC", "locale": "en"}
    schema = jsonschema.Draft202012Validator(schema_of(CATALOGUE["client-onboarded"]))
    assert not schema.is_valid(client)
    assert schema.is_valid({**client, "phone": "030 555"})


def test_writing_the_contract_makes_every_file(tmp_path: Path) -> None:
    assert export.write(tmp_path) == []
    assert (tmp_path / "README.md").exists()
    assert len(list(tmp_path.glob("*/1.schema.json"))) == len(CATALOGUE)


def test_a_change_that_breaks_others_is_not_written(tmp_path: Path) -> None:
    export.write(tmp_path)
    shipped = tmp_path / "invoice-paid" / "1.schema.json"
    schema = json.loads(shipped.read_text("utf-8"))
    schema["properties"]["amount"] = {"type": "integer"}
    shipped.write_text(json.dumps(schema), "utf-8")
    assert export.write(tmp_path) == ["invoice-paid/1.schema.json: amount was removed"]
    assert "amount" in shipped.read_text("utf-8")
