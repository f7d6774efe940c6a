"""Words of British addresses as data: units, floors, street types, blocks, and the ways of saying "no fixed abode"."""

from __future__ import annotations

from typing import Final

# What a home inside a building, or on a site, is called. "Pitch 4" and "Mooring 7" are homes like "Flat 3".
UNITS: Final = frozenset(
    "flat flt fl apartment apt appt appartment unit room rm bedroom studio bedsit maisonette suite pitch plot bay "
    "caravan trailer chalet mooring berth penthouse door".split()
)

FLOORS: Final = {
    "basement": "b", "cellar": "b", "garden": "g", "ground": "g", "grd": "g", "gnd": "g", "first": "f1", "1st": "f1",
    "second": "f2", "2nd": "f2", "third": "f3", "3rd": "f3", "fourth": "f4", "4th": "f4", "fifth": "f5", "5th": "f5",
    "sixth": "f6", "6th": "f6", "top": "t", "upper": "t", "lower": "b", "attic": "t", "rear": "r", "front": "fr",
}  # fmt: skip

# The one form by which streets are compared, and what is written for it. Saint and street meet in "st" on purpose.
_WRITTEN_FOR: Final = {
    "st": "street str strt saint", "rd": "road raod", "av": "avenue ave aven", "ln": "lane la", "dr": "drive drv",
    "cl": "close clse", "cr": "crescent cres cresc cre", "ct": "court crt", "gdns": "gardens garden gdn gds",
    "gr": "grove grv gro", "pl": "place plc", "sq": "square sqr", "ter": "terrace terr tce", "pk": "park prk",
    "hts": "heights hgts", "wy": "way", "wk": "walk wlk", "vw": "view vue", "hse": "house ho", "hl": "hill",
    "bldgs": "buildings building bldg", "cott": "cottage cottages", "est": "estate", "fm": "farm", "mt": "mount mnt",
    "n": "north", "s": "south", "e": "east", "w": "west", "gt": "great", "lwr": "lower", "upr": "upper uppr",
    "xing": "crossing", "apts": "apartments", "twr": "tower", "ldg": "lodge", "mns": "mansions mansion",
    "par": "parade", "cswy": "causeway", "grn": "green", "wf": "wharf", "bk": "bank", "cmn": "common", "yd": "yard",
}  # fmt: skip
SHORT_WORDS: Final = {long: short for short, longs in _WRITTEN_FOR.items() for long in longs.split()}

# A word that closes the name of a street, in its short form.
STREET_TYPES: Final = frozenset(
    "st rd av ln dr cl cr ct gdns gr pl sq ter wy wk vw hl mt par cswy grn bk mews rise row end yd fold croft drove "
    "gate hill path passage parkway broadway highway bypass embankment quay xing meadow meadows circus loop dale".split()
)

# A word that closes the name of a building in which there are several homes, in its short form.
BLOCKS: Final = frozenset(
    "ct hse hts bldgs apts twr ldg mns flats point halls hostel hotel quarter residence".split()
)

# A word that closes the name of a site for homes that move, in its short form, even behind a street's name.
SITES: Final = frozenset("site pk marina basin moorings".split())

# What one of the homes is called, and several, by how the name of the whole closes, in its short form; else it is a flat.
PARTS_OF: Final = {
    "site": ("pitch", "pitches"), "caravan pk": ("pitch", "pitches"), "home pk": ("pitch", "pitches"),
    "homes pk": ("pitch", "pitches"), "marina": ("mooring", "moorings"), "basin": ("mooring", "moorings"),
    "moorings": ("mooring", "moorings"), "hostel": ("room", "rooms"),
}  # fmt: skip

NO_FIXED_ABODE: Final = frozenset(
    (
        "nfa", "no fixed abode", "of no fixed abode", "no fixed address", "no fixed", "homeless", "no abode",
        "no permanent address", "rough sleeper", "rough sleeping", "sofa surfing", "sofa surfer", "street homeless",
        "living on the streets", "nfa homeless", "no fixed abode nfa",
    )
)  # fmt: skip

# Pseudo-postcodes of the NHS Postcode Directory. All begin with ZZ99; this one says "no fixed abode".
PSEUDO_POSTCODES: Final = "ZZ99"
NO_FIXED_ABODE_POSTCODE: Final = "ZZ993VZ"

NOTHING_KNOWN: Final = frozenset(
    (
        "unknown", "not known", "nk", "n k", "n a", "na", "none", "not given", "not stated", "address unknown",
        "no address", "see notes", "confidential", "tbc", "x", "xx", "xxx",
    )
)  # fmt: skip

# Boats are known by their names: "Narrowboat Kingfisher" is the building kingfisher.
BOATS: Final = frozenset("narrowboat nb houseboat boat mv barge".split())

# Written after the town, and no town.
COUNTIES: Final = frozenset(
    (
        "west midlands", "west mids", "staffordshire", "staffs", "warwickshire", "worcestershire", "shropshire",
        "derbyshire", "leicestershire", "nottinghamshire", "gloucestershire", "oxfordshire", "northamptonshire",
        "greater manchester", "lancashire", "merseyside", "cheshire", "west yorkshire", "south yorkshire",
        "north yorkshire", "essex", "kent", "surrey", "hertfordshire", "middlesex", "england", "uk", "united kingdom",
        "gb", "great britain",
    )
)  # fmt: skip
