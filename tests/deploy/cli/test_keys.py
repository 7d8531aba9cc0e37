"""Does the command give a service another key, and keep the one before?"""

import json
import stat
from datetime import timedelta
from pathlib import Path

from typer.testing import CliRunner

from deploy.cli.main import app
from deploy.infra import secrets
from deploy.infra.containers import compose_secrets
from shared.clock import real_now
from shared.state.key_files import keys_in


def rotate(which: str, folder: Path, *more: str) -> dict[str, object]:
    result = CliRunner().invoke(
        app, ["keys", "rotate", which, "intake", "--json", "--data-dir", str(folder), *more]
    )
    assert result.exit_code == 0, result.output
    said: dict[str, object] = json.loads(result.stdout)
    return said


def test_a_link_key_is_read_for_as_long_as_was_asked(tmp_path: Path) -> None:
    path = secrets.keep(tmp_path).link_key_file("intake")
    before = keys_in(path.read_text())
    rotate("link", tmp_path, "--keep", "30d")
    after = keys_in(path.read_text())
    [(old, until)] = after.older
    assert old == before != after
    assert until is not None
    assert timedelta(days=29) < until - real_now() <= timedelta(days=30)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_master_key_stays_below_the_new_one_until_it_is_taken_out(tmp_path: Path) -> None:
    path = secrets.keep(tmp_path).master_key_file("intake")
    before = keys_in(path.read_text())
    said = rotate("master", tmp_path)
    assert keys_in(path.read_text()).older == ((before, None),)
    assert "keys_wrapped_anew" in str(said["to_do"])
    assert secrets.keep(tmp_path).master_key_file("intake") == path


def test_a_container_is_shown_the_new_key(tmp_path: Path) -> None:
    compose_secrets.make(tmp_path)
    rotate("link", tmp_path)
    shown = (tmp_path / "containers" / "intake.link.key").read_text()
    assert shown == (tmp_path / "secrets" / "intake.link.key").read_text()


def test_a_service_that_is_none_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["keys", "rotate", "link", "nobody", "--data-dir", str(tmp_path)]
    )
    assert "There is no service" in str(result.exception)


def test_grafana_has_a_password_that_opens_nothing_else(tmp_path: Path) -> None:
    compose_secrets.make(tmp_path)
    known = secrets.keep(tmp_path)
    password = (tmp_path / "containers" / "grafana_admin").read_text()
    others = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(password in each for each in others) == 2  # where it is kept, and where it is shown
    assert password not in known.log_ins()["api_keys"].values()
