"""How is said what the firm owes, by the shipped standards and clocks?"""

OWED = {  # by the shipped standards
    "return-call": "returning a call",
    "answer-inquiry": "an answer to whoever asked for help",
    "convey-offer": "telling the client of an offer",
    "acknowledge-document": "telling the client that their document came",
    "keep-informed": "keeping the client informed",
    "promise": "a promise",
    "deadline": "a deadline",
    "understanding": "the client's answer whether we understood them",
    "notify-authority": "notifying the supervisory authority of a data breach",
    "complaint-answer": "a full answer to a complaint",
    "complaint-signposting": "telling whoever complained of the ombudsman",
    "data-complaint": "acknowledging a complaint about data",
    "data-request": "an answer to a request about data",
    "opt-out": "an objection to messages, in other systems too",
}


def owed_words(standard: str, what: str = "") -> str:
    """What is owed, as people say it."""
    return OWED.get(standard, standard.replace("-", " ")) + (f" ({what})" if what else "")
