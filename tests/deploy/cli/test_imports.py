"""Does ``clientele import`` say what becomes of a list, and is what is wrong given back?"""

import csv
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from deploy.cli import import_runs
from deploy.cli.main import app
from deploy.infra.access.service_requests import ServiceAwayError
from services.gateway.ops.imports import ImportAsked, importing
from services.gateway.ports import IMPORTED
from tests.fakes.runtime import MemoryRuntime
from tests.gateway.a_workbook import a_workbook
from tests.gateway.doors import new_office
from tests.test_shape import ROOT

BOOK = ROOT / "examples" / "book"


class Gateway:
    """A gateway over memory that answers the command line; it may go away."""

    def __init__(self) -> None:
        self.office, config = new_office()
        self._runtime = runtime = cast("Any", MemoryRuntime(self.office))
        runtime.name = "gateway"
        self._question = importing(config)
        self.answers = 1000

    async def ask(self, service: str, question: dict[str, Any], _: float) -> dict[str, Any]:
        """As a running gateway would."""
        assert service == "gateway"
        if self.answers == 0:
            raise ServiceAwayError("gateway does not answer")
        self.answers -= 1
        asked = ImportAsked.model_validate(json.loads(json.dumps(question)))
        return (await self._question.answer(self._runtime, asked)).model_dump(exclude_unset=True)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Gateway:
    running = Gateway()

    @asynccontextmanager
    async def services_at(_: str) -> AsyncIterator[Gateway]:
        yield running

    monkeypatch.setattr(import_runs, "services_at", services_at)
    monkeypatch.setenv("CLIENTELE_OPS_NATS_URL", "nats://nobody")
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(ROOT / "examples" / "firm"))
    monkeypatch.chdir(tmp_path)
    return running


def run(*words: object, code: int = 0) -> str:
    """What a person reads."""
    result = CliRunner().invoke(app, ["import", "csv", *map(str, words)])
    assert result.exit_code == code, result.output + str(result.exception)
    return result.output


def copied(folder: Path, name: str = "mandanten") -> Path:
    file = folder / f"{name}.csv"
    file.write_bytes((BOOK / file.name).read_bytes())
    return file


def test_a_dry_run_counts_names_and_changes_nothing(gateway: Gateway, tmp_path: Path) -> None:
    said = run(copied(tmp_path), "--mapping", "mandanten", "--dry-run", code=1)
    assert ["4", "new"] in [line.split() for line in said.splitlines()]
    assert "Events that would be said: 4 client-onboarded." in said
    assert "wrong: row 6, Geburtsdatum: is no day of the calendar" in said
    assert "wrong: row 6, E-Mail: is missing" in said
    assert "worth a look: row 5, Vorname + Nachname: is the same as of client c-1001" in said
    assert "worth a look: row 4, Telefon: begins with neither 0 nor +" in said
    assert "Nothing was changed." in said
    assert gateway.office.all(IMPORTED) == []
    assert not list(tmp_path.glob("*.refused.csv"))


def test_what_was_wrong_is_corrected_and_imported(gateway: Gateway, tmp_path: Path) -> None:
    file = copied(tmp_path)
    said = json.loads(run(file, "--mapping", "mandanten", "--json", code=1))
    assert (said["new"], said["wrong"]) == (4, 1)
    refused = Path(said["refused"])
    assert refused.stat().st_mode & 0o777 == 0o600
    text = refused.read_text("utf-8-sig")
    assert "why it was not imported" in text.splitlines()[0]
    assert "Geburtsdatum is no day of the calendar" in text
    mended = text.replace("31.02.1980", "28.02.1980").replace(";Sommer;;", ";Sommer;p@s.example;")
    refused.write_text(mended, "utf-8-sig")
    said = json.loads(run(refused, "--mapping", "mandanten", "--json"))
    assert (said["new"], said["wrong"], said["unread"]) == (1, 0, [])
    again = json.loads(run(file, "--mapping", "mandanten", "--json", code=1))
    assert (again["same"], again["events"]) == (4, {})


def a_book_of_clients(folder: Path) -> Path:
    """Two clients of the example as a workbook, with cells of the kinds a spreadsheet gives."""
    lines = (BOOK / "mandanten.csv").read_text("utf-8-sig").splitlines()
    head = next(csv.reader(lines, delimiter=";"))
    file = folder / "mandanten.xlsx"
    ada = [1001, "Frau", "Ada", "Muster", "ada.muster@client.example", 305550101,
           date(1971, 7, 14), date(2017, 3, 2), None]  # fmt: skip
    bob = [1002, "Herr", "Bob", "Beispiel", None, None, date(1980, 1, 1), date(2018, 1, 1), None]
    file.write_bytes(a_workbook([["Alle Mandanten"], head, ada, bob], merged=["A1:C1"]))
    return file


def test_a_workbook_is_taken_in_like_a_list(gateway: Gateway, tmp_path: Path) -> None:
    file = a_book_of_clients(tmp_path)
    said = json.loads(run(file, "--mapping", "mandanten", "--json", code=1))
    assert (said["new"], said["wrong"], said["sheet"]) == (1, 1, "Mandanten")
    (client,) = gateway.office.announced
    wire = client.data.to_wire()
    assert (wire["client_id"], wire["name"]) == ("c-1001", "Ada Muster")
    refused = Path(said["refused"])
    mended = refused.read_text("utf-8-sig").replace(";Beispiel;;", ";Beispiel;b@b.example;")
    refused.write_text(mended, "utf-8-sig")
    assert json.loads(run(refused, "--mapping", "mandanten", "--json"))["new"] == 1
    again = json.loads(run(file, "--mapping", "mandanten", "--json", code=1))
    assert (again["same"], again["events"]) == (1, {})


def test_another_sheet_is_named_where_the_list_is_read(gateway: Gateway, tmp_path: Path) -> None:
    file = a_book_of_clients(tmp_path)
    assert "Read the sheet Mandanten." in run(file, "--mapping", "mandanten", "--dry-run", code=1)
    words = ["import", "csv", str(file), "--mapping", "mandanten", "--sheet", "Akten"]
    result = CliRunner().invoke(app, words)
    assert "has no sheet “Akten”; it has: “Mandanten”" in str(result.exception)


def test_an_import_that_was_ended_goes_on(gateway: Gateway, tmp_path: Path) -> None:
    lines = "".join(f"{n};1001;01.02.2030;;Besprechung;\r\n" for n in range(1, 251))
    file = tmp_path / "termine.csv"
    file.write_text(f"Nr;Mandantennr;Datum;Uhrzeit;Art;Ort\r\n{lines}", newline="")
    gateway.answers = 2
    ended = CliRunner().invoke(app, ["import", "csv", str(file), "--mapping", "termine"])
    assert "200 rows had been dealt with: run the same again" in str(ended.exception)
    gateway.answers = 1000
    said = json.loads(run(file, "--mapping", "termine", "--json"))
    assert (said["same"], said["new"]) == (200, 50)
    assert len(gateway.office.announced) == 250


def test_without_a_mapping_one_is_guessed_and_nothing_imported(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "firm").mkdir()
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(tmp_path / "firm"))
    file = copied(tmp_path, "akten")
    said = run(file, "--as", "matters", code=1)
    assert "Nothing was imported." in said
    assert (tmp_path / "firm" / "imports" / "akten.yaml").is_file()
    assert gateway.office.all(IMPORTED) == []
    again = CliRunner().invoke(app, ["import", "csv", str(file), "--as", "matters"])
    assert "is there already" in str(again.exception)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--as", "people"], "--as clients|matters"),
        (["--mapping", "nobody"], "Mappings in"),
        (["--mapping", "mandanten", "--as", "matters"], "is one of clients"),
        (["--mapping", "akten"], "the list has no column"),
        (["--mapping", "mandanten", "--news-since", "soon"], "takes a day"),
    ],
)
def test_a_mistake_is_a_sentence(
    gateway: Gateway, tmp_path: Path, words: list[str], says: str
) -> None:
    result = CliRunner().invoke(app, ["import", "csv", str(copied(tmp_path)), *words])
    assert result.exit_code == 1
    assert says in str(result.exception)


def test_a_file_that_is_no_list_is_named(gateway: Gateway, tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    result = CliRunner().invoke(app, ["import", "csv", str(file), "--mapping", "mandanten"])
    assert f"{file} is empty" in str(result.exception)
