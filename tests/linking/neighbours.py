"""Random neighbourhoods, seeded: few names, birthdays, doors and numbers, so that everything about twins happens often."""

from __future__ import annotations

import random

from footprint.records import Comparable
from tests.linking.said import Place

GIVEN = [
    "Ibrahim", "Ebrahim", "Muhammad Ibrahim", "Mohammed Ismail", "Muhammad", "Noor Fatima", "Noor Aisha", "Noor", "Fatima",
    "Amina", "Amira", "Amnia", "Kriti", "Dhriti", "Krita", "Sam", "Samuel", "Samantha", "Daniel", "Daniela", "A", "Baby", "Khan",
]  # fmt: skip
NOORS = ["Noor Fatima", "Noor Aisha", "Noor"]
FAMILY = ["Khan", "Khan", "Khan", "Kahn", "Malik", "Okonkwo-Baptiste", "Okonkwo", "Ibrahim", ""]
BORN = [
    "2014-03-05", "2014-03-05", "2014-03-05", "2014-05-03", "2014-03-15", "2015-03-05", "2014-03", "2014", "2014-01-01",
    "2014-01-01", "1990-03-05", "2014-07-09", "",
]  # fmt: skip
HOMES = [
    "1 High Street", "5 High Street", "7 High Street", "Flat 2, 3 High Street", "Flat 4, 3 High Street", "3 High Street", "",
]  # fmt: skip
PARTNERS = ["police", "council", "trust", "gp", "probation", "school"]


def neighbourhood(seed: int, size: int = 40) -> list[Comparable]:
    """Return `size` records of people who share nearly everything, but for what tells them apart.

    Some seeds give a street of many names, some a few families in which one name goes round.
    """
    draw = random.Random(seed)
    given = draw.sample(GIVEN, draw.choice([1, 1, 2, 3, 5, len(GIVEN)])) if seed % 8 else NOORS
    family = draw.sample(FAMILY, draw.choice([1, 3, len(FAMILY)]))
    place = Place(seed % 1000)

    born, home = draw.choice(BORN[:4]), draw.choice(HOMES[:4])

    def mostly(usual: str, values: list[str]) -> str:
        return usual if draw.random() < 0.6 else draw.choice(values)

    def some(*values: str, share: float = 0.4) -> str:
        return draw.choice(values) if draw.random() < share else ""

    return [
        place.said(
            draw.choice(PARTNERS),
            f"{draw.choice(given)} / {draw.choice(family)}",
            mostly(born, BORN),
            label=str(number),
            home=mostly(home, HOMES),
            before=some("Flat 2, 3 High Street", "1 High Street", share=0.1),
            uprn=some("1001", "1002", share=0.3),
            nhs=some("a", "b", "c", share=0.2),
            upn=some("d", "e", share=0.1),
            former={"nhs": "a"} if draw.random() < 0.04 else {},
            quotes={draw.choice(PARTNERS): str(draw.randrange(size))} if draw.random() < 0.15 else {},
            mobile=some("m", "n"),
            email=some("x", "y", share=0.2),
            school=some("s", "t", share=0.3),
            mother=some("Sana / Khan", "Ria / Malik", share=0.3),
            also={draw.choice(["Amina / Khan", "Ibrahim / Khan"]): "alias"} if draw.random() < 0.1 else {},
            sex=some("F", "M", share=0.5),
        )
        for number in range(size)
    ]
