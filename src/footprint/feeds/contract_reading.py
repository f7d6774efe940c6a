"""Contracts from YAML: the ones that come with Footprint, and the partnership's own, which override them by name.

A mistake is told with its file, its line and what to write. Nothing that a contract says is silently ignored.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Final, get_args

from footprint.feeds.contract import (
    Cadence,
    Cohort,
    Contract,
    Every,
    Limits,
    Mode,
    Partner,
    SignOff,
    Thresholds,
)
from footprint.feeds.file_terms import Codes, read_file_terms
from footprint.feeds.terms import ContractError, Term, Terms, load
from footprint.records import DutyContact
from footprint.records.codes import SECTORS

SHIPPED: Final = Path(__file__).parent / "contracts"


def load_contracts(data: Path | None = None) -> dict[str, Contract]:
    """Return every contract by the name of its feed: those shipped, then DATA/contracts/*.yaml, which win.

    Raises ContractError, naming file and line, on the first that cannot be read.
    """
    return _shipped() | (_of_folder(data / "contracts") if data else {})


@cache
def _shipped() -> dict[str, Contract]:
    """Read once a process: they come with the program. A page of feeds asks for them several times, at 12 ms."""
    return _of_folder(SHIPPED)


def _of_folder(folder: Path) -> dict[str, Contract]:
    contracts = map(load_contract, sorted(folder.glob("*.yaml")))
    return {contract.feed: contract for contract in contracts}


def load_contract(path: Path) -> Contract:
    """Return the contract in the YAML file `path`. Raises ContractError, naming the line, where it says something else."""
    root = load(path)
    terms = Terms(root)
    codes = _codes(terms.may("codes"))
    instances = terms.may("instances")
    retention = terms.may("retention_months")
    one_number = terms.may("one_number_each")
    contract = Contract(
        feed=_feed_name(terms.need("feed")),
        title=terms.need("title").said(),
        partner=_partner(terms.need("partner")),
        instances=instances.truth() if instances else False,
        purpose=terms.need("purpose").texts(),
        basis=terms.need("basis").said(),
        signed_off=_sign_off(terms.need("signed_off")),
        cohort=_cohort(terms.need("cohort")),
        cadence=_cadence(terms.need("cadence")),
        mode=_mode(terms.need("mode")),
        keys=terms.need("keys").texts(),
        one_number_each=one_number.truth() if one_number else False,
        codes=codes,
        files=tuple(read_file_terms(item, codes) for item in terms.need("files").items()),
        retention_months=retention.whole() if retention else 36,
        thresholds=_thresholds(terms.may("gates")),
        limits=_limits(terms.may("limits")),
        path=str(path),
    )
    terms.done()
    _check_keys(contract, root)
    return contract


def _feed_name(term: Term) -> str:
    name = term.said()
    if "--" in name or not name.replace("-", "").isalnum() or name != name.lower():
        raise term.wrong(f"'{name}' cannot name a feed. Use small letters, figures and single hyphens.")
    return name


def _partner(term: Term) -> Partner:
    terms = Terms(term)
    duty = Terms(terms.need("duty"))
    partner = Partner(
        id=terms.need("id").said(),
        name=terms.need("name").said(),
        sector=terms.need("sector").one_of(SECTORS, "sector"),
        duty=DutyContact(
            team=duty.need("team").said(),
            phone=duty.need("phone").said(),
            hours=duty.need("hours").said(),
            fallback=duty.need("fallback").said(),
        ),
    )
    duty.done()
    terms.done()
    return partner


def _sign_off(term: Term) -> SignOff:
    terms = Terms(term)
    signed = SignOff(by=terms.need("by").said(), on=terms.need("on").day())
    terms.done()
    return signed


def _cohort(term: Term) -> Cohort:
    terms = Terms(term)
    everyone, age, has, related = False, 0, False, False
    for item in terms.need("any_of").items():
        for name, value in item.entries().items():
            if name == "everyone":
                everyone = value.truth()
            elif name == "age_under":
                age = value.whole()
            elif name == "has":
                has = bool(value.one_of(("involvement",), "thing to have"))
            elif name == "related_to":
                related = bool(value.one_of(("cohort",), "group to be related to"))
            else:
                raise value.wrong(
                    f"'{name}' is no test of a cohort. Tests are everyone, age_under, has and related_to."
                )
    terms.done()
    cohort = Cohort(everyone=everyone, age_under=age, has_involvement=has, related_to_cohort=related)
    if cohort == Cohort(related_to_cohort=related):
        raise term.wrong("nobody passes this cohort rule. Add age_under, has: involvement or everyone: true.")
    return cohort


def _cadence(term: Term) -> Cadence:
    terms = Terms(term)
    every = terms.need("every")
    hours = {name: terms.may(name) for name in ("stale_after_hours", "alarm_after_hours")}
    cadence = Cadence(
        every=_every(every),
        expected_by=_clock(terms.may("expected_by")),
        stale_after_hours=hours["stale_after_hours"].whole() if hours["stale_after_hours"] else 26,
        alarm_after_hours=hours["alarm_after_hours"].whole() if hours["alarm_after_hours"] else 50,
    )
    terms.done()
    if not 24 <= cadence.stale_after_hours <= cadence.alarm_after_hours:
        raise term.wrong("stale_after_hours is 24 or more, and alarm_after_hours not less than that.")
    return cadence


def _every(term: Term) -> Every:
    every: Every = term.one_of(get_args(Every), "cadence")  # type: ignore[assignment]
    return every


def _mode(term: Term) -> Mode:
    mode: Mode = term.one_of(get_args(Mode), "mode")  # type: ignore[assignment]
    return mode


def _clock(term: Term | None) -> dt.time:
    return term.clock() if term else dt.time(8)


def _thresholds(term: Term | None) -> Thresholds:
    if term is None:
        return Thresholds()
    terms = Terms(term)
    shares = {
        name: value.number()
        for name in Thresholds.__struct_fields__
        if name != "few" and (value := terms.may(name))
    }
    few = terms.may("few")
    terms.done()
    return Thresholds(**shares, few=few.whole() if few else Thresholds().few)


def _limits(term: Term | None) -> Limits:
    if term is None:
        return Limits()
    terms = Terms(term)
    limits = {name: value.whole() for name in Limits.__struct_fields__ if (value := terms.may(name))}
    terms.done()
    return Limits(**limits)


def _codes(term: Term | None) -> Codes:
    if term is None:
        return {}
    return {
        name: {code.strip().upper(): ours.text() for code, ours in listed.entries().items()}
        for name, listed in term.entries().items()
    }


def _check_keys(contract: Contract, root: Term) -> None:
    """Refuse a contract whose rows name a scheme that is not among its keys, or that gives no key at all."""
    for file in contract.files:
        own = file.rows[0]
        for scheme in own.keys:
            if scheme not in contract.keys:
                raise root.wrong(
                    f"file '{file.name}' names the key '{scheme}', which is not among 'keys'. Add it there."
                )
        if not own.keys and not (own.lookup or own.duty):
            raise root.wrong(
                f"file '{file.name}' has no key, so no row of it can be anchored. Say which column is the id."
            )
    if contract.instances and not any(file.header.get("instance") for file in contract.files):
        raise root.wrong("a contract with instances needs a header field 'instance' in one of its files.")


__all__ = ["SHIPPED", "ContractError", "load_contract", "load_contracts"]
