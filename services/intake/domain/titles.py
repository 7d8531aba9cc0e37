"""Which words of a person's name are not the name?"""

from services.intake.domain.word_list import listed

HONORIFICS = listed(
    """
    mr mrs ms miss mx sir dame lord lady master madam dr prof professor doctor hon honourable
    honorable judge justice rev reverend fr father capt captain col colonel gen maj sgt lt
    herr frau fraulein frl dipl ing mag med jur rer nat phil habil mult hr fru ra rain hrn dres
    mme mlle monsieur madame maitre me m
    senor senora senorita sr sra srta don dona dna
    sig signor signora signore dott avv ing geom rag
    dhr mevr mw drs
    sheikh haji shri smt
    """
)
"""Titles before a name."""

ALSO_NAMES = listed(
    """
    don justice judge master lord lady dame fr me m med mag nat phil rag gen maj ra ing col ma ba
    jr sc sr ii md jd mba iv kc qc
    """
)
"""Titles and degrees that are names too: both readings are kept where little else is left."""

SUFFIXES = listed(
    """
    jr sr junior senior ii iii iv qc kc sc esq esquire phd dphil md mba llm llb ba ma msc bsc
    obe mbe cbe kbe frcs cpa ra rain dds jd mp bart deceased decd verstorben verst
    """
)
"""Generations, degrees and honours after a name."""

PARTICLES = listed(
    """
    von van vom vander zu zum zur der den de del della dello dei degli di da do dos das du des la
    le las los lo ter ten te y e i bin ibn bint ben al el ul abu abou af av v vd ze
    """
)
"""Small words inside a name that offices write, move, join and drop at will."""

JOINED = frozenset({"o", "mc", "mac", "fitz", "d", "l", "m"})
"""Beginnings that belong to the next word: O Neill, Mc Donald, D Angelo."""

SERVANT = listed("abd abdul abdel abdal abdoul abdool abdur abder abdus abdu abdou abdal")
ARTICLES = listed("al el ul ur er ar as us es an un ad ud ash")
"""Abd al-Rahman, Abdul Rahman, Abdurrahman: one name, the article written as it is spoken."""

FORMERLY = frozenset(
    listed(
        """
        nee ne geb geborene geborener formerly former vormals verw verwitwete verwitweter gesch
        geschiedene geschiedener epouse ep veuve vve divorcee nata ved vedova nacida viuda gehuwd
        wed weduwe ehem ehemals fruher verh verheiratete verheirateter born previously
        """
    )
)
"""After these words another surname of the same person follows: earlier, married or widowed."""

ALSO = frozenset(listed("aka alias dba fka nka genannt gen ta dit dite"))
"""After these words another whole name follows."""

FAMILIES = frozenset(
    listed(
        "familie fam family famille familia famiglia eheleute ehepaar geschwister epoux coniugi "
        "consorts esposos echtpaar siblings"
    )
)
"""Before a surname: everybody of that name in one household."""

SPECIAL = (
    HONORIFICS | SUFFIXES | PARTICLES | JOINED | SERVANT | FORMERLY | ALSO | FAMILIES | ALSO_NAMES
)
"""Words that are read in a way of their own."""
