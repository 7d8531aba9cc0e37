"""Which words of a person's name are not the name?"""

from services.intake.domain.word_list import listed

HONORIFICS = listed(
    """
    mr mrs ms miss mx sir dame lord lady master madam dr prof professor doctor hon honourable
    honorable judge justice rev reverend fr father capt captain col colonel gen maj sgt lt
    herr frau fraulein frl dipl ing mag med jur rer nat phil habil mult hr fru
    mme mlle monsieur madame maitre me
    senor senora senorita sr sra srta don dona
    sig signor signora signore dott avv
    sheikh haji shri smt
    """
)
"""Titles before a name."""

SUFFIXES = listed(
    """
    jr sr junior senior ii iii iv qc kc sc esq esquire phd dphil md mba llm llb ba ma msc bsc
    obe mbe cbe kbe frcs cpa ra rain dds jd
    """
)
"""Generations, degrees and honours after a name."""

PARTICLES = listed(
    """
    von van vom vander zu zum zur der den de del della dello di da do dos das du des la le las los
    ter ten te y e i bin ibn bint ben al el ul abu af av
    """
)
"""Small words inside a name that offices write, move and drop at will."""

JOINED = frozenset({"o", "mc", "mac", "fitz", "d", "l"})
"""Beginnings that belong to the next word: O Neill, Mc Donald, D Angelo."""

FORMERLY = frozenset({"nee", "ne", "geb", "geborene", "geborener", "formerly", "former", "vormals"})
"""After these words a person's earlier surname follows."""

ALSO = frozenset({"aka", "alias", "dba", "fka", "genannt", "gen", "ta"})
"""After these words another whole name follows."""
