"""Which phrases may a public reply of a law firm not contain?

English and German, written in folded form (``plain_text``): lower case, no accents, ß as ss. Each
rule has an id that never changes, a sentence for the person who wrote the text, and its phrases.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """One thing a reply must not do, and the phrases that do it."""

    rule: str
    message: str
    phrases: tuple[re.Pattern[str], ...]


def _phrases(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{pattern})\b") for pattern in patterns)


HARMLESS_YOUR = (
    "comments?|feedback|reviews?|words?|time|message|opinion|thoughts?|remarks?|concerns?"
    "|questions?|interest|understanding|privacy|kindness|honesty|candou?r|note"
)
HARMLESS_IHR = (
    "kommentare?n?|feedback|bewertung(?:en)?|ruckmeldung(?:en)?|worten?|zeit|nachricht|meinung"
    "|verstandnis|hinweise?|anregung(?:en)?|interesse|offenheit|ehrlichkeit|lob"
)
KIND_WORDS = "kind|honest|candid|thoughtful|detailed|recent|public|lovely|generous|open"
KIND_WORDS_DE = (
    "freundlichen?|netten?|ehrlichen?|offenen?|lieben|guten|ausfuhrlichen?|freundliches|nettes"
)

RELATIONSHIP: Final = PhraseRule(
    "relationship",
    "a reply must not say or hint that anybody was, or was not, a client",
    _phrases(
        rf"your (?!(?:(?:{KIND_WORDS}) )?(?:and )?(?:{HARMLESS_YOUR})\b)[a-z']+",
        rf"(?:dein|ihr)e?[nmrs]? (?!(?:(?:{KIND_WORDS_DE}) )?(?:{HARMLESS_IHR})\b)[a-z']+",
        r"(?:our|a|as|former|past|current|valued|this|dear|existing|never|not)"
        r" (?:[a-z]+ )?clients?",
        r"(?:unser\w*|als|ehemalig\w*|fruher\w*|kein\w*|ein\w*|liebe\w*) (?:[a-z]+ )?mandant\w*",
        r"mandat(?:e|s|es|en)?|mandatsverhaltnis\w*",
        r"(?:represent(?:ed|ing|ation)?|retain(?:ed|er)|hired|engaged) (?:you|us|our|him|her|them)",
        r"(?:when|while|since|after|before|because) (?:we|i|you|our (?:firm|team|office))"
        r" (?!respond|reply|read|take|value|have|can|may|must|are|do|would)[a-z]+",
        r"(?:we|i|our (?:firm|team|office|lawyers?|attorneys?)) (?:have )?(?:represented|advised"
        r"|helped|assisted|served|defended|handled|acted|counsel+ed|told|informed|explained"
        r"|worked|met|filed|sent|called|billed|charged|did)",
        r"(?:helping|serving|representing|advising|assisting|defending|guiding|working with) you",
        r"you(?:'ve| have)? (?:hired|retained|chose|chosen|engaged|instructed|came|called|visited"
        r"|met|signed|paid|owed?|told|asked|missed|failed|refused|agreed|promised|were|was)",
        r"(?:choosing|trusting|entrusting|instructing|retaining|hiring) (?:us|our)",
        r"for you|to you and|help(?:ed|ing|ful)? (?:to )?you|(?:of|been) help",
        r"we (?:got|gave|made|found|achieved|fought|obtained|secured|recovered|reached)",
        r"no record of|not in our records|in our files?|our records",
        r"(?:haben|hatten|durften|konnten|wurden|werden) (?:wir )?(?:sie|dich|euch)"
        r" (?:[a-z]+ ){0,3}(?:vertreten|beraten|verteidigt|betreut|unterstutz\w*|begleite\w*)",
        r"sie (?:[a-z]+ ){0,3}(?:vertreten|beraten|verteidigt|betreut|begleitet)",
        r"sie (?:[a-z]+ ){0,3}(?:beauftragt\w*|mandatiert\w*|zu uns (?:kamen|gekommen))",
        r"(?:als|wahrend|nachdem|weil|da) wir (?:sie|ihnen|dich|dir)",
        r"zusammenarbeit|vertrauen in (?:uns|unsere)|fur (?:das|ihr|dein) vertrauen",
        r"fur (?:sie|dich|euch)|(?:ihnen|dir|euch) (?:[a-z]+ ){0,3}(?:helfen|geholfen|beistehen)",
    ),
)

DATES: Final = PhraseRule(
    "fact-date",
    "a reply must not name a date or a time",
    _phrases(
        r"(?:january|february|march(?= \d)|april|june|july|august|september|october|november"
        r"|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?",
        r"(?:januar|februar|marz|mai|juni|juli|oktober|dezember|montag|dienstag|mittwoch"
        r"|donnerstag|freitag|samstag|sonntag)s?",
        r"(?:last|next|this past) (?:week|month|year|spring|summer|autumn|fall|winter)",
        r"(?:letzte|vorige|vergangene|nachste)[nsrm]? (?:woche|monat|jahr|fruhjahr|sommer|herbst"
        r"|winter)s?",
        r"(?:yesterday|years? ago|months? ago|weeks? ago|gestern|vorgestern)",
    ),
)

AMOUNTS: Final = PhraseRule(
    "fact-amount",
    "a reply must not mention money, fees or bills",
    _phrases(
        r"(?:dollars?|euros?|pounds?|cents?|usd|eur|gbp|fees?|invoices?|bills?|billed|billing"
        r"|payments?|paid|unpaid|retainers?|costs?|money|price|thousand|hundred|million)",
        r"(?:honorare?n?|rechnung(?:en)?|gebuhr(?:en)?|kosten|vorschuss\w*|bezahlt|unbezahlt"
        r"|zahlung(?:en)?|geld|tausend|hundert|million(?:en)?)",
    ),
)

COURTS: Final = PhraseRule(
    "fact-court",
    "a reply must not mention courts, judges or proceedings",
    _phrases(
        r"(?:court(?:s|rooms?|house|-ordered)?|judges?|jury|tribunals?|magistrates?|hearings?"
        r"|trials?|mediation|arbitration|prosecutors?|police|opposing (?:party|counsel|side)"
        r"|proceedings?|litigation|motions?|pleadings?|depositions?|appeals?)",
        r"(?:[a-z]*gerichte?[sn]?|gerichtlich\w*|richter(?:in|innen|s)?|verhandlung(?:en)?"
        r"|verfahren\w*|prozesse?[sn]?|termine?[ns]?|staatsanwalt\w*|polizei|gegenseite"
        r"|gegner\w*|berufung|widerspruch|mediation|schriftsatz\w*)",
    ),
)

OUTCOMES: Final = PhraseRule(
    "fact-outcome",
    "a reply must not mention how anything ended",
    _phrases(
        r"(?:won|lost|win|lose|settle(?:d|ment|ments)?|dismiss(?:ed|al)|acquitt(?:ed|al)"
        r"|convict(?:ed|ion)|verdicts?|rulings?|judge?ments?|awards?|awarded|sentenced?"
        r"|withdr[ae]wn?|withdrawals?|withdrew|order(?:s|ed)?|granted|denied|terminated"
        r"|outcomes?|results?)",
        r"(?:gewonnen|verloren|vergleiche?s?|eingestellt|freispruch|freigesprochen|verurteil\w*"
        r"|urteile?[ns]?|beschluss\w*|abgewiesen|niedergelegt|mandatsniederlegung|niederlegung"
        r"|angeordnet\w*|ergebnis\w*|erfolg\w*)",
    ),
)

SUBJECTS: Final = PhraseRule(
    "fact-subject",
    "a reply must not say what anything was about",
    _phrases(
        r"(?:divorced?|custody|alimony|marriage|husband|wife|child(?:ren)?|landlord|tenant|lease"
        r"|evict(?:ed|ion)|employers?|employment|dismissal|accidents?|injur(?:y|ies|ed)|insurance"
        r"|immigration|visa|asylum|deport(?:ed|ation)|bankruptcy|debts?|inheritance|probate|estate"
        r"|contracts?|property|purchase|tax(?:es)?|arrest(?:ed)?|charges|dui|patents?|trademarks?"
        r"|cases?|claims?|disputes?|files?)",
        r"(?:scheidung\w*|sorgerecht\w*|unterhalt\w*|ehe(?:mann|frau)?|kinder\w*|vermieter\w*"
        r"|mieter\w*|miet\w*|kundigung\w*|gekundigt|arbeitgeber\w*|arbeitsrecht\w*|unfall\w*"
        r"|verletz\w*|versicherung\w*|asyl\w*|visum|abschiebung|insolvenz\w*|schulden|erb\w+"
        r"|testament\w*|vertrag\w*|vertrage\w*|grundstuck\w*|kauf\w*|steuer\w*|straf\w*|streit\w*"
        r"|fall(?:es|s|e|en)?|anspruch\w*|forderung\w*|akten?)",
    ),
)

REFERENCES: Final = PhraseRule(
    "fact-reference",
    "a reply must not contain numbers, not even of a matter",
    (
        re.compile(r"[\w/.:-]*\d[\w/.:-]*"),
        *_phrases(
            r"(?:matter|file|docket) (?:no|number)|az",
            r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty",
            r"zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|zwanzig|dreissig|funfzig",
        ),
    ),
)

CONTACT: Final = PhraseRule(
    "contact-data",
    "a reply must not contain an e-mail address, a phone number or a link",
    (
        re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+"),
        re.compile(r"https?:|www\.|\b[\w-]+\.(?:com|org|net|law|legal|de|at|ch|uk|us|eu|info)\b"),
        re.compile(r"\+?\d[\d ()/.-]{5,}\d"),
    ),
)

THREATS: Final = PhraseRule(
    "threat",
    "a reply must not threaten anybody",
    _phrases(
        r"(?:su(?:e|ed|es|ing)|lawsuits?|legal (?:action|steps|remed(?:y|ies)|consequences)"
        r"|defam(?:e|ed|ing|ation|atory)|libel(?:ous|lous)?|slander(?:ous)?|cease and desist"
        r"|take action|press charges|criminal|damages|liable|liability|consequences"
        r"|report (?:you|this)|reserve (?:all )?(?:our )?rights?|injunction|attorney'?s? fees)",
        r"(?:verklag\w*|klagen?|rechtliche\w* schritt\w*|juristische\w* schritt\w*|verleumd\w*"
        r"|uble nachrede|beleidig\w*|strafanzeige\w*|strafbar\w*|anzeigen|anzeige erstatt\w*"
        r"|unterlassung\w*|abmahn\w*|schadens?ersatz\w*|konsequenzen|haftbar\w*)",
    ),
)

INCENTIVES: Final = PhraseRule(
    "incentive",
    "a reply must not offer anything, nor ask for a review to be changed",
    _phrases(
        r"(?:discounts?|gifts?|gift ?cards?|vouchers?|coupons?|refund(?:s|ed|ing)?|free of charge"
        r"|free consultations?|complimentary|credits?|rebates?|compensat\w+|reimburs\w+|waive\w*"
        r"|in (?:exchange|return)|make it up to you|make (?:it|this) right|bonus)",
        r"(?:remov|delet|chang|updat|revis|edit|reconsider|withdraw|correct|amend|tak)\w*"
        r" (?:down )?(?:your|the|this|that) (?:[a-z]+ )?(?:review|rating|comment|stars?|post)",
        r"(?:rabatte?n?|gutscheine?n?|geschenke?n?|erstatt\w*|ruckerstatt\w*|nachlass\w*|gratis"
        r"|kostenlos\w*|kostenfrei\w*|gutschrift\w*|entschadig\w*|im gegenzug|bonus)",
        r"bewertung\w* (?:[a-z]+ ){0,3}(?:ander\w*|loschen|losch\w*|entfern\w*|anpass\w*"
        r"|zuruck\w*|korrigier\w*|uberdenk\w*)",
    ),
)

DENIALS: Final = PhraseRule(
    "denial",
    "even saying that a review is wrong reveals something; the strict profile does not allow it",
    _phrases(
        r"(?:inaccurate|untrue|incorrect|untruthful|misleading|baseless|unfounded|made up"
        r"|false(?:ly|hoods?)?|lies|lying|liar|wrong|unfair|fictitious|fake)",
        r"(?:not|never|neither|nor|isn't|is not|n't) (?:\w+ )?(?:true|accurate|correct|fair|happen"
        r"|happened|what happened|the whole story)",
        r"(?:falsch\w*|unwahr\w*|unrichtig\w*|unzutreffend\w*|luge\w*|gelogen|erfunden\w*|unfair"
        r"|haltlos\w*|irrefuhrend\w*)",
        r"(?:nicht|nie|weder|noch) (?:\w+ )?(?:wahr|richtig|korrekt|zutreffend|fair|passiert)",
    ),
)

PHRASE_RULES: Final = (
    RELATIONSHIP,
    CONTACT,
    DATES,
    AMOUNTS,
    COURTS,
    OUTCOMES,
    SUBJECTS,
    REFERENCES,
    THREATS,
    INCENTIVES,
)
