"""Twins, and brothers and sisters who are nearly so: never one child, whatever they share."""

from tests.linking.cases.case import Case, said

CASES = [
    Case(
        "Identical twins Ibrahim and Ebrahim, consecutive NHS numbers, at police, school and hospital",
        {
            "police I": said("police", "Ibrahim / Khan", "2016-07-01", home="12 High Street", mobile="mother's"),
            "police E": said("police", "Ebrahim / Khan", "2016-07-01", home="12 High Street", mobile="mother's"),
            "school I": said("school", "Ibrahim / Khan", "2016-07-01", home="12 High Street", mobile="mother's"),
            "school E": said("school", "Ebrahim / Khan", "2016-07-01", home="12 High Street", mobile="mother's"),
            "trust I": said("trust", "Ibrahim / Khan", "2016-07-01", home="12 High Street", mobile="mother's", nhs="I"),
            "trust E": said("trust", "Ebrahim / Khan", "2016-07-01", home="12 High Street", mobile="mother's", nhs="E"),
        },
        """police I/school I E3; police I/trust I E3; school I/trust I E3;
        police E/school E E3; police E/trust E E3; school E/trust E E3;
        police I/police E possible; police I/school E possible; police I/trust E possible; police E/school I possible;
        police E/trust I possible; school I/trust E possible; school E/trust I possible""",
    ),
    Case(
        "The same twins without a telephone or a number: known there as two, so home and birthday no longer tell who is who",
        {
            "police I": said("police", "Ibrahim / Khan", "2016-07-01", home="12 High Street"),
            "school I": said("school", "Ibrahim / Khan", "2016-07-01", home="12 High Street"),
            "school E": said("school", "Ebrahim / Khan", "2016-07-01", home="12 High Street"),
        },
        "police I/school I possible; police I/school E possible",
    ),
    Case(
        "Twins Hassan and Hussain: no spelling of each other, so not even possible, whatever they share",
        {
            "police": said("police", "Hassan / Ali", "2016-07-01", home="12 High Street", mobile="m", gp="g"),
            "trust": said("trust", "Hussain / Ali", "2016-07-01", home="12 High Street", mobile="m", gp="g"),
        },
        "",
    ),
    Case(
        "Twins Muhammad Ibrahim and Muhammad Ismail, and a Muhammad who may be either",
        {
            "school I": said("school", "Muhammad Ibrahim / Khan", "2016-07-01", home="12 High Street", mobile="m"),
            "trust S": said("trust", "Mohammed Ismail / Khan", "2016-07-01", home="12 High Street", mobile="m"),
            "police": said("police", "Muhammad / Khan", "2016-07-01", home="12 High Street", mobile="m"),
        },
        "school I/police possible; trust S/police possible",
    ),
    Case(
        "Brothers Muhammad Ibrahim and Muhammad Ismail, a year apart to the day, and a Muhammad with the younger's birthday",
        {
            "school I": said("school", "Muhammad Ibrahim / Khan", "2015-07-01", home="12 High Street", mobile="m"),
            "trust S": said("trust", "Muhammad Ismail / Khan", "2016-07-01", home="12 High Street", mobile="m"),
            "police": said("police", "Muhammad / Khan", "2016-07-01", home="12 High Street", mobile="m"),
        },
        "trust S/police E3; school I/police possible; school I/trust S possible",
    ),
    Case(
        "Twins Noor Fatima and Noor Aisha, and a Noor who may be either",
        {
            "school": said("school", "Noor Fatima / Malik", "2016-07-01", home="12 High Street", mobile="m"),
            "trust": said("trust", "Noor Aisha / Malik", "2016-07-01", home="12 High Street", mobile="m"),
            "police": said("police", "Noor / Malik", "2016-07-01", home="12 High Street", mobile="m"),
        },
        "school trust possible; school police possible; trust police possible",
    ),
    Case(
        "Twins whose names differ by a letter: each is a name in its own right, or the sexes differ",
        {
            "amina": said("police", "Amina / Khan", "2016-07-01", home="1 High Street", mobile="m"),
            "amira": said("trust", "Amira / Khan", "2016-07-01", home="1 High Street", mobile="m"),
            "daniel": said("police", "Daniel / Nowak", "2016-07-01", home="2 High Street", mobile="n", sex="M"),
            "daniela": said("trust", "Daniela / Nowak", "2016-07-01", home="2 High Street", mobile="n", sex="F"),
        },
        "",
    ),
    Case(
        "Twins of whom one is written with an initial: it may be either",
        {
            "jack": said("school", "Jack / Smith", "2016-07-01", home="1 High Street", mobile="m"),
            "john": said("school", "John / Smith", "2016-07-01", home="1 High Street", mobile="m"),
            "j": said("police", "J / Smith", "2016-07-01", home="1 High Street", mobile="m"),
        },
        "jack j possible; john j possible",
    ),
    Case(
        "A sister and a brother, Samantha and Samuel, and a Sam",
        {
            "samantha": said("school", "Samantha / Smith", "2016-07-01", home="1 High Street", mobile="m", sex="F"),
            "samuel": said("trust", "Samuel / Smith", "2016-07-01", home="1 High Street", mobile="m", sex="M"),
            "sam": said("police", "Sam / Smith", "2016-07-01", home="1 High Street", mobile="m"),
        },
        "samantha sam possible; samuel sam possible",
    ),
]  # fmt: skip
