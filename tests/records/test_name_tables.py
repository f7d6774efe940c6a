"""The curated families of names: tidy rows, and which names belong together or must not."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from footprint.records.family_names import family_forms
from footprint.records.given_names import given_families
from footprint.records.text import fold

BELONG_TOGETHER = [
    "Mohammed Muhammad Mohamed Mohd Md",
    "William Bill Will",
    "Elizabeth Liz Beth Betty",
    "Margaret Peggy Maggie",
    "Katarzyna Kasia",
    "Xasan Hassan Hasan",
    "Oluwaseun Seun",
    "Yusuf Yousaf Youssef",
    "Aisha Ayesha Ayşe",
    "Thos Thomas",
]
# Names that brothers, sisters and twins bear: a common nickname must not make them one.
STAY_APART = [
    ("Amandeep", "Amanpreet"),
    ("Hassan", "Hussain"),
    ("Abdullah", "Abdulrahman"),
    ("Abdirahman", "Abdullahi"),
    ("Isabella", "Ella"),
    ("Anna", "Hannah"),
    ("Laura", "Lauren"),
    ("Sean", "Shane"),
    ("Rayyan", "Rayhan"),
    ("Zara", "Zahra"),
    ("Amina", "Amna"),
    ("William", "Liam"),
    ("Charlotte", "Charles"),
    ("Omar", "Umair"),
]


def rows(table):
    text = (files("footprint.records.tables") / table).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("names", BELONG_TOGETHER)
def test_these_given_names_share_a_family(names):
    assert set.intersection(*(set(given_families(name)) for name in names.split()))


@pytest.mark.parametrize(("one", "other"), STAY_APART)
def test_these_given_names_share_no_family(one, other):
    assert not set(given_families(one)) & set(given_families(other))


def test_a_name_in_no_family_has_none():
    assert given_families("Qwertz") == ()
    assert given_families("") == ()


def test_a_compound_name_is_found_with_and_without_its_space():
    assert given_families("Abd al-Rahman") == given_families("abdalrahman") == ("abdulrahman",)


@pytest.mark.parametrize(("table", "label"), [("given_names.csv", "family"), ("family_names.csv", "name")])
def test_a_table_is_folded_says_each_family_once_and_each_form_once_in_it(table, label):
    labels = [row[label] for row in rows(table)]
    assert len(labels) == len(set(labels))
    for row in rows(table):
        forms = [row[label], *row["forms"].split()]
        assert len(forms) > 1, row
        assert len(forms) == len(set(forms)), row
        assert all(form == fold(form).replace(" ", "") for form in forms), row


def test_no_family_name_has_two_spelling_families():
    forms = [form for row in rows("family_names.csv") for form in (row["name"], *row["forms"].split())]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    ("said", "form"),
    [
        (("kowalska",), "kowalski"),
        (("ivanova",), "ivanov"),
        (("novakova",), "novak"),
        (("macdonald",), "mcdonald"),
        (("shevchenko",), "shevchenko"),
        (("khan", "ali"), "khanali"),
        (("van", "der", "berg"), "berg"),
        (("choudhury",), "chaudhry"),
        (("zelensky",), "zelenski"),
    ],
)
def test_a_family_name_has_the_forms_of_its_relatives(said, form):
    assert form in family_forms(said)
    assert family_forms(said)[0] == " ".join(said)


def test_a_family_name_of_particles_alone_keeps_them():
    assert family_forms(("le",)) == ("le",)
