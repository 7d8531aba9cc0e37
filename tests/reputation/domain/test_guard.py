"""Does the guard stop what a law firm must not say in public, and let pass what it may?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reputation.domain.draft import Profile
from services.reputation.domain.guard import Finding, Reviewed, findings_in

REVIEW = Reviewed(
    text="They ruined the sale of my bakery and Mr Weber never called back.", author="Maria Kovac"
)


def guard(
    text: str, *, reviewed: Reviewed = REVIEW, limit: int = 4096, profile: Profile = "strict"
) -> tuple[Finding, ...]:
    return findings_in(text, reviewed=reviewed, limit=limit, profile=profile)


def rules(text: str, profile: Profile = "strict") -> set[str]:
    return {finding.rule for finding in guard(text, profile=profile)}


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your kind words.",
        "Thank you!",
        "We appreciate your feedback and read it carefully.",
        "Our professional duties do not allow us to comment in public. Please contact our office.",
        "We take every comment seriously and would be glad to speak with you directly.",
        "Our duty of confidentiality does not permit us to respond to reviews.",
        "We are sorry to read this. Please call our office so that we can listen.",
        "Danke für Ihre Rückmeldung. Bitte wenden Sie sich direkt an unsere Kanzlei.",
        "Vielen Dank für Ihre freundlichen Worte.",
        "Die anwaltliche Schweigepflicht erlaubt es uns nicht, Bewertungen zu kommentieren.",
    ],
)
def test_neutral_replies_pass(text: str) -> None:
    assert guard(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Your case was difficult.",
        "As our client you know how we work.",
        "When we represented you, we did what we could.",
        "We are glad we could help you with that.",
        "Thank you for choosing us.",
        "Thank you for trusting our firm.",
        "It was a pleasure working with you.",
        "You hired us late.",
        "You were never a client.",
        "We have no record of you.",
        "We fought hard for you.",
        "Thanks for being such a wonderful client.",
        "We are sorry about your experience.",
        "Ihr Fall war schwierig.",
        "Als unsere Mandantin wissen Sie das.",
        "Wir haben Sie gerne vertreten.",
        "Es war uns eine Freude, Sie zu vertreten.",
        "Vielen Dank für Ihr Vertrauen.",
        "Danke für das Mandat.",
        "Wir freuen uns, dass wir Ihnen helfen konnten.",
        "Wir danken für die gute Zusammenarbeit.",
    ],
)
def test_nothing_confirms_or_denies_a_relationship(text: str) -> None:
    assert "relationship" in rules(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("That was on 3 March.", "fact-reference"),
        ("That was in October.", "fact-date"),
        ("Das war im Oktober.", "fact-date"),
        ("That was last year.", "fact-date"),
        ("Nobody paid the fee.", "fact-amount"),
        ("Die Rechnung war richtig.", "fact-amount"),
        ("It cost five thousand.", "fact-amount"),
        ("The judge saw it differently.", "fact-court"),
        ("Das Landgericht sah es anders.", "fact-court"),
        ("We won.", "fact-outcome"),
        ("Das Urteil ist gerecht.", "fact-outcome"),
        ("A divorce is never easy.", "fact-subject"),
        ("Eine Scheidung ist nie leicht.", "fact-subject"),
        ("See 2:19-cv-01234.", "fact-reference"),
        ("Az. 12 O 345/20", "fact-reference"),
        ("There were three of them.", "fact-reference"),
        ("Write to office@firm.example please.", "contact-data"),
        ("Write to office (at) firm please.", "contact-data"),
        ("Call +49 30 1234567.", "contact-data"),
        ("See www.firm.example.", "contact-data"),
    ],
)
def test_no_fact_is_told(text: str, rule: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "We will sue.",
        "This is defamation.",
        "We reserve our rights.",
        "You will hear from us; there will be consequences.",
        "Wir werden rechtliche Schritte einleiten.",
        "Das ist üble Nachrede.",
        "Das ist ueble Nachrede.",
        "Wir behalten uns eine Strafanzeige vor.",
    ],
)
def test_nobody_is_threatened(text: str) -> None:
    assert "threat" in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "We would offer a discount.",
        "We would like to give a refund.",
        "Please change your review.",
        "Please reconsider this rating.",
        "We would do something in return.",
        "Wir bieten einen Gutschein an.",
        "Bitte löschen Sie das, wir zeigen uns mit einem Geschenk erkenntlich.",
        "Wir bitten, die Bewertung zu ändern.",
    ],
)
def test_nothing_is_offered_and_no_change_asked_for(text: str) -> None:
    assert "incentive" in rules(text)


@pytest.mark.parametrize(
    "text", ["In the sale of the business.", "The bakery was lovely.", "Mr Weber is kind."]
)
def test_nothing_the_reviewer_tells_is_repeated(text: str) -> None:
    assert "repeated-fact" in rules(text)


def test_the_reviewer_s_name_is_not_repeated() -> None:
    assert "repeated-fact" in rules("Dear Maria, thank you.")


def test_another_form_of_a_reviewer_s_word_is_the_same_word() -> None:
    assert "repeated-fact" in rules("Bakeries and bakery's are lovely.")


def test_florida_20_1_the_court_ordered_withdrawal_is_blocked_even_there() -> None:
    text = (
        "We are not permitted to respond as we wish, and the review is neither fair nor "
        "accurate. The court ordered us to withdraw."
    )
    assert {"fact-court", "fact-outcome"} <= rules(text, profile="us-fl")


def test_florida_allows_neither_fair_nor_accurate_and_strict_does_not() -> None:
    text = "We are not permitted to respond as we wish. This is neither fair nor accurate."
    assert rules(text, profile="us-fl") == set()
    assert rules(text, profile="strict") == {"denial"}


@pytest.mark.parametrize(
    "text",
    [
        "Y\u00adour ca\u200bse",  # soft hyphen, zero width space
        "Ｙｏｕｒ ｃａｓｅ",  # noqa: RUF001 - full-width letters
        "YOUR\u00a0CASE",
        "yo\u0308ur case".replace("\u0308", "\u0301"),
    ],
)
def test_writing_it_differently_does_not_help(text: str) -> None:
    assert "relationship" in rules(text)


def test_letters_of_another_script_are_refused() -> None:
    assert "script" in rules("Thank y\u043eu")  # a Cyrillic o


@pytest.mark.parametrize(
    "text",
    [
        "Votre dossier a été gagné devant la cour.",
        "Su caso fue muy complicado para nosotros.",
        "Thank you. Votre affaire etait difficile pour nous.",
    ],
)
def test_a_language_nobody_can_check_is_refused(text: str) -> None:
    assert "language" in rules(text)


def test_too_long_is_refused_with_both_figures() -> None:
    (finding,) = guard("Thank you. " * 10, limit=50)
    assert finding.rule == "length"
    assert "50" in finding.message
    assert "110" in finding.message


def test_no_text_is_refused() -> None:
    assert rules("  \n") == {"empty"}


def test_a_finding_says_where_it_is_in_the_text_as_written() -> None:
    text = "Thank you. Ｙｏｕｒ\u200b case."  # noqa: RUF001 - full-width letters
    finding = next(each for each in guard(text) if each.rule == "relationship")
    assert text[finding.start : finding.end] == "Ｙｏｕｒ\u200b case"  # noqa: RUF001


def test_findings_repeat_none_of_the_words() -> None:
    text = "Maria, the bakery was sold in court."
    assert not any(
        word in finding.message for finding in guard(text) for word in ("Maria", "bakery")
    )


FORBIDDEN = [
    ("your case", "relationship"),
    ("when we represented you", "relationship"),
    ("as our client", "relationship"),
    ("in court", "fact-court"),
    ("the verdict", "fact-outcome"),
    ("on 12 May 2024", "fact-reference"),
    ("your refund", "incentive"),
    ("defamation", "threat"),
    ("your bakery", "repeated-fact"),
    ("Ihr Verfahren", "fact-court"),
]
NEUTRAL = st.lists(
    st.sampled_from(["Thank you.", "We read every comment.", "Vielen Dank.", "Wir lesen alles."]),
    max_size=4,
).map(" ".join)


@given(NEUTRAL, st.sampled_from(FORBIDDEN), NEUTRAL, st.booleans())
def test_a_forbidden_phrase_is_found_wherever_it_stands(
    before: str, forbidden: tuple[str, str], after: str, shout: bool
) -> None:
    phrase, rule = forbidden
    text = f"{before} {phrase.upper() if shout else phrase} {after}"
    assert rule in rules(text)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_judged_with_findings_inside_it(text: str, review: str) -> None:
    for finding in guard(text, reviewed=Reviewed(text=review)):
        assert 0 <= finding.start <= finding.end <= len(text)
