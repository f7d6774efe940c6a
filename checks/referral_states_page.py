"""The page that shows how a referral goes on at the front door: drawn from the table of its states."""

from footprint.referrals.states import (
    FRONT_DOOR,
    PARTS,
    STATE_LABELS,
    VERB_LABELS,
    Part,
    State,
    Workflow,
)

HEAD = """\
# A referral's states at the front door

Made from the table in `src/footprint/referrals/states.py`; `make fix` makes it anew. Asking for more, adding and reading move
nothing and hold nothing up. What was added and not yet read at the front door keeps a referral in the queue, whatever was
decided before; what says danger now, and did not say it before or says it again, brings back what was decided or closed, and
its clock begins anew. Whoever sent it is its author, whatever their role; a record system brings what was done in it.
"""

PART_LABELS = {
    Part.AUTHOR: "the author",
    Part.SUPERVISOR: "the supervisor",
    Part.REFERRAL_UNIT: "the central referral unit",
    Part.FRONT_DOOR: "the front door",
    Part.RECORD_SYSTEM: "a record system",
}
NEED_LABELS = {"outcome": "what was decided", "reason": "a reason from the list", "words": "words"}


def diagram(table: Workflow = FRONT_DOOR) -> str:
    """Return the table as a Mermaid state diagram: one arrow between two states, however many moves go there."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in table.values():
        label = VERB_LABELS.get(move.verb, move.verb).lower()
        arrows.setdefault((move.before, move.after), []).append(label)
    states = dict.fromkeys(state for arrow in arrows for state in arrow if state != State.NEW)
    return "\n".join(
        [
            "stateDiagram-v2",
            *(f"    {_id(state)}: {STATE_LABELS.get(state, state)}" for state in states),
            *(
                f"    {_id(before)} --> {_id(after)}: {', '.join(labels)}"
                for (before, after), labels in arrows.items()
            ),
        ]
    )


def _id(state: str) -> str:
    return "[*]" if state == State.NEW else state.replace("-", "_")


def referral_states_page() -> str:
    """The whole page: the picture, then one line for each move, then which role plays which part."""
    moves = [
        f"| {STATE_LABELS[move.before]} | {VERB_LABELS[move.verb]} | {STATE_LABELS[move.after]} "
        f"| {', '.join(PART_LABELS[part] for part in Part if part in move.by)} "
        f"| {', '.join(NEED_LABELS[need] for need in move.needs) or 'nothing'} |"
        for state in State
        for move in FRONT_DOOR.values()
        if move.before == state
    ]
    roles = [f"| `{role}` | {PART_LABELS[part]} |" for role, part in PARTS.items()]
    return "\n".join(
        [
            HEAD,
            "```mermaid",
            diagram(),
            "```",
            "",
            "| from | what is done | to | by | it needs |",
            "| --- | --- | --- | --- | --- |",
            *moves,
            "",
            "| role | acts as |",
            "| --- | --- |",
            *roles,
            "",
        ]
    )
