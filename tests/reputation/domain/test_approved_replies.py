"""Are the firm's approved replies checked before anybody sees one?"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from services.reputation.settings import SHIPPED_REPLIES, ReputationSettings, read_replies
from shared.yaml_text import loaded

SENTENCES = [
    {"id": "thanks", "moods": ["glad", "mixed"], "say": "Merci pour votre avis."},
    {"id": "duty", "moods": ["bad"], "say": "Le secret professionnel nous interdit de répondre."},
]
REPLIES = [
    {"name": "Merci", "mood": "glad", "sentences": ["thanks"]},
    {"name": "Merci", "mood": "mixed", "sentences": ["thanks"]},
    {"name": "Secret", "mood": "bad", "sentences": ["duty"]},
]


def folder_with(tmp_path: Path, **changes: Any) -> Path:
    """A firm's own folder with one French file."""
    content = {"language": "fr", "sentences": SENTENCES, "replies": REPLIES} | changes
    (tmp_path / "fr.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return tmp_path


def complaint(tmp_path: Path, **changes: Any) -> str:
    """What is said at start about such a folder."""
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - its words are what is tested
        read_replies(folder_with(tmp_path, **changes))
    return str(refused.value)


def test_a_firm_may_bring_its_own_languages(tmp_path: Path) -> None:
    approved = read_replies(folder_with(tmp_path))
    assert approved.languages == ("fr",)
    assert approved.sentence("Merci  pour votre avis.") is not None


def test_what_is_shipped_is_in_order() -> None:
    assert read_replies(SHIPPED_REPLIES).languages == ("de", "en")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sentences": [*SENTENCES, {"id": "two", "moods": ["bad"], "say": "Un. Deux."}]},
         "one sentence"),
        ({"sentences": [*SENTENCES, SENTENCES[0]]}, "the same id"),
        ({"sentences": [{**SENTENCES[0], "moods": ["cheerful"]}, SENTENCES[1]]}, "sentences.0"),
        ({"replies": [*REPLIES, {"name": "X", "mood": "bad", "sentences": ["nothing"]}]},
         "which is no sentence here"),
        ({"replies": [*REPLIES, {"name": "X", "mood": "bad", "sentences": ["thanks"]}]},
         "its sentence thanks is not"),
        ({"replies": REPLIES[:2]}, "there is no bad reply"),
        ({"replies": [*REPLIES[:2], {**REPLIES[2], "sites": ["google"]}]}, "there is no bad reply"),
        ({"sentence": []}, "sentence: Extra inputs"),
    ],
    ids=["two-sentences", "id-twice", "mood", "no-sentence", "wrong-mood", "no-bad", "one-site",
         "unknown-key"],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    complained = complaint(tmp_path, **changes)
    assert complained.startswith("fr.yaml: ")
    assert said in complained


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "fr.yaml").write_text("a: [", "utf-8")
    with pytest.raises(ValueError, match=r"fr\.yaml: is no YAML"):
        read_replies(tmp_path)


def test_a_firm_cannot_approve_what_the_guard_would_refuse(tmp_path: Path) -> None:
    leak = {"id": "leak", "moods": ["bad"], "say": "Your case was lost in court."}
    content = loaded((SHIPPED_REPLIES / "en.yaml").read_text("utf-8"))
    content["sentences"].append(leak)
    (tmp_path / "en.yaml").write_text(yaml.safe_dump(content), "utf-8")
    with pytest.raises(ValueError, match="en, sentence leak"):
        read_replies(tmp_path)


def test_the_firm_s_own_language_must_be_among_them(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="own language, en"):
        ReputationSettings(replies_dir=folder_with(tmp_path))
    settings = ReputationSettings(replies_dir=tmp_path, firm_language="fr")
    assert settings.firm_profile().language == "fr"


def test_a_change_of_what_is_approved_changes_its_fingerprint(tmp_path: Path) -> None:
    before = read_replies(folder_with(tmp_path)).fingerprint
    fewer = [{**SENTENCES[0], "moods": ["glad", "mixed", "bad"]}, SENTENCES[1]]
    assert read_replies(folder_with(tmp_path, sentences=fewer)).fingerprint != before


def test_the_firms_folder_has_replies_of_its_own_in_single_languages(tmp_path: Path) -> None:
    text = (SHIPPED_REPLIES / "en.yaml").read_text("utf-8").replace("language: en", "language: fr")
    file = tmp_path / "languages" / "fr" / "replies.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    approved = ReputationSettings(firm_dir=tmp_path).firm_profile().approved
    assert approved.languages == ("de", "en", "fr")


def test_replies_of_another_language_than_their_folder_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "languages" / "fr" / "replies.yaml"
    file.parent.mkdir(parents=True)
    file.write_text((SHIPPED_REPLIES / "en.yaml").read_text("utf-8"), "utf-8")
    with pytest.raises(ValueError, match=r"fr/replies\.yaml: says language: en; write fr"):
        ReputationSettings(firm_dir=tmp_path)
