"""`schoolgate import-accounts`: the same steps as on the page, without a page."""

import argparse
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.accounts.models import Account, AccountImport
from schoolgate.cli import importing
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.cast import someone

HEAD = "Network,Address,School,Since,Who runs it\n"
LINE = "Facebook,https://www.facebook.com/one,Juniors,2016,Cara"


@pytest.fixture
def bring(tmp_path, federation, home):
    """The command, by somebody who looks after people; the policy is in force, and Cara runs the pages."""
    with scope(federation.pk):
        hanna = someone("Hanna", "slt")
        someone("Cara", "staff")
        School.objects.create(name="Juniors", slug="juniors")
        adopt(by=hanna, at=datetime.now(UTC) - timedelta(days=1))

    def bring(*lines, by=hanna.email, more=()):
        file = tmp_path / "accounts.csv"
        file.write_text(HEAD + "\n".join(lines))
        parser = argparse.ArgumentParser()
        importing.import_accounts_arguments(parser)
        words = [str(file), "--federation", federation.slug, "--by", by, *more]
        return importing.run_import_accounts(parser.parse_args(words))

    return bring


def test_accounts_are_shown_then_taken_in_once_and_a_refused_line_is_left_out(federation, bring, capsys):
    assert bring(LINE, more=["--preview"]) == 0
    assert capsys.readouterr().out.endswith("accounts here: 0 before, 1 after\nnothing has been changed\n")
    assert bring(LINE) == 0
    assert capsys.readouterr().out.endswith("imported: nothing is posted to them yet\n")
    assert bring(LINE) == 0, "the same list twice"
    assert "same 1" in capsys.readouterr().out
    assert bring(LINE.replace("/one", "/two"), LINE.replace("/one", "/three").replace("Cara", "Gandalf")) == 1
    assert "Add them under People first" in capsys.readouterr().out
    with scope(federation.pk):
        here = sorted(Account.objects.values_list("address", flat=True))
        assert [address[-4:] for address in here] == ["/one", "/two"], "not the line that was refused"
        assert AccountImport.objects.filter(state="open").count() == 0


def test_who_is_not_here_or_names_no_known_way_of_reading_is_told(bring, capsys):
    assert bring(LINE, by="nobody@example.org") == 2
    assert bring(LINE, more=["--mapping", "Other"]) == 1
    assert "here. Name one on the import page, or leave it out." in capsys.readouterr().err
