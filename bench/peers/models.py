"""How Splink is set up as a peer: after its own documented examples, in its own comparison library.

`historical` and `febrl3` follow the examples of Splink's documentation for the very data sets (*Linking a dataset of real
historical persons*, *Deduplicating the febrl3 dataset*); `borough`, for which there is none, has the same comparisons on
our columns. The threshold for joining is the one that those examples cluster at, and was not chosen with labels in hand.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.splink_dataframe import SplinkDataFrame

JOIN_AT: Final = 0.95
SEED: Final = 1

Rule = Any
"""A blocking rule: SQL over `l` and `r`, or what `block_on` returns."""


class PeerModel(msgspec.Struct, frozen=True, kw_only=True):
    """Splink's set-up for one table: columns made first, what is compared, which pairs, and how it learns."""

    unique_id: str
    select: str
    comparisons: Callable[[], list[Any]]
    blocking: Sequence[Rule]
    certain: Sequence[Rule]
    certain_recall: float
    learn_on: Sequence[Rule]
    pairs_for_chance: float

    def settings(self) -> SettingsCreator:
        return SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name=self.unique_id,
            blocking_rules_to_generate_predictions=list(self.blocking),
            comparisons=self.comparisons(),
        )

    def train(self, table: SplinkDataFrame) -> Linker:
        """Return a linker that has learnt from the table itself, without labels."""
        linker = Linker(table, self.settings())
        training = linker.training
        training.estimate_probability_two_random_records_match(list(self.certain), recall=self.certain_recall)
        training.estimate_u_using_random_sampling(max_pairs=self.pairs_for_chance, seed=SEED)
        for rule in self.learn_on:
            training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True
            )
        return linker


def _by_frequency(column: str) -> Any:
    return cl.ExactMatch(column).configure(term_frequency_adjustments=True)


HISTORICAL: Final = PeerModel(
    unique_id="unique_id",
    select="*, first_name || ' ' || surname AS both_names",
    comparisons=lambda: [
        cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="both_names"),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.PostcodeComparison("postcode_fake"),
        _by_frequency("birth_place"),
        _by_frequency("occupation"),
    ],
    blocking=(
        block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
        block_on("surname", "dob"),
        block_on("first_name", "dob"),
        block_on("postcode_fake", "first_name"),
        block_on("postcode_fake", "surname"),
        block_on("dob", "birth_place"),
        block_on("substr(postcode_fake,1,3)", "dob"),
        block_on("substr(postcode_fake,1,3)", "first_name"),
        block_on("substr(postcode_fake,1,3)", "surname"),
        block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
    ),
    certain=(
        block_on("first_name", "surname", "dob"),
        block_on("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)"),
        block_on("dob", "postcode_fake"),
    ),
    certain_recall=0.6,
    learn_on=(block_on("first_name", "surname"), block_on("dob")),
    pairs_for_chance=1e7,
)

FEBRL3: Final = PeerModel(
    unique_id="rec_id",
    select="*",
    comparisons=lambda: [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
        _by_frequency("street_number"),
        _by_frequency("postcode"),
    ],
    blocking=(
        block_on("soc_sec_id"),
        block_on("given_name"),
        block_on("surname"),
        block_on("date_of_birth"),
        block_on("postcode"),
    ),
    certain=(
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
        "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
    ),
    certain_recall=0.9,
    learn_on=(block_on("date_of_birth"), block_on("postcode")),
    pairs_for_chance=1e6,
)

BOROUGH: Final = PeerModel(
    unique_id="record_id",
    select="*, given_name || ' ' || family_name AS both_names",
    comparisons=lambda: [
        cl.ForenameSurnameComparison("given_name", "family_name", forename_surname_concat_col_name="both_names"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True),
        cl.PostcodeComparison("postcode"),
        _by_frequency("street"),
        cl.ExactMatch("house_number"),
        cl.ExactMatch("phone"),
        cl.ExactMatch("nhs"),
        cl.ExactMatch("sex"),
    ],
    blocking=(
        block_on("given_name", "family_name"),
        block_on("family_name", "date_of_birth"),
        block_on("given_name", "date_of_birth"),
        block_on("postcode", "given_name"),
        block_on("nhs"),
    ),
    certain=(
        block_on("nhs"),
        block_on("given_name", "family_name", "date_of_birth"),
    ),
    certain_recall=0.7,
    learn_on=(block_on("given_name", "family_name"), block_on("date_of_birth")),
    pairs_for_chance=1e6,
)  # fmt: skip

MODELS: Final = {"historical": HISTORICAL, "febrl3": FEBRL3, "borough": BOROUGH}
