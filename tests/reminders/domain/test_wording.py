"""Does a message read well in its recipient's language, and is it never sent half worded?"""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.app import read_wording
from services.reminders.domain.message_texts import MessageTexts
from services.reminders.domain.wording import (
    LINK,
    MARKS,
    PREFERENCES,
    UNSUBSCRIBE,
    Occasion,
    Worded,
    Wording,
    WordingError,
    redacted,
    with_links,
    without_foot,
)
from services.reminders.settings import RemindersSettings

WORDING = read_wording()
FRENCH = read_wording(RemindersSettings(firm_dir=Path(__file__).parents[3] / "examples" / "firm"))
STARTS = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
WORDS: dict[str, Any] = {
    "name": "Ada Muster", "firm": "Muster & Partner", "starts_at": STARTS, "due_at": STARTS,
    "closed_at": STARTS, "link": LINK, "stage": "closing", "was": {"starts_at": STARTS},
}  # fmt: skip
MESSAGES = sorted(WORDING.messages)


def occasion(locale: str = "de-DE", zone: str = "Europe/Berlin", **more: Any) -> Occasion:
    now = more.get("now", datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    return Occasion(locale=locale, zone=ZoneInfo(zone), now=now)


def reminder(**more: Any) -> Worded:
    return WORDING.render("appointment-reminder", WORDS, occasion(**more))


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("locale", ["en-GB", "de-AT"])
def test_every_message_exists_in_every_language(message: str, locale: str) -> None:
    worded = WORDING.render(message, WORDS, occasion(locale))
    assert worded.locale == locale
    assert "Ada Muster" in worded.text
    assert "Ada Muster" in worded.html


@pytest.mark.parametrize("message", MESSAGES)
def test_the_french_of_the_example_needs_no_line_of_code(message: str) -> None:
    worded = FRENCH.render(message, WORDS, occasion("fr-CH"))
    assert worded.locale == "fr-CH"
    assert worded.text.startswith("Bonjour Ada Muster,")
    assert worded.text.rstrip().endswith("Cordialement,\nMuster & Partner")


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_refuses_a_client_without_a_name(message: str) -> None:
    with pytest.raises(WordingError):
        WORDING.render(message, {**WORDS, "name": ""}, occasion())


def test_german_dates_and_times_read_german() -> None:
    assert "Dienstag, 3. März 2026\n14:00 Uhr" in reminder().text


def test_english_dates_and_times_read_english() -> None:
    worded = reminder(locale="en-US", zone="America/New_York")
    assert "Tuesday, March 3, 2026\n8:00 AM" in worded.text


def test_relative_words_are_reckoned_when_the_message_is_worded() -> None:
    assert "morgen um 14:00 Uhr" in reminder().subject_line
    same_day = reminder(now=datetime(2026, 3, 3, 6, 0, tzinfo=UTC))
    assert "heute um 14:00 Uhr" in same_day.subject_line


def test_a_week_ahead_is_said_in_days() -> None:
    worded = reminder(locale="en", now=datetime(2026, 2, 24, 9, 0, tzinfo=UTC))
    assert "in 7 days" in worded.subject_line


def test_tomorrow_is_tomorrow_on_the_recipients_calendar() -> None:
    late_evening = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # past midnight in Berlin
    assert "heute" in reminder(now=late_evening).subject_line


def test_a_place_is_named_only_where_there_is_one() -> None:
    assert "Raum 7" not in reminder().text
    worded = WORDING.render("appointment-reminder", {**WORDS, "location": "Raum 7"}, occasion())
    assert "Raum 7" in worded.text


def test_a_language_the_firm_does_not_write_falls_back_and_says_so() -> None:
    assert reminder(locale="fr-FR").locale == "en"


def test_a_language_in_a_country_without_habits_of_its_own_is_still_that_language() -> None:
    assert reminder(locale="de-US").locale == "de"


def test_what_a_client_is_called_cannot_become_markup() -> None:
    words = {**WORDS, "name": "<img src=x onerror=alert(1)> & Co"}
    worded = WORDING.render("welcome", words, occasion())
    assert "<img" not in worded.html
    assert "<img src=x onerror=alert(1)> & Co" in worded.text


def test_a_name_is_never_read_as_a_template() -> None:
    worded = WORDING.render("welcome", {**WORDS, "name": "{{ 7 * 7 }}"}, occasion())
    assert "{{ 7 * 7 }}" in worded.text


@given(st.sampled_from("\r\x00\x1b\x7f\x85\u2028\u2029\u202e\u2066"))
def test_control_characters_in_a_word_refuse_the_message(character: str) -> None:
    with pytest.raises(WordingError) as refused:
        WORDING.render("welcome", {**WORDS, "name": f"Ada{character}Muster"}, occasion())
    assert refused.value.code == "unsafe-text"


def test_what_is_kept_holds_a_mark_and_no_link() -> None:
    worded = WORDING.render("survey-invitation", WORDS, occasion())
    url = "https://survey.example/s/abc"
    assert url in with_links(worded.text, {LINK: url})
    assert f'href="{url}"' in with_links(worded.html, {LINK: url})
    assert "[link]" in redacted(worded.text)


@pytest.mark.parametrize("message", ["survey-invitation", "survey-reminder"])
@pytest.mark.parametrize("locale", ["en", "de"])
def test_in_the_middle_of_a_matter_no_survey_says_that_it_is_over(
    message: str, locale: str
) -> None:
    worded = WORDING.render(message, {**WORDS, "stage": "milestone"}, occasion(locale))
    over = ("finished", "closed", "abgeschlossen", "how did", "went", "waren", "es für sie war")
    said = f"{worded.subject_line}\n{worded.text}".lower()
    assert [word for word in over if word in said] == []


def test_after_a_matter_its_survey_says_that_it_is_closed() -> None:
    worded = WORDING.render("survey-invitation", WORDS, occasion("de"))
    assert "Ihre Angelegenheit ist abgeschlossen" in worded.text


def test_the_same_words_give_the_same_message() -> None:
    assert reminder() == reminder()


def test_html_fits_a_phone_and_loads_nothing() -> None:
    html = reminder().html
    assert 'name="viewport"' in html
    assert "http" not in html


@pytest.mark.parametrize("text", ["No subject\n\nBody", "Subject:\n\nBody", "Subject: only"])
def test_a_template_without_subject_or_text_is_refused(text: str) -> None:
    with pytest.raises(WordingError):
        Wording(MessageTexts({"en/odd": text}), "{{ subject }}").render("odd", {}, occasion("en"))


def test_a_template_cannot_reach_into_the_machine() -> None:
    evil = "Subject: x\n\n{{ name.__class__.__mro__ }}"
    with pytest.raises(WordingError):
        Wording(MessageTexts({"en/evil": evil}), "{{ subject }}").render(
            "evil", {"name": "a"}, occasion("en")
        )


def with_a_foot(**more: Any) -> Worded:
    words = {**WORDS, "preferences": PREFERENCES, **more}
    return WORDING.render("welcome", words, occasion("en"))


def test_at_the_foot_stands_where_to_choose_and_nothing_else() -> None:
    worded = with_a_foot()
    assert "Choose how and when we contact you:" in worded.text
    assert UNSUBSCRIBE not in worded.text + worded.html


def test_what_can_be_turned_off_says_so_at_its_foot() -> None:
    worded = with_a_foot(unsubscribe=UNSUBSCRIBE)
    urls = {PREFERENCES: "https://p.example", UNSUBSCRIBE: "https://u.example"}
    assert "any more:\nhttps://u.example" in with_links(worded.text, urls)
    assert 'href="https://u.example"' in with_links(worded.html, urls)


def test_a_foot_without_its_link_is_left_out_and_the_message_stays_whole() -> None:
    worded = with_a_foot()
    bare = WORDING.render("welcome", WORDS, occasion("en"))
    assert with_links(worded.text, {}).strip() == bare.text.strip()
    assert with_links(worded.html, {}).split() == bare.html.split()


def test_what_is_said_on_the_telephone_has_no_foot() -> None:
    said = redacted(without_foot(with_a_foot().text))
    assert said.endswith("Muster & Partner")


def test_no_mark_is_ever_read_by_anybody() -> None:
    worded = with_a_foot(unsubscribe=UNSUBSCRIBE)
    shown = redacted(worded.text) + with_links(worded.html, dict.fromkeys(MARKS, "https://x"))
    assert not any(mark in shown for mark in "\ue000\ue001\ue002\ue003")


@pytest.mark.parametrize(
    ("locale", "spelled"), [("en-US", "canceled"), ("en-GB", "cancelled"), ("en-IE", "cancelled")]
)
def test_english_is_spelled_as_its_reader_spells(locale: str, spelled: str) -> None:
    cancelled = [name for name in MESSAGES if name.endswith("-cancelled")]
    for message in (*cancelled, "appointment-reinstated", "hearing-reinstated"):
        worded = WORDING.render(message, WORDS, occasion(locale))
        said = re.findall(r"cancell?ed", f"{worded.subject_line} {worded.text}".lower())
        assert set(said) == {spelled}


@pytest.mark.parametrize("message", MESSAGES)
def test_a_word_that_is_not_said_leaves_no_hole(message: str) -> None:
    assert "\n\n\n" not in redacted(WORDING.render(message, WORDS, occasion()).text)
