"""How is a table of words written down so that a person can read it?"""


def listed(text: str) -> frozenset[str]:
    """The words of a text, whatever lines they stand on."""
    return frozenset(text.split())
