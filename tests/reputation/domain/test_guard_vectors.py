"""How does the guard fare with replies it was not written from, telling ones and harmless ones?"""

import json
from pathlib import Path
from typing import Any

import pytest

from services.reputation.domain.guard import Judgement
from services.reputation.domain.repeated_facts import Reviewed
from services.reputation.domain.sentences import sentences_of
from tests.reputation.domain.firm import judged

FILES = (
    "replies_to_judge.jsonl",
    "more_replies_to_judge.jsonl",
    "further_replies_to_judge.jsonl",
    "last_replies_to_judge.jsonl",
)
REPLIES: list[dict[str, Any]] = [
    json.loads(line)
    for file in FILES
    for line in (Path(__file__).parent / file).read_text("utf-8").splitlines()
]
LEAKS = [each for each in REPLIES if each["leak"]]
HARMLESS = [each for each in REPLIES if not each["leak"]]
HINTING = ("Jo Marsh", "Pat Nolan", "Petra Nowak")  # under their reviews: hints, made to slip by
PLAIN = [each for each in LEAKS if each["author"] not in HINTING]
MOST_REFUSED = 0.05


def judgement_of(reply: dict[str, Any]) -> Judgement:
    reviewed = Reviewed(text=reply["review"], author=reply["author"])
    return judged(reply["text"], language=reply["language"], reviewed=reviewed)


@pytest.mark.parametrize("reply", LEAKS, ids=lambda reply: reply["text"][:40])
def test_what_tells_something_never_passes_without_a_lawyer(reply: dict[str, Any]) -> None:
    assert judgement_of(reply).verdict in ("lawyer", "refuse")


@pytest.mark.parametrize("reply", LEAKS, ids=lambda reply: reply["text"][:40])
def test_what_tells_something_never_reaches_the_lawyer_without_a_hint(
    reply: dict[str, Any],
) -> None:
    assert judgement_of(reply).findings


def test_most_of_what_plainly_tells_something_is_refused_outright() -> None:
    refused = [reply for reply in PLAIN if judgement_of(reply).verdict == "refuse"]
    assert len(refused) >= len(PLAIN) / 2


def test_a_quarter_of_what_only_hints_at_something_is_refused_outright_too() -> None:
    hints = [each for each in LEAKS if each["author"] in HINTING]
    refused = [reply for reply in hints if judgement_of(reply).verdict == "refuse"]
    assert len(refused) >= len(hints) / 4


@pytest.mark.parametrize("language", ["en", "de"])
def test_hardly_anything_harmless_is_refused(language: str) -> None:
    asked = [each for each in HARMLESS if each["language"] == language]
    refused = [reply["text"] for reply in asked if judgement_of(reply).verdict == "refuse"]
    assert len(refused) <= MOST_REFUSED * len(asked), refused


def test_a_word_whose_letters_stand_apart_is_refused() -> None:
    for text in ("It was a d-i-v-o-r-c-e.", "Eine S c h e i d u n g.", "A v.i.s.a.s matter."):
        judgement = judged(text)
        assert (judgement.verdict, "script" in judgement.rules) == ("refuse", True), text
    assert "script" not in judged("Our lines are open 9-5, Mon-Fri, A-Z and Q & A.").rules


def test_a_word_with_spaces_between_few_letters_or_a_digit_for_one_is_refused() -> None:
    for text in ("Y o u r  c a s e was hard.", "A loyal cl1ent.", "Ihr M4ndat.", "Thank y0u both."):
        judgement = judged(text)
        assert (judgement.verdict, "script" in judgement.rules) == ("refuse", True), text
    for text in (
        "We are open 9to5 for B2B and B2C.",
        "Thank you, J. R. R. Smith.",
        "A 5star team.",
    ):
        assert "script" not in judged(text).rules, text


def test_a_date_or_a_title_does_not_cut_a_sentence_in_two() -> None:
    whole = "Sie haben die Vereinbarung am 3. Mai mit Dr. Weber unterschrieben."
    assert [each.text for each in sentences_of(whole)] == [whole]
    assert len(sentences_of("Wir sind im 3. Stock. Mailen Sie uns.")) == 3
    assert judged("Am 3. Mai kam der Brief.", language="de").verdict == "refuse"


def test_an_excuse_for_what_a_firm_would_not_say_excuses_nobody_else() -> None:
    assert judged("After your accident the insurer would not budge.").verdict == "refuse"
    assert judged("It would not be right to say that you were a client.").verdict == "lawyer"


@pytest.mark.parametrize("said", ["020 7946 0123", "+44 20 7946 0123", "(020) 7946-0123"])
def test_the_firms_own_number_is_left_to_a_lawyer_and_any_other_refused(said: str) -> None:
    text = f"Please call our office: {said}."
    assert judged(text, phone="+44 20 7946 0123").verdict == "lawyer"
    assert "contact-data" in judged(text, phone="+44 20 7946 0123").rules
    assert judged(text, phone="+44 20 7946 9999").verdict == "refuse"
    assert judged(text).verdict == "refuse"


def test_every_finding_says_what_to_write_instead() -> None:
    silent = {
        finding.rule
        for reply in REPLIES
        for finding in judgement_of(reply).findings
        if not finding.suggestion
    }
    assert silent == set()


HARMLESS_OF_OUR_OWN = {
    "en": """
        We value every client and every comment.
        Our clients' trust means a lot to us.
        Client confidentiality prevents us from responding here.
        Our office is closed in August.
        We are open Monday to Friday from 9 to 5.
        Past results do not guarantee a future outcome.
        We never discuss any case in public.
        We take your review seriously.
        We are a family law firm and proud of our work.
        Our fees are published on our website.
        We are sorry to hear about your experience.
        We appreciate that you gave us five stars.
        Anyone who is a client may use our complaints procedure free of charge.
        We cannot change what others write.
    """,
    "de": """
        Unsere Mandanten liegen uns am Herzen.
        Jeder Mandant ist uns wichtig.
        Ihre Bewertung hilft anderen bei der Suche.
        Bitte vereinbaren Sie einen Termin.
        Wir haben im August geschlossen.
        Wir unterhalten uns gerne mit Ihnen.
        Wir äußern uns weder zu Personen noch zu Mandaten.
        Wer unzufrieden ist, kann sich an die Rechtsanwaltskammer wenden.
        Wir arbeiten ständig an neuen Angeboten.
    """,
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (language, line.strip())
        for language, lines in HARMLESS_OF_OUR_OWN.items()
        for line in lines.strip().splitlines()
    ],
)
def test_what_a_firm_may_well_say_of_itself_goes_to_a_lawyer_at_most(
    language: str, text: str
) -> None:
    assert judged(text, language=language).verdict == "lawyer"
