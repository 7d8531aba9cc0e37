"""Which phrases may a German reply of a law firm not contain?"""

from typing import Final

from services.reputation.domain.guard_rules import GuardRule, rule

GUT = "kommentare?n?|feedback|bewertung(?:en)?|rezension(?:en)?|ruckmeldung(?:en)?|worte?n?|zeit" \
    "|nachricht|meinung|verstandnis|hinweise?|anregung(?:en)?|interesse|offenheit|ehrlichkeit|lob" \
    "|kritik|empfehlung|weiterempfehlung|sterne|anliegen"  # fmt: skip
MONATE = "januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember"
ZAHLEN = "zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|zwanzig|dreissig|funfzig"
GELD = "honorare?|rechnung(?:en)?|gebuhr(?:en)?|kosten|vorschuss|zahlung(?:en)?"
SACHE = (
    "fall(?:s|es|e)?|sache|angelegenheit|akte|verfahren|prozess|rechtsstreit|mandat|klage"
    "|scheidung|honorar|rechnung|kundigung|vertrag|urteil|anwalt|anwaltin|gegner|unfall|erbe"
    "|visum|beauftragung|unterlagen|\\w{1,16}(?:unfall|sache|verfahren|antrag|prozess|versicherung)"
    "|antrag|versicherung|widerspruch|berufung|gerichtstermin"
)
IHRIGE = (  # people somebody has because of an affair, or who are nobody else's business
    "(?:ex|ehe|ex-)?(?:mann|frau)|ex|schwester|bruders?|mutter|vaters?|sohn(?:e?s)?|tochter"
    "|kind(?:er|ern|es)?|\\w{0,8}partner(?:in|s)?|arbeitgeber(?:in|s)?|chef(?:in|s)?|vermieter(?:in|s)?"
    "|mieter(?:in|s)?|nachbar(?:n|in)?|kaufer(?:in|s)?|verkaufer(?:in|s)?|zeugen?"
)
WIE = (
    "schon|bereits|telefonisch|personlich|schriftlich|mundlich|damals|zuvor|mehrfach|ausfuhrlich"
    "|wir|ich|sie|ihnen|mit|von|uns|am|im|beim|(?:in|bei) (?:unserem|ihrem|der|dem)"
    "|telefon|gesprach|telefonat|termin|erstgesprach|e-mail|mail"
)
BESPROCHEN = "besprochen|vereinbart|erwahnt|erlautert|erklart|mitgeteilt|abgesprochen|gesagt"
BETREUT = (
    "vertreten|beraten|verteidig(?:t|en)|betreu(?:t|en)|begleite(?:t|n)|unterstutz(?:t|en)"
    "|geholfen|helfen|gesagt|mitgeteilt|erklart|informiert|empfohlen|gewarnt|geschrieben|angerufen"
)
THEMA = (
    "scheidung\\w{0,12}|sorgerecht\\w{0,10}|hauslich\\w{0,3} gewalt|abschiebung\\w{0,8}"
    "|asyl\\w{0,12}|insolvenz\\w{0,12}|kundigungsschutz\\w{0,8}|erbschaft\\w{0,8}|strafverfahren"
    "|kindesunterhalt\\w{0,6}|unterhaltszahlung\\w{0,3}|zwangsraumung|trunkenheitsfahrt"
    "|alkoholfahrt|promille|aufenthaltstitel\\w{0,2}|erbstreit\\w{0,8}|schuldenfrei"
    "|fuhrerschein (?:ist|war|weg)"
)

RULES: Final[tuple[GuardRule, ...]] = (
    rule(
        "relationship",
        plain=(
            rf"ihr(?:e|en|em|er|es)? (?:[a-z]+ )?(?:{SACHE})",
            rf"ihr(?:e|en|em|er|es)? (?:[a-z]+ )?(?:{IHRIGE})",
            rf"wie (?:(?:{WIE}) ){{0,5}}(?:{BESPROCHEN})",
            r"(?:laut|gemass|nach (?:prufung|durchsicht)) (?:unsere[rmn]?|der|den|ihre[rmn]?) "
            r"(?:akten?|unterlagen|notizen|aufzeichnungen|vorgange?)",
            r"mandat (?:[a-z]+ ){0,3}(?:niedergelegt|gekundigt|beendet|abgelehnt)",
            r"(?:fur sie|ihnen|euch|dir) (?:[a-z]+ ){0,5}(?:herausholen|herausgeholt|erstreiten"
            r"|erstritten|durchsetzen|durchgesetzt|erreichen konnten|erreicht)",
            r"ihr(?:e|en|em)? (?:termin|verhandlung|anhorung) (?:vor|bei|beim|am|im) (?:dem )?"
            r"[a-z]*gericht",
            r"uns (?:[a-z]+ ){0,4}(?:vertraut|anvertraut|belogen|getauscht)",
            r"als (?:unser[a-z]{0,2} |ein[a-z]{0,2} |ehemalig[a-z]{0,2} )?mandant(?:in|en)?",
            r"(?:unser|ehemaliger|fruherer|lieber|treuer|langjahriger|kein|nie|nicht) (?:[a-z]+ )?"
            r"mandant",
            r"(?:unsere|ehemalige|liebe|fruhere|keine|langjahrige|treue) (?:[a-z]+ )?mandantin",
            r"(?:fur|mit) (?:das|ihr|ihre|die|den) (?:[a-z]+ )?(?:vertrauen|mandat|zusammenarbeit"
            r"|beauftragung|auftrag)(?!,? uns (?:[a-z]+ ){0,2}(?:meinung|eindruck|feedback|kritik))"
            r"|ihr vertrauen",
            rf"wir (?:haben|hatten|durften|konnten) (?:sie|ihnen|euch|dich"
            rf"|dir) (?:[a-z]+,? ){{0,6}}"
            rf"(?:{BETREUT})",
            rf"(?:haben|hatten|durften|konnten) wir (?:sie|ihnen|euch|dich|dir) (?:[a-z]+ ){{0,6}}"
            rf"(?:{BETREUT})",
            r"dass wir (?:sie|ihnen|euch|dich|dir) (?:[a-z]+ ){0,4}(?:konnten|durften|haben)",
            r"(?:freude|ehre|vergnugen),? (?:[a-z]+,? ){0,3}(?:zu )?(?:vertreten|begleiten|beraten"
            r"|verteidigen|betreuen|unterstutzen)",
            r"standen (?:wir )?ihnen|wir ihnen (?:gerne? )?zur seite",
            r"sie (?:haben|hatten) (?:[a-z]+ ){0,6}(?:beauftragt|mandatiert|bezahlt|gezahlt"
            r"|reagiert"
            r"|unterschrieben|abgesagt|versaumt|verschwiegen|ignoriert|befolgt|eingereicht"
            r"|vorgelegt"
            r"|gekundigt|unterzeichnet)",
            r"sie (?:wurden|werden|sind) (?:[a-z]+ ){0,3}von uns (?:vertreten|beraten|betreut)",
            r"sie (?:sind|waren|kamen) (?:[a-z]+ ){0,3}zu uns(?: gekommen)?",
            r"kennen wir nicht|(?:person|verfasser|rezensent|name|sie) (?:ist"
            r"|sind) uns (?:[a-z]+ )?"
            r"(?:nicht bekannt|unbekannt)",
            r"(?:nicht|nie) in unsere[rmn]? (?:akten|unterlagen|kartei|system|datenbank)",
            r"in unsere[rmn]? (?:akten|unterlagen|kartei|system|datenbank) (?:[a-z]+ ){0,2}(?:nicht"
            r"|nie|nirgends)",
            r"(?:niemand|keine? (?:person|namen?|mandanten?)) (?:mit|unter|dieses|diesen) "
            r"(?:diesem |ihrem |dem )?namens?",
            r"nie (?:von uns )?(?:vertreten|beraten|getroffen)",
            r"(?:nie|niemals|nicht) (?:[a-z]+ )?(?:fur|mit) (?:sie|ihnen|dich|dir|diese person)"
            r" (?:[a-z]+ ){0,2}(?:gearbeitet|tatig|gesprochen)",
            r"(?:gegenseite|andere seite|prozessgegner[a-z]{0,3}|gegenpartei)",
            r"wir (?:wurden|waren|sind) (?:[a-z]+ ){0,6}(?:eingeschaltet|beauftragt|hinzugezogen"
            r"|mandatiert|konsultiert|entlassen)",
            r"(?:hat|haben|hatten) (?:[a-z]+ ){0,4}mit (?:ihnen|ihr|ihm|dir) (?:[a-z]+ ){0,3}"
            r"(?:telefoniert|gesprochen|korrespondiert|besprochen|getroffen)",
            r"sie waren (?:nie|niemals|nur|lediglich|nicht|einmal|zweimal|bei) (?:[a-z]+ ){0,4}"
            r"(?:hier|da|uns|raumen|buro|kanzlei)",
            r"(?:nie|niemals|nicht) (?:[a-z]+ ){0,3}zu tun",
            r"(?:die|den|dem|der|dessen) wir (?:selbst |auch )?(?:betreuen|vertreten|beraten"
            r"|betreut|vertraten)",
            r"(?:die|ihre) vollmacht|mandatsverhaltnis\w{0,3} (?:[a-z]+ ){0,2}(?:endete|bestand"
            r"|wurde|war)|(?:nach|durch|mit) (?:dem|ihrem) anwaltswechsel|anwalt (?:hinzugezogen"
            r"|gewechselt)",
            r"(?:unsere|die) (?:korrespondenz|akte|unterlagen|notizen|e-mails) (?:zeig\w{1,3}"
            r"|beleg\w{1,3}|umfass\w{1,3}|beweis\w{1,3})",
            r"bei (?:unserem|ihrem) (?:termin|gesprach|besuch) (?:besprochen|gesagt|erklart"
            r"|vereinbart)|(?:ein|das|im) erstgesprach (?:gefuhrt|stattgefunden)",
            r"wieder (?:[a-z]+ )?fur sie da",
            r"alles versucht,? was|von anfang an (?:gesagt|erklart|mitgeteilt)",
        ),
        hints=(
            rf"(?:dein|ihr)(?:e|en|em|er|es)? (?!(?:[a-z]+ ){{0,3}}(?:{GUT})\b)[a-z']+",
            r"mandant\w{0,6}|mandat\w{0,16}|zusammenarbeit|vertrauen|gegner\w{0,4}|unser anwalt",
            r"(?:haben|hatten|durften|konnten|wurden) (?:wir )?(?:sie|ihnen|dich|dir|euch)",
            r"sie (?:[a-z]+ ){0,3}(?:vertreten|beraten|verteidigt|betreut|begleite[tn]|beauftragt)",
            r"(?:als|wahrend|nachdem|weil|da|wenn) (?:wir|sie) (?:sie|ihnen|dich|dir|uns)",
            r"fur (?:sie|dich|euch)|(?:ihnen|dir|euch) (?:[a-z]+ ){0,3}(?:helfen|geholfen"
            r"|beistehen)",
            r"unterstutz\w{1,5}|begleit\w{1,5}|zukunft|wieder|person|(?:der )?rat|unterlagen",
            r"sie (?:[a-z]+ ){0,4}(?:gebeten|gewunscht|gewollt|gebilligt|entschieden|verlangt"
            r"|zugestimmt)|erinnern|mit ihnen|gluckwunsch\w{0,3}|gratulier\w{1,3}",
        ),
        excuse=r"ob|jemand\w{0,2}|niemand\w{0,2}|grundsatzlich|durfen wir nicht|nicht sagen"
        r"|nicht mitteilen|wurden|konnte",
    ),
    rule(
        "fact-date",
        plain=(
            rf"(?:im|seit|bis|anfang|ende|mitte) (?:{MONATE})",
            rf"\d{{1,2}}\.? (?:{MONATE})|\d{{1,2}}\.\d{{1,2}}\.",
            r"(?:letzte|vorige|vergangene)[nsrm]? (?:woche|monat|jahr|fruhjahr|sommer|herbst"
            r"|winter)s?",
            r"im (?:fruhjahr|fruhling|sommer|herbst|winter)|(?:vor|nach|zu) (?:weihnachten|ostern)",
            rf"vor (?:{ZAHLEN}|einigen|wenigen|\d{{1,3}}) (?:tagen|wochen|monaten|jahren)",
            r"gestern|vorgestern",
        ),
        hints=(
            rf"(?:{MONATE})|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?",
            r"(?:nachste)[nsrm]? (?:woche|monat|jahr)s?|weihnachten|fruhjahr|sommer|herbst|winter",
            r"ostern|pfingsten|silvester|neujahr|ramadan|frist\w{0,12}|damals",
        ),
        excuse=r"wir sind|sind wir|offnungszeiten|burozeiten|sprechzeiten|geoffnet|geschlossen"
        r"|erreichbar|urlaub|telefon(?:anlage|zeiten)|(?:neue|unsere)[rn]? raume",
    ),
    rule(
        "fact-amount",
        plain=(
            rf"(?:das|die|unser|unsere|den|der|ihre?) (?:[a-z]+ )?(?:{GELD}) (?:[a-z]+ ){{0,5}}"
            r"(?:vereinbart|bezahlt|gezahlt|stimmte|richtig|offen|hoch|berechtigt|angemessen"
            r"|korrekt"
            r"|erklart|beglichen|gesenkt|reduziert)",
            rf"(?:offene|unbezahlte|ausstehende)[nr]? (?:{GELD})",
            rf"(?:{ZAHLEN}|mehrere|einige) ?(?:tausend|hundert)",
        ),
        hints=(
            r"honorare?n?s?|rechnung(?:en)?|gebuhr(?:en)?|kosten|vorschuss\w{0,3}|bezahlt|unbezahlt"
            r"|zahlung(?:en)?|geld|tausend|hundert|million(?:en)?|preis\w{0,2}",
            r"\w{0,12}abfindung\w{0,4}|mahnung\w{0,3}|\w{0,8}gehalt\w{0,3}|gehalter\w{0,2}"
            r"|\w{0,8}gehalter|raten|ratenzahlung|summe\w{0,2}|betrage?s?|schaden\w{0,2}"
            r"|doppelte\w{0,2}|inkasso\w{0,8}|lohn\w{0,4}",
        ),
    ),
    rule(
        "fact-court",
        plain=(
            r"(?:der|die|das) (?:[a-z]*gericht|richter(?:in)?|senat|staatsanwalt\w{0,8}|polizei) "
            r"(?:[a-z]+ ){0,3}(?:sah|hat|hatte|entschied\w{0,2}|urteilte|wies|gab|fand|war|wollte)",
            r"vor (?:diesem|dem|einem) (?:[a-z]*gericht|senat|richter)",
        ),
        hints=(
            r"[a-z]{0,20}gerichte?[sn]?|gerichtlich\w{0,2}|richter(?:in|innen|s)?"
            r"|verhandlung(?:en)?"
            r"|verfahren\w{0,2}|prozesse?[sn]?|termine?[ns]?|staatsanwalt\w{0,6}|polizei|senat"
            r"|berufung|widerspruch|mediation|schriftsatz\w{0,2}|instanz\w{0,2}|zeuge?\w{0,6}"
            r"|belege?n?|beweis\w{0,6}|gutachte[nr]|aussage\w{0,2}|einspruch",
        ),
    ),
    rule(
        "fact-outcome",
        plain=(
            r"freispruch|freigesprochen|verurteil(?:t|ung)|(?:gut|glimpflich"
            r"|erfolgreich) ausgegangen",
            r"(?:prozess|fall|verfahren|klage|sache|rechtsstreit|alles) (?:[a-z]+ ){0,4}(?:gewonnen"
            r"|verloren|eingestellt|abgewiesen|verjahrt|beendet|entschieden|erledigt)",
            r"(?:versicherung|gegner|arbeitgeber|vermieter|bank) (?:[a-z]+ ){0,2}(?:gezahlt"
            r"|nachgegeben|eingelenkt|anerkannt)|verjahrung (?:[a-z]+ ){0,2}eingetreten"
            r"|davonzukommen",
            r"war alles erledigt|mehr war (?:[a-z]+ ){0,4}nicht (?:zu holen|drin|moglich)",
            r"(?:dass )?die chancen (?:[a-z]+ )?(?:gering|schlecht|gut) (?:sind|waren|seien)",
        ),
        hints=(
            r"gewonnen|verloren|vergleiche?s?|eingestellt|urteile?[ns]?|beschluss\w{0,2}|abgewiesen"
            r"|niedergelegt|mandatsniederlegung|niederlegung|angeordnet\w{0,2}|ergebnis\w{0,3}"
            r"|erfolg\w{0,5}|ausgegangen|erledigt|chancen|moglich",
        ),
    ),
    rule(
        "fact-subject",
        plain=(THEMA,),
        hints=(
            r"scheidung\w{0,8}|unterhalt\w{0,8}|ehe(?:mann|frau)?|kinder\w{0,8}|vermieter\w{0,4}"
            r"|mieter\w{0,4}|miet\w{1,10}|kundigung\w{0,8}|gekundigt|arbeitgeber\w{0,2}"
            r"|arbeitsrecht\w{0,6}|unfall\w{0,6}|verletz\w{1,8}|versicherung\w{0,6}|visum|schulden"
            r"|erb\w{1,8}|testament\w{0,3}|vertrag\w{0,6}|grundstuck\w{0,4}|kauf\w{0,8}"
            r"|steuer\w{0,8}"
            r"|straf\w{1,10}|streit\w{0,8}|fall(?:es|s|e|en)?|anspruch\w{0,4}|forderung\w{0,4}"
            r"|akten?|zuhause|leben|gewalt|sache|\w{0,18}erlaubnis|\w{0,12}genehmigung\w{0,2}"
            r"|\w{0,12}bescheid\w{0,3}|trennung\w{0,5}|hochzeit|schwanger\w{0,6}|umzug|krank\w{0,6}"
            r"|chef\w{0,3}|wohnung\w{0,2}|haus(?:es)?|nachbar\w{0,4}|fuhrerschein|verstorben\w{0,2}",
        ),
        excuse=r"fachanwalt\w{0,4}|rechtsgebiet\w{0,3}|schwerpunkt\w{0,2}|spezialisier\w{0,2}"
        r"|familienrecht|wir beraten",
    ),
    rule("fact-reference", hints=(rf"az|aktenzeichen|{ZAHLEN}",)),
    rule(
        "threat",
        plain=(
            r"verklag\w{1,4}|(?:rechtliche|juristische)[nr]? (?:schritte?n?|konsequenzen|mittel)",
            r"verleumd\w{1,6}|uble[rn]? nachrede|beleidigung\w{0,2}|strafanzeige\w{0,2}"
            r"|anzeige erstatt\w{1,3}|abmahn\w{1,4}|unterlassungs\w{1,12}|schadens?ersatz\w{0,10}",
            r"wissen (?:wir )?(?:genau,? |sehr wohl,? )?(?:wer|wo) (?:das|sie|dies|hinter)",
            r"ip-adresse|screenshots?|(?:anwalt\w{0,3}|kollegen|haftpflicht|polizei|staatsanwaltschaft"
            r"|versicherung) (?:ubergeben|eingeschaltet|informiert|beauftragt)",
            r"bevor sie (?:das|dies) (?:[a-z]+ )?(?:online|stehen|lassen)|loschung bis",
            r"nachspiel|wird (?:noch )?(?:folgen|konsequenzen) haben",
        ),
        hints=(
            r"klagen?|strafbar\w{0,2}|anzeigen?|unterlassung|konsequenzen|haftbar\w{0,2}|folgen"
            r"|unser (?:rechts)?anwalt (?:wird|meldet)|wissen genau",
        ),
    ),
    rule(
        "incentive",
        plain=(
            r"rabatte?n?|gutscheine?n?|ruckerstatt\w{1,5}|erstatten|gutschrift\w{0,2}|nachlass"
            r"|entschadig\w{1,5}|im gegenzug|geschenke?n?",
            r"aufs haus|verlos\w{1,3}|schreiben (?:wir )?ihnen (?:[a-z]+ ){0,3}gut",
            r"(?:faireren?|besseren?|hoheren?|netteren?) (?:note|bewertung|sternezahl)",
            r"sterne?n? (?:drauf|dazu|mehr|nachlegen)",
            r"kommen (?:wir )?ihnen (?:[a-z]+ ){0,5}entgegen|entgegenkommen",
            r"bewertung\w{0,2} (?:[a-z]+ ){0,3}(?:zu )?(?:andern|abandern|abzuandern|geandert"
            r"|losch\w{1,4}"
            r"|entfern\w{1,3}|anzupassen|anpassen|zuruckzieh\w{1,2}|zuruckzunehmen|korrigier\w{1,3}"
            r"|uberdenk\w{1,3})",
        ),
        hints=(r"gratis|kostenlos\w{0,2}|kostenfrei\w{0,2}|bonus|entgegen|angebot",),
        excuse=r"kein\w{0,2}|nicht|nie|niemals|niemand\w{0,2}|ohne",
    ),
    rule(
        "denial",
        hints=(
            r"falsch\w{0,2}|unwahr\w{0,6}|unrichtig\w{0,2}|unzutreffend\w{0,2}|luge\w{0,2}|gelogen"
            r"|erfunden\w{0,2}|unfair\w{0,2}|haltlos\w{0,2}|irrefuhrend\w{0,2}",
            r"in (?:wirklichkeit|wahrheit)|tatsachlich|sachverhalt|stattgefunden|lassen weg"
            r"|verlaufen|schriftwechsel|verschweig\w{1,3}",
            r"(?:nicht|nie|weder|noch) (?:[a-z]+ )?(?:wahr|richtig|korrekt|zutreffend|fair"
            r"|passiert)",
        ),
    ),
)
