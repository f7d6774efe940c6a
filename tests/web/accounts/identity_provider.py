"""A partner's identity provider for tests: a real server of OpenID Connect in this process, a site that knows it, and the way."""

import warnings
from unittest import mock
from urllib.parse import urlsplit

import jwt
import pytest
import requests
import yaml

# The server is a program of its own, which merely runs in this process: it may be built on what will change.
with warnings.catch_warnings():
    import authlib.deprecate

    warnings.simplefilter("ignore")  # after it: that module puts its own warnings in front
    from oidc_provider_mock import User as Subject
    from oidc_provider_mock import _app, run_server_in_thread
    from oidc_provider_mock._storage import Storage

#: For modules that use the server: what it is built on will change, and says so.
WARNS = [
    pytest.mark.filterwarnings(f"ignore::{authlib.deprecate.__name__}.AuthlibDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]

BEGIN = "/account/sign-in/with/social-care/"
RETURN = f"{BEGIN}return/"
NOT_SIGNED_IN = "did not lead to an account here"
STRONG = {"amr": ["pwd", "mfa"]}


def subject(name, email, **claims):
    return Subject(sub=name, claims={"email": email, "email_verified": True, **claims})


@pytest.fixture(scope="module")
def people():
    """Whom the provider knows, and what it says of each."""
    return {
        one.sub: one
        for one in (
            subject("s-ana", "ana@council.example", **STRONG),
            subject("s-plain", "ana@council.example"),
            subject("s-acr", "ana@council.example", acr="phr"),
            subject("s-text", "ana@council.example", amr="mfa"),
            subject("s-other", "ana@police.example", **STRONG),
            subject("s-unverified", "ana@council.example", email_verified=False, **STRONG),
            subject("s-nobody", "nobody@council.example", **STRONG),
            subject("s-officer", "officer@council.example", **STRONG),
            subject("s-closed", "closed@council.example", **STRONG),
            Subject(sub="s-silent", claims=dict(STRONG)),
        )
    }


class Provider:
    """A real server, and what it alone knows: its signing key."""

    def __init__(self, address, jwk):
        self.address, self.key, self.kid = address, jwk.get_private_key(), jwk.as_dict(add_kid=True)["kid"]

    def signed(self, claims):
        return jwt.encode(claims, self.key, "RS256", {"kid": self.kid})


@pytest.fixture(scope="module")
def provider(people):
    storage = Storage()
    remembered = mock.patch.object(_app, "Storage", return_value=storage)
    with remembered, run_server_in_thread(user_claims=list(people.values()), require_nonce=True) as running:
        yield Provider(f"http://localhost:{running.server_port}", storage.jwk)


@pytest.fixture
def server(provider):
    return provider.address


@pytest.fixture
def configured(site, server):
    """A site whose council has the server for its identity provider; a function writes the file anew."""

    def write(**changes):
        said_of_it = {
            "id": "social-care",
            "name": "Council sign-in",
            "partner": "childrens-social-care",
            "issuer": server,
            "client": "footprint",
            "secret_file": "keys/social-care.secret",
            "match": "email",
            "domains": ["council.example"],
            "strong": {"amr": ["mfa"], "acr": ["phr"]},
        } | changes
        secret = site.data / "keys" / "social-care.secret"
        secret.write_text("a shared secret\n")
        secret.chmod(0o600)
        (site.data / "identity-providers.yaml").write_text(yaml.safe_dump([said_of_it]))
        return said_of_it

    write()
    site.write_provider = write
    return site


@pytest.fixture
def ana(configured):
    return configured.user(
        "data-steward", "childrens-social-care", username="ana", email="Ana@Council.Example"
    )


def begin(client, **asked):
    """Go to the provider; return its address as it was asked for."""
    response = client.get(BEGIN, asked)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def consent(there, who):
    """Let somebody sign in at the provider; return the address to which it sends them back."""
    answered = requests.post(there, data={"sub": who}, allow_redirects=False, timeout=10)
    assert answered.status_code == 302, answered.text
    return answered.headers["Location"]


def come_back(client, back):
    """Follow the provider's redirect, and return what the site answers."""
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def sign_in(client, who, **asked):
    return come_back(client, consent(begin(client, **asked), who))


def refusals(site):
    return [entry.leaf.facts["why"] for entry in site.entries(action="sign-in", kind="refusal")]
