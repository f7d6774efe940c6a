"""What an agreement says of one kind with one partner, slow and obvious: every rule read again for every question."""

from footprint.sharing.agreement import Agreement
from footprint.sharing.policy import Ask
from footprint.sharing.roles import ROLES


def may_ask(agreement: Agreement, ask: Ask) -> bool:
    """Say whether anything may be asked at all."""
    if not agreement.valid.first <= ask.day <= agreement.valid.last:
        return False
    if ask.purpose not in agreement.purposes or ask.role not in ROLES:
        return False
    rights = {str(right) for right in ROLES[ask.role].rights}
    enough = {"ask": {"ask", "ask-own-pupils"}, "steward": {"steward"}}[agreement.purposes[ask.purpose].needs]
    return bool(rights & enough) and signed(agreement, ask.partner, ask.sector, ask.day)


def signed(agreement: Agreement, partner: str, sector: str, day) -> bool:
    """Say whether a partner has signed and not left."""
    for party in agreement.parties:
        is_it = party.sector == sector and (party.partner == "" or party.partner == partner)
        if is_it and party.signed_on <= day <= party.last:
            return True
    return False


def applies(rule, ask: Ask, provider: str, sector: str, kind: str) -> bool:
    """Say whether a rule is about this question."""
    who = rule.recipients
    if ask.role not in who.roles:
        return False
    if (who.partners or who.sectors) and ask.partner not in who.partners and ask.sector not in who.sectors:
        return False
    if rule.reasons != ("all",) and ask.purpose not in rule.reasons:
        return False
    if rule.kinds != ("all",) and kind not in rule.kinds:
        return False
    if not rule.first <= ask.day <= rule.last:
        return False
    return any(
        name in ("all", provider, sector) or (name == "own" and provider == ask.partner) for name in rule.of
    )


def level(agreement: Agreement, providers: dict[str, str], ask: Ask, provider: str, kind: str) -> str:
    """Return nothing, existence or content."""
    if not may_ask(agreement, ask) or provider not in providers:
        return "nothing"
    sector = providers[provider]
    if not signed(agreement, provider, sector, ask.day):
        return "nothing"
    about = [rule for rule in agreement.rules if applies(rule, ask, provider, sector, kind)]
    shared = {rule.level for rule in about if rule.effect == "share"}
    withheld = {rule.level for rule in about if rule.effect == "withhold"}
    if not shared or "existence" in withheld:
        return "nothing"
    return "existence" if "content" in withheld or shared == {"existence"} else "content"
