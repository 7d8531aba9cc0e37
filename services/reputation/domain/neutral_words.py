"""Which words say nothing about anybody's affairs?

Written in folded form (see ``plain_text``): lower case, without accents, ß as ss. A word a reply
shares with the review is a repeated fact unless it stands here.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON_EN = _words(
    """
    a about after all also always an and any anyone are as at be because been before being but by
    can could did do does during each every everyone everything for from had has have he her here
    him his how i if in into is it its just like many may me might more most much my no nor not
    of off on once one only or other our out over own please same she should so some such than
    that the their them then there these they this those though to too us very was we well were
    what when where whether which while who why will with would you your yours don't doesn't
    can't cannot won't i'm we're it's that's
    """
)

COMMON_DE = _words(
    """
    aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis
    bitte da damit dann das dass dem den denn der des die dies diese diesem diesen dieser dieses
    doch dort du durch ein eine einem einen einer eines er es etwas euch euer fur gegen hat hatte
    haben hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ist ja jede jedem jeden jeder
    jedes jederzeit kann kein keine keinem keinen konnen mein meine mich mir mit mochte mochten
    nach nicht noch nur ob oder ohne sehr sein seine selbst sich sie sind so uber um und uns unser
    unsere unserem unseren unserer von vor war ware waren warum was wenn wer werden wie wir wird
    wo wurde zu zum zur
    """
)

COURTESY_EN = _words(
    """
    hello dear improve better bound confirm deny happy means everyone anybody
    accurate allow allowed anonymous appreciate appreciated call care careful comment comments
    concern concerns confidence fair neither
    confidential confidentiality consider considerations contact conversation courtesy directly
    discuss duty duties ethics feedback feel firm free glad grateful happy hear heard honest hope
    invite kind kindly know law lawyer lawyers learn listen look matters message note obligations
    office open opinion people permit permitted privacy private professional profession public
    publicly question questions read reading regret remarks reply respect respond response review
    reviews rules say seriously service share sincerely sorry speak standards take taking talk
    team thank thanks thought thoughtful thoughts time understand value welcome wish words work
    write writing
    """
)

COURTESY_DE = _words(
    """
    hallo guten grusse besser werden freut offentliche ehrlich hilft unzufrieden
    anregung anregungen antwort antworten anwalte aussern ausserung ausserungen bedauern
    bewertung bewertungen berufsrecht berufsrechtlichen dank danke danken datenschutz dazu
    direkt ehrliche ernst feedback freuen freundlich freundlichen genommen gerne gern gesprach
    grunden gruss grussen hinweis hinweise horen kanzlei kommentar kommentare kommentieren
    kontakt leider lesen meinung melden nachricht nehmen offen offentlich personlich
    recht rechtsanwalte ruckmeldung ruckmeldungen sagen schatzen schweigepflicht sprechen team
    verschwiegenheit verstandnis vertraulich vertraulichkeit vielen wenden wichtig willkommen
    worte wunschen zeit
    """
)

NEUTRAL = COMMON_EN | COMMON_DE | COURTESY_EN | COURTESY_DE

ENDINGS = ("ingly", "ings", "ing", "ed", "es", "s", "en", "er", "e", "n")


def is_neutral(word: str) -> bool:
    """Whether a word tells nothing, umlauts spelled out or not."""
    return word in NEUTRAL or re.sub("(?<=[aou])e", "", word) in NEUTRAL


def stem(word: str) -> str:
    """A crude stem: enough to see that two forms are one word."""
    bare = word.removesuffix("'s")
    for ending in ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            return bare.removesuffix(ending)
    return bare
