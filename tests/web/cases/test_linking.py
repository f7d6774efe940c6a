"""Which signed links hold. Whatever is changed in one, and whoever made it, it holds as it was signed or not at all."""

import datetime as dt
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.web.cases import linking, services
from footprint.web.cases.linking import LinkedSystemsError, LinkError, link_of, linked_systems
from tests.web.cases.links import SECRET, claims, connect, token

NOW = dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC)
GUIDE = (Path(__file__).parents[3] / "docs" / "linking-from-another-system.md").read_text(encoding="utf-8")
CARE = {"iss": "childrens-social-care"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    data = tmp_path_factory.mktemp("linked")
    connect(data)
    return data


def refusal(text, data, now=NOW):
    with pytest.raises(LinkError) as refused:
        link_of(text, data, now)
    return refused.value.code


def test_a_link_signed_with_a_shared_secret_holds(data):
    link = link_of(token(claims(NOW)), data, NOW)
    assert (link.system.name, link.system.partner) == ("Niche", "police")
    assert (link.reference, link.purpose) == ("CR-2026-0117", "front-door")
    assert link.expires == NOW + dt.timedelta(minutes=5)


def test_a_link_signed_with_a_private_key_holds(data):
    link = link_of(token(claims(NOW, **CARE), algorithm="EdDSA", system="liquidlogic"), data, NOW)
    assert link.system.partner == "childrens-social-care"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"exp": int(NOW.timestamp())}, "expired"),
        ({"exp": int(NOW.timestamp()) - 3600}, "expired"),
        ({"exp": int(NOW.timestamp()) + 3600}, "too-long"),
        ({"exp": 10**20}, "expiry"),
        ({"exp": -(10**15)}, "expiry"),
        ({"iss": "childrens-social-care"}, "partner"),
        ({"jti": "short"}, "nonce"),
        ({"jti": "with spaces in it, and marks"}, "nonce"),
        ({"ref": "Leyla Hussain 2015"}, "reference"),
        ({"ref": ""}, "reference"),
        ({"name": "Leyla Hussain"}, "no-link"),
        ({"ref": None}, "no-link"),
        ({"jti": None}, "no-link"),
        ({"exp": None}, "no-link"),
        ({"exp": "soon"}, "no-link"),
    ],
)
def test_what_a_link_may_not_say(data, changed, why):
    assert refusal(token(claims(NOW, **changed)), data) == why


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ({"alg": "none", "kid": "niche"}, "signature"),
        ({"alg": "EdDSA", "kid": "niche"}, "signature"),
        ({"alg": "HS256", "kid": "liquidlogic"}, "signature"),
        ({"alg": "HS256", "kid": "nobody"}, "unknown-system"),
        ({"alg": "HS256"}, "no-link"),
        ({"alg": "HS256", "kid": "niche", "jku": "https://keys.example.invalid"}, "no-link"),
    ],
)
def test_a_link_does_not_choose_how_it_is_checked(data, header, why):
    assert refusal(token(claims(NOW), header=header), data) == why


def test_the_public_key_is_no_shared_secret(data):
    public = (data / "keys" / "liquidlogic.pem").read_bytes()
    forged = token(claims(NOW, **CARE), system="liquidlogic", key=public)
    assert refusal(forged, data) == "signature"


def test_one_system_signs_for_no_other(data):
    assert refusal(token(claims(NOW, **CARE), key=SECRET), data) == "partner"


@given(st.integers(min_value=0), st.sampled_from("abcXYZ019-_."))
def test_no_letter_of_a_link_can_be_changed(data, place, letter):
    good = token(claims(NOW, jti="a-nonce-of-this-test"))
    place %= len(good)
    if good[place] != letter:
        assert refusal(good[:place] + letter + good[place + 1 :], data)


def test_the_last_letter_of_a_link_has_one_spelling_alone(data):
    # Its two lowest bits say nothing, so three other letters would stand for the same signature.
    good = token(claims(NOW))
    for letter in string.ascii_letters + string.digits + "-_":
        if letter != good[-1]:
            assert refusal(good[:-1] + letter, data)


@given(st.text(max_size=300))
def test_no_text_but_a_link_is_one(data, text):
    assert refusal(text, data)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "=.=.=", "e30.e30.", "é.é.é", "x" * 5000])
def test_broken_links_are_refused(data, text):
    assert refusal(text, data) == "no-link"


def test_without_the_file_there_are_no_systems(tmp_path):
    assert linked_systems(tmp_path) == {}
    assert refusal(token(claims(NOW)), tmp_path) == "unknown-system"


@pytest.mark.parametrize(
    "text", ["[{id: a}]", "a: [", "- {id: a, name: A, partner: b, algorithm: RS256, key_file: k}"]
)
def test_a_file_that_cannot_be_used_says_what_to_write(tmp_path, text):
    (tmp_path / "linked-systems.yaml").write_text(text)
    with pytest.raises(LinkedSystemsError, match="Write a list of systems"):
        linked_systems(tmp_path)


def test_a_secret_that_is_short_absent_or_readable_by_all_is_the_operators_to_mend(tmp_path):
    connect(tmp_path)
    secret = tmp_path / "keys" / "niche.secret"
    secret.write_bytes(b"too short")
    with pytest.raises(LinkedSystemsError, match="fewer than 32"):
        link_of(token(claims(NOW)), tmp_path, NOW)
    secret.chmod(0o644)
    with pytest.raises(LinkedSystemsError, match="can be read by others"):
        link_of(token(claims(NOW)), tmp_path, NOW)
    secret.unlink()
    with pytest.raises(LinkedSystemsError, match="cannot be read"):
        link_of(token(claims(NOW)), tmp_path, NOW)


def test_a_key_file_that_holds_no_public_key_is_the_operators_to_mend(tmp_path):
    connect(tmp_path)
    (tmp_path / "keys" / "liquidlogic.pem").write_text("no key")
    with pytest.raises(LinkedSystemsError, match="no Ed25519 public key"):
        link_of(token(claims(NOW, **CARE), algorithm="EdDSA", system="liquidlogic"), tmp_path, NOW)


# ---- the guide for whoever makes such links


def test_the_guides_example_makes_the_guides_token_and_it_holds(data):
    (program,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    (printed,) = re.findall(r"^eyJ[A-Za-z0-9_.-]+$", GUIDE, re.MULTILINE)
    names = {}
    exec(program, names)  # noqa: S102 - the guide's own program, which a reader will run too
    made = names["token"](
        "CR-2026-0117", "front-door", now=NOW.timestamp(), nonce="c2l4dGVlbi1ieXRlcyEh", secret=SECRET
    )
    assert made == printed
    assert f"now={int(NOW.timestamp())}" in GUIDE
    link = link_of(printed, data, NOW)
    assert (link.reference, link.purpose, link.nonce) == (
        "CR-2026-0117",
        "front-door",
        "c2l4dGVlbi1ieXRlcyEh",
    )


def test_the_guide_has_every_word_for_a_refusal_and_no_other():
    source = "".join(Path(module.__file__).read_text() for module in (linking, services))
    used = set(re.findall(r'LinkError\("([a-z-]+)"\)', source))
    told = set(
        re.findall(r"^\| .* \| `([a-z-]+)` \|$", GUIDE.partition("## What Footprint checks")[2], re.MULTILINE)
    )
    assert used == told


def test_the_guides_systems_can_be_read(tmp_path):
    (written,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "linked-systems.yaml").write_text(written, encoding="utf-8")
    assert list(linked_systems(tmp_path)) == ["niche", "liquidlogic"]
