"""What users are told about links, finished. None names anybody: a reader finds whom it is about in their own case."""

from __future__ import annotations

from typing import Final

from footprint.web.identity.states import BreachStep, Said, State

#: To everybody who was shown two people as one.
SHOWN: Final = (
    "In {case} you were shown one person who may be two people. They stand apart now. Look again before you act, "
    "and tell whomever you told."
)
#: To the leads, where whoever was shown it has left.
SHOWN_TO_A_LEAVER: Final = (
    "In {case} somebody who has since left was shown one person who may be two people. "
    "Find whoever has taken over, and have them look again."
)
#: To them again, where it was taken back.
WITHDRAWN_TO_A_LEAVER: Final = (
    "In {case}, of somebody who has since left, one person does not stand as two any more: whoever had said so took it "
    "back ({dispute}). Tell whoever has taken over."
)
#: To whoever said so.
THANKS: Final[dict[Said, str]] = {
    Said.NOT_THEM: (
        "You said in {case} that records are not one person’s ({dispute}). They stand apart for everybody now, until a "
        "data steward has settled it. You will be told."
    ),
    Said.SAME: (
        "You said in {case} that two people are the same ({dispute}). A data steward will decide; until then they stand "
        "side by side. You will be told."
    ),
}
#: To the stewards.
WITHDRAWN: Final = "{dispute} waits no more: whoever had said so took it back."
WAITS: Final = "{dispute} waits for a data steward{child}."
DOUBTED_TOO: Final = "{dispute}: somebody else doubts it too. Read what they know."
A_CHILD: Final = ": it is about a child"

#: To everybody who was told before, by where it stands now.
OUTCOME: Final[dict[tuple[Said, State], str]] = {
    (Said.NOT_THEM, State.DIFFERENT): (
        "It is settled: the one person whom you were shown in {case} is two people. They are not put together again."
    ),
    (Said.NOT_THEM, State.SAME): (
        "It is settled: the records in {case} that were doubted are one person’s after all. They stand together again, "
        "at the latest with the next morning’s data."
    ),
    (Said.NOT_THEM, State.UNCLEAR): (
        "A data steward could not settle yet whether the records in {case} are one person’s. They stay apart until then."
    ),
    (Said.NOT_THEM, State.OPEN): (
        "What was settled about the records in {case} was taken back. They stand apart until it is settled again."
    ),
    (Said.NOT_THEM, State.WITHDRAWN): (
        "That the records in {case} are not one person’s was taken back by whoever had said so ({dispute}). They stand "
        "together again, at the latest with the next morning’s data. Look again before you act; if you doubt it "
        "yourself, say so on the footprint: then it is your word that keeps them apart."
    ),
    (Said.SAME, State.SAME): (
        "It is settled: the two people in {case} are one. They stand together after the next morning’s data."
    ),
    (Said.SAME, State.DIFFERENT): "It is settled: the two people in {case} are two, for good.",
    (Said.SAME, State.UNCLEAR): (
        "A data steward could not settle yet whether the two people in {case} are one. They stay side by side."
    ),
    (
        Said.SAME,
        State.OPEN,
    ): "What was settled about the two people in {case} was taken back. It is open again.",
}

BREACH: Final = "{breach}: a wrong link was shown to {count}. If anybody is at risk from it, the ICO is to be told by {due}."
BREACH_DUE: Final = "{breach}: the ICO is to be told by {due}, unless you find that nobody is at risk."
BREACH_OVERDUE: Final = "{breach}: the time to tell the ICO ended on {due}. Tell it now, and why it is late."
BREACH_TAKEN_BACK: Final = "{breach}: the ruling that the link was wrong was taken back."

STATES: Final[dict[State, str]] = {
    State.OPEN: "Waiting",
    State.UNCLEAR: "Still unclear",
    State.DIFFERENT: "Two people",
    State.SAME: "One person",
    State.WITHDRAWN: "Taken back",
}
SAYS: Final[dict[Said, str]] = {
    Said.NOT_THEM: "Somebody says: this is not them",
    Said.SAME: "Somebody says: these are the same",
}
STEPS: Final[dict[BreachStep, str]] = {
    BreachStep.OPENED: "Opened",
    BreachStep.RISK: "Assessed: people may be at risk",
    BreachStep.NO_RISK: "Assessed: a risk to people is unlikely",
    BreachStep.ICO_TOLD: "The ICO was told",
    BreachStep.SUBJECTS_TOLD: "The people concerned were told",
    BreachStep.TAKEN_BACK: "The ruling was taken back",
    BreachStep.CLOSED: "Closed",
}


def of_case(reference: str) -> str:
    """Return a case as a sentence names it. One that has no reference yet goes by its own handle, which is no name."""
    return "a case without a reference yet" if reference.startswith("no-reference:") else f"case {reference}"
