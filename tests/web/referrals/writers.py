"""Who writes referrals in tests, and what they write."""

from footprint.referrals.referral import Child, Concern, Referral, Referrer, Safety, Said, Voice, Words
from footprint.web.accounts.queries import actor_for

URGENT = Referral(
    who="Three children upstairs, the youngest about two",
    place="12 Alder Road, Walsall WS1 1AA",
    concern=Concern(wrong="Their mother was hit in front of them."),
    safety=Safety(danger_now=Said.YES),
    referrer=Referrer(name="Olga Birch", phone="01632 960001"),
)
ADA = Child(
    key="c1",
    name="Ada Birch",
    birthday="2017-04-01",
    nhs_number="943 476 5919",
    voice=Voice(noted=(Words(concept="words", text="I hid under the bed.", verbatim=True),)),
)


class Desk:
    """Somebody at work: their user, who they act as, and a window in which they are signed in."""

    def __init__(self, site, user):
        self.site, self.user = site, user
        self.client = site.client(user)
        self.actor = actor_for(user, self.client.session)

    def get(self, url):
        return self.client.get(url)

    def post(self, url, data=None, **more):
        return self.client.post(url, data or {}, **more)
