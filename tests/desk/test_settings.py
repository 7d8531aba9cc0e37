"""Is a key file that cannot be used refused with the line to mend?"""

import json
from pathlib import Path
from typing import Any

import pytest

from services.desk.domain.staff import Seed
from services.desk.settings import BadKeyFileError, DeskSettings, read_seeds

KEY = "k" * 43


def file_of(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "keys.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_a_line_is_a_person_with_roles_and_a_key(tmp_path: Path) -> None:
    path = file_of(tmp_path, [{"staff_id": "leo", "roles": ["lawyer"], "key": KEY}])
    assert read_seeds(path) == (Seed("leo", ("lawyer",), KEY),)


def test_a_person_may_have_no_key(tmp_path: Path) -> None:
    assert read_seeds(file_of(tmp_path, [{"staff_id": "leo", "roles": ["lawyer"]}]))[0].key is None


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("[", ""),
        ({"staff_id": "leo"}, ""),
        ([{"staff_id": "leo", "roles": ["gardener"], "key": KEY}], "0.roles.0"),
        ([{"staff_id": "leo", "roles": [], "key": KEY}], "0.roles"),
        ([{"staff_id": "le o", "roles": ["lawyer"], "key": KEY}], "0.staff_id"),
        ([{"staff_id": "leo", "roles": ["lawyer"], "key": "short-secret"}], "0.key"),
        ([{"staff_id": "leo", "roles": ["lawyer"], "secret": KEY}], "0.secret"),
        ([{"staff_id": "leo", "roles": ["lawyer"], "password": "short"}], "0.password"),
        ([{"staff_id": "leo", "roles": ["lawyer"], "user": "aßistant"}], "0.user"),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_start_and_names_the_place(
    tmp_path: Path, content: Any, place: str
) -> None:
    with pytest.raises(BadKeyFileError, match=rf"keys\.json: {place}"):
        read_seeds(file_of(tmp_path, content))


def test_the_message_does_not_repeat_a_key(tmp_path: Path) -> None:
    path = file_of(tmp_path, [{"staff_id": "leo", "roles": ["lawyer"], "key": "short-secret"}])
    with pytest.raises(BadKeyFileError) as stopped:
        read_seeds(path)
    assert "short-secret" not in str(stopped.value)


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadKeyFileError, match="Cannot read"):
        read_seeds(tmp_path / "none.json")


def test_without_a_file_nobody_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_API_KEYS_FILE", raising=False)
    assert DeskSettings().seeds() is None


def test_the_file_is_named_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DESK_API_KEYS_FILE", str(file_of(tmp_path, [])))
    assert DeskSettings().seeds() == ()
