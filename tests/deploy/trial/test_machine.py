"""Does a machine that cannot run the embedded servers hear what to do?"""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.trial import machine
from deploy.trial.machine import UnsuitableMachineError

REMEDY = "docker compose up.*CLIENTELE_MONGO_URL"


def missing(monkeypatch: pytest.MonkeyPatch, *libraries: str) -> None:
    monkeypatch.setattr(machine, "_missing_libraries", lambda _: list(libraries))


def test_here_the_embedded_servers_can_run() -> None:
    assert machine.explain_mongo() is None


@pytest.mark.parametrize(("system", "processor"), [("darwin", "arm64"), ("linux", "aarch64")])
def test_another_system_or_processor_is_named_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, system: str, processor: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: processor)
    with pytest.raises(UnsuitableMachineError, match=f"{processor}.*{REMEDY}"):
        machine.mongo_program()


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, "libcrypto.so.3", "libssl.so.3")
    reason = machine.explain_mongo()
    assert reason is not None
    assert "libcrypto.so.3, libssl.so.3" in reason
    assert "apt-get install libssl3." in reason


def test_an_old_c_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, "GLIBC_2.34")
    reason = machine.explain_mongo()
    assert reason is not None
    assert "GLIBC_2.34" in reason


def test_the_loader_s_answer_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = subprocess.CompletedProcess(
        [],
        1,
        stdout="\tlibcurl.so.4 => not found\n\tlibm.so.6 => /lib/libm.so.6 (0x1)\n",
        stderr="mongod: /lib/libc.so.6: version `GLIBC_2.34' not found (required by mongod)\n",
    )
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    assert machine._missing_libraries(Path("mongod")) == ["GLIBC_2.34", "libcurl.so.4"]


def test_a_processor_without_avx_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_has_avx", lambda: False)
    assert "AVX" in str(machine.explain_mongo())


def test_a_missing_libcurl_is_lent_and_mongod_runs_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing(monkeypatch, machine.CURL)
    program = machine.mongo_program()
    env = machine.lend_libraries(program, tmp_path / "lib")
    answer = subprocess.run(
        [str(program), "--version"], env=env, capture_output=True, text=True, check=False
    )
    assert env
    assert "db version" in answer.stdout


def test_nothing_is_lent_where_the_system_has_everything(tmp_path: Path) -> None:
    assert machine.lend_libraries(Path("/bin/true"), tmp_path / "lib") == {}
