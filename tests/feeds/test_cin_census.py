"""The Children in Need return: each fault named by its line, and every involvement kept that is still usable."""

from pathlib import Path

import pytest

from tests.feeds.looking import facts, records
from tests.feeds.making import census

EXAMPLE = Path(__file__).parents[3] / "shared" / "data" / "cin_census_2024_invented.xml"
FIRST, SECOND = (
    f"childrens-social-care/la-child-id/{number}" for number in ("DfEX0000001", "child_fails_assessments")
)

#: Line of the example, element, words of the reason: every deliberate fault of the file.
FAULTS = [
    (5, "Year", "collection year is 2023"),
    (14, "DateTime", "before its reference date"),
    (19, "ChildIdentifiers", "Text stands between"),
    (21, "ChildIdentifiers/UPN", "check letter"),
    (22, "ChildIdentifiers/FormerUPN", "check letter"),
    (23, "UPNunknown", "reason why there is none"),
    (25, "ChildIdentifiers/Sex", "'1' is not a code"),
    (40, "DateOfInitialCPC", "conference was on 2022-12-06"),
    (42, "AssessmentActualStartDate", "future"),
    (42, "AssessmentActualStartDate", "after the reference date"),
    (43, "AssessmentAuthorisationDate", "before it started on 2028-04-28"),
    (43, "AssessmentAuthorisationDate", "before the referral"),
    (46, "AssessmentFactors", "'RB'"),
    (51, "CINPlanStartDate", "protection plan"),
    (55, "S47ActualStartDate", "before the referral"),
    (56, "InitialCPCtarget", "fifteen working days"),
    (57, "DateOfInitialCPC", "before the referral"),
    (62, "CPPstartDate", "before the referral"),
    (62, "CPPstartDate", "No initial conference"),
    (63, "CPPendDate", "after the case closed"),
    (75, "LAchildID", "at most 20"),
    (75, "LAchildID", "letters and figures"),
    (87, "CINreferralDate", "after the reference date"),
    (90, "CINclosureDate", "after the reference date"),
    (93, "AssessmentActualStartDate", "before the referral"),
    (94, "AssessmentAuthorisationDate", "before the referral"),
    (95, "FactorsIdentifiedAtAssessment", "names no factor"),
]


@pytest.fixture
def example(take):
    if not EXAMPLE.exists():
        pytest.skip(
            f"The example return is not at {EXAMPLE}: put the shared data folder beside the project to run this."
        )
    return take("cin-census", EXAMPLE)[0]


@pytest.mark.parametrize(
    ("line", "element", "words"), FAULTS, ids=[f"{line} {words}" for line, _, words in FAULTS]
)
def test_the_receipt_of_the_example_names_the_fault(line, element, words, example):
    assert any((one.line, one.field) == (line, element) and words in one.reason for one in example.reasons)


def test_every_usable_involvement_of_both_children_is_kept(example, data):
    assert (example.outcome, example.rows_in, example.kept, example.quarantined) == ("accepted", 2, 2, 0)
    assert set(records(data, "cin-census")) == {FIRST, SECOND}
    assert facts(data, "cin-census") == [
        (FIRST, "child-in-need", "2022-10-06", "2023-02-27"),
        (FIRST, "cin-plan", "2023-01-24", "2023-01-26"),
        (FIRST, "cp-plan", "2022-02-17", "2023-03-14"),
        (FIRST, "cp-review", "2023-02-15", ""),
        (FIRST, "initial-cp-conference", "2022-06-17", ""),
        (FIRST, "initial-cp-conference", "2022-12-06", ""),
        (FIRST, "referral", "2022-10-06", ""),
        (FIRST, "section-47", "2022-06-02", "2022-06-17"),
        (SECOND, "assessment", "2023-12-25", "2024-01-27"),
        (SECOND, "child-in-need", "2024-10-24", "2024-10-29"),
        (SECOND, "referral", "2024-10-24", ""),
    ]


def test_the_return_is_as_of_its_reference_date_whenever_it_came(example):
    assert str(example.as_of) == "2024-03-31"


GOOD = """<Child><ChildIdentifiers><LAchildID>C1</LAchildID><UPNunknown>UN1</UPNunknown>
<PersonBirthDate>2020-05-04</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
<CINdetails><CINreferralDate>2025-09-01</CINreferralDate><ReferralSource>6</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>
<CINclosureDate>2026-02-27</CINclosureDate><ReasonForClosure>RC3</ReasonForClosure>
<Assessments><AssessmentActualStartDate>2025-09-02</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2025-10-01</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>
<AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
<CINPlanDates><CINPlanStartDate>2026-01-05</CINPlanStartDate><CINPlanEndDate>2026-02-27</CINPlanEndDate></CINPlanDates>
<Section47><S47ActualStartDate>2025-09-08</S47ActualStartDate><InitialCPCtarget>2025-09-29</InitialCPCtarget>
<DateOfInitialCPC>2025-09-26</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired></Section47><ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2025-09-26</CPPstartDate><CPPendDate>2026-01-05</CPPendDate>
<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
<Reviews><CPPreviewDate>2025-12-10</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails></Child>"""

#: What is written instead of what in a sound return, the element that is named, words of the reason.
BROKEN = [
    ("<LAchildID>C1<", "<LAchildID>C-1<", "LAchildID", "letters and figures"),
    ("<UPNunknown>UN1</UPNunknown>", "", "UPN", "neither a UPN nor"),
    ("UN1", "UN99", "UPNunknown", "no reason for a missing UPN"),
    ("<PersonBirthDate>2020-05-04</PersonBirthDate>", "", "PersonBirthDate", "neither a date of birth"),
    ("2020-05-04", "2026-05-04", "PersonBirthDate", "after the reference date"),
    ("2020-05-04", "2020-02-31", "ChildIdentifiers/PersonBirthDate", "no such day"),
    (
        "</PersonBirthDate>",
        "</PersonBirthDate><ExpectedPersonBirthDate>2020-05-01</ExpectedPersonBirthDate>",
        "ExpectedPersonBirthDate",
        "born child",
    ),
    (
        "</PersonBirthDate>",
        "</PersonBirthDate><PersonDeathDate>2020-05-01</PersonDeathDate>",
        "PersonDeathDate",
        "before being born",
    ),
    ("<Sex>F", "<Sex>X", "ChildIdentifiers/Sex", "not a code"),
    ("WBRI", "WELSH", "Ethnicity", "ethnicity list"),
    (">NONE<", ">TALL<", "Disabilities", "disability list"),
    (">NONE<", ">NONE</Disability><Disability>HEAR<", "Disabilities", "beside a disability"),
    ("<ReferralSource>6", "<ReferralSource>66", "ReferralSource", "source of referral"),
    (">N1<", ">N11<", "PrimaryNeedCode", "primary need"),
    ("RC3", "RC33", "ReasonForClosure", "reason for closure"),
    ("<ReasonForClosure>RC3</ReasonForClosure>", "", "ReasonForClosure", "both its date and its reason"),
    ("<ReferralNFA>0", "<ReferralNFA>perhaps", "ReferralNFA", "true or false"),
    ("<ReferralNFA>0", "<ReferralNFA>true", "Assessments", "No further action"),
    ("<CINreferralDate>2025-09-01", "<CINreferralDate>2025-09-31", "CINreferralDate", "missing or no date"),
    (
        "<CINreferralDate>2025-09-01",
        "<CINreferralDate>2017-09-01",
        "CINreferralDate",
        "before the child's birth",
    ),
    (
        "2026-02-27</CINclosureDate>",
        "2025-08-27</CINclosureDate>",
        "CINclosureDate",
        "before it was referred",
    ),
    (
        "2026-02-27</CINclosureDate>",
        "2026-04-27</CINclosureDate>",
        "CINclosureDate",
        "after the reference date",
    ),
    ("2025-09-02</Assess", "2025-08-02</Assess", "AssessmentActualStartDate", "before the referral"),
    ("2025-10-01</Assess", "2025-09-01</Assess", "AssessmentAuthorisationDate", "before it started"),
    (">3B<", ">19A<", "AssessmentFactors", "retired"),
    (">3B<", ">99Z<", "AssessmentFactors", "no code"),
    (">3B<", ">3B</AssessmentFactors><AssessmentFactors>3B<", "FactorsIdentifiedAtAssessment", "twice"),
    (
        ">3B<",
        ">3B</AssessmentFactors><AssessmentFactors>21<",
        "FactorsIdentifiedAtAssessment",
        "beside a factor",
    ),
    ("<AssessmentFactors>3B</AssessmentFactors>", "", "FactorsIdentifiedAtAssessment", "names no factor"),
    ("2026-02-27</CINPlan", "2026-01-01</CINPlan", "CINPlanEndDate", "before it started"),
    ("2026-01-05</CINPlan", "2025-12-05</CINPlan", "CINPlanStartDate", "both plans"),
    ("2025-09-08</S47", "2025-08-04</S47", "S47ActualStartDate", "before the referral"),
    ("2025-09-26</DateOf", "2025-09-27</DateOf", "DateOfInitialCPC", "Saturday"),
    ("2025-09-26</DateOf", "2025-09-05</DateOf", "DateOfInitialCPC", "before the enquiry"),
    ("<InitialCPCtarget>2025-09-29", "<InitialCPCtarget>2025-09-23", "InitialCPCtarget", "is 2025-09-29"),
    ("<ICPCnotRequired>0", "<ICPCnotRequired>1", "ICPCnotRequired", "not to be required"),
    ("<ICPCnotRequired>0", "<ICPCnotRequired>maybe", "ICPCnotRequired", "neither true nor false"),
    ("2025-09-26</CPP", "2025-09-25</CPP", "CPPstartDate", "No initial conference"),
    ("2026-01-05</CPP", "2025-09-01</CPP", "CPPendDate", "before it started"),
    ("2026-01-05</CPP", "2026-03-05</CPP", "CPPendDate", "after the case closed"),
    (
        "<LatestCategoryOfAbuse>NEG",
        "<LatestCategoryOfAbuse>BAD",
        "LatestCategoryOfAbuse",
        "category of abuse",
    ),
    ("2025-12-10", "2026-03-10", "Reviews", "outside the plan"),
]


def test_a_sound_return_has_no_fault(take, data, tmp_path):
    (tmp_path / "cin.xml").write_text(census(GOOD))
    receipt = take("cin-census", tmp_path / "cin.xml")[0]
    assert receipt.reasons == ()
    assert len(facts(data, "cin-census")) == 8


@pytest.mark.parametrize(
    ("old", "new", "element", "words"), BROKEN, ids=[f"{element} {words}" for _, _, element, words in BROKEN]
)
def test_a_fault_is_named_on_its_line(old, new, element, words, take, tmp_path):
    assert GOOD.count(old) >= 1
    text = census(GOOD.replace(old, new, 1))
    (tmp_path / "cin.xml").write_text(text)
    found = [
        one
        for one in take("cin-census", tmp_path / "cin.xml")[0].reasons
        if one.field == element and words in one.reason
    ]
    assert found
    name = element.rpartition("/")[2]
    line = text.splitlines()[found[0].line - 1]
    around = ("<ChildIdentifiers>", "<CINdetails>")  # where the element itself is what is missing
    assert f"<{name}>" in line or any(element in line for element in around)


def test_one_child_twice_and_a_year_that_does_not_fit_are_named(take, tmp_path):
    (tmp_path / "cin.xml").write_text(census(GOOD + GOOD, year="2025", reference="2026-03-30"))
    said = {one.field: one.reason for one in take("cin-census", tmp_path / "cin.xml")[0].reasons}
    assert "twice" in said["LAchildID"]
    assert "2025" in said["Year"]
    assert "31 March" in said["ReferenceDate"]


def test_a_child_without_an_id_is_quarantined_and_the_others_live(take, data, tmp_path):
    (tmp_path / "cin.xml").write_text(census(GOOD.replace("<LAchildID>C1</LAchildID>", "") + GOOD))
    receipt = take("cin-census", tmp_path / "cin.xml")[0]
    assert (receipt.rows_in, receipt.kept, receipt.quarantined) == (2, 1, 1)
    assert len(records(data, "cin-census")) == 1


def test_a_return_without_a_reference_date_says_so_and_is_of_the_day_it_came(take, tmp_path):
    (tmp_path / "cin.xml").write_text(census(GOOD, reference=""))
    receipt = take("cin-census", tmp_path / "cin.xml")[0]
    assert [one.field for one in receipt.reasons] == ["ReferenceDate"]
    assert receipt.as_of is None
