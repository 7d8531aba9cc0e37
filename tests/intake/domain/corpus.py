"""Which names does a firm meet, and how do people write the same name again?

A seeded corpus of a few thousand names, and one function per habit of writing.
"""

# ruff: noqa: RUF001 - letters of many languages

import random
from collections.abc import Callable


def _listed(text: str) -> list[str]:
    return text.split()


GIVEN = _listed(
    """
Anna Robert Maria Johannes Elisabeth Peter Wolfgang Mohammed Jürgen Sean Margaret William James
Patricia Michael Linda David Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen
Christopher Nancy Daniel Lisa Matthew Betty Anthony Helen Steven Sandra Andrew Ashley Paul
Kimberly Joshua Donna Kenneth Emily Kevin Carol Brian Michelle George Amanda Timothy Melissa
Jason Deborah Edward Stephanie Jeffrey Rebecca Ryan Laura Jacob Sharon Nicholas Cynthia Gary
Kathleen Eric Amy Jonathan Angela Stephen Shirley Larry Brenda Justin Emma Scott Pamela Brandon
Nicole Benjamin Ulrike Gerhard Sabine Klaus Renate Dieter Ingrid Günther Heike Matthias Birgit
Ayşe Fatma Mehmet Zeynep Olga Dmitri Svetlana Vladimir José Carmen Francisco Pilar Giuseppe
Chiara Luca Søren Åsa Björn Łukasz
"""
)
FAMILY = _listed(
    """
Schmidt Müller Weber Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf
Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann
Köhler Maier Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez
Lopez Gonzalez Wilson Anderson Taylor Moore Jackson Martin Thompson White Harris Clark Lewis
Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker
Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz
Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper
Peterson Bailey Reed Kelly Howard O'Neill McDonald Kowalski Nowak Yılmaz Öztürk Shevchenko
Ivanova Núñez Ibáñez Rossi Ferrari Larsen
"""
)
BEGINNINGS = _listed(
    """
Ober Unter Lang Stein Berg Wald Rosen Linden Birken Eichen Silber Gold Morgen Abend
"""
)
ENDINGS = _listed(
    """
bach mann thal heimer feld hausen dorfer stetter brunner wieser egger reuter
"""
)
FANTASY = _listed(
    """
Acme Nordlicht Helvar Quantix Bluefin Sternberg Ostara Velora Kantor Brightwell
"""
)
TRADES = _listed(
    """
Robotics Bakery Textiles Shipping Dental Farms Optics Brewery Ceramics Printing
"""
)
FORMS = _listed(
    """
Ltd GmbH LLC Inc. AG plc S.A. B.V. Limited Corp.
"""
)
SHORT_FORMS = {
    "Robert": "Bob", "Margaret": "Peggy", "William": "Bill", "James": "Jim", "Elisabeth": "Lisa",
    "Joseph": "Joe", "Thomas": "Tom", "Michael": "Mike", "Richard": "Dick", "Johannes": "Hans",
    "Christopher": "Chris", "Daniel": "Dan", "Kenneth": "Ken", "Edward": "Ted", "José": "Pepe",
    "Stephanie": "Steffi", "Benjamin": "Ben", "Nicholas": "Nick", "Patricia": "Pat",
}  # fmt: skip
UMLAUTS = {"ü": "ue", "ö": "oe", "ä": "ae", "ø": "oe", "Å": "Aa", "ß": "ss"}


def people(count: int, rng: random.Random) -> list[str]:
    """Different names of people."""
    surnames = FAMILY + [b + e for b in BEGINNINGS for e in ENDINGS]
    names = dict[str, None]()
    while len(names) < count:
        names[f"{rng.choice(GIVEN)} {rng.choice(surnames)}"] = None
    return list(names)


def companies(rng: random.Random) -> list[str]:
    """Different names of companies."""
    return [f"{name} {trade} {rng.choice(FORMS)}" for name in FANTASY for trade in TRADES]


def turned(name: str, _: random.Random) -> str:
    """Schmidt, Anna."""
    given, family = name.split(" ", 1)
    return f"{family}, {given}"


def without_accents(name: str, _: random.Random) -> str:
    """Mueller."""
    for accent, plain in UMLAUTS.items():
        name = name.replace(accent, plain)
    return name


def letter_left_out(name: str, rng: random.Random) -> str:
    """Schmit."""
    given, family = name.split(" ", 1)
    at = rng.randrange(1, len(family))
    return f"{given} {family[:at]}{family[at + 1 :]}" if len(family) > 5 else name


def letters_swapped(name: str, rng: random.Random) -> str:
    """Shcmidt."""
    given, family = name.split(" ", 1)
    at = rng.randrange(1, len(family) - 1)
    swapped = family[:at] + family[at + 1] + family[at] + family[at + 2 :]
    return f"{given} {swapped}" if len(family) > 5 else name


def wrong_letter(name: str, rng: random.Random) -> str:
    """Schmodt."""
    given, family = name.split(" ", 1)
    at = rng.randrange(1, len(family))
    wrong = family[:at] + rng.choice("aeioumnrst") + family[at + 1 :]
    return f"{given} {wrong}" if len(family) > 5 else name


def short_form(name: str, _: random.Random) -> str:
    """Bob Smith."""
    given, family = name.split(" ", 1)
    return f"{SHORT_FORMS.get(given, given)} {family}"


def initial(name: str, _: random.Random) -> str:
    """A. Schmidt."""
    given, family = name.split(" ", 1)
    return f"{given[0]}. {family}"


def middle_name(name: str, rng: random.Random) -> str:
    """Anna Laura Schmidt."""
    given, family = name.split(" ", 1)
    return f"{given} {rng.choice(GIVEN)} {family}"


def double_surname(name: str, rng: random.Random) -> str:
    """Anna Schmidt-Weber."""
    return f"{name}-{rng.choice(FAMILY)}"


def titled(name: str, rng: random.Random) -> str:
    """Dr. Anna Schmidt."""
    return f"{rng.choice(['Dr.', 'Mrs', 'Herr', 'Prof. Dr.'])} {name}"


def married(name: str, rng: random.Random) -> str:
    """Anna Weber, née Schmidt."""
    given, family = name.split(" ", 1)
    return f"{given} {rng.choice(FAMILY)} née {family}"


def other_legal_form(name: str, rng: random.Random) -> str:
    """Acme Robotics GmbH."""
    return f"The {name.rsplit(' ', 1)[0].upper()} {rng.choice(FORMS)}"


OF_PEOPLE: tuple[Callable[[str, random.Random], str], ...] = (
    turned,
    without_accents,
    letter_left_out,
    letters_swapped,
    wrong_letter,
    short_form,
    initial,
    middle_name,
    double_surname,
    titled,
    married,
)
