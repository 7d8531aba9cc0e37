"""Does each rule find what it is for, and leave alone what is right?"""

from pathlib import Path

import pytest

from services.reminders.app import (
    make_config,
    message_files,
    read_wording,
    rules_of,
    vocabulary,
)
from services.reminders.domain.checks.every import check, refusing, rules_named
from services.reminders.domain.checks.finding import Finding, Reading
from services.reminders.domain.checks.reading_grade import syllables_of
from services.reminders.domain.checks.word_lists import NO_WORDS
from services.reminders.domain.message_texts import TextError
from services.reminders.gateways.firm_letters import remarks_on
from services.reminders.gateways.letter_files import read_letters, read_word_lists
from services.reminders.gateways.rule_files import files_in, playbook_files
from services.reminders.settings import RemindersSettings

LISTS = read_word_lists({})
PROFILES = ("general", "england-and-wales", "germany", "us")
SHIPPED = {
    "engagement", "non-engagement", "closing", "complaint-acknowledgement", "final-response",
    "handover", "apology", "signposting", "remedy",
}  # fmt: skip


def found(body: str, language: str = "en", subject: str = "Your matter", letter: str = "",
          profile: str = "general", **more: object) -> tuple[Finding, ...]:  # fmt: skip
    """What is noticed in this text."""
    clauses = read_letters({}, profile).required(letter) if letter else ()
    words = LISTS.get(language, NO_WORDS)
    reading = Reading(subject_line=subject, body=body, language=language, words=words,
                      clauses=clauses, **more)  # type: ignore[arg-type]  # fmt: skip
    return check(reading)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "We guarantee success."),
        ("en", "Success is guaranteed."),
        ("en", "You will certainly win."),
        ("en", "You can't lose."),
        ("en", "We promise you a good result."),
        ("de", "Wir garantieren Ihnen den Erfolg."),
        ("de", "Das ist ganz ohne Risiko."),
        ("de", "Sie werden sicher gewinnen."),
        ("de", "Der Erfolg ist gewiss."),
    ],
)
def test_a_promise_of_an_outcome_refuses_the_text(language: str, words: str) -> None:
    assert "promise" in rules_named(refusing(found(words, language)))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "We cannot guarantee an outcome."),
        ("en", "Nobody can guarantee that you will win."),
        ("en", "No lawyer guarantees an outcome."),
        ("de", "Einen Erfolg können wir nicht garantieren."),
        ("de", "Niemand garantiert einen Ausgang."),
        ("de", "Wir garantieren keinen Erfolg."),
        ("en", "We will call you as promised."),
    ],
)
def test_to_say_that_nobody_can_promise_it_is_right(language: str, words: str) -> None:
    assert refusing(found(words, language)) == ()


def test_a_denial_in_another_sentence_excuses_nothing() -> None:
    assert "promise" in rules_named(found("Do not worry. We guarantee success."))


LONG = f"[{'which of it, and why. ' * 20}]"


@pytest.mark.parametrize(
    "gap", ["[date]", "____", "{{ name }}", "XXX", "TODO", "???", LONG, "[the day\nof the court]"]
)
def test_what_is_still_to_be_filled_in_is_named_where_it_stands(gap: str) -> None:
    body = f"We keep it until {gap} and no longer."
    (finding,) = refusing(found(body))
    text = f"Your matter\n\n{body}"
    assert (finding.rule, text[finding.start : finding.end]) == ("unfilled", gap)


@pytest.mark.parametrize(
    ("language", "body", "wrong"),
    [
        ("en", "Dear Ada,\n\nwe write to you.", True),
        ("en", "Dear Ada,\n\nWe write to you.", False),
        ("de", "Guten Tag Ada,\n\nWir schreiben Ihnen.", True),
        ("de", "Guten Tag Ada,\n\nwir schreiben Ihnen.", False),
        ("de", "Guten Tag Ada,\n\nIhre Akte liegt vor.", False),
        ("de", "Guten Tag Ada,\n\nUnterlagen fehlen noch.", False),
    ],
)
def test_after_the_greeting_it_goes_on_as_its_language_does(
    language: str, body: str, wrong: bool
) -> None:
    assert ("capitals" in rules_named(found(body, language))) is wrong


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("courtesy", "You failed to pay."),
        ("courtesy", "Please pay!!"),
        ("capitals", "You MUST PAY NOW or we stop."),
        ("jargon", "The aforementioned papers."),
    ],
)
def test_what_sounds_hard_loud_or_learned_is_worth_a_look_only(rule: str, body: str) -> None:
    findings = found(body)
    assert rule in rules_named(findings)
    assert refusing(findings) == ()


def test_another_greeting_than_the_cards_is_worth_a_look() -> None:
    findings = found("Hi Ada,\n\nWe write.", greeting="Dear Dr. Muster,")
    (finding,) = [each for each in findings if each.rule == "salutation"]
    assert (finding.suggestion, finding.refuses) == ("Dear Dr. Muster,", False)
    assert found("Dear Dr. Muster,\n\nWe write.", greeting="Dear Dr. Muster,") == ()


def test_a_subject_tells_nobody_who_sees_the_screen_what_it_is_about() -> None:
    assert rules_named(found("We write.", subject="Your divorce")) == ("preview",)
    assert rules_named(found("Wir schreiben.", "de", subject="Ihre Scheidung")) == ("preview",)
    assert found("We write about your divorce.") == ()


def test_a_long_sentence_is_named_and_a_hard_text_too() -> None:
    long = " ".join(["word"] * 45) + "."
    assert "a sentence of 45 words" in found(long)[0].message
    hard = "Notwithstanding considerations of jurisdictional applicability, constitutional " * 9
    assert any("hard to read" in each.message for each in found(f"{hard}. " * 2))
    plain = "We wrote to the court. The court will answer soon. " * 9
    assert found(plain) == ()


@pytest.mark.parametrize(
    ("word", "language", "syllables"),
    [("letter", "en", 2), ("cat", "en", 1), ("Rechnung", "de", 2), ("Kündigungsschutz", "de", 4)],
)
def test_syllables_are_counted_where_a_word_would_be_divided(
    word: str, language: str, syllables: int
) -> None:
    assert syllables_of(word, language) == syllables


def test_a_language_that_nobody_reads_refuses_the_letter() -> None:
    assert rules_named(refusing(found("We write.", wanted_language="fr"))) == ("language",)
    assert found("We write.", wanted_language="en") == ()


class TestClauses:
    """What law and professional rules require."""

    def test_a_final_response_in_england_says_the_three_things_of_the_ombudsmans_rules(
        self,
    ) -> None:
        findings = refusing(
            found("We looked at it.", letter="final-response", profile="england-and-wales")
        )
        said = " ".join(each.message for each in findings)
        assert all(each in said for each in ("further-steps", "ombudsman-contact", "six-months"))
        whole = "\n\n".join(each.suggestion for each in findings)
        assert refusing(found(whole, letter="final-response", profile="england-and-wales")) == ()

    @pytest.mark.parametrize("language", ["en", "de"])
    def test_in_england_who_is_told_of_the_ombudsman_reads_right_address_and_time_limits(
        self, language: str
    ) -> None:
        said = {"letter": "signposting", "profile": "england-and-wales", "language": language}
        findings = refusing(found("We are still looking into it.", **said))
        needed = {"turn-elsewhere", "ombudsman-contact", "ombudsman-time-limits"}
        message = " ".join(each.message for each in findings)
        assert all(each in message for each in needed)
        assert "para 8.4" in message
        whole = "\n\n".join(each.suggestion for each in findings)
        assert refusing(found(whole, **said)) == ()

    def test_in_germany_it_names_the_chamber_and_the_mediators_and_whether_the_firm_takes_part(
        self,
    ) -> None:
        (finding,) = refusing(found("Wir prüfen noch.", "de", letter="signposting",
                                    profile="germany"))  # fmt: skip
        assert "§ 37 VSBG" in finding.message
        assert "Schlichtungsstelle" in finding.suggestion

    def test_a_clause_is_found_over_line_ends_and_in_any_case(self) -> None:
        body = "We CANNOT ACT\nfor you. Time limits run. See another\nlawyer."
        assert refusing(found(body, letter="non-engagement")) == ()

    def test_in_a_language_nobody_described_a_person_looks(self) -> None:
        findings = found("Nous conservons.", "fr", letter="closing")
        assert not refusing(findings)
        assert "a person can see" in findings[0].message

    @pytest.mark.parametrize("profile", PROFILES)
    def test_the_words_of_every_clause_say_what_is_looked_for(self, profile: str) -> None:
        letters = read_letters({}, profile)
        for clause in letters.clauses:
            for language, text in clause.text.items():
                assert clause.lacking(text, language) == (), (clause.clause, language)

    @pytest.mark.parametrize("profile", PROFILES)
    def test_every_clause_has_its_source_and_edition(self, profile: str) -> None:
        assert all("20" in each.source for each in read_letters({}, profile).clauses)


class TestShipped:
    """What the firm begins with."""

    def test_every_letter_is_there_in_english_and_german(self) -> None:
        texts = read_letters({}, "general").texts
        assert {name for language, name in texts if language == "en"} == SHIPPED
        assert {name for language, name in texts if language == "de"} == SHIPPED

    @pytest.mark.parametrize("profile", PROFILES)
    def test_nothing_is_noticed_in_any_shipped_letter_or_message(self, profile: str) -> None:
        settings = RemindersSettings(profile=profile)
        assert [
            str(each)
            for each in remarks_on(settings, {}, message_files(settings), read_wording(settings))
        ] == []


class TestOwn:
    """A firm's letters, in its own folder."""

    def firm(self, tmp_path: Path, name: str, text: str) -> RemindersSettings:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return RemindersSettings(firm_dir=tmp_path)

    def start(self, settings: RemindersSettings) -> None:
        make_config(settings, rules_of(playbook_files(settings), vocabulary(settings)))

    def test_with_a_promise_in_a_message_the_service_does_not_start(self, tmp_path: Path) -> None:
        text = "Subject: Welcome\n\n{{ greeting }}\n\nWe guarantee success.\n\n{{ firm }}\n"
        settings = self.firm(tmp_path, "languages/en/messages/welcome.txt", text)
        with pytest.raises(TextError, match=r"languages/en/messages/welcome.txt:5: promise"):
            self.start(settings)

    def test_without_a_required_clause_it_does_not_start_either(self, tmp_path: Path) -> None:
        text = "Edition: 1\nSubject: Closed\n\n{{ greeting }}\n\nOur work has ended.\n"
        settings = self.firm(tmp_path, "letters/en/closing.txt", text)
        with pytest.raises(TextError, match=r"letters/en/closing.txt:\d+: .*`retention`"):
            self.start(settings)

    def test_a_word_that_nobody_fills_in_is_named(self, tmp_path: Path) -> None:
        text = "Edition: 1\nSubject: Now\n\n{{ greeting }}\n\n{{ judge }} is in charge: call.\n"
        settings = self.firm(tmp_path, "letters/en/handover.txt", text)
        with pytest.raises(TextError, match="a word that nobody fills in"):
            self.start(settings)

    def test_a_letter_of_its_own_is_named_with_its_clauses(self, tmp_path: Path) -> None:
        book = """
letters:
  condolence: {label: Condolences, class: service}
clauses:
  - clause: who-to-call
    label: whom to call
    letters: [condolence]
    profiles:
      general: {source: House rules, edition: "2026", says: {en: [call us]}}
"""
        self.firm(tmp_path, "letters/letters.yaml", book)
        text = "Edition: 3\nSubject: Our condolences\n\n{{ greeting }}\n\nPlease call us.\n"
        settings = self.firm(tmp_path, "letters/en/condolence.txt", text)
        self.start(settings)
        letters = read_letters(files_in(tmp_path), "general")
        assert letters.texts["en", "condolence"].edition == "3"
        assert [each.clause for each in letters.required("condolence")] == ["who-to-call"]

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("Subject: x\n\ntext", "begin with a line such as `Edition: 2026-11`"),
            ("Edition: 1\n\ntext", "go on with a line such as `Subject:"),
        ],
    )
    def test_a_letter_says_its_edition_and_its_subject(
        self, tmp_path: Path, text: str, complaint: str
    ) -> None:
        settings = self.firm(tmp_path, "letters/en/closing.txt", text)
        with pytest.raises(TextError, match=complaint):
            self.start(settings)
