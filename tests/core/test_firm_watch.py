"""Does a running service notice that the firm's folder is no longer what it read?"""

import shutil
from pathlib import Path

from shared.firm.watch import NONE, FolderWatch, digest_of


def say(folder: Path, text: str, file: str = "firm.toml") -> Path:
    """A folder with this in one of its files."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text, "utf-8")
    return folder


def test_a_folder_nobody_touched_is_the_same(tmp_path: Path) -> None:
    watch = FolderWatch(say(tmp_path, "[firm]\n"))
    assert not watch.differs()


def test_a_changed_a_new_and_a_missing_file_differ(tmp_path: Path) -> None:
    watch = FolderWatch(say(tmp_path, "[firm]\n"))
    say(tmp_path, "[office]\n# ours\n")
    assert watch.differs()
    say(tmp_path, "[firm]\n")
    assert not watch.differs()
    say(tmp_path, "changes: closing\n", "playbooks/closing.yaml")
    assert watch.differs()
    shutil.rmtree(tmp_path)
    assert watch.differs()


def test_the_same_files_elsewhere_have_the_same_digest(tmp_path: Path) -> None:
    one, other = say(tmp_path / "a", "[firm]\n"), say(tmp_path / "b", "[firm]\n")
    assert digest_of(one) == digest_of(other)
    assert digest_of(say(other, "[firm]\n", "names.yaml")) != digest_of(one)


def test_what_version_control_keeps_beside_it_says_nothing(tmp_path: Path) -> None:
    watch = FolderWatch(say(tmp_path, "[firm]\n"))
    say(tmp_path, "ref: main", ".git/HEAD")
    assert not watch.differs()


def test_without_a_folder_nothing_differs() -> None:
    assert FolderWatch(None).digest == NONE
    assert not FolderWatch(None).differs()
