"""Which words of a name only say what kind of company it is?

Legal forms of many countries, and the general words that distinguish no company from another.
"""

from services.intake.domain.word_list import listed

CLEAR = listed(
    """
    ltd limited llc llp lllp plc inc incorporated corp corporation company cic pllc
    gmbh ggmbh mbh ohg kgaa gbr eg ev ewiv partg partgmbb partmbb aktiengesellschaft
    gesellschaft kommanditgesellschaft stiftung verein
    sarl sasu eurl snc scop sca scs selarl
    srl spa sapa srls scarl onlus
    sociedad anonima slu sau sll sapi cv
    bvba sprl nv bv vof cvba stichting
    aps ivs amba hf ehf oyj abp handelsbolag aktiebolag
    spzoo zoo spj sro spol vos zrt kft nyrt bt doo dooel jdoo eood ood ead
    ooo oao zao pao tov tzov
    pty pte bhd sdn pvt
    kk godo kaisha kabushiki gk
    co ltda eireli epe unipessoal
    trust foundation partnership associates
    """
)
"""Taken as a legal form wherever they close a name."""

SHORT = listed("ag se kg ug sa sas sl sc lp lc pc ab oy as ks ba bs ad dd kd ek cy ets pt tbk")
"""Taken as a legal form only when written like one: in capitals or with full stops."""

LEADING = listed("ooo oao zao pao tov pt cv the firma fa messrs")
"""Stands before a company's name rather than after it."""

NATIVE = (
    "株式会社",
    "有限会社",
    "合同会社",
    "(株)",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "주식회사",
    "유한회사",
    "(주)",
)
"""Written without a space, so cut out before the name is split."""

GENERAL = listed(
    """
    group holding holdings international intl global worldwide national europe european deutschland
    germany uk usa america american services service systems solutions technologies technology tech
    trading trade industries industrial enterprises enterprise consulting consultants management
    capital partners ventures investments investment properties property real estate immobilien
    handel handels vertriebs vertrieb beteiligungs beteiligung verwaltungs verwaltung bau
    bank insurance versicherung logistics transport media software digital energy pharma
    business machines brothers sons bros soehne sohne
    gruppe werke werk motors motor airlines university hospital club
    """
)
"""General words: they mark a company and weigh little when two names are compared."""

CONJUNCTIONS = listed("and und et")

NOISE = CONJUNCTIONS | listed("e y i og och en the of")
"""Words that carry nothing in a company's name."""


def closes_a_company(word: str, written: str) -> bool:
    """Whether this last word is a legal form; ``written`` is the word before lower-casing."""
    return word in CLEAR or (word in SHORT and (written.isupper() or written == word))
