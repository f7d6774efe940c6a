"""The site of one test: a data folder, a database, a partnership with its partners, users in their roles, and clients.

`site.user("social-work-decision-maker")` makes a user; `site.client(user)` is that user signed in; `site.entries()` is what
the ledger then holds.
"""

import copy
import datetime as dt
import time
from functools import lru_cache
from pathlib import Path
from unittest import mock

from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from footprint.cli import session as command_line
from footprint.sharing.roles import ROLES
from footprint.web.accounts.models import Membership, Partner, Partnership, User
from footprint.web.accounts.session_words import CHOSEN, STEPS, STEPS_OF, STRENGTH
from footprint.web.ledger.store import ledger
from tests.web.django_here import forget
from tests.web.once import copy_data

#: Partners by their code, as the feeds name them: name and sector.
PARTNERS = {
    "childrens-social-care": ("Children’s social care", "childrens-social-care"),
    "police": ("Police", "police"),
    "acute-trust": ("Acute trust", "acute-trust"),
    "school-9282001": ("Alder Primary School", "school"),
    "school-9282002": ("Birch Primary School", "school"),
    "early-help": ("Early help", "early-help"),
    "partnership": ("The partnership’s own office", "partnership"),
}
#: Where somebody in a role works, unless a test says otherwise.
AT = {
    "frontline": "police",
    "police-supervisor": "police",
    "central-referral-unit": "police",
    "navigator": "acute-trust",
    "school-lead": "school-9282001",
    "early-help": "childrens-social-care",
    "exploitation-analyst": "police",
    "independent-auditor": "partnership",
    "overseer": "partnership",
    "administrator": "partnership",
}
PASSWORD = "a quiet lane of alders"
#: The steps of a sign-in of each strength.
_PASSWORD, _CODE = {"method": "password"}, {"method": "mfa", "type": "totp"}
_STEPS = {
    "password": [_PASSWORD],
    "password+totp": [_PASSWORD, _CODE],
    "passkey": [{"method": "mfa", "type": "webauthn", "passwordless": True}],
    "oidc": [{"method": "oidc", "mfa": False}],
    "oidc+mfa": [{"method": "oidc", "mfa": True}],
    "demo": [{"method": "demo"}],
}
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Site:
    """One installation. `kind` is its database, `data` its folder, `database` what FOOTPRINT_DATABASE would say."""

    def __init__(self, kind, data: Path, database: str):
        self.kind, self.data, self.database = kind, data, database
        self.address = ""
        self._overridden, self._opened = [], []

    # ---- what stands in it

    @property
    def partnership(self) -> Partnership:
        """The one partnership, under the id that the data folder's `partnership.yaml` gives it."""
        from footprint.sharing.partnership import partnership_of

        found = partnership_of(self.data)
        made, _ = Partnership.objects.get_or_create(id=found.id, defaults={"name": found.name})
        return made

    def partner(self, code="childrens-social-care", *, name="", sector="", lead_email="") -> Partner:
        """The partner of this code, made now if there is none."""
        known = PARTNERS.get(code, (code.replace("-", " ").capitalize(), code))
        made, _ = Partner.objects.get_or_create(
            partnership=self.partnership,
            code=code,
            defaults={"name": name or known[0], "sector": sector or known[1], "lead_email": lead_email},
        )
        return made

    def user(self, role="social-work-decision-maker", partner="", *, declared=True, **named) -> User:
        """A new user who holds this role at a partner from last year on. Named: username, name, email, password, team ..."""
        number = User.objects.count() + 1
        membership = {field: named.pop(field) for field in ("team", "starts", "ends") if field in named}
        password = named.pop("password", None)
        fields = {"username": f"{role}-{number}", "name": f"{ROLES[role].label.split()[0]} {_word(number)}"}
        fields |= {"declared_at": timezone.now() if declared else None} | named
        user = User.objects.create_user(password=None if password == PASSWORD else password, **fields)
        if password == PASSWORD:
            user.password = _hash()
            user.save(update_fields=["password"])
        self.membership(user, role, partner, **membership)
        return user

    def membership(self, user, role, partner="", *, team="", starts=None, ends=None) -> Membership:
        """One more membership of a user."""
        return Membership.objects.create(
            user=user,
            partner=self.partner(partner or AT.get(role, "childrens-social-care")),
            role=role,
            team=team,
            starts=starts or timezone.localdate() - dt.timedelta(days=365),
            ends=ends,
        )

    # ---- who looks at it

    def client(self, user=None, *, strength="password+totp", membership=None, recently=True) -> Client:
        """A browser's stand-in; with a user, signed in as them without asking for a password.

        `strength` is how they signed in, `recently` whether within the last quarter of an hour.
        """
        client = Client()
        if user is None:
            return client
        client.force_login(user, backend=_BACKEND)
        session = client.session
        session[STRENGTH] = strength
        session[CHOSEN] = (membership or user.memberships.order_by("pk").first()).pk
        at = time.time() - (0 if recently else 16 * 60)
        session[STEPS] = [{**step, "at": at} for step in _STEPS[strength]]
        session[STEPS_OF] = str(user.pk)
        session.save()
        UserSession.objects.create(
            user=user, session_key=session.session_key, ip="127.0.0.1", user_agent="a test"
        )
        assert session[BACKEND_SESSION_KEY] == _BACKEND
        return client

    def entries(self, **filters):
        """What the ledger holds, newest last, personal values opened."""
        return ledger().entries(limit=10_000, reveal=True, **filters)

    # ---- its data and settings

    def use(self, world):
        """Put what a town of named people published into this site's data folder, and return the town as it is here.

        Its commands (`decide`, `command`) and further mornings work on this site's own data and database. A town is
        published once a process, by the fixture `published`; a data folder, such as the fixture `borough`, does as well.
        """
        copy_data(world if isinstance(world, Path) else world.data, self.data)
        forget()
        if isinstance(world, Path):
            return None
        here = copy.deepcopy(world)
        here.data, here.folder = self.data, self.data.parent
        self._remember_connections()
        return here

    def _remember_connections(self):
        # A command leaves its connection to the end of its process, which here is not the end.
        opening = command_line.open_database

        def remembered(*where):
            self._opened.append(opening(*where))
            return self._opened[-1]

        patch = mock.patch.object(command_line, "open_database", remembered)
        patch.start()
        self._overridden.append(patch.stop)

    def set(self, **changes):
        """Change settings until the test ends."""
        override = override_settings(**changes)
        override.enable()
        self._overridden.append(override.disable)

    def close(self):
        """Put the settings back, and close what was opened."""
        while self._overridden:
            self._overridden.pop()()
        for connection in self._opened:
            connection.close()


@lru_cache(maxsize=1)
def _hash():
    """PASSWORD as it is kept, made once a process: that takes its time on purpose."""
    return make_password(PASSWORD)


def _word(number):
    return "Amber Birch Cedar Dale Elm Fern Grove Heath Ivy Juniper".split()[number % 10] + (
        f" {number // 10 + 1}" if number >= 10 else ""
    )


def signed_in_as(client):
    """The user whose session a client carries, or None."""
    found = client.session.get("_auth_user_id")
    return User.objects.get(pk=found) if found else None
