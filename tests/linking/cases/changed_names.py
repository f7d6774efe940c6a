"""Names that change: by marriage, by choice, to hide."""

from tests.linking.cases.case import Case, said

CASES = [
    Case(
        "A married name: with the maiden name said, with a number, and with neither",
        {
            "before": said("police", "Sana / Khan", "1990-03-05", home="12 High Street", mobile="hers"),
            "after": said("trust", "Sana / Malik", "1990-03-05", home="12 High Street", mobile="hers"),
            "both": said("council", "Sana / Malik", "1990-03-05", home="12 High Street", mobile="hers",
                         also={"Sana / Khan": "maiden"}),
        },
        "before both E3; after both E2; before after together",
    ),
    Case(
        "A married name that nobody connects with the maiden name",
        {
            "before": said("police", "Sana / Khan", "1990-03-05", home="12 High Street", mobile="hers", nhs="hers"),
            "after": said("trust", "Sana / Malik", "1990-03-05", home="12 High Street", mobile="hers", nhs="hers"),
        },
        "before after possible",
    ),
    Case(
        "A trans child's former name is used to match and needs two votes, as any alias",
        {
            "school": said("school", "Liam / Jones", "2010-03-05", home="12 High Street", mobile="m",
                           also={"Lily / Jones": "old"}),
            "trust": said("trust", "Lily / Jones", "2010-03-05", home="12 High Street", mobile="m"),
            "police": said("police", "Lily / Jones", "2010-03-05"),
        },
        "school trust E3; school police possible; trust police possible",
    ),
    Case(
        "A mother's former partner under two names and two birthdays: a telephone is not enough",
        {
            "lee": said("police", "Lee / Brown", "1985-03-02", mobile="his"),
            "leon": said("council", "Dominic / Green", "1986-07-09", mobile="his"),
        },
        "",
    ),
    Case(
        "The same man, ruled one by a steward: what belongs to either name then belongs to him",
        {
            "lee": said("police", "Lee / Brown", "1985-03-02", home="1 High Street", mobile="his"),
            "leon": said("council", "Dominic / Green", "1986-07-09", home="9 High Street", mobile="his"),
            "lee too": said("trust", "Lee / Brown", "1985-03-02", home="1 High Street", mobile="his"),
            "leon too": said("school", "Dominic / Green", "1986-07-09", home="9 High Street", mobile="his"),
        },
        """lee/leon E4; lee/lee too E2; leon/leon too E2; lee/leon too together; leon/lee too together;
        lee too/leon too together""",
        (("same", "lee", "leon"),),
    ),
]  # fmt: skip
