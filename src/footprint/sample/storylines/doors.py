"""Storylines that turn on where somebody lives: a refuge, no fixed abode, a site, a boat, a worker's own street."""

from __future__ import annotations

from footprint.sample.storylines.stage import COUNCIL, HOSPITAL, POLICE, SCHOOL, Search, Stage, Story, says
from footprint.sample.world.people import Fact
from footprint.sample.world.places import communal


def refuge(stage: Stage) -> Story:
    """A mother and two children in a refuge: one partner has marked the address, three have not."""
    left = stage.door()
    door = communal(stage.near, 3, "refuge", "Juniper House")
    mother = stage.person("Leanne Foster", "F", stage.born(32, 140), protected=True)
    birthday = stage.born(8, 40)
    girl = stage.person("Ellie Foster", "F", birthday, mother=mother, protected=True)
    boy = stage.person("Jude Foster", "M", stage.born(3, 20), mother=mother, protected=True)
    former = stage.person("Wayne Garrity", "M", stage.born(35, 7))
    homes = [
        stage.home("refuge", [mother, girl, boy], door, since=80, before=left),
        stage.home("single", [former], left, since=1580),
    ]
    homes[0].relatives.append((mother, "former-partner", former))
    says(mother, POLICE, Fact("CASE DOMESTIC", 82, "VICTIM", ref="foster"))
    says(former, POLICE, Fact("CASE DOMESTIC", 82, "SUSPECT", ref="foster"))
    says(girl, POLICE, Fact("CASE DOMESTIC", 82, "CHILD PRESENT", ref="foster"))
    says(girl, COUNCIL, Fact("contact", 81, "6", ref="CIN"), Fact("in_need", 80))
    says(boy, COUNCIL, Fact("contact", 81, "6", ref="CIN"), Fact("in_need", 80))
    says(mother, COUNCIL)
    says(girl, SCHOOL, Fact("absent", 26))
    says(boy, HOSPITAL, Fact("ATTENDED", 22))
    search = Search(
        "A child whose address must not be known",
        "Somebody who knows her name and birthday looks for Ellie. It could be anybody; it could be her mother's former partner.",
        ["--given", "Ellie", "--family", "Foster", "--dob", birthday.isoformat()],
        "No address, school, team or number of the family, from any partner: only whom to ring. Its address finds nobody.",
    )
    return Story(
        "refuge", "A family in a refuge", "Marked by one partner, unmarked by three.", homes, search=search
    )


def no_fixed_abode(stage: Stage) -> Story:
    """A young man between a hostel and the street."""
    hostel = communal(stage.near, 4, "hostel", "Station Street Project")
    man = stage.person("Lewis Tranter", "M", stage.born(19, 77))
    man.tags.append("nfa")
    home = stage.home("no-fixed-abode", [man], None, since=60, before=hostel)
    says(man, POLICE, Fact("ASB", 16, "SUSPECT"), Fact("OTHER", 90, "VICTIM"), home=None, left=None)
    says(man, HOSPITAL, Fact("ATTENDED", 15, "DNW"), Fact("ATTENDED", 70), home=hostel)
    says(man, COUNCIL, Fact("looked_after", 2000, end=440), Fact("leaver", 440), home=None)
    return Story(
        "no-fixed-abode",
        "No fixed abode",
        "Found as a person, at no address: a care leaver of nineteen.",
        [home],
    )


def site_and_boat(stage: Stage) -> Story:
    """A girl on a caravan site and a boy on a boat: homes without a UPRN."""
    site = communal(stage.near, 6, "pitch", "Bluebell Lane Caravan Site", mapped=False)
    mooring = communal(stage.near, 7, "mooring", "Narrowboat Curlew, Bottom Lock Moorings", mapped=False)
    mother = stage.person("Margaret Connors", "F", stage.born(30, 15), community="traveller")
    girl = stage.person("Shannon Connors", "F", stage.born(9, 250), community="traveller", mother=mother)
    father = stage.person("Robin Lockyer", "M", stage.born(45, 130))
    boy = stage.person("Rowan Lockyer", "M", stage.born(12, 180), father=father)
    homes = [
        stage.home("travellers-site", [mother, girl], site, since=200),
        stage.home("moorings", [father, boy], mooring, since=500),
    ]
    says(girl, SCHOOL, Fact("absent", 38))
    says(girl, HOSPITAL, Fact("ATTENDED", 48), Fact("ATTENDED", 20))
    says(mother, HOSPITAL, Fact("ATTENDED", 48))
    says(boy, SCHOOL, Fact("absent", 41))
    says(boy, COUNCIL, Fact("contact", 65, "2A", ref="EH"), Fact("early_help", 58))
    says(father, COUNCIL)
    says(father, POLICE, Fact("OTHER", 500, "VICTIM"))
    return Story(
        "site-and-boat", "Homes on no map", "A pitch and a mooring have no UPRN, and are homes.", homes
    )


def worker_at_home(stage: Stage) -> Story:
    """A social worker who lives in the borough, has a child at school here, and was the victim of a crime."""
    door = stage.door()
    worker = stage.person("Rukhsana Malik", "F", stage.born(42, 204), community="pakistani")
    worker.tags.append("staff")
    girl = stage.person("Hira Malik", "F", stage.born(14, 31), community="pakistani", mother=worker)
    home = stage.home("single-parent", [worker, girl], door, since=2500)
    says(worker, POLICE, Fact("OTHER", 230, "VICTIM"))
    says(worker, HOSPITAL, Fact("ATTENDED", 18))
    says(girl, SCHOOL, Fact("absent", 4), Fact("suspended", 120))
    says(girl, POLICE, Fact("SCHOOLS OFFICER", 118))
    return Story(
        "worker-at-home",
        "A worker who lives here",
        "Colleagues, and she herself, can look her up: the ledger will tell.",
        [home],
    )


STORIES = (refuge, no_fixed_abode, site_and_boat, worker_at_home)
