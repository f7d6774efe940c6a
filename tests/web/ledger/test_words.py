"""Every action that the pages enter has words: found in the source, from where entries are made to where actions are named."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import footprint
from footprint.referrals.states import Verb
from footprint.web.identity.states import BreachStep, State
from footprint.web.ledger.words import ACTIONS
from footprint.web.protection.alerts.observing import BEHIND
from footprint.web.referrals.desk import holding_services
from footprint.web.referrals.outbox import inbox

SOURCE = Path(footprint.__file__).parents[1]
ENTRY = "footprint.ledger.Event"
#: Where an action is put together when it is entered, and what it can be.
MADE = {
    ("feeds.services", "f'feed {change.kind}'"): {"feed released"},
    ("identity.breaching", "f'breach-{step.value}'"): {f"breach-{step.value}" for step in BreachStep},
    ("identity.deciding", "after.value"): {State.UNCLEAR, State.DIFFERENT, State.SAME},
    ("identity.services", "OPENED[said].makes"): {"disputed"},
    ("protection.guarding.asking_views", "BEHIND"): {BEHIND},
    ("referrals.desk.holding_services", "f'sentence-{after}'"): {
        f"sentence-{after}" for after in holding_services.AFTER
    },
    ("referrals.outbox.inbox", "f'inbox-{row.kind}'"): {f"inbox-{kind}" for kind in inbox._KINDS},
    ("referrals.desk.services", "action"): {f"referral-{verb}" for verb in Verb},
}


@cache
def modules():
    paths = [path for path in (SOURCE / "footprint/web").rglob("*.py") if "migrations" not in path.parts]
    names = (".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in paths)
    return {name: ast.parse(path.read_text()) for name, path in zip(names, paths, strict=True)}


@cache
def known_in(module):
    """What a module's own functions and what it imports are called in full."""
    found = {}
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.ImportFrom):
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return found | {
        node.name: f"{module}.{node.name}"
        for node in modules()[module].body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def calls():
    """Every call by the full name of what is called: the module, the function that it stands in, and the call."""
    found = defaultdict(list)
    for module, tree in modules().items():
        within = {}
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                within |= dict.fromkeys(ast.walk(function), function)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (name := called(module, node.func)):
                found[name].append((module, within.get(node), node))
    return found


def called(module, what):
    if isinstance(what, ast.Name):
        return known_in(module).get(what.id, "")
    if isinstance(what, ast.Attribute) and isinstance(what.value, ast.Name):
        return f"{known_in(module).get(what.value.id, '')}.{what.attr}"
    return ""


def alternatives(node):
    if isinstance(node, ast.IfExp):
        return [*alternatives(node.body), *alternatives(node.orelse)]
    if isinstance(node, ast.BoolOp):
        return [found for value in node.values for found in alternatives(value)]
    return [node]


def entered():
    """Return every action, followed through the functions that are handed one; and where it is put together."""
    actions, made = set(), set()
    ways, seen = [(ENTRY, -1, "action")], {ENTRY}
    while ways:
        name, place, parameter = ways.pop()
        for module, function, call in calls()[name]:
            handed = [one.value for one in call.keywords if one.arg == parameter]
            (given,) = handed or call.args[place : place + 1]
            for one in alternatives(given):
                parameters = [each.arg for each in function.args.args] if function else []
                if isinstance(one, ast.Constant):
                    actions.add(one.value)
                elif isinstance(one, ast.Name) and one.id in parameters:
                    writer = f"{module}.{function.name}"
                    if writer not in seen:
                        seen.add(writer)
                        ways.append((writer, parameters.index(one.id), one.id))
                else:
                    made.add((module.removeprefix("footprint.web."), ast.unparse(one)))
    return actions, made


def test_every_action_that_the_pages_enter_has_words_and_no_words_are_left_over():
    actions, made = entered()
    assert made == set(MADE)
    assert actions.union(*MADE.values()) == set(ACTIONS)
