"""The rows that measurements fill in by SQL fit the tables as they stand: a measure can't rot unseen."""

import re

from django.apps import apps

from tests.gates.files import expect_none, name_of, own_files

INSERT = re.compile(r"INSERT INTO (\w+)\s*\(([^()]*)\)")
JOINED = re.compile(r"\"\n +\"")
"""Where a sentence goes on in the next string."""


def _columns(table: str) -> tuple[set[str], set[str]] | None:
    """All columns of a table, and those that every row has to give; None for a table of no model."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            fields = model._meta.local_concrete_fields
            free = ("null", "primary_key", "generated")
            given = {
                each.column
                for each in fields
                if not each.has_db_default() and not any(getattr(each, name) for name in free)
            }
            return {each.column for each in fields}, given
    return None


def _wrong(table: str, named: set[str]) -> str:
    known = _columns(table)
    if known is None:
        return ""
    unknown, lacking = named - known[0], known[1] - named
    return " ".join([*(f"unknown:{each}" for each in unknown), *(f"not given:{each}" for each in lacking)])


def test_each_statement_of_a_measurement_gives_the_columns_that_its_table_has():
    found = [
        (name_of(file), table, {each.strip() for each in columns.split(",")})
        for file in own_files(
            "bench/*.py", "tests/**/test_plans.py", "tests/**/test_listing.py", "tests/**/test_searching.py"
        )
        for table, columns in INSERT.findall(JOINED.sub("", file.read_text("utf-8")))
    ]
    assert len(found) > 5
    expect_none(
        {f"{file}, {table}": wrong for file, table, named in found if (wrong := _wrong(table, named))},
        "Give the statement the columns that the model has now.",
    )


def test_a_column_that_has_gone_and_one_that_is_left_out_are_told():
    named = _columns("publishing_posttarget")[1]
    assert _wrong("publishing_posttarget", named) == ""
    assert _wrong("publishing_posttarget", named | {"picture_digest"}) == "unknown:picture_digest"
    assert _wrong("publishing_posttarget", named - {"text"}) == "not given:text"
