"""Does a list that the command line imports reach every service of a running installation, once?"""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.cli.main import app
from tests.gateway.a_book import MAPPINGS
from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm, until


def run(installation: Installation, file: Path, mapping: str) -> Any:
    words = ["import", "csv", str(file), "--mapping", str(MAPPINGS / f"{mapping}.yaml"), "--json",
             "--data-dir", str(installation.folder)]  # fmt: skip
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output + str(result.exception)
    return json.loads(result.stdout)


@pytest.fixture
async def lists(firm: Firm, tmp_path: Path) -> dict[str, Path]:
    """A client of ten years ago, a matter closed last week, an appointment in five days."""
    now, n = await firm.now(), firm.id("7")
    closed, soon = (f"{now + timedelta(days):%d.%m.%Y}" for days in (-7, 5))
    texts = {
        "mandanten": "Mandantennr;Anrede;Vorname;Nachname;E-Mail;Telefon;Geburtsdatum;angelegt\n"
        f"{n};Frau;Xandra;Qwobrt;c-{n}@client.example;;;03.02.2016\n",
        "akten": "Aktenzeichen;Mandantennr;Rechtsgebiet;Sachbearbeiter;angelegt;abgelegt;Status\n"
        f"{n};{n};Mietrecht;MM;03.02.2016;{closed};abgelegt\n",
        "termine": "Nr;Mandantennr;Datum;Uhrzeit;Art;Ort\n"
        f"{n}-1;{n};03.02.2016;10:00;Besprechung;\n{n}-2;{n};{soon};10:00;Besprechung;\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, "cp1252")
    return {name: tmp_path / f"{name}.csv" for name in texts} | {"client": Path(f"c-{n}")}


@pytest.mark.whole
async def test_a_book_is_known_everywhere_and_only_what_lies_ahead_is_written_about(
    firm: Firm, installation: Installation, lists: dict[str, Path]
) -> None:
    client_id = lists.pop("client").name
    for name, file in lists.items():
        told = await asyncio.to_thread(run, installation, file, name)
        assert told["wrong"] == 0, told
        again = await asyncio.to_thread(run, installation, file, name)
        assert (again["new"], again["events"]) == (0, {})
    await firm.idle()

    async def is_known() -> bool:
        return len(await firm.timeline(client_id)) >= 5

    await until(is_known, "the book stands on the timeline")
    assert firm.mails(client_id) == []
    await firm.advance(timedelta(days=8))
    subjects = firm.subjects(client_id)
    assert subjects, "the appointment to come was reminded of"
    kinds = {each["kind"] for each in await firm.timeline(client_id)}
    assert not kinds & {"survey-due", "feedback-requested", "review-ask-due"}
