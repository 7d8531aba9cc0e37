"""Does ``clientele wording check`` name what keeps a service from starting?"""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from deploy.cli.main import app


def check(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
    """How it ends, and what it noticed."""
    result = CliRunner().invoke(app, ["wording", "check", "--json", *map(str, arguments)])
    return result.exit_code, json.loads(result.stdout or "[]"), result.output


def test_nothing_stands_against_what_is_shipped() -> None:
    assert check()[:2] == (0, [])
    assert check("--profile", "germany")[:2] == (0, [])


def test_a_promise_of_an_outcome_ends_with_one_and_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "languages" / "en" / "messages"
    folder.mkdir(parents=True)
    text = "Subject: Welcome\n\n{{ greeting }}\n\nHello.\n\nWe guarantee success.\n\n{{ firm }}\n"
    (folder / "welcome.txt").write_text(text, encoding="utf-8")
    code, noticed, _ = check(tmp_path)
    assert code == 1
    assert [(each["place"], each["rule"], each["refuses"]) for each in noticed] == [
        ("languages/en/messages/welcome.txt:7", "promise", True)
    ]


def test_what_is_only_worth_a_look_keeps_nothing_from_starting(tmp_path: Path) -> None:
    folder = tmp_path / "languages" / "en" / "messages"
    folder.mkdir(parents=True)
    text = "Subject: Your divorce\n\n{{ greeting }}\n\nThank you.\n\n{{ firm }}\n"
    (folder / "welcome.txt").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["wording", "check", str(tmp_path)])
    assert result.exit_code == 0
    assert "0 to be mended, 1 worth a look." in result.output
