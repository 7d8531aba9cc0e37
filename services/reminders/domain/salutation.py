"""How is a client greeted?

By what is known: a whole greeting the firm gave, Herr or Frau and the family name, a title, the
person of a company; else by their name. A company of which no person is known is greeted as such,
never by its name. The words of each language are in its template.
"""

from babel import Locale

from services.reminders.domain.card import Card
from shared.organisations import is_organisation

FORMS = {"herr": "mr", "mr": "mr", "frau": "ms", "ms": "ms", "mrs": "ms", "miss": "ms"}
WHOLE = ("dear", "sehr", "guten", "hallo", "liebe", "lieber", "hello", "good")
ORGANISATION, FAMILY_FIRST = "organisation", "family-first"


def addressing(card: Card) -> dict[str, str]:
    """The words of a greeting: ``name``, and beside it what no event says under the same name."""
    name = card.contact_person or card.preferred_name or card.name or ""
    words = {"name": name, "greeted_family_name": card.family_name or _family_name(card)}
    salutation = (card.salutation or "").strip().rstrip(",")
    if salutation.casefold().split(" ")[0] in WHOLE:
        words["greeted_whole"] = salutation
    elif _is_organisation(card) and card.contact_person is None:
        words["greeted_organisation"] = card.name or ""
    else:
        words |= _titled(salutation, card.form_of_address)
    return {key: text for key, text in words.items() if text}


def _family_name(card: Card) -> str:
    """Of a name that begins with it. Where a name that ends with it begins to, nobody can tell."""
    if card.name_order != FAMILY_FIRST or card.contact_person is not None:
        return ""
    first, *given = (card.name or "").split()
    return first if given else ""


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


def is_american(locale: Locale) -> bool:
    """Whether Mr. and Ms. are written with a full stop, as in North America."""
    return locale.language == "en" and locale.territory in (None, "US", "CA")
