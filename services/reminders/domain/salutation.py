"""How is a client greeted?

By what is known: a whole greeting the firm gave, Herr or Frau and the family name, a title, the
person of a company; else by their name. A company of which no person is known is greeted as such,
never by its name. The words of each language are in its template.
"""

from services.reminders.domain.card import Card

FORMS = {"herr": "mr", "mr": "mr", "frau": "ms", "ms": "ms", "mrs": "ms", "miss": "ms"}
WHOLE = ("dear", "sehr", "guten", "hallo", "liebe", "lieber", "hello", "good")
ORGANISATION = "organisation"
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


def addressing(card: Card) -> dict[str, str]:
    """The words of a greeting: ``name``, and beside it what no event says under the same name."""
    name = card.contact_person or card.preferred_name or card.name or ""
    words = {"name": name, "greeted_family_name": card.family_name or ""}
    salutation = (card.salutation or "").strip().rstrip(",")
    if salutation.casefold().split(" ")[0] in WHOLE:
        words["greeted_whole"] = salutation
    elif _is_organisation(card) and card.contact_person is None:
        words["greeted_organisation"] = card.name or ""
    else:
        words |= _titled(salutation, card.form_of_address)
    return {key: text for key, text in words.items() if text}


def is_organisation(name: str) -> bool:
    """Whether a name is that of a company or another organisation."""
    words = name.replace("e. ", "e.").split()
    plain = [word.replace(".", "").strip(",()").casefold() for word in words]
    if len(words) < 2:
        return bool(plain) and plain[0] in LEGAL_FORMS
    return bool(set(plain) & LEGAL_FORMS) or words[-1].replace(".", "") in SHORT_FORMS


def _is_organisation(card: Card) -> bool:
    if card.form_of_address is not None:
        return card.form_of_address == ORGANISATION
    return not card.salutation and is_organisation(card.name or "")


def _titled(salutation: str, form: str | None) -> dict[str, str]:
    """Herr Dr. is a form and a title; each language says the form in its own word."""
    words = salutation.split()
    said = [FORMS[plain] for word in words if (plain := word.rstrip(".").casefold()) in FORMS]
    title = " ".join(word for word in words if word.rstrip(".").casefold() not in FORMS)
    known = said[0] if said else form if form is not None and form in FORMS.values() else ""
    return {"greeted_form": known, "greeted_title": title}
