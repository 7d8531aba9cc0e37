"""Is a comment that may be a complaint read sooner?"""

import pytest

from services.feedback.domain.complaint_words import sounds_like_a_complaint


@pytest.mark.parametrize(
    "comment",
    [
        "Good result, but nobody called me back and I did not hear for weeks.",
        "All fine, though you missed a deadline!",
        "The invoice was too  much.",
        "Why wasn\u2019t I told?",
        "Gute Arbeit, aber ich habe keinen Rückruf bekommen.",
        "Leider zu spät. Ich werde mich BESCHWEREN.",
        "Die Frist wurde versäumt",
        "Ich habe lange nichts von Ihnen gehört.",
        "I never knew where things stood.",
        "Niemand hat sich gemeldet, ich wurde nie zurückgerufen",
    ],
)
def test_words_of_complaint_are_heard_in_both_languages(comment: str) -> None:
    assert sounds_like_a_complaint(comment)


@pytest.mark.parametrize(
    "comment",
    ["Thank you so much!", "Vielen Dank für alles.", "Quick, kind and clear.", "", "Gern wieder!"],
)
def test_thanks_raise_no_alarm(comment: str) -> None:
    assert not sounds_like_a_complaint(comment)


def test_the_firm_adds_words_of_its_own() -> None:
    assert sounds_like_a_complaint("The car park again.", own_words=("Car Park",))
    assert not sounds_like_a_complaint("The car park again.", own_words=("",))
