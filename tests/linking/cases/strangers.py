"""Two people of one name and one birthday: what does not join, and what does."""

from tests.linking.cases.case import Case, said

CASES = [
    Case(
        "Two Amandeep Kaurs of one birthday: a victim and a suspect. A hospital knows where one of them lives",
        {
            "victim": said("police", "Amandeep / Kaur", "1991-05-04", home="12 High Street"),
            "suspect": said("police", "Amandeep / Kaur", "1991-05-04", home="7 Mill Lane", postcode="WS14 9ZZ"),
            "patient": said("trust", "Amandeep / Kaur", "1991-05-04", home="12 High Street", nhs="hers"),
        },
        "victim patient E2; victim suspect possible; suspect patient possible",
    ),
    Case(
        "Name, birthday and one vote are not enough: a telephone may be shared, a school is full of children",
        {
            "police": said("police", "Amina / Khan", "2014-03-05", mobile="mother's"),
            "school": said("school", "Amina / Khan", "2014-03-05", mobile="mother's"),
            "trust": said("trust", "Amina / Khan", "2014-03-05", school="green"),
            "council": said("council", "Amina / Khan", "2014-03-05", school="green"),
        },
        """police school possible; trust council possible;
        police trust possible; police council possible; school trust possible; school council possible""",
    ),
    Case(
        "Two votes of different kinds join: home and telephone; telephone and school; school and mother",
        {
            "police": said("police", "Amina / Khan", "2014-03-05", home="12 High Street", mobile="hers"),
            "trust": said("trust", "Amina / Khan", "2014-03-15", home="12 High Street", mobile="hers", school="green"),
            "school": said("school", "Amina / Khan", "2014-03-15", mobile="hers", school="green", mother="Sana / Khan"),
            "council": said("council", "Aminah / Khan", "2014-03-15", school="green", mother="Sana / Khan"),
        },
        """police trust E3; trust school E3; school council E3;
        police school together; police council together; trust council together""",
    ),
    Case(
        "A household fact counts once: home and landline are one",
        {
            "police": said("police", "Amina / Khan", "2014-03-05", home="12 High Street", landline="theirs"),
            "trust": said("trust", "Amina / Khan", "2014-03-15", home="12 High Street", landline="theirs"),
        },
        "police trust possible",
    ),
    Case(
        "Sex and middle name never vote for; middle names that differ hold E2 and E3 back",
        {
            "police": said("police", "Grace Anne / Smith", "2014-03-05", home="12 High Street", mobile="m", sex="F"),
            "trust": said("trust", "Grace Louise / Smith", "2014-03-05", home="12 High Street", mobile="m", sex="F"),
            "school": said("school", "Grace Anne / Smith", "2014-03-05", sex="F"),
        },
        "police trust possible; police school possible; trust school possible",
    ),
]  # fmt: skip
