"""Of every field of referrals that could hold a word it is said whether somebody types it, and where it is masked then.

What is protected changes after words are written, so they are masked at each reading, but for whoever typed them: a mask on their
own page would tell them what is protected. A new field fails here until it is said where that is done.

To the type checker what stands in most of these fields is no text, but `Typed`: a presenter that hands it to a page as it stands
fails there. What the checker lets through is forbidden here: who takes it as it was typed, and a text with it inside.
"""

import ast
from pathlib import Path

from django.apps import apps
from django.db import models

import footprint.web.referrals

REFERRALS = Path(footprint.web.referrals.__file__).parent

#: Fields in which somebody types, here or in another system, and where what is read of them is masked.
TYPED = {
    "writing.queries.read_by and latest_said, protecting.as_recipients_read": {"Version": {"content"}},
    "its author alone reads it": {"Draft": {"content"}},
    "a guardian alone reads it": {"HeldSentence": {"text", "reason"}},
    "writing.queries.came_of, and presenters of the queue": {
        "Feedback": {"words", "points", "by_name"},
        "Step": {"words", "by_name"},
    },
    "desk.presenters.queue.sender_of, writing.presenters.referral": {"Referral": {"author", "team"}},
    "auditing.learning.queries": {"Briefing": {"title", "text"}},
    "auditing.sample.presenters.sample_page": {"Sample": {"seed"}},
    "desk.example_queries.examples": {"Example": {"lines"}},
    "desk.no_referral_queries.standing_rulings": {"NoReferral": {"words"}},
    "outbox.presenters": {"Attempt": {"sentence"}},
    "outbox.queries": {"RecordReference": {"reference"}, "Incoming": {"body"}},
    "nobody reads it: the author reads what feedback says": {"Marking": {"points"}},
}
#: Fields that could hold a word, and who says what stands there.
NOT_TYPED = {
    "a code, a key, a name or a stamp of ours": {
        "Assigned": {"side"},
        "Attempt": {"outcome", "by_name"},
        "Briefing": {"criterion"},
        "Dip": {"asset", "outcome", "child_heard", "prompt_used"},
        "Draft": {"id", "submission"},
        "Ended": {"key"},
        "DrawnReferral": {"kind"},
        "Example": {"criterion"},
        "Feedback": {"kind"},
        "HeldSentence": {"place", "kind", "decided"},
        "Incoming": {"key", "source", "record", "kind", "fingerprint", "receipt", "how"},
        "Marking": {"side", "criteria", "scale", "marks", "grade"},
        "NoReferral": {"reason"},
        "Outgoing": {"destination", "key", "kind", "standing"},
        "RecordReference": {"destination"},
        "Referral": {"id", "reference", "submission", "route", "state", "due_rule", "outcome"},
        "Sample": {"month", "frame", "pool"},
        "Step": {"verb", "part", "outcome", "reason"},
        "Version": {"submission", "receipt"},
    },
    "from whose record a value was taken": {"Draft": {"filled"}, "Version": {"filled"}},
    "figures and points, beside what the data folder says": {"Framework": {"version", "text"}},
    "a force's file, read by pattern": {
        "FilmedIncident": {"key", "kind", "team", "content"},
        "FootageFile": {"contract", "system", "sha256", "faults"},
        "NoReferral": {"key", "reference"},
    },
    "the mask, when it was written and again before it leaves": {"Outgoing": {"body"}},
    "typed, but folded to be found by, or kept, and shown to nobody": {
        "Attempt": {"reference"},
        "Mention": {"text"},
        "Referral": {"incident", "incident_key", "sender_key"},
        "Subject": {"key", "record", "nhs_number", "named", "home"},
    },
}

#: Where words of referrals, and words typed beside them, stand in other rooms, and where those are masked.
ELSEWHERE = {
    "cases.told.as_read_by": {"cases.Case": {"concerns"}},
    "cases.told.terms_of": {"cases.LookUp": {"terms"}},
    "notices.presenters, of the kinds that are typed": {"notices.Notice": {"sentence"}},
}


def test_what_stands_elsewhere_is_still_there():
    listed = {model: names for of in ELSEWHERE.values() for model, names in of.items()}
    found = {
        model: {field.name for field in apps.get_model(model)._meta.get_fields()} & names
        for model, names in listed.items()
    }
    assert found == listed


#: Names of fields that are `Typed`, but those that are called as much else is.
CHECKED = {"words", "points", "sentence", "seed", "author"}
#: Who takes words as they were typed, and why. No presenter, view or form is among them.
AS_TYPED = {
    "protecting.py": "it masks them",
    "standing.py": "the core's step, which `desk.queries` and `came_of` hand to whoever masks it",
    "services.py": "a name that is kept as it stood",
    "outbox/rows.py": "from which it follows when to try again",
    "outbox/services.py": "a decision, masked as it is written for each system",
    "outbox/inbox.py": "compared with what came in",
    "auditing/sample/services.py": "the seed, from which is drawn",
    "desk/sample/bulk.py": "invented",
}


def modules():
    found = [path for path in sorted(REFERRALS.rglob("*.py")) if "migrations" not in path.parts]
    assert len(found) > 100
    return [(path.relative_to(REFERRALS).as_posix(), ast.parse(path.read_text())) for path in found]


def test_words_are_taken_as_they_were_typed_by_these_alone():
    taking = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "as_typed" in {one.name for one in node.names}
    }
    assert taking == AS_TYPED.keys()


def told(node):
    """What stands in a text that is made here: in an f-string, in "{}".format(...), in str(...)."""
    if isinstance(node, ast.FormattedValue):
        return [node.value]
    called = getattr(node, "func", None)
    name = getattr(called, "attr", getattr(called, "id", ""))
    return node.args if isinstance(node, ast.Call) and name in {"format", "str", "cast"} else []


#: What has such a name and is no row's: it was masked where the row was read.
MASKED = {"desk/presenters/team.py: ruling.words", "outbox/presenters.py: one.words"}


def test_no_text_has_words_inside_that_nobody_masked():
    found = {
        f"{name}: {ast.unparse(one)}"
        for name, tree in modules()
        for node in ast.walk(tree)
        for one in told(node)
        if isinstance(one, ast.Attribute) and one.attr in CHECKED
    }
    assert found == MASKED


def test_of_every_field_it_is_said_whether_somebody_types_it():
    could = models.CharField | models.TextField | models.JSONField | models.BinaryField
    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("referrals").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, could)
    }
    listed = [
        f"{model}.{name}"
        for of in (*TYPED.values(), *NOT_TYPED.values())
        for model, names in of.items()
        for name in names
    ]
    assert len(listed) == len(set(listed))
    assert sorted(found - set(listed)) == [], (
        "say under TYPED where it is masked, or under NOT_TYPED who says it"
    )
    assert sorted(set(listed) - found) == []
