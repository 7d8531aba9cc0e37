"""Which words of a name only say what kind of company it is?

One list of legal forms, short and long, for Germany, Austria, Switzerland, the United Kingdom, the
United States, France, Spain, Italy, the Netherlands and, short, some others; and the general words
that distinguish no company from another: both are data in ``tables``.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from services.intake.domain.word_list import listed

TABLE = Path(__file__).parent / "tables" / "legal_forms.txt"
GENERAL_TABLE = Path(__file__).parent / "tables" / "general_words.txt"

PLAIN_SHORT = listed("mbh ltd llc llp plc inc ohg kft bhd gmbh")
ALSO_WORDS = listed("real vos stiftung")
"""Names and words too: a legal form only when written like one, in capitals or with stops."""

NATIVE = (
    "株式会社", "有限会社", "合同会社", "(株)", "股份有限公司", "有限责任公司", "有限公司",
    "주식회사", "유한회사", "(주)",
)  # fmt: skip
"""Written without a space, so cut out before the name is split."""

CONJUNCTIONS = listed("and und et y e en")

NOISE = CONJUNCTIONS | listed(
    "dr prof i og och the of die der das le la les des du de den il lo el für fur"
)
"""Words that carry nothing in a company's name."""


def closing(words: Sequence[str], written: Sequence[str]) -> tuple[str, int]:
    """The legal form these plain words end with and how many words it has; nothing and 0."""
    for length in range(min(len(words) - 1, LONGEST), 0, -1):
        form = _forms().get(tuple(words[-length:]))
        if form is not None and (length > 1 or _meant(words[-1], written[-1])):
            return form, length
    return "", 0


def leading(words: Sequence[str], written: Sequence[str]) -> tuple[str, int]:
    """The legal form these words begin with: SCI du Moulin, Société civile immobilière …"""
    for length in range(min(len(words) - 1, LONGEST), 0, -1):
        head = tuple(words[:length])
        form = _forms().get(head)
        said = length > 1 and max(map(len, head)) > 1  # S. A. Miller has initials
        if form is not None and (said or (head[0] in LEADING and _is_capital(written[0]))):
            return form, length
        if length == 1 and head[0] in ALWAYS_LEADING:
            return head[0], 1
    return "", 0


def inside(words: Sequence[str]) -> int:
    """Where a legal form nobody mistakes stands within a name: X GmbH Wirtschaftsprüfung; or 0."""
    return next((at for at in range(1, len(words) - 1) if words[at] in CERTAIN), 0)


def is_general(word: str) -> bool:
    """Whether a word, in plain letters, tells no company from another."""
    return word in _general()


def is_form(word: str) -> bool:
    """Whether this single word, in plain letters, is a legal form."""
    return (word,) in _forms()


def is_in_a_form(word: str) -> bool:
    """Whether this word, in plain letters, is part of a legal form: Vennootschap."""
    return word in _words_of_forms()


LEADING = listed(
    """
    sci sa sas sarl ooo oao zao pao jsc ojsc pjsc cjsc llc tov pt cv eurl selarl scp gbr arge srl
    snc ets ip ao
    """
)
ALWAYS_LEADING = listed("the firma fa messrs maison ets etablissements ditta firm")
CERTAIN = listed("gmbh ltd limited llc inc plc ggmbh kgaa gesmbh sarl spa llp bv nv srl")
LONGEST = 7
MOST_DOUBTFUL = 3  # letters


def is_doubtful(word: str) -> bool:
    """Whether this form is short enough to be a name or a degree instead."""
    return (len(word) <= MOST_DOUBTFUL and word not in PLAIN_SHORT) or word in ALSO_WORDS


def _meant(word: str, written: str) -> bool:
    return not is_doubtful(word) or _is_capital(written) or written == word


def _is_capital(written: str) -> bool:
    return written.isupper() or (len(written) > 2 and written[1:].upper() == written[1:])


@cache
def _forms() -> dict[tuple[str, ...], str]:
    found = dict[tuple[str, ...], str]()
    for line in TABLE.read_text("utf-8").splitlines():
        form, _, spellings = line.partition(":")
        if line and not line.startswith("#"):
            found[(form,)] = form
            for spelling in spellings.split(","):
                if spelling.strip():
                    found[tuple(spelling.split())] = form
    return found


@cache
def _words_of_forms() -> frozenset[str]:
    return frozenset(word for form in _forms() for word in form)


@cache
def _general() -> frozenset[str]:
    lines = GENERAL_TABLE.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
