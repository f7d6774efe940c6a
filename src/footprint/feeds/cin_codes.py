"""The code lists of the Children in Need census, 2024 to 2025 and before. Source: DfE, census guide and code sets."""

from __future__ import annotations

from typing import Final

UPN_UNKNOWN: Final = frozenset(f"UN{number}" for number in range(1, 11))
ETHNICITY: Final = frozenset(
    "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT".split()
)
DISABILITY: Final = frozenset("NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA".split())
REFERRAL_SOURCE: Final = frozenset("1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10".split())
PRIMARY_NEED: Final = frozenset(f"N{number}" for number in range(10))
CLOSURE: Final = frozenset(f"RC{number}" for number in range(1, 10))
ABUSE: Final = frozenset("NEG PHY SAB EMO MUL".split())
TRUE: Final = frozenset({"1", "true", "TRUE", "True"})
TRUTH: Final = TRUE | {"0", "false", "FALSE", "False"}
FACTORS: Final = frozenset(
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A "
    "18B 18C 19B 19C 20 21 22A 23A 24A".split()
)
RETIRED_FACTORS: Final = {"18A": "18B or 18C", "19A": "19B or 19C"}
#: No factor was found: it cannot stand beside one that was.
NO_FACTOR: Final = "21"
