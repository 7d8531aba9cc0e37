"""For whom does somebody act, and in what capacity: which words around a name are no name?

"X as director of Y GmbH", "Estate of X", "X, vertreten durch Y": the names on both sides are
names of their own, and the words between them are not.
"""

import re

from services.intake.domain.word_list import listed

OFFICES = (
    "director|managing director|trustee|executor|executrix|administrator|administratrix|guardian|"
    "liquidator|receiver|attorney|agent|nominee|representative|personal representative|member|"
    "partner|counsel|solicitors?|lawyers?|"
    "secretary|assignee|next friend|litigation friend|Geschäftsführer(?:in)?|Vorstand|"
    "Prokurist(?:in)?|"
    "Insolvenzverwalter(?:in)?|Testamentsvollstrecker(?:in)?|Betreuer(?:in)?|Vormund|"
    "Vertreter(?:in)?|"
    "Gesellschafter(?:in)?|Inhaber(?:in)?|Rechtsnachfolger(?:in)?|gérante?|président(?:e)?|administrateur|"
    "administrador(?:a)?|amministratore|amministratrice|bestuurder|curator|Rechtsanwalt|Rechtsanwältin|avocate?|abogad[oa]|"
    "avvocat[oa]|curatore|curatrice|apoderad[oa]|legale rappresentante|vereffenaar|bewindvoerder"
)
KIND_OF = r"(?:\s+(?:[uú]nic[oa]|delega[td][oa]|solidari[oa]|générale?|generale?))?"
BETWEEN = re.compile(
    r"[,;]?\s+(?:(?:\(?(?:acting\s+|handelnd\s+|en\s+)?"
    r"(?:as|in (?:his|her|its|their) capacity as|als|in (?:seiner|ihrer|der) Eigenschaft als|"
    r"(?:sa\s+)?qualité de|en tant que|como|en (?:su )?calidad de|in qualità di|quale|"
    r"in (?:zijn|haar) hoedanigheid van)\s+(?:the\s+|sole\s+|a\s+|an\s+|alleinige[rn]?\s+)?"
    rf"(?:{OFFICES}){KIND_OF}\s*(?:of|for|to|der|des|de la|del|della|dello|du|de|di|van de|van|"
    r"über das Vermögen (?:der|des)|für)?\s+"
    r"(?:the\s+|dem\s+)?)"
    r"|(?:c/o|z\.?\s?hd\.?(?:\s+v(?:on|\.))?|attn\.?:?|i\.\s?V\.|p\.\s?p\.)\s+"
    r"|(?:(?:gesetzlich\s+|dieser?\s+|diese[sr]?\s+)?vertreten\s+durch(?:\s+(?:den|die|das|ihren|seinen)\s+"
    rf"(?:{OFFICES}))?|represented\s+by|by\s+(?:his|her|its|their)\s+(?:{OFFICES})|"
    r"représentée?\s+par|representad[oa]\s+por|rappresentat[oa]\s+da|vertegenwoordigd\s+door|"
    r"on\s+behalf\s+of|für\s+und\s+im\s+Namen\s+(?:von|der|des)|trading\s+as|handelnd\s+unter|"
    r"doing\s+business\s+as|also\s+known\s+as|now\s+known\s+as|formerly\s+known\s+as|"
    rf"Inh(?:aber(?:in)?|\.)(?:\s+|:\s*)|(?:{OFFICES}){KIND_OF}\s+"
    r"(?:of|for|der|des|della|del|de la|de|di|du|von|van)|"
    r",?\s*ein\s+Unternehmen\s+der|,?\s+a\s+(?:division|subsidiary)\s+of)\s+)",
    re.IGNORECASE,
)  # fmt: skip
BEFORE = re.compile(
    r"^(?:(?:the\s+)?(?:estate|succession|heirs|executors?|personal representatives?|"
    r"trustees?)\s+of\s+"
    r"(?:the\s+)?(?:late\s+)?|(?:der\s+|die\s+)?(?:nachla(?:ss|ß)|verlassenschaft|erbengemeinschaft|"
    r"erben|miterben|erbmasse)\s+(?:nach\s+|von\s+|des\s+|der\s+|d\.\s*)?(?:(?:de[rsm]|verstorbenen|verst\.)\s+)*|"
    r"(?:la\s+)?(?:succession|hoirie|hoirs|indivision|héritiers)\s+(?:de\s+|d')?(?:feue?\s+)?|"
    r"(?:herederos|comunidad hereditaria|herencia yacente)\s+(?:de\s+)?(?:don\s+|doña\s+)?|"
    r"eredi(?:tà\s+giacente)?\s+(?:di\s+)?|(?:de\s+)?erven\s+(?:van\s+)?|the\s+late\s+|in\s+re\s+|re:\s+|"
    rf"(?:{OFFICES})\s+(?:über\s+das\s+Vermögen\s+)?(?:of|der|des|von|de|du|del|di|van)\s+"
    r"(?:the\s+)?|feue?\s+|wwe\.?\s+|witwe\s+)",
    re.IGNORECASE,
)  # fmt: skip
AFTER = re.compile(
    r"[,;]?\s+(?:\(?(?:deceased|dec'?d|verstorben|verst\.|décédée?|fallecido|in\s+liquidation|i\.\s?L\.|i\.\s?Liqu\.|"
    r"in\s+administration|en\s+liquidation|in\s+Gründung|i\.\s?Gr?\.|a\s+minor|et\s+al\.?|u\.\s?a\.|and\s+others|"
    r"and\s+another|(?:zweig)?niederlassung\s+\w+)\)?\s*)$",
    re.IGNORECASE,
)  # fmt: skip

HEIRS = re.compile(
    r"(?:the\s+|der\s+|die\s+|la\s+|de\s+)?(?:estate|heirs|nachla(?:ss|ß)|verlassenschaft|"
    r"erbengemeinschaft|erben|miterben|hoirie|hoirs|indivision|héritiers|herederos|"
    r"comunidad hereditaria|eredi|erven)\b",
    re.IGNORECASE,
)
"""All who inherit together: of them often no more than the surname is said."""

COUPLE = re.compile(
    r"(?:mr|herr|monsieur|m|señor|sr|signor|sig|dhr|de heer)\.?\s*(?:and|und|u\.|&|\+|et|y|e|en)\s*"
    r"(?:mrs|ms|frau|madame|mme|señora|sra|signora|sig\.?\s?ra|mevrouw|mevr|mw)\.?\s+"
    r"(?:(?:dr|prof)\.?\s+)*([^\W\d_][\w-]+)$",
    re.IGNORECASE,
)
"""Mr and Mrs Carter: everybody of that name in one household."""

SURNAME_OF_ALL = re.compile(r"[Tt]he ([A-Z]\w+)s$")
"""The Hubers; they may be a company called so as well."""

BEFORE_NAMES = listed(
    """
    estate succession heirs executor executors trustee trustees nachlass nachlaß verlassenschaft
    erbengemeinschaft erben miterben erbmasse hoirie hoirs indivision heritiers herederos comunidad
    herencia eredi erven late feu feue wwe witwe deceased verstorben decede decedee fallecido minor
    niederlassung zweigniederlassung vertreten represented represente representee attn
    """
)
"""Words of those phrases: a text without any of them is looked at no further."""


def parts_of(text: str) -> list[str]:
    """The texts between which somebody acts for somebody, without what surrounds a name."""
    found = [name for part in BETWEEN.split(text) if (name := _bare(part))]
    if (theirs := SURNAME_OF_ALL.match(text)) is not None:
        found.append(f"familie {theirs.group(1)}")
    return found


def _bare(part: str) -> str:
    name = part.strip(" ,;")
    if (couple := COUPLE.match(name)) is not None:
        return f"familie {couple.group(1)}"
    while (rest := AFTER.sub("", BEFORE.sub("", name)).strip(" ,;")) != name and rest:
        of_heirs = HEIRS.match(name) is not None and rest.isalpha()
        name = f"familie {rest}" if of_heirs else rest
    return name
