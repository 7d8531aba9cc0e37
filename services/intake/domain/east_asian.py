"""How is a Chinese or Korean name written in Latin letters, and when are two such spellings one?

Chinese characters are read in Mandarin and, with the spellings of Hong Kong, in Cantonese. Korean
names are spelled by several systems and by habit (Lee, Yi, Rhee): their syllables are brought to
one form. Of Japanese characters nothing is read: how they sound is not written.
"""

# ruff: noqa: RUF001 - letters of other scripts

import re
from functools import cache, lru_cache

from anyascii import anyascii

from services.intake.domain.scripts import script_of
from services.intake.domain.word_list import listed

SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
TWO_CHARACTER_SURNAMES = listed("欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 夏侯 남궁 황보 제갈 선우 독고")
OTHER_READING = {"单": "shan", "單": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha",
                 "区": "ou", "朴": "piao", "尉": "yu", "覃": "qin", "翟": "zhai", "冼": "xian"}  # fmt: skip

CANTONESE = """
陳陈 chan|李 lee|黃黄 wong|王 wong|張张 cheung|林 lam|劉刘 lau|吳吴 ng|楊杨 yeung|梁 leung|何 ho|羅罗 lo
鄭郑 cheng|周 chow|葉叶 yip|謝谢 tse|鄧邓 tang|許许 hui|曾 tsang|蔡 choi|馮冯 fung|郭 kwok|蘇苏 so|盧卢 lo
朱 chu|胡 wu|趙赵 chiu|徐 tsui|余 yu|譚谭 tam|潘 poon|江 kong|伍 ng|孫孙 suen|馬马 ma|高 ko|唐 tong|鍾钟 chung
方 fong|關关 kwan|黎 lai|莫 mok|廖 liu|溫温 wan|石 shek|侯 hau|麥麦 mak|袁 yuen|賴赖 lai|邱 yau|洪 hung
偉伟 wai|明 ming|文 man|志 chi|強强 keung|華华 wah|國国 kwok|家 ka|俊 chun|榮荣 wing|美 mei|玲 ling|麗丽 lai
英 ying|珍 chun|芳 fong|慧 wai|儀仪 yee|欣 yan|詩诗 sze|雅 nga|婷 ting|嘉 ka|樂乐 lok|輝辉 fai|輝 fai|健 kin
傑杰 kit|龍龙 lung|德 tak|建 kin|成 shing|光 kwong|勇 yung|永 wing|安 on|平 ping|生 sang|秀 sau|金 kam|玉 yuk
鳳凤 fung|珠 chu|蘭兰 lan|月 yuet|梅 mui|霞 ha|燕 yin|敏 man|靜静 ching|娟 kuen|萍 ping|莉 lei|恩 yan|天 tin
"""  # the spellings of Hong Kong, as in its identity cards

KOREAN_SURNAMES = """
kim: gim kim ghim|lee: i yi lee rhee li ri rhie|park: bag bak park pak bahk|choi: choe choi choy
jeong: jeong jung chung chong joung|kang: gang kang|cho: jo cho joe|yoon: yun yoon youn
jang: jang chang|lim: im lim rim yim|han: han hahn|oh: o oh|seo: seo suh so|shin: sin shin
kwon: gweon kwon gwon kwoun|hwang: hwang whang|ahn: an ahn|song: song|yoo: yu yoo ryu ryoo you
hong: hong|jeon: jeon chun jun chon|ko: go ko koh goh|moon: mun moon|yang: yang ryang
son: son sohn|bae: bae pae|baek: baeg baek paik paek back|heo: heo hur huh her|nam: nam nahm
shim: sim shim|noh: no noh roh ro|ha: ha hah|kwak: gwag kwak gwak|seong: seong sung|cha: cha
joo: ju joo chu|woo: u woo wu|koo: gu koo ku goo|min: min|jin: jin chin|ji: ji chi jee|um: eom um eum
chae: chae|won: weon won|cheon: cheon chun|bang: bang pang|hyun: hyeon hyun|ham: ham hahm
byun: byeon byun pyun|yeom: yeom yum|yeo: yeo|choo: chu choo|do: do|so: so|seok: seog seok suk
"""
OF_SURNAME = {
    spelling: line.split(":")[0].strip()
    for line in KOREAN_SURNAMES.replace("\n", "|").split("|")
    if line.strip()
    for spelling in line.split(":")[1].split()
}
KOREAN_SYLLABLE = re.compile(
    r"(?:kk|tt|pp|ss|jj|ch|sh|[bcdfghjklmnprstwy])?(?:yeo|yae|wae|weo|yoo|you|eo|eu|ae|oo|ou|oe|ee|"
    r"ya|yu|yo|ye|wa|we|wi|wo|ui|[aeiou])(?:ng|[bgklmnrtp](?![aeiouwy])|h(?![aeiouwy]))?"
)  # fmt: skip
KOREAN_HABITS = tuple(
    (re.compile(written), common)
    for written, common in (
        ("ck$|k$", "g"), ("^ch", "j"), ("^sh(?=[iy])", "s"), ("^k|^kk", "g"), ("^t", "d"),
        ("^p", "b"), ("^r", "l"), ("oo|ou(?!n?g)", "u"), ("ee|eui|ui", "i"),
        ("y[oe]?ou?ng|yung", "yung"), ("uh$|eoh$", "eo"), ("eo(?=[a-z])", "u"), ("eu", "u"),
        ("weo", "wo"), ("(?<=[aeiou])h$", ""), ("^yi$", "i"), ("^l(?=[iy])", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=10_000)
def romanised_names(word: str) -> tuple[tuple[str, ...], ...]:
    """The surname and given name in one word of Chinese or Korean characters, for each reading."""
    script = script_of(word)
    if script not in ("han", "hangul") or not 2 <= len(word) <= 4:
        return ()
    cut = 2 if word[:2] in TWO_CHARACTER_SURNAMES and len(word) > 2 else 1
    parts = (word[:cut], word[cut:])
    if script == "hangul":
        return (tuple(anyascii(part).lower() for part in parts),)
    mandarin = (OTHER_READING.get(parts[0]) or _pinyin(parts[0]), _pinyin(parts[1]))
    table = _cantonese()
    if all(character in table for character in word):
        return mandarin, tuple("".join(table[c] for c in part) for part in parts)
    return (mandarin,)


def syllables(word: str) -> list[str]:
    """The romanised syllables of a word in characters written without spaces."""
    return SYLLABLE.sub(" ", anyascii(word)).lower().split()


@lru_cache(maxsize=20_000)
def korean_name(words: tuple[str, ...]) -> tuple[str, str] | None:
    """Surname and given name in one form for all romanisations, if these may be a Korean name."""
    if not 2 <= len(words) <= 3:
        return None
    for surname, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        joined = "".join(given)
        found = KOREAN_SYLLABLE.findall(joined)
        if surname in OF_SURNAME and len(found) == 2 and "".join(found) == joined:
            return OF_SURNAME[surname], "".join(_usual(syllable) for syllable in found)
    return None


def _usual(syllable: str) -> str:
    for written, common in KOREAN_HABITS:
        syllable = written.sub(common, syllable)
    return syllable


def _pinyin(characters: str) -> str:
    return anyascii(characters).lower().replace(" ", "")


@cache
def _cantonese() -> dict[str, str]:
    entries = (each.split() for each in CANTONESE.replace("\n", "|").split("|") if each.strip())
    return {character: spelled for characters, spelled in entries for character in characters}
