"""Does the guard stop what a law firm must not say in public, and let nothing else pass unread?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reputation.domain.guard import version_of
from services.reputation.domain.repeated_facts import Reviewed
from tests.reputation.domain.firm import firm, judged, noticed

FLORIDA = (
    "We are not permitted to respond as we would wish, and feel that this is neither fair nor "
    "accurate."
)


@pytest.mark.parametrize(
    "text",
    [
        "Professional obligations do not allow us to respond as we would wish.",
        "Our professional duties do not allow us to comment in public. Please contact our office.",
        "Please contact our office.",
        "We cannot confirm or deny whether anyone is a client of this firm.",
        "Our duty of confidentiality does not permit us to respond to reviews.",
        "Thank you for your feedback.  Please contact our office.\n",
    ],
)
def test_what_the_bar_recommends_passes(text: str) -> None:
    assert judged(text).verdict == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "Die anwaltliche Schweigepflicht erlaubt es uns nicht, Bewertungen zu kommentieren.",
        "Danke für Ihre Rückmeldung. Bitte wenden Sie sich direkt an unsere Kanzlei.",
        "Ob jemand unser Mandant war, dürfen wir nicht sagen.",
    ],
)
def test_german_sentences_of_the_firm_pass_under_a_german_review(text: str) -> None:
    assert judged(text, language="de").verdict == "pass"


def test_no_free_text_passes_however_harmless_it_looks() -> None:
    assert judged("Hello.").verdict == "lawyer"
    assert judged("Hello.", mood="glad").verdict == "lawyer"


@given(st.text(max_size=300))
def test_nothing_passes_but_the_firm_s_own_sentences(text: str) -> None:
    judgement = judged(text)
    assert judgement.verdict != "pass" or judgement.composed


def test_one_free_sentence_among_approved_ones_is_enough_for_a_lawyer() -> None:
    assert judged("Please contact our office. Hello.").verdict == "lawyer"


def test_only_the_free_sentences_are_judged() -> None:
    text = "We cannot confirm or deny whether anyone is a client of this firm. Hello."
    assert judged(text).findings == ()


def test_a_sentence_approved_for_glad_reviews_is_a_lawyer_s_under_a_bad_one() -> None:
    assert judged("Thank you for your kind words.", mood="glad").verdict == "pass"
    judgement = judged("Thank you for your kind words.", mood="bad")
    assert (judgement.verdict, judgement.composed, judgement.rules) == (
        "lawyer",
        True,
        ("occasion",),
    )


def test_an_approved_sentence_in_another_language_than_the_review_is_a_lawyer_s() -> None:
    assert judged("Please contact our office.", language="fr").verdict == "lawyer"
    assert judged("Please contact our office.", language="de").verdict == "lawyer"
    assert judged("Please contact our office.", language="").verdict == "pass"


def test_florida_allows_neither_fair_nor_accurate_and_strict_does_not() -> None:
    assert judged(FLORIDA, profile="us-fl").verdict == "pass"
    assert judged(FLORIDA).verdict == "lawyer"


def test_the_court_ordered_withdrawal_is_refused_even_in_florida() -> None:
    judgement = judged(f"{FLORIDA} The court ordered us to withdraw.", profile="us-fl")
    assert judgement.verdict == "refuse"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Your case was difficult.", "relationship"),
        ("As our client you know how we work.", "relationship"),
        ("When we represented you, we did what we could.", "relationship"),
        ("We are glad we could help you with that.", "relationship"),
        ("Thank you for choosing us.", "relationship"),
        ("It was a pleasure working with you.", "relationship"),
        ("You were never a client.", "relationship"),
        ("We have no record of you.", "relationship"),
        ("You hired us late.", "relationship"),
        ("Thanks for being such a wonderful client.", "relationship"),
        ("Ihr Fall war schwierig.", "relationship"),
        ("Als unsere Mandantin wissen Sie das.", "relationship"),
        ("Wir haben Sie gerne vertreten.", "relationship"),
        ("Vielen Dank für Ihr Vertrauen.", "relationship"),
        ("Wir danken für die gute Zusammenarbeit.", "relationship"),
        ("Dear Maria, thank you.", "name"),
        ("Mr Weber is kind.", "name"),
        ("That was on 3 March.", "fact-date"),
        ("That was in October.", "fact-date"),
        ("Das war im Oktober.", "fact-date"),
        ("That was last year.", "fact-date"),
        ("It cost five thousand.", "fact-amount"),
        ("It was 1,200 dollars.", "fact-amount"),
        ("Das waren 500 €.", "fact-amount"),
        ("Die Rechnung war richtig.", "fact-amount"),
        ("The judge saw it differently.", "fact-court"),
        ("Das Landgericht sah es anders.", "fact-court"),
        ("We won.", "fact-outcome"),
        ("A divorce is never easy.", "fact-subject"),
        ("Eine Scheidung ist nie leicht.", "fact-subject"),
        ("See 2:19-cv-01234.", "fact-reference"),
        ("Az. 12 O 345/20", "fact-reference"),
        ("Write to office@firm.example please.", "contact-data"),
        ("Write to office (at) firm please.", "contact-data"),
        ("Call +49 30 1234567.", "contact-data"),
        ("See www.firm.example.", "contact-data"),
        ("We will sue.", "threat"),
        ("This is defamation.", "threat"),
        ("We reserve our rights.", "threat"),
        ("Wir werden rechtliche Schritte einleiten.", "threat"),
        ("Das ist ueble Nachrede.", "threat"),
        ("Wir behalten uns eine Strafanzeige vor.", "threat"),
        ("We would offer a discount.", "incentive"),
        ("Please change your review.", "incentive"),
        ("Wir bieten einen Gutschein an.", "incentive"),
        ("Wir bitten, die Bewertung zu ändern.", "incentive"),
    ],
)
def test_what_plainly_tells_offers_or_threatens_is_refused(text: str, rule: str) -> None:
    refusing = {each.rule for each in judged(text).findings if each.refuses}
    assert rule in refusing


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Nobody paid the fee.", "fact-amount"),
        ("We would do something in return.", "incentive"),
        ("There were three of them.", "fact-reference"),
        ("This is not true.", "denial"),
        ("In the sale of the business.", "repeated-fact"),
        ("The bakery was lovely.", "repeated-fact"),
        ("Bakeries and bakery's are lovely.", "repeated-fact"),
        ("We are sorry about your experience.", "relationship"),
    ],
)
def test_what_may_tell_something_is_a_hint_for_the_lawyer(text: str, rule: str) -> None:
    assert judged(text).verdict == "lawyer"
    assert rule in noticed(text)


@pytest.mark.parametrize(
    "text", ["Die Gründe sind gut.", "Wir die Firma, also fast alle.", "Der Fall was art."]
)
def test_english_rules_do_not_judge_german(text: str) -> None:
    german = f"{text} Wir sind und bleiben für alle da, die uns das nicht glauben."
    found = {each.rule for each in judged(german, language="de").findings}
    assert "denial" not in found
    assert "language" not in found


def test_words_that_no_rule_knows_are_shown_to_the_lawyer_and_courtesy_is_not() -> None:
    (found,) = judged("The bank would simply not budge.").findings
    assert (found.rule, found.refuses) == ("unknown-words", False)
    assert judged("We thank you and would like to talk.").findings == ()


def test_new_is_not_nine() -> None:
    assert noticed("Wir stellen uns den neuen Aufgaben gerne.", language="de") == {"unknown-words"}
    assert noticed("Das waren neun.", language="de") == {"fact-reference"}


@pytest.mark.parametrize(
    "text",
    [
        "Y\u00adour ca\u200bse",  # soft hyphen, zero width space
        "Ｙｏｕｒ ｃａｓｅ",  # noqa: RUF001 - full-width letters
        "YOUR\u00a0CASE",
        "Your   case",
        "yo\u0308ur case".replace("\u0308", "\u0301"),
    ],
)
def test_writing_it_differently_does_not_help(text: str) -> None:
    assert judged(text).verdict == "refuse"


def test_letters_of_another_script_within_a_word_are_refused() -> None:
    assert judged("Thank y\u043eu").verdict == "refuse"  # a Cyrillic o


@pytest.mark.parametrize("text", ["Спасибо за ваш отзыв.", "Votre avis est important pour nous."])
def test_what_no_rule_can_read_is_for_a_lawyer_who_can(text: str) -> None:
    assert judged(text).verdict == "lawyer"
    assert "language" in noticed(text)


def test_too_long_is_refused_with_both_figures() -> None:
    (finding,) = judged("Thank you. " * 10, limit=50).findings
    assert finding.rule == "length"
    assert "50" in finding.message
    assert "110" in finding.message


def test_no_text_is_refused() -> None:
    assert judged("  \n").rules == ("empty",)


def test_a_finding_says_where_it_is_in_the_text_as_written() -> None:
    text = "Thank you. Ｙｏｕｒ\u200b case."  # noqa: RUF001 - full-width letters
    finding = next(each for each in judged(text).findings if each.rule == "relationship")
    assert text[finding.start : finding.end] == "Ｙｏｕｒ\u200b case"  # noqa: RUF001


def test_findings_repeat_none_of_the_words() -> None:
    findings = judged("Maria, the bakery was sold in court.").findings
    said = " ".join(f"{each.message} {each.suggestion}" for each in findings)
    assert "Maria" not in said
    assert "bakery" not in said


def test_a_reviewer_called_like_a_word_of_the_firm_s_sentences_blocks_nothing() -> None:
    reviewed = Reviewed(text="Bad.", author="A Former Client of this Firm")
    assert judged("We have a client in mind.", reviewed=reviewed).verdict == "lawyer"


FORBIDDEN = [
    "Your case",
    "When we represented you",
    "As our client",
    "The verdict",
    "On 12 May 2024",
    "Defamation",
    "Dear Maria",
]
APPROVED = st.lists(
    st.sampled_from(["Please contact our office.", "Thank you for your feedback."]), max_size=4
).map(" ".join)


@given(APPROVED, st.sampled_from(FORBIDDEN), APPROVED, st.booleans())
def test_a_forbidden_phrase_is_refused_wherever_it_stands(
    before: str, phrase: str, after: str, shout: bool
) -> None:
    text = f"{before} {phrase.upper() if shout else phrase}. {after}"
    assert judged(text).verdict == "refuse"


@given(APPROVED)
def test_any_choice_of_approved_sentences_passes_in_any_order(text: str) -> None:
    assert judged(text).verdict == ("pass" if text else "refuse")


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_judged_with_findings_inside_it(text: str, review: str) -> None:
    for finding in judged(text, reviewed=Reviewed(text=review)).findings:
        assert 0 <= finding.start <= finding.end <= len(text)


def test_the_version_names_the_rules_and_the_firm_s_sentences() -> None:
    rules, sentences = version_of(firm().approved).split(".")
    assert rules.isdigit()
    assert len(sentences) == 8
