"""Of every field of referrals that could hold a word it is said whether somebody types it, and where it is masked then.

What is protected changes after words are written, so they are masked at each reading, but for whoever typed them: a mask on their
own page would tell them what is protected. A new field fails here until it is said where that is done.
"""

from django.apps import apps
from django.db import models

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
