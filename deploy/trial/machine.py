"""Can the embedded servers run on this machine, and if not, what should be done?"""

import importlib.util
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from shared.errors import ClienteleError

TRIAL = "It comes with the extra for trying out: pip install '.[trial]'."
INSTEAD = (
    "Without the embedded servers: run `docker compose up`, or point CLIENTELE_NATS_URL and "
    "CLIENTELE_MONGO_URL at servers of your own."
)
CURL = "libcurl.so.4"
PACKAGES = {
    CURL: "libcurl4",
    "libcrypto.so.3": "libssl3",
    "libssl.so.3": "libssl3",
    "liblzma.so.5": "liblzma5",
}


class UnsuitableMachineError(ClienteleError):
    """The embedded servers cannot run on this machine."""


def nats_program() -> Path:
    """Where the nats-server of the wheel is."""
    beside_python = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = str(beside_python) if beside_python.exists() else shutil.which("nats-server")
    if not found:
        raise UnsuitableMachineError(f"nats-server is not installed. {TRIAL} {INSTEAD}")
    return Path(found)


def mongo_program() -> Path:
    """Where the mongod of the wheel is; nothing of the package is imported."""
    _require_linux_on_x86()
    package = importlib.util.find_spec("fiftyone")
    for folder in package.submodule_search_locations or [] if package else []:
        program = Path(folder) / "db" / "bin" / "mongod"
        if program.exists():
            return program
    raise UnsuitableMachineError(f"mongod is not installed. {TRIAL} {INSTEAD}")


def require_mail_catcher() -> None:
    """Raise UnsuitableMachineError where the mail catcher's SMTP server is not installed."""
    if importlib.util.find_spec("aiosmtpd") is None:
        raise UnsuitableMachineError(f"aiosmtpd, the mail catcher, is not installed. {TRIAL}")


def lend_libraries(program: Path, folder: Path) -> dict[str, str]:
    """The environment in which mongod finds libcurl.

    It loads the library without ever using it. Where the system has none, pycurl's copy will do.
    """
    if CURL not in _missing_libraries(program):
        return {}
    copy = _bundled_curl()
    if copy is None:
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / CURL
    link.unlink(missing_ok=True)
    link.symlink_to(copy)
    return {"LD_LIBRARY_PATH": f"{folder}:{copy.parent}"}


def _bundled_curl() -> Path | None:
    package = importlib.util.find_spec("pycurl")
    for folder in package.submodule_search_locations or [] if package else []:
        for copy in Path(folder).parent.glob("pycurl.libs/libcurl-*.so.4*"):
            return copy
    return None


def explain_mongo() -> str | None:
    """Why mongod cannot run here, with the remedy; None when it can."""
    try:
        program = mongo_program()
    except UnsuitableMachineError as error:
        return error.message
    missing = _missing_libraries(program)
    if CURL in missing and _bundled_curl():
        missing.remove(CURL)
    if missing:
        packages = " ".join(sorted({PACKAGES.get(name, name) for name in missing}))
        return (
            f"mongod needs {', '.join(missing)}. On Debian 12, Ubuntu 22.04 or newer: "
            f"sudo apt-get install {packages}. {INSTEAD}"
        )
    if not _has_avx():
        return f"mongod needs a processor with AVX. {INSTEAD}"
    return None


def _require_linux_on_x86() -> None:
    if sys.platform != "linux" or platform.machine() not in {"x86_64", "AMD64"}:
        raise UnsuitableMachineError(
            f"The embedded MongoDB runs on Linux x86-64; this is {platform.system()} "
            f"{platform.machine()}. {INSTEAD}"
        )


def _missing_libraries(program: Path) -> list[str]:
    """What the loader cannot find: libraries by name, or the newer version it asks for."""
    ldd = shutil.which("ldd")
    if not ldd:
        return []
    answer = subprocess.run(  # noqa: S603 - a program of the system on a file of our own
        [ldd, str(program)], capture_output=True, text=True, check=False
    )
    lines = (answer.stdout + answer.stderr).splitlines()
    missing = [line.split()[0] for line in lines if line.endswith("=> not found")]
    versions = [line.split("version `")[1].split("'")[0] for line in lines if "version `" in line]
    return sorted({*missing, *versions})


def _has_avx() -> bool:
    facts = Path("/proc/cpuinfo")
    return not facts.exists() or " avx " in facts.read_text(errors="replace")
