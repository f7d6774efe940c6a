"""Scenario 1 to its end: a steward's wrong *same*, opened by two users, doubted, split, told, breached, barred, and undone.

| clause                                                | where                                                              |
| ----------------------------------------------------- | ------------------------------------------------------------------ |
| a wrong link, disputed, is undone                     | it is doubted: they stand apart at once, for everybody             |
| everybody who saw or received it since is listed      | the breach lists both users, the print and the summary             |
| ... and notified                                      | each by a notice on the page and by an e-mail that names nobody    |
| the pair is barred from relinking without a steward   | after the next publishing, and after another wish to join them     |
| ... and a steward can undo that                       | taken back, and settled as one, they are one after publishing      |
"""

import pytest

from footprint.web.identity.models import Breach, Dispute
from footprint.web.ledger.store import decisions
from footprint.web.notices.models import Notice
from footprint.web.notices.outbox import State, deliver
from tests.web.identity.conftest import begun
from tests.web.identity.scene import SUSPECT, VICTIM, said, two_women
from tests.web.identity.test_settling import settle, take_back


@pytest.fixture
def town(site, published):
    """The two women as they are, before anybody joins them."""
    yield from begun(site, published, two_women)


def test_a_wrong_link_is_undone_told_and_barred_until_a_steward_undoes_that(town, mail):
    town.site.set(MAIL=mail.url, MAIL_FROM="footprint@council.test", SITE="https://footprint.council.test")

    # Given two women of one name and birthday, whom a steward joins by mistake
    assert town.between(VICTIM, SUSPECT) == "possible"
    wrong = town.decide("same", "--one", VICTIM, "--other", SUSPECT)
    town.publish()
    assert town.between(VICTIM, SUSPECT) == "joined"

    # and two users who open her, one of whom takes a summary away
    assert town.worker.opens(VICTIM).status_code == 200
    assert town.officer.opens(SUSPECT).status_code == 200
    assert town.officer.client.get(town.officer.url(SUSPECT, "summary/")).status_code == 200

    # When one of them says that it is not her
    town.worker.says_not_them(VICTIM, SUSPECT, reason="She lives at Mill Lane; Elm Road is another woman.")

    # Then they stand apart at once, for everybody
    assert town.between(VICTIM, SUSPECT) == "possible"
    page = town.officer.opens(SUSPECT).content.decode()
    assert "Disputed" in page
    assert "victim" not in said(town.officer.client.get(town.officer.url(SUSPECT, "summary/"))).lower()

    # and both are told, on the page and by an e-mail that names nobody
    for desk in (town.worker, town.officer):
        (notice,) = Notice.objects.filter(membership=desk.membership)
        assert notice.sentence in said(desk.client.get("/notices/"))
    deliver()
    recipients = {recipient for recipients, _ in mail.taken for recipient in recipients}
    assert recipients == {"wendy@council.test", "omar@police.test"}
    for _, made in mail.taken:
        for word in ("Amandeep", "Kaur", "CRU-77", "CR-2026", "Mill", "Wendy", "Omar"):
            assert word not in made.as_string()

    # and the next publishing does not join them, though the wrong ruling stands
    town.publish()
    assert town.between(VICTIM, SUSPECT) == "possible"

    # When a steward settles that they are two
    settle(town, "different")

    # Then a breach lists both users and every way in which they were shown it
    breach = Breach.objects.get()
    shown = {(one.membership.user.name, one.how) for one in breach.shown.all()}
    assert shown >= {("Wendy Alder", "opened"), ("Omar Birch", "opened"), ("Omar Birch", "printed")}
    text = said(town.lead.get(f"/breaches/{breach.pk}/"))
    assert "shown to 2 users" in text
    assert "Kaur" not in text

    # and nothing joins them again: no publishing, no wish
    town.publish()
    assert town.between(VICTIM, SUSPECT) == "apart"
    town.decide("same", "--one", VICTIM, "--other", SUSPECT)
    town.publish()
    assert town.between(VICTIM, SUSPECT) == "apart"

    # Until a steward takes it back
    take_back(town)
    town.publish()
    assert town.between(VICTIM, SUSPECT) == "possible"
    settle(town, "same")
    assert Dispute.objects.count() == 1
    assert next(one.id for one in decisions().all("town") if one.kind == "same") == wrong["id"]
    town.publish()
    assert town.between(VICTIM, SUSPECT) == "joined"
    deliver()
    assert set(town_states()) <= {State.SENT, State.NOT_NEEDED, State.NO_ADDRESS}


def town_states():
    from footprint.web.notices.queries import states_of_mail

    return states_of_mail()
