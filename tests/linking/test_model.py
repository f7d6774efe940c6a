"""A model is a dated file with a hash; one that does not fit the declared comparisons is refused with a sentence."""

from __future__ import annotations

import math

import msgspec
import pytest

from footprint.comparison import COMPARISONS, UNKNOWN
from footprint.linking import model
from footprint.linking.model import Levels, ModelError
from tests.linking.said import BY_HAND


def test_a_model_that_was_saved_is_the_same_with_the_same_hash(tmp_path):
    BY_HAND.save(tmp_path / "model.json")
    loaded = model.load(tmp_path / "model.json")
    assert loaded == BY_HAND
    assert loaded.label == f"by-hand-{BY_HAND.hash}"
    assert len((tmp_path / "model.json").read_text().splitlines()) > 50, "People read models, too."


def test_any_figure_changes_the_hash():
    assert msgspec.structs.replace(BY_HAND, prior=2e-5).hash != BY_HAND.hash
    place = Levels(BY_HAND.comparisons["place"].m, (0.0003, 0.0005, 0.001, 0.9982))
    changed = msgspec.structs.replace(BY_HAND, comparisons={**BY_HAND.comparisons, "place": place})
    assert changed.hash != BY_HAND.hash


def test_the_packaged_model_fits_and_speaks_for_what_agrees():
    packaged = model.load()
    assert packaged.comparisons.keys() == {comparison.name for comparison in COMPARISONS}
    for name in ("given", "family", "birth", "place", "identifier"):
        assert packaged.bits(name, 0) > 2, name
    for name in ("given", "birth"):
        assert packaged.bits(name, len(packaged.comparisons[name].m) - 1) < 0, name


def test_bits():
    assert BY_HAND.prior_bits == pytest.approx(math.log2(1e-5 / (1 - 1e-5)))
    assert BY_HAND.bits("sex", 0) == pytest.approx(math.log2(0.98 / 0.5))
    assert BY_HAND.bits("sex", UNKNOWN) == 0
    assert BY_HAND.bits("identifier", 1) == 0, (
        "Two partners that quote different numbers do not contradict each other."
    )
    fewer = msgspec.structs.replace(BY_HAND, comparisons={})
    assert fewer.bits("sex", 0) == 0


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("sex", Levels((0.9, 0.05, 0.05), (0.5, 0.5, 0.0))),
        ("sex", Levels((0.9, 0.1), (1.0,))),
        ("shoe size", Levels((0.9, 0.1), (0.5, 0.5))),
    ],
)
def test_a_model_of_another_declaration_is_refused(tmp_path, name, levels):
    other = msgspec.structs.replace(BY_HAND, comparisons={name: levels})
    other.save(tmp_path / "model.json")
    with pytest.raises(ModelError, match=f"another declaration of '{name}'"):
        model.load(tmp_path / "model.json")


@pytest.mark.parametrize("text", [None, "", "{}", "[1"])
def test_what_is_no_model_is_refused(tmp_path, text):
    path = tmp_path / "model.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ModelError, match="No model can be read"):
        model.load(path)
