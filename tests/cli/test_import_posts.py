"""`schoolgate import-posts`: a download of any size, read where it lies, with what the page would ask."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.cli import importing
from schoolgate.core.home import folder
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.models import PastImport, PastPost
from tests.cast import someone
from tests.networks.archives.makers import tweet
from tests.publishing.conftest import account_on
from tests.publishing.past.conftest import archive


@pytest.fixture
def bring(home, federation, tmp_path):
    """`bring(content, "--preview")`: what the command answers."""
    at = datetime.now(UTC)
    with scope(federation.pk):
        adopt(by=someone("Sam", "slt"), at=at)
        school = School.objects.create(name="North", slug="north")
        x = account_on("x", school, at, handle="oakwood")
        ben, amina = (
            someone("Ben", "lead-staff-member", school=school),
            someone("Amina", "staff", school=school),
        )
        TeamMember.objects.create(account=x, person=ben, part="lead", from_day=at.date())

    def call(content, *more, by=ben, account=x.pk, slug=federation.slug, made_on=True):
        file = tmp_path / "download.zip"
        if content is not None:
            file.write_bytes(content)
        parser = argparse.ArgumentParser()
        importing.import_posts_arguments(parser)
        words = [str(file), "--federation", slug, "--account", str(account), "--by", by.email, *more]
        return importing.run_import_posts(
            parser.parse_args(words + ["--made-on", f"{at:%Y-%m-%d}"] * made_on)
        )

    call.amina, call.federation, call.file = amina, federation, tmp_path / "download.zip"
    return call


def count(bring):
    with scope(bring.federation.pk):
        return PastPost.objects.count()


def files(bring):
    return list(folder("passing", str(bring.federation.pk)).glob("*/*"))


def test_it_shows_what_is_in_a_download_and_then_takes_it_in(bring, capsys):
    content = archive(tweet(1, "a secret word"), tweet(2, "two"), tweet(3, "RT @pat: x"))
    assert bring(content, "--preview") == 0
    assert "posts 2" in capsys.readouterr().out
    assert (count(bring), files(bring)) == (0, [])
    assert bring(content) == 0
    shown = capsys.readouterr().out
    assert shown.endswith("1 of 1 pieces\nnew 2, already here 0. Imported\n")
    assert "secret" not in shown
    assert (count(bring), files(bring), bring.file.exists()) == (2, [], True)


def test_another_accounts_download_wants_a_reason(bring, capsys):
    content = archive(tweet(1, "x"), handle="somebody")
    assert bring(content) == 1
    assert "--because" in capsys.readouterr().out
    assert (count(bring), files(bring)) == (0, [])
    assert bring(content, "--because", "We were called that until March.") == 0
    assert count(bring) == 1


def test_what_it_refuses(bring, capsys, monkeypatch):
    good = archive(tweet(1, "x"))
    assert bring(None) == 2
    assert bring(good, slug="nowhere") == 2
    assert bring(good, made_on=False) == 2
    assert bring(good, by=bring.amina) == 1
    assert bring(good, account=999_999) == 1
    assert bring(b"\xff\xd8 a picture") == 1
    assert "Despite its name" in capsys.readouterr().out
    monkeypatch.setattr(importing, "LARGEST", 10)
    assert bring(good) == 1
    assert "larger than 4 GB" in capsys.readouterr().err
    with scope(bring.federation.pk):
        assert set(PastImport.objects.values_list("state", flat=True)) <= {"unreadable"}
    assert count(bring) == 0
