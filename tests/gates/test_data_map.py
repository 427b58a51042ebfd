"""The data map is of these models and of this code: nothing is missing or made up."""

import sys

from schoolgate.core.data_map import load
from schoolgate.core.data_map.checks import (
    all_models,
    claims_of_nothing,
    claims_without_the_right,
    not_in_step,
)
from tests.gates.files import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import data_protection


def test_every_field_of_every_table_is_classified_and_none_that_is_gone():
    assert list(not_in_step(load(), all_models())) == []


def test_whatever_is_said_to_end_something_exists_and_counts_the_days_that_are_said():
    assert list(claims_of_nothing(load())) == []


def test_what_the_program_is_said_to_remove_or_empty_its_role_may():
    assert list(claims_without_the_right(load(), all_models())) == []


def test_every_way_of_ending_is_used():
    said = load()
    used = {field.ends for field in said.fields()} | {place.ends for place in said.places.values()}
    assert set(said.endings) - used == set()


def test_the_pages_are_as_the_program_has_them():
    """`make data-protection` writes them anew; the notice's Welsh is that of its part of the catalogue."""
    there = {path.name: path.read_text("utf-8") for path in data_protection.PAGES.glob("*.md")}
    assert {name for name, text in data_protection.pages().items() if there.get(name) != text} == set()
