"""How are the words of the desk's rules said? As the reader's language has them.

The rules keep their words in English: they know no reader. A page takes them from here.
"""

from services.desk.domain import conflicts, inquiry_entry, labels, owed_entry, reports, reviews
from services.desk.domain import owed_words as owed_rules
from services.desk.domain import said_words as said_rules
from services.desk.pages.language import N_, Words, choose, put_back, retold

STATES = Words(conflicts.STATES)
CLEARANCES = Words(conflicts.CLEARANCES)
TRIGGERS = Words(conflicts.TRIGGERS)
SHOWS = Words(conflicts.SHOWS)
SEARCHED_AS = Words(conflicts.SEARCHED_AS)
CHANNELS = Words(inquiry_entry.CHANNELS)
REFERRALS = Words(inquiry_entry.REFERRALS)
ENTRIES = Words(owed_entry.ENTRIES)
PROMISED = Words(owed_entry.PROMISED)
CALLED_FOR = Words(owed_entry.PURPOSES)
OWED = Words(owed_rules.OWED)
RISKS = Words(reports.RISKS)
REVIEW_STATES = Words(reviews.STATES)
REVIEW_SAID = Words(reviews.SAID)
PURPOSES = Words(said_rules.PURPOSES)
LETTERS = Words(said_rules.LETTERS)


def kind_label(kind: str) -> str:
    """A kind of task in words."""
    return retold(labels.kind_label(kind))


def kind_label_in(code: str, kind: str) -> str:
    """The same in this language, for what is no page: an e-mail to a person of the firm."""
    before = choose(code)
    try:
        return kind_label(kind)
    finally:
        put_back(before)


def said(name: str) -> str:
    """A name of machines as people would write it."""
    return retold(labels.said(name))


def said_found(hits: int) -> str:
    """How many known parties may be the same."""
    return retold(conflicts.said_found(hits))


def retained_said(name: str) -> str:
    """A class of records as people call it; one a firm added, as it is named."""
    return RETAINED.get(name) or said(name)


def owed_said(told: str) -> str:
    """What is owed, as its owner told it: by the name of its standard, or in words of the firm."""
    standard = told.replace(" ", "-")
    return retold(owed_rules.OWED.get(standard, told))


def owed_words(standard: str, what: str = "") -> str:
    """What is owed, as people say it."""
    return retold(owed_rules.owed_words(standard, what))


RETAINED = Words(  # classes of records, by the names the profiles give them
    {
        "access-log": N_("Who looked"),
        "conflict-checks": N_("Conflict checks"),
        "conflict-names": N_("Names, for later conflict checks"),
        "consents": N_("Consents and objections"),
        "notes": N_("Notes of talks"),
        "working-records": N_("Working records"),
    }
)
