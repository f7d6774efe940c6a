"""Words that stand in name fields and are no names, or are names of a special kind. Data only, all folded.

Gathered from what councils, hospitals and forces type. "Baby" and "Princess" are also real names: a placeholder is left
out of comparison only, the record keeps what was written.
"""

from __future__ import annotations

from typing import Final

# Ranks and callings that are also given names (Major Singh, Imam, Dame) are left out.
TITLES: Final = frozenset(
    "mr mrs miss ms mx dr doctor prof professor rev revd reverend fr sir master mstr mast messrs cllr councillor "
    "pc pcso sgt capt captain lt mullah maulana hafiz haji hajji hajja pandit sri shri smt".split()
)

SUFFIXES: Final = frozenset(
    "jr jnr junior sr snr senior ii iii iv esq esquire obe mbe cbe phd bsc ba ma md jp".split()
)

# Words that stand for a name which is not known, or not yet given. Each alone makes a given-name field a placeholder.
PLACEHOLDERS: Final = frozenset(
    "baby babyboy babygirl bab infant newborn neonate unborn foetus fetus male female boy girl twin triplet child "
    "unknown unk unkn unnamed noname nameless anonymous anon unidentified undisclosed withheld not no nil null none "
    "nk nka na tbc tba lnu fnu xx xxx xxxx zz zzz test tests testing dummy temporary".split()
)
# Words that stand beside them: "Not given", "No name yet", "Twin two", "Baby A". Alone, each may be a name.
PLACEHOLDER_COMPANIONS: Final = frozenset(
    "known given named name stated provided recorded disclosed yet applicable available one two three first second "
    "a b c i ii iii n k of bb bo nb kid person patient pupil temp".split()
)

# Abbreviations of which the single letters would be initials.
PLACEHOLDER_PHRASES: Final = frozenset({"n k", "n a", "n k a", "n s"})

# Words that may open a given-name field before a real name: "Baby Amina", "Unborn Khan", "Twin 1 Khan".
PLACEHOLDER_OPENINGS: Final = frozenset(
    "baby babyboy babygirl infant newborn neonate unborn foetus fetus twin triplet unknown unnamed test male female "
    "boy girl".split()
)

# A family field that says nothing.
EMPTY_FAMILIES: Final = frozenset(
    (
        "unknown", "unk", "not known", "not given", "not stated", "not recorded", "not provided", "not applicable",
        "not disclosed", "nk", "n k", "nka", "na", "n a", "none", "nil", "null", "no surname", "no family name",
        "lnu", "fnu", "anonymous", "anon", "withheld", "tbc", "tba", "xx", "xxx", "xxxx", "zz", "zzz", "test", "x",
        "unborn", "baby", "infant", "newborn", "twin", "male", "female", "boy", "girl", "unborn baby", "surname",
    )
)  # fmt: skip

# Small words inside a family name. They are written, dropped and joined as the clerk pleases.
PARTICLES: Final = frozenset(
    "al el ul ur ud as ash at an ad az ar de da do dos das del della di du des le la les lo van von vander der den ter "
    "ten te zu zum bin ibn ben bint binti binte ould wald ap ab ferch verch af av y e i san st saint o mc mac fitz dit "
    "ait abu umm bani".split()
)

# A patronymic says whose child this is: what follows is the father's name, and it may stand as a family name or not.
PATRONYMIC_MARKS: Final = frozenset("bin ibn ben bint binti binte ould wald ap ab ferch verch".split())

# These bind the word after them into one name: Abdul Rahman, Umm Kulthum, Mc Donald, O Brien.
GIVEN_BINDERS: Final = frozenset(
    "abdul abdel abdal abd abdu abdur abdus abdool abu umm noorul nurul sayful saiful".split()
)
GIVEN_INFIXES: Final = frozenset("ul ur ud us un uz al el ad ed ar er as es".split())
FAMILY_BINDERS: Final = frozenset("mc mac o fitz".split())

# Names that so many share that they tell families apart badly, and that are often added, dropped or moved.
WEAK_FAMILY: Final = frozenset(
    "singh kaur begum begom bibi bi khatun khatoon khanum khanam bano banu akhtar akhter parveen parvin "
    "sultana devi kumari kumar bai ben bhai miah mia mian".split()
)

# Names of honour that stand before the name by which a person is called, as Muhammad in Muhammad Ibrahim: brothers share
# them. Where another given name follows, that one is compared first, or twins would be taken for one child.
HONOURS: Final = frozenset(
    "mohammed mohammad muhammad muhammed mohamed mohamad mohd md muhamad muhamed mohammod muhammod mohummad "
    "syed sayed saiyed sayyid syeda sayeda sayyeda".split()
)

# Said in a middle-name field, and no name.
NO_MIDDLE: Final = frozenset("none nil na nk nmn unknown null test xx xxx".split())

# What stands in brackets after a name and is a remark, no second name.
REMARKS: Final = frozenset(
    "deceased dec died adopted adopted name twin twin 1 twin 2 unborn baby minor male female m f jnr jr snr sr "
    "no middle name nmn unknown restricted confidential sensitive do not use duplicate alias previous protected "
    "mother father mum dad".split()
)
