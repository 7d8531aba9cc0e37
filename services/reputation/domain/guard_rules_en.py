"""Which phrases may an English reply of a law firm not contain?"""

from typing import Final

from services.reputation.domain.guard_rules import GuardRule, rule

KIND = "comment|comments|feedback|review|reviews|rating|words?|time|message|opinion|thoughts?" \
    "|remarks?|concerns?|questions?|interest|understanding|privacy|kindness|honesty|candou?r|note" \
    "|support|recommendation|stars?|patience|input|perspective"  # fmt: skip
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
BILL = "bills?|invoices?|fees?|retainer|deposit|payments?|balance|account"
THEM = "you|him|her|this (?:person|man|woman|client|reviewer|author)"
AFFAIR = (
    "cases?|matters?|claims?|lawsuit|divorce|custody|appeal|hearing|trial|settlement|verdict|visa"
    "|asylum|bankruptcy|estate|probate|injur(?:y|ies)|accident|representation|lawyers?|attorneys?"
    "|solicitors?|opponent|business|loyalty|trust in|instructions|documents|papers"
    "|legal (?:issues?|problems?|situation|needs|affairs|matters?|advice)|application"
)
THEIRS = (  # people and things somebody has because of an affair, or who are nobody else's business
    "husband|wife|spouse|partner|ex|ex-husband|ex-wife|ex-partner|sister|brother|mother|father"
    "|son|daughter|child|children|employer|boss|landlord|tenants?|neighbou?rs?|buyers?|sellers?"
    "|lender|insurer|insurance|lawyer's|witness(?:es)?|charges?|offer|court date|paperwork"
)
TOLD_THEM = "discussed|agreed|explained|mentioned|advised|warned|promised|said|told you|stated"
CARED = "represent|defend|advis|counsel|assist|help|serv|handl|guid|work|act|look|meet"
ENDED = (
    "dismissed|dropped|won|lost|settled|denied|granted|rejected|closed|decided|successful"
    "|unsuccessful|time-barred"
)
SUBJECT = (
    "divorce|custody|alimony|evict(?:ed|ion)|deport(?:ed|ation)|asylum|bankruptcy|adoption"
    "|inheritance|probate|dui|arrest(?:ed)?|domestic (?:violence|abuse)|restraining order"
    "|criminal charges?|visa|child support|foreclosure|conveyancing|green card|guilty|probation"
)

OF_THE_FIRM_ITSELF = (  # what a firm tells of its house: it speaks of nobody else, nor of an affair
    r"\A(?=.{0,40}\b(?:we|our)\b)(?!.{0,4000}\b(?:you|your|yours|he|she|him|her|his|they|them|their|client"
    r"|reviewer|case|file|matter|claim|court|judge|hearing|letter|advice|called|wrote|replied)\b)"
)

RULES: Final[tuple[GuardRule, ...]] = (
    rule(
        "relationship",
        plain=(
            rf"your (?:[a-z'-]+ ){{0,2}}(?:{AFFAIR})",
            rf"your (?:[a-z-]+ )?(?:{THEIRS})(?:'s)?",
            rf"as (?:we|i|you and (?:we|i)|our [a-z]+) (?:had |have |already |clearly )?"
            rf"(?:{TOLD_THEM})(?! (?:above|on our (?:web ?)?site|in our (?:privacy|terms)))",
            r"who (?:has |had )?(?:handled|dealt with|worked on|looked after|prepared|ran) (?:this"
            r"|it|that|things|everything)? ?(?:for )?(?:you|your)",
            r"after (?:your|the) (?:accident|arrest|divorce|surgery|fall)",
            r"you (?:were|got) (?:[a-z]+ )?(?:arrested|charged|injured|sued|fired"
            r"|evicted|convicted|referred to us)",
            r"as (?:our|a|the|my) (?:[a-z]+ )?client",
            r"(?:former|ex|current|loyal|valued|dear|longtime|long-standing|returning|our) client"
            r"(?! (?:care|services?|relations|confidentiality|portal|team))",
            r"being (?:such )?(?:a |an |our )?(?:[a-z]+ ){0,2}client",
            r"(?:was|were|is|are|isn't|wasn't|aren't|weren't|never|not) (?:been )?(?:an? |our "
            r"|one of"
            r" our )(?:[a-z]+ )?(?:clients?|opponent)",
            r"(?:was|were|is) (?:the|our|an?) (?:opponent|opposing|adverse|adversary)",
            r"the client (?:wished|wanted|asked|insisted|knows|knew|refused|was|did)",
            rf"(?:we|i|our (?:firm|team|office|lawyers?|attorneys?|[a-z]+ associate)) (?:have |had "
            rf"|also |always |once |never |previously )?(?:represented|defended|advised|counsel+ed"
            rf"|acted for|assisted|helped|served|worked (?:with|for)|told|informed|warned|met(?: "
            rf"with)?|called|billed|charged) (?:{THEM})",
            r"when(?:ever)? (?:we|you) (?:represented|met|came|hired|retained|called|first)",
            rf"(?:pleasure|honou?r|privilege|joy|enjoyed|loved) (?:of |to )?(?:{CARED})(?:e|ing)? "
            r"(?:with |for |after )?(?:you|him|her)",
            r"(?:glad|happy|pleased|delighted|proud|relieved|grateful) (?:that )?we (?:could|were "
            r"able|managed|got)",
            r"(?:on|for) (?:your|his|her) behalf",
            r"(?:choosing|chose|trusting|entrusting|instructing|retaining|hiring|engaging"
            r"|selecting)"
            r" (?:us|our (?:firm|office|team|practice|services?))"
            rf"(?! with your (?:[a-z]+ ){{0,2}}(?:{KIND}))",
            r"(?:coming|came|come) to (?:see )?us",
            r"you (?:have |had |also |first |then |simply |just )?(?:hired|retained|engaged us"
            r"|instructed us|signed|paid|owed?|ignored|missed|cancel+ed|refused|withheld|failed to"
            r"|lied|agreed to|asked us to)",
            r"you (?:still )?owe",
            r"you kept [a-z]+ing",
            r"you (?:did not|didn't|would not|wouldn't|never) (?:follow|listen|pay|sign|answer"
            r"|reply"
            r"|respond|send|tell|show|come|provide|call|cooperate)",
            r"as you (?:were told|know|knew|agreed|wished|wanted|asked)",
            r"(?:follow(?:ed)?|took|take|ignor(?:ed|ing)|against) (?:our|my) (?:legal )?advice",
            r"(?:we|i) (?:had|decided) to (?:let you go|drop (?:you|the case)|withdraw|end the)",
            r"(?:no|any) (?:record|trace) of (?:you|him|her|this|that|ever)",
            r"not (?:appear )?in our (?:records|files|books|system|database)",
            r"(?:no one|no-one|nobody|none|no person|no client) (?:by|of|with|under) (?:that|this"
            r"|your) name",
            r"search(?:ed)? (?:all (?:of )?)?our (?:records|files|books|systems?|database)",
            r"(?:never|not) (?:been )?one of our (?:files|cases|matters)",
            r"never (?:met|represented|acted for|worked (?:with|for)|dealt with) (?:this|you"
            r"|him|her)",
            r"(?:do not|don't) know (?:you|him|her|this (?:person|reviewer|author)|who (?:you"
            r"|this))",
            r"(?:reviewer|person|author|name|you|he|she) (?:is|are) unknown to us",
            r"(?:each|every|our|the) (?:meeting|session|conversation|consultation)s? with you",
            rf"we (?:only|just|merely|even|once) (?:ever )?(?:saw|seen|met|spoke(?: with| to)?"
            rf"|looked after|advised|saw|heard from) (?:{THEM})",
            r"(?:whom|who|that|somebody|someone|one|people) we (?:also |once )?(?:act|acted|looked?"
            r"|represent(?:ed)?|advised?|car(?:e|ed)) (?:for|after)?",
            r"we were (?:[a-z]+ ){0,2}(?:brought in|called in|retained|instructed|hired"
            r"|consulted|discharged|dismissed|conflicted)",
            r"we (?:had )?part(?:ed)? (?:ways|company)",
            r"(?:our|the|your) engagement (?:letter|ended)",
            r"you (?:[a-z]+ )?(?:instructed|discharged|dismissed|fired|retained|engaged|consulted"
            r"|switched to|went to) (?:us|another|other|a different|our|somebody)",
            r"(?:nobody|no one|no-one|none of us|never) (?:here |in this (?:office|firm) )?"
            r"(?:ever )?(?:dealt|met|spoke|worked|acted|corresponded) (?:with|to|for) (?:you|her"
            r"|him|this)",
            r"you (?:have )?never (?:set foot|visited|been (?:to|in|here)|came|contacted)",
            r"tak(?:e|ing) you on|(?:when|while|during|since) you were (?:here|with us)",
            r"our (?:files?|records|notes|e-?mails|correspondence|diary|telephone notes)"
            r" (?:[a-z]+ )?(?:shows?|proves?|says?|tells?|confirms?|contains?)",
        ),
        hints=(
            rf"your (?!(?:[a-z'-]+ ){{0,3}}(?:{KIND})\b)[a-z']+",
            r"clients?|opponents?|represent\w*|retain\w*|hired?|engaged",
            r"(?:when|while|since|after|before|because) (?:we|i|you|our (?:firm|team|office))",
            r"(?:we|i|our (?:[a-z]+ )?(?:firm|team|office|lawyers?|attorneys?"
            r"|associates?)) (?:have "
            r"|had )?(?:represented|advised|helped|assisted|served|defended|handled|acted|told"
            r"|informed|explained|worked|met|filed|sent|called|billed|charged|did|gave|got|made"
            r"|found|fought|spent|achieved|stand|tried|never)",
            r"(?:helping|serving|representing|advising|assisting|guiding|working with|with) you",
            r"you (?:have |had |'ve )?(?:hired|chosen?|chose|came|called|visited|met|told|asked"
            r"|promised|were|was|know|knew|kept|need)",
            r"for you|to you and|help(?:ed|ing|ful)? (?:to )?you|(?:of|been) help|again",
            r"advice|unknown|difficult time|know who|this person|(?:him|her|his|he|she)",
            r"(?:recall|remember)(?:s|ed)?|by (?:that|this) name",
            r"(?:choice|decision|wish|call) (?:[a-z]+ ){0,4}(?:was|is|were) (?:yours|theirs)",
            r"(?:told|warned|advised|asked|reminded) (?:the )?(?:you|reviewer|author)",
            r"congratulations|accompan(?:y|ied)|side by side",
        ),
        excuse=r"whether|if|(?:we|it|this|that|which|so) would|confirm (?:or|nor) deny"
        r"|anyone|anybody|any person|whoever|never confirm"
        r"|(?:not|cannot|never) (?:be )?(?:say|confirm|comment|permitted|allowed)",
    ),
    rule(
        "fact-date",
        plain=(
            rf"(?:{MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?",
            rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTHS})",
            rf"(?:in|since|last|until|during) (?:early |late |mid )?(?:{MONTHS})",
            r"last (?:week|month|year|spring|summer|autumn|fall|winter)",
            rf"(?:a few|several|some|{NUMBERS}) (?:days|weeks|months|years) (?:ago|later)",
            r"yesterday",
        ),
        hints=(
            r"january|february|april|june|july|august|september|october|november|december",
            r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|spring|summer|autumn|winter|christmas",
            r"easter|pentecost|whitsun|thanksgiving|new year\w{0,3}|eve|ramadan|deadlines?",
            r"(?:next|this|past) (?:week|month|year)|(?:years?|months?|weeks?|hours?|days?)",
        ),
        excuse=r"offices?|hours|open|opens|closed?|closes|holidays?|reachable|available|our team"
        rf"|{OF_THE_FIRM_ITSELF}",
    ),
    rule(
        "fact-amount",
        plain=(
            rf"(?:your|his|her|the unpaid|unpaid|outstanding|overdue) (?:[a-z]+ )?(?:{BILL})",
            rf"(?:reduc|waiv|lower|cut|refund|reimburs)\w{{0,6}} (?:[a-z]+ ){{0,3}}(?:{BILL}"
            rf"|costs?)",
            rf"(?:{NUMBERS}|several|many|a few) (?:thousand|hundred)",
            r"(?:the|our) (?:bill|invoice|fee|retainer) (?:was|were|had|is still|has) [a-z]+",
        ),
        hints=(
            r"dollars?|euros?|pounds?|cents?|usd|eur|gbp|fees?|invoices?|bills?|billed|billing"
            r"|payments?|paid|pay|unpaid|retainers?|costs?|money|price|prices|thousand|hundred"
            r"|million|half|given back|quote|sums?|amounts?|instal+ments?|collection agency"
            r"|collectors?|debts?|wrote off|written off|salar(?:y|ies)|wages?",
        ),
    ),
    rule(
        "fact-court",
        plain=(
            r"(?:the|this|that|a|your) (?:[a-z]+ )?(?:judge|jury|court|magistrate"
            r"|tribunal) (?:[a-z]+ )"
            r"{0,2}(?:saw|found|ruled|decided|ordered|dismissed|granted|denied|held|said|agreed"
            r"|rejected|allowed|accepted|was|did|took)",
            r"opposing (?:party|counsel|side)|court-ordered",
        ),
        hints=(
            r"court(?:s|rooms?|house)?|judges?|jury|tribunals?|magistrates?|hearings?|trials?"
            r"|mediation|arbitration|prosecutors?|police|proceedings?|litigation|motions?"
            r"|pleadings?|depositions?|appeals?|other side|evidence|panel|bench|oath|testi\w{2,8}"
            r"|witness(?:es)?|experts?|statements?|photographs?|instance",
        ),
        excuse=r"ombudsman|complaints? (?:procedure|service)|bar association",
    ),
    rule(
        "fact-outcome",
        plain=(
            r"we (?:have |had |even )?(?:won|lost|settled|obtained|secured|recovered|got you)",
            r"(?:we|have|had) achieved (?:all|everything|the best|a (?:good|great|fair))",
            rf"(?:case|claim|charges?|appeal|lawsuit|motion)s? (?:was|were|has been|have been"
            rf"|got|is)"
            rf" (?:[a-z]+ )?(?:{ENDED})",
            r"(?:the|your) (?:insurer|insurance|other driver|employer|landlord|bank) (?:has "
            r"|finally |in the end )?(?:paid|settled|gave in|agreed|backed down)",
            r"(?:kept|got|get) (?:you|him|her) (?:out of|off|back|your)",
            r"acquitt(?:ed|al)|verdicts?|visa (?:came|was|is|got)|settlement (?:was|of|you|offer)",
            r"(?:limitation period|deadline|statute of limitations) (?:[a-z]+ ){0,2}(?:expired"
            r"|passed"
            r"|missed|run out)",
        ),
        hints=(
            r"won|lost|win|lose|settle(?:d|ments?)?|dismiss(?:ed|al)|convict(?:ed|ion)|rulings?"
            r"|judge?ments?|awards?|awarded|sentenced?|withdr[ae]wn?|withdrawals?|withdrew"
            r"|order(?:s|ed)?|granted|denied|terminated|outcomes?|results?|ended|achieved|success"
            r"|successful\w*|chances|possible|everything",
        ),
    ),
    rule(
        "fact-subject",
        plain=(SUBJECT,),
        hints=(
            r"divorced?|marriage|husband|wife|child(?:ren)?|family|landlord|tenant|lease|employers?"
            r"|employment|dismissal|accidents?|injur(?:y|ies|ed)|insurance|immigration|debts?"
            r"|estate"
            r"|contracts?|property|purchase|tax(?:es)?|charges|patents?|trademarks?|cases?|claims?"
            r"|disputes?|files?|businesses|home|house|documents?|matters?|split|separat\w{2,4}"
            r"|wedding|pregnan\w{2,3}|newborn|little ones?|kids?|permits?|residence|passport"
            r"|limitation|ill(?:ness)?|surgery|funeral|late (?:mother|father|husband|wife)"
            r"|flat|apartment|neighbou?rs?|boss|licen[cs]e",
        ),
        excuse=r"practi[cs]e|law firm|areas? of law|we (?:offer|handle|specialis\w*|specializ\w*"
        r"|focus)|(?:any|no) (?:single )?(?:case|matter)s?",
    ),
    rule(
        "fact-reference",
        hints=(rf"(?:matter|file|docket) (?:no|number)|{NUMBERS}",),
    ),
    rule(
        "threat",
        plain=(
            r"sue|suing|lawsuits? (?:against|will|is)|legal (?:action|steps|consequences)",
            r"defam(?:e|ed|ing|ation|atory)|libel(?:l?ous)?|slander(?:ous|ed)?|cease and desist",
            r"press charges|injunction|criminal (?:complaint|offen[cs]e|charges against)",
            r"reserve (?:all )?(?:of )?(?:our )?rights?|liable for|damages from",
            r"(?:hear|hearing) from our (?:lawyers?|attorneys?|solicitors?)",
            r"(?:be|face|have) (?:the |serious )?consequences|not without (?:a )?(?:risk"
            r"|consequence)s?",
            r"we know (?:exactly )?(?:who|where) (?:you|wrote|did|this)|report you",
            r"think (?:very )?(?:carefully|twice|hard) before",
            r"(?:passed|handed|referred|sent) (?:this|it|the matter|your review) (?:on |over )?to "
            r"(?:our|the|a) (?:[a-z]+ ){0,2}(?:lawyers?|attorneys?|solicitors?|counsel"
            r"|insurers?|police)",
            r"(?:lawyers?|attorneys?|solicitors?|counsel) (?:have|has) been (?:instructed|informed"
            r"|retained)",
            r"(?:your|the) ip(?: |-)address|screenshots?|(?:before|if|unless|while) (?:you (?:leave"
            r"|take|keep|remove) )?(?:this|it) (?:[a-z]+ )?(?:online|stays up|down)",
        ),
        hints=(
            r"su(?:es?|ed|ing)|lawsuits?|legal remed(?:y|ies)|take action|criminal|damages|liable"
            r"|liability|consequences?|report (?:you|this)|injunction|attorney'?s? fees|risk"
            r"|rights?"
            r"|careful(?:ly)?|lawyers? will",
        ),
        excuse=r"(?:never|not) (?:threaten|sue)",
    ),
    rule(
        "incentive",
        plain=(
            r"discounts?|refund(?:s|ed|ing)?|gift ?(?:cards?|certificates?|vouchers?)|vouchers?"
            r"|coupons?|rebates?|cash ?back|reimburs\w{1,8}|compensat\w{1,8}|make it up to you",
            r"in (?:exchange|return) for|on the house|prize draw|(?:win|enter) (?:a|our) (?:prize"
            r"|draw)|credit (?:your|the) account",
            r"(?:add|adding|give us|leave us|consider) (?:[a-z]+ ){0,3}(?:another|one more|a few"
            r"|a|more|five) (?:[a-z]+ ){0,3}stars?",
            r"(?:fairer|better|higher|kinder) (?:score|rating|review|mark)",
            r"(?:remov|delet|chang|updat|revis|edit|reconsider|withdraw|amend)\w{0,4} (?:your"
            r"|the|this"
            r"|that) (?:[a-z]+ )?(?:review|rating|comment|stars?|post)",
            r"(?:take|taking) (?:your|the|this|that)? ?(?:[a-z]+ )?(?:review|rating|post) down",
            r"take down (?:your|the|this|that)",
        ),
        hints=(
            r"gifts?|free of charge|free (?:of|consultations?)|complimentary|credits?|waive\w{0,2}"
            r"|in (?:exchange|return)|make (?:it|this|things) right|bonus|gesture|offer",
        ),
        excuse=r"never|not|nor|no|don't|cannot|can't",
    ),
    rule(
        "denial",
        hints=(
            r"inaccurate|untrue|incorrect|untruthful|misleading|baseless|unfounded|made up"
            r"|false(?:ly|hoods?)?|lies|lying|liar|wrong|unfair|fictitious|fake|disagree|not agree",
            r"what (?:really|actually) happened|in (?:fact|reality|truth)|left out(?: that)?"
            r"|facts are|took place|the (?:full|whole|other) (?:story|side)|correspondence shows",
            r"(?:not|never|neither|nor|isn't|n't) (?:[a-z]+ )?(?:true|accurate|correct|fair|happen"
            r"|happened|what happened|the whole story)",
        ),
    ),
)
