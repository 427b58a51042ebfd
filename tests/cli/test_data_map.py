"""`schoolgate data-map`: structure without a database, numbers of one federation with one, never a row."""

import argparse
import csv
import io
import json

from schoolgate.cli import record
from schoolgate.core.tenancy import scope
from tests.cast import someone


def run(*words):
    parser = argparse.ArgumentParser()
    record.data_map_arguments(parser)
    return record.run_data_map(parser.parse_args(words))


def test_it_lists_each_table_with_what_ends_it_and_whose_it_is(capsys):
    assert run() == 0
    lines = capsys.readouterr().out.splitlines()
    assert next(line.split()[:2] for line in lines if line.startswith("people.PersonTelephone")) == [
        "people.PersonTelephone", "leaving_number",
    ]  # fmt: skip


def test_it_prints_json_and_a_spreadsheet_of_the_same_fields(capsys):
    assert run("--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert run("--csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["table"], row["field"]) for row in rows] == [
        (row["table"], row["field"]) for row in said["fields"]
    ]
    assert "backups" in said["places"]


def test_it_prints_the_page_of_the_docs(capsys):
    assert run("--markdown") == 0
    assert "# Data map" in capsys.readouterr().out


def test_it_counts_the_rows_of_one_federation_and_shows_none(federation, make_federation, capsys):
    with scope(federation.pk):
        someone("Cara", "staff")
        someone("Dai", "staff")
    with scope(make_federation("wootton", "wootton").pk):
        someone("Eve", "staff")
    assert run("--counts", federation.slug, "--json") == 0
    printed = capsys.readouterr().out
    rows = {row["table"]: row["rows"] for row in json.loads(printed)["fields"]}
    assert (rows["people.Person"], rows["people.PersonTelephone"]) == (2, 0)
    assert (rows["people.User"], rows["incidents.Content"]) == ("not counted", "not counted")
    assert "Cara" not in printed


def test_a_federation_that_is_not_there_is_told(federation, capsys):
    assert run("--counts", "nowhere") == 2
    assert capsys.readouterr().err == (
        "schoolgate data-map: there is no federation 'nowhere'. Use the name in its page addresses\n"
    )


def test_the_page_has_no_counts(capsys):
    assert run("--counts", "wildground", "--markdown") == 2
    assert "no counts" in capsys.readouterr().err
