"""Do ``clientele import mappings`` and the firm's folder say the same of what columns mean?"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from deploy.cli import mapping_files
from deploy.cli.main import app
from services.gateway.ops.mappings import MappingsAsked, mappings_question
from services.gateway.ports import LIST_MAPPINGS
from tests.fakes.runtime import MemoryRuntime
from tests.gateway.brought import COLUMNS, Bringing, bringing


class Gateway:
    """A gateway over memory that answers the command line, and a desk before it."""

    def __init__(self) -> None:
        self.desk: Bringing = bringing()
        self._runtime = runtime = cast("Any", MemoryRuntime(self.desk.office))
        runtime.name = "gateway"

    async def ask(self, service: str, question: dict[str, Any]) -> dict[str, Any]:
        """As a running gateway would."""
        assert service == "gateway"
        asked = MappingsAsked.model_validate(json.loads(json.dumps(question)))
        told = await mappings_question().answer(self._runtime, asked)
        return told.model_dump(mode="json", exclude_unset=True)

    def chosen(self, prefix: str = "c-") -> None:
        """Somebody chooses columns at the desk."""

        async def choose() -> None:
            told = await self.desk.bring(form=f"form-{prefix}")
            columns = COLUMNS | {"client_id": {"column": ["Mandantennr"], "prefix": prefix}}
            await self.desk.ask(
                "columns", list_id=told.list_id, name="altes", said={"columns": columns}
            )

        asyncio.run(choose())


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Gateway:
    running = Gateway()

    @asynccontextmanager
    async def services_at(_: str) -> AsyncIterator[Gateway]:
        yield running

    monkeypatch.setattr(mapping_files, "services_at", services_at)
    monkeypatch.setenv("CLIENTELE_OPS_NATS_URL", "nats://nobody")
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(tmp_path))
    return running


def run(*words: str, code: int = 0) -> str:
    """What a person reads."""
    result = CliRunner().invoke(app, ["import", "mappings", *words])
    assert result.exit_code == code, result.output + str(result.exception)
    return " ".join(result.output.split())


def test_what_was_chosen_is_written_and_then_the_same(gateway: Gateway, tmp_path: Path) -> None:
    gateway.chosen()
    assert "at the desk alone" in run()
    assert "imports/altes.yaml: new in" in run("--write")
    assert "column: Mandantennr" in (tmp_path / "imports" / "altes.yaml").read_text("utf-8")
    assert "the same at the desk and in its file" in run()
    assert "the same as before" in run("--write")


def test_a_file_with_comments_stays_as_it_is_while_it_says_the_same(
    gateway: Gateway, tmp_path: Path
) -> None:
    gateway.chosen()
    run("--write")
    file = tmp_path / "imports" / "altes.yaml"
    file.write_text(f"# ours\n{file.read_text('utf-8')}", encoding="utf-8")
    run("--write")
    assert file.read_text("utf-8").startswith("# ours\n")
    gateway.chosen("other-")
    assert "otherwise at the desk" in run()
    assert "imports/altes.yaml: changed in" in run("--write")
    assert "prefix: other-" in file.read_text("utf-8")


def test_a_file_that_was_changed_is_brought_to_the_desk(gateway: Gateway, tmp_path: Path) -> None:
    gateway.chosen()
    run("--write")
    file = tmp_path / "imports" / "altes.yaml"
    file.write_text(file.read_text("utf-8").replace("c-", "file-"), encoding="utf-8")
    assert "imports/altes.yaml: changed at the desk" in run("--bring")
    assert "the same at the desk and in its file" in run()
    assert json.loads(run("--bring", "--json")) == {"altes": "same"}
    (kept,) = gateway.desk.office.all(LIST_MAPPINGS)
    assert '"prefix": "file-"' in kept.said


def test_a_file_that_cannot_be_followed_is_named_and_nothing_is_brought(
    gateway: Gateway, tmp_path: Path
) -> None:
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "wrong.yaml").write_text("as: clients\ncolumns: {}\n", "utf-8")
    result = CliRunner().invoke(app, ["import", "mappings", "--bring"])
    assert result.exit_code == 1
    assert "client_id is missing" in f"{result.output}{result.exception}"
    assert gateway.desk.office.all(LIST_MAPPINGS) == []


@pytest.mark.usefixtures("gateway")
def test_one_way_at_a_time(tmp_path: Path) -> None:
    assert "None at the desk" in run()
    result = CliRunner().invoke(app, ["import", "mappings", "--bring", "--write"])
    assert "one way at a time" in f"{result.output}{result.exception}"
    assert not (tmp_path / "imports").exists()
