"""Which of all words about a client's consent holds?"""

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.consents import Consent, agreed


def word(stamp: str, *, granted: bool, **more: object) -> Consent:
    values = {"client_id": "c-1", "purpose": "feedback", **more}
    return Consent(granted=granted, stamps={"granted": stamp}, **values)  # type: ignore[arg-type]


def test_nothing_said_is_neither_yes_nor_no() -> None:
    assert agreed([], "feedback") is None


def test_the_newest_word_holds() -> None:
    assert agreed([word("1", granted=False), word("2", granted=True)], "feedback") is True


def test_withdrawing_everything_withdraws_each_purpose() -> None:
    words = [word("1", granted=True), word("2", granted=False, purpose="all")]
    assert agreed(words, "feedback") is False


def test_another_purpose_or_channel_says_nothing() -> None:
    words = [
        word("1", granted=False, purpose="marketing"), word("2", granted=False, channel="sms"),
    ]  # fmt: skip
    assert agreed(words, "feedback") is None


def test_what_a_client_withdrew_only_the_client_grants_again() -> None:
    mine = word("1", granted=False, own=True)
    assert agreed([mine, word("2", granted=True)], "feedback") is False
    assert agreed([mine, word("2", granted=True, own=True)], "feedback") is True


words = st.builds(
    word,
    st.integers(0, 99).map(str),
    granted=st.booleans(),
    own=st.booleans(),
    purpose=st.sampled_from(["feedback", "all"]),
)


@given(
    st.lists(words, max_size=8).flatmap(
        lambda said: st.tuples(st.just(said), st.permutations(said))
    )
)
def test_the_order_in_which_words_are_read_never_matters(
    both: tuple[list[Consent], list[Consent]],
) -> None:
    said, shuffled = both
    stamps = [each.stamp for each in said]
    if len(set(stamps)) == len(stamps):
        assert agreed(said, "feedback") is agreed(shuffled, "feedback")
