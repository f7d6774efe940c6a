"""Ways to falsify a history: each takes the entries as dictionaries and gives back the forger's.

The forger owns the database and is good at it: `rebuilt` numbers everything anew, gives no two the same id, moves times
and links along and spells each entry properly, so that the forged log is sound in itself. Only a head that an outsider
kept can show it.
"""

import copy

from footprint.ledger.verifier.history import canonical

PLACED = ("sequence", "time", "uptime_ms")  # what belongs to the place in the log, not to the event


def rebuilt(entries, places):
    """The forged entries in their new places, as bytes."""
    moved = {entry["sequence"]: place for place, entry in enumerate(entries)}
    bodies, latest_intent, ids = [], None, set()
    for place, entry in enumerate(entries):
        forged = dict(entry) | {name: places[min(place, len(places) - 1)][name] for name in PLACED}
        forged["sequence"] = place
        if forged["event"] in ids:
            forged["event"] = f"{place:032}"
        ids.add(forged["event"])
        if forged["kind"] == "intent":
            latest_intent = place
        if forged["intent"] is not None:
            kept = moved.get(forged["intent"], place)
            forged["intent"] = kept if kept < place else latest_intent
        bodies.append(canonical(forged))
    return bodies


def changed(at, **changes):
    def forge(entries):
        entries[at] |= changes
        return entries

    return forge


def without(*at):
    return lambda entries: [entry for place, entry in enumerate(entries) if place not in at]


def with_another(at):
    def forge(entries):
        invented = copy.deepcopy(entries[2]) | {"event": "f" * 32, "actor": "somebody-else", "sequence": -1}
        return [*entries[:at], invented, *entries[at:]]

    return forge


def exchanged(first, second):
    def forge(entries):
        entries[first], entries[second] = entries[second], entries[first]
        return entries

    return forge


def doubled(at):
    return lambda entries: [
        *entries[: at + 1],
        copy.deepcopy(entries[at]) | {"sequence": -1},
        *entries[at + 1 :],
    ]


def replaced_from(at):
    """All from `at` on invented anew, to the same length: a second history."""

    def forge(entries):
        return [
            entry | {"actor": "somebody-else", "shown": []} if place >= at else entry
            for place, entry in enumerate(entries)
        ]

    return forge


def sealed_elsewhere(entries):
    entries[0]["personal"], entries[4]["personal"] = entries[4]["personal"], entries[0]["personal"]
    return entries


def as_if_never(actor):
    return lambda entries: [entry for entry in entries if entry["actor"] != actor]


# Entries 0, 2, 4 ... are intents, each followed by its outcome; every tenth is by "snooper".
FORGERIES = {
    "the actor of an entry changed": changed(7, actor="somebody-else"),
    "the case changed": changed(6, case="C-9999"),
    "the purpose changed": changed(6, purpose="training"),
    "the partnership changed": changed(6, partnership="next-borough"),
    "one fewer shown": changed(9, shown=[], subjects=[], count=0),
    "the fingerprint of the question changed": changed(8, query="00" * 32),
    "the sealed values of two entries exchanged": sealed_elsewhere,
    "the sealed values taken out": changed(12, personal=None),
    "the policy's rule written in afterwards": changed(11, policy_rule="allow-all", policy_version="7"),
    "the outcome linked to another intent": changed(13, intent=2),
    "the first look-up removed": without(0, 1),
    "a look-up in the middle removed": without(20, 21),
    "the last entry removed": without(39),
    "the last ten removed": without(*range(30, 40)),
    "everything removed": lambda entries: [],
    "all of one person's look-ups removed": as_if_never("snooper"),
    "an entry invented at the front": with_another(0),
    "an entry invented in the middle": with_another(14),
    "two neighbours exchanged": exchanged(16, 18),
    "first and last exchanged": exchanged(0, 38),
    "an entry entered twice": doubled(24),
    "the second half invented anew": replaced_from(20),
    "the last entry invented anew": replaced_from(39),
    "an old entry moved to the end": lambda entries: [*entries[:10], *entries[11:], entries[10]],
}
