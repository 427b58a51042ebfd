"""`schoolgate import-people`: the same steps as on the page, without a page."""

import argparse
from datetime import UTC, datetime

import pytest

from schoolgate.cli import importing as import_people
from schoolgate.core.tenancy import scope
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_importer import drop, explain_columns, keep_list, upload
from schoolgate.people.models import Invitation, PeopleImport, Person
from tests.cast import someone

HEAD = "Name,Email\n"


@pytest.fixture
def hanna(federation, home):
    """She looks after people, and once said on the page how her list is to be read."""
    at = datetime.now(UTC)
    with scope(federation.pk):
        hanna = someone("Hanna", "slt")
        kept = keep_list(f"{HEAD}x,x@example.org\n".encode(), federation_id=federation.pk)
        importing = upload(kind=PEOPLE, by=hanna, at=at, kept=kept)
        explain_columns(
            kind=PEOPLE,
            by=hanna, at=at, importing=importing, sheet=kept.sheet, shape=kept.shape, name="Staff list",
            columns={"name": "Name", "email": "Email"}, defaults={"relation": "staff"},
        )  # fmt: skip
        drop(kind=PEOPLE, by=hanna, at=at, importing=importing)
    return hanna


@pytest.fixture
def bring(tmp_path, federation, hanna):
    def bring(*lines, by=hanna.email, mapping="Staff list", slug=federation.slug, head=HEAD, more=()):
        file = tmp_path / "list.csv"
        file.write_text(head + "\n".join(lines))
        parser = argparse.ArgumentParser()
        import_people.import_people_arguments(parser)
        words = [str(file), "--federation", slug, "--mapping", mapping, "--by", by, *more]
        return import_people.run_import_people(parser.parse_args(words))

    return bring


def names(federation):
    with scope(federation.pk):
        return sorted(Person.objects.values_list("name", flat=True))


def test_a_list_is_shown_and_then_taken_over(federation, bring, capsys):
    assert bring("Dan,dan@example.org", more=["--preview"]) == 0
    shown = capsys.readouterr().out
    assert "new" in shown
    assert shown.endswith("nothing has been changed\n")
    assert names(federation) == ["Hanna"]
    assert bring("Dan,dan@example.org", more=["--invite"]) == 0
    assert capsys.readouterr().out.endswith(
        "people here: 1 before, 2 after\nhere but not in the list: 1\nimported\n"
    )
    assert (names(federation), Invitation.objects.count()) == (["Dan", "Hanna"], 1)


def test_a_refused_line_is_left_out_and_the_status_says_so(federation, bring, capsys):
    assert bring("Dan,dan@example.org", "Eve,eve") == 1
    assert "line     3  refused      eve  This isn’t an email address." in capsys.readouterr().out
    assert names(federation) == ["Dan", "Hanna"]
    with scope(federation.pk):
        assert PeopleImport.objects.filter(state="done").count() == 1


def test_a_list_of_which_nothing_is_left_is_dropped(federation, bring):
    assert bring("Eve,eve") == 1
    assert names(federation) == ["Hanna"]
    with scope(federation.pk):
        assert set(PeopleImport.objects.values_list("state", flat=True)) == {"dropped"}


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ({"slug": "nowhere"}, 2, "no such federation"),
        ({"by": "nobody@example.org"}, 2, "no such person"),
        ({"mapping": "Other"}, 1, "here. Name one on the import page, or leave it out."),
        (
            {"head": "Nom,Email\n"},
            1,
            "Settings with this name are for other column headings. Choose another name.",
        ),
        ({"head": ""}, 1, "needs a row of headings"),
    ],
)
def test_what_is_not_there_is_said(bring, capsys, given, status, says):
    assert bring("Dan,dan@example.org", **given) == status
    assert says in capsys.readouterr().err


def test_only_who_looks_after_people_brings_a_list(federation, bring, capsys):
    with scope(federation.pk):
        tom = someone("Tom", "staff")
    assert bring("Dan,dan@example.org", by=tom.email) == 1
    assert "look after people and their roles" in capsys.readouterr().err
