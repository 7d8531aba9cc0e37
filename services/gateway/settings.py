"""What does the gateway need to be told before it starts?

Sources are files of the firm. Their secrets are none: each is a file of its own in a folder named
in the environment, one secret a line; the first is the newest, the others hold during a rotation.
"""

from pathlib import Path

import yaml

from services.gateway.domain.reading import FirmDefaults
from services.gateway.domain.sources import Source, SourceError, source_from
from shared.process.settings import Settings
from shared.yaml_text import loaded

LARGEST_SECRETS_FILE = 16 * 1024


class GatewaySettings(Settings):
    """Which doors there are, and where their secrets are."""

    sources_dir: Path | None = None  # one file for each system that comes to a door
    source_secrets_dir: Path | None = None  # one file for each secret, called as it is
    sources_locale: str = "en"  # of inquiries whose source says no language

    def sources(self) -> dict[str, Source]:
        """Every source, checked with its samples; SourceError names file, field and remedy."""
        if self.sources_dir is None:
            return {}
        firm = FirmDefaults(self.firm_zone, self.sources_locale)
        found = {file.stem: file for file in sorted(self.sources_dir.glob("*.yaml"))}
        return {name: source_from(name, _read(file), firm) for name, file in found.items()}


class Secrets:
    """The secrets of all sources, read anew when their files change."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._read: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {}

    def of(self, name: str) -> tuple[str, ...]:
        """Every secret of this name; none where there is no file."""
        if self._folder is None:
            return ()
        file = self._folder / name
        try:
            stamp = file.stat()
            mark = (stamp.st_mtime_ns, stamp.st_size)
            if name not in self._read or self._read[name][0] != mark:
                self._read[name] = (mark, _lines(file))
        except OSError:
            return ()
        return self._read[name][1]


def _lines(file: Path) -> tuple[str, ...]:
    text = file.read_bytes()[:LARGEST_SECRETS_FILE].decode("utf-8", errors="replace")
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _read(file: Path) -> object:
    try:
        return loaded(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        at = getattr(broken, "problem_mark", None)
        line = f":{at.line + 1}" if at is not None else ""
        raise SourceError(f"sources/{file.name}{line}: is no YAML in UTF-8") from broken
