"""The data map is of these models and of this code: nothing is missing or made up."""

import sys

from schoolgate.core.data_map.checks import (
    all_models,
    claims_of_nothing,
    claims_without_the_right,
    not_in_step,
)
from schoolgate.core.data_map.entries import load
from tests.gates.files import ROOT, expect_none

sys.path.insert(0, str(ROOT / "scripts"))
import data_protection

TABLES = "schoolgate/core/data_map/tables/<room>.yaml"


def test_every_field_of_every_table_is_classified_and_none_that_is_gone():
    expect_none(not_in_step(load(), all_models()), f"Say it, or take it out, in {TABLES}.")


def test_whatever_is_said_to_end_something_exists_and_counts_the_days_that_are_said():
    expect_none(claims_of_nothing(load()), f"Name in {TABLES} what there is, with its days.")


def test_what_the_program_is_said_to_remove_or_empty_its_role_may():
    expect_none(
        claims_without_the_right(load(), all_models()),
        f"Give the model the right in its `app_may`, or say in {TABLES} what ends it otherwise.",
    )


def test_every_way_of_ending_is_used():
    said = load()
    used = {field.ends for field in said.fields()} | {place.ends for place in said.places.values()}
    expect_none(
        set(said.endings) - used, "No field ends so any more: take it out of endings.yaml of the data map."
    )


def test_the_pages_are_as_the_program_has_them():
    """`make data-protection` writes them anew; the notice's Welsh is that of its part of the catalogue."""
    there = {path.name: path.read_text("utf-8") for path in data_protection.PAGES.glob("*.md")}
    other = {name for name, text in data_protection.pages().items() if there.get(name) != text}
    expect_none(other, "Run `make data-protection` and commit the pages of docs/data-protection.")
