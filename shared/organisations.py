"""Is this the name of a company or another organisation?

Whoever is written to as one is greeted as such, never by its name, whichever service writes: a
client's message and an inquirer's letter follow the same rule.
"""

LEGAL_FORMS = frozenset(
    """
    gmbh ggmbh mbh kgaa ohg gbr partg partgmbb aktiengesellschaft genossenschaft stiftung verein
    ltd limited plc llp llc pllc inc incorporated corp corporation company sarl srl pty pte
    foundation association university universität
    """.split()  # noqa: SIM905 - a list of words is read more easily so
)
"""Words that only organisations bear, whatever their case."""

SHORT_FORMS = frozenset(
    {"AG", "KG", "UG", "SE", "SA", "SAS", "SpA", "AB", "AS", "NV", "BV", "OG", "LP", "Co", "eV",
     "eK", "eG", "Trust"}
)  # fmt: skip
"""Words that may be a name as well: a legal form only as they are written here, at the end."""


def is_organisation(name: str) -> bool:
    """Whether a name is that of a company or another organisation."""
    words = name.replace("e. ", "e.").split()
    plain = [word.replace(".", "").strip(",()").casefold() for word in words]
    if len(words) < 2:
        return bool(plain) and plain[0] in LEGAL_FORMS
    return bool(set(plain) & LEGAL_FORMS) or words[-1].replace(".", "") in SHORT_FORMS
