"""Is nothing of a mail lost, wherever it is cut?"""

from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.quoted_tail import apart
from services.reminders.gateways.mailbox import mail_words

LINES = st.sampled_from(
    ["", "Hello", "> quoted", "On 2 March the firm <a@b.example> wrote:", "From: a", "Sent: b",
     "Von: a", "Gesendet: b", "Am 2.3. schrieb Kanzlei <a@b.example>:", "_" * 32, "----",
     "-----Original Message-----", "Le 2 mars, Cabinet a écrit :", "x" * 50]
)  # fmt: skip


@given(st.lists(LINES, max_size=12))
def test_both_parts_together_are_the_whole(lines: list[str]) -> None:
    text = "\n".join(lines)
    new, rest = apart(text, mail_words().values())
    assert (f"{new}\n{rest}" if rest else new) == text
    assert new.strip() or not text.strip() or not rest
