"""What is protected in tests of what is held back, and what stands before and after it."""

from footprint.records.reading_addresses import parse_address
from footprint.referrals.protected_places import protected

PLACES = protected(
    keys=["WS32TT||7", "uprn:10070123456"],
    addresses=[
        parse_address("14 Willow Lane, Walsall WS2 8QP"),
        parse_address("Flat 3, Rowan House, Mill Road, WS1 1AA"),
        parse_address("Rosemount, Hatherton Street, WS4 2LA"),
    ],
    names=["The Haven Refuge"],
    phones=["01922 555 0143"],
)
BEFORE, AFTER = "Two children were upstairs.", "The youngest was cold and had not eaten."
