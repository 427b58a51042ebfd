"""A concern is in the journal beside the backups once it's stored, in the same request: no stop or crash in
between loses it without a trace."""

from __future__ import annotations

from types import SimpleNamespace

from schoolgate.core.backups import journal
from schoolgate.core.backups.making import backup_folder
from schoolgate.core.models import Restoration
from schoolgate.core.tenancy import scope
from tests.incidents.conftest import wrong


def lines(path) -> list[str]:
    return [line for line in path.read_text().splitlines() if "incidents.reported" in line]


def test_a_concern_is_in_both_journals_at_once_without_its_words(
    under, at, django_capture_on_commit_callbacks
):
    federation, _school = under("wildground")
    with django_capture_on_commit_callbacks(execute=True), scope(federation.pk):
        report = wrong(at, what="My uncle hit me.")
    for path in (journal.own(), journal.beside(backup_folder())):
        (line,) = lines(path)
        assert report.reference in line
        assert report.code in line
        assert "uncle" not in line


def test_one_that_was_not_stored_is_in_none_and_a_home_that_waits_to_be_released_adds_none(
    under, at, django_capture_on_commit_callbacks, monkeypatch
):
    federation, _school = under("wildground")
    with django_capture_on_commit_callbacks(), scope(federation.pk):
        wrong(at)
    assert not journal.own().exists()
    waits = SimpleNamespace(
        filter=lambda **asked: SimpleNamespace(exists=lambda: asked == {"released_at": None})
    )
    monkeypatch.setattr(Restoration, "objects", waits)
    with django_capture_on_commit_callbacks(execute=True), scope(federation.pk):
        wrong(at)
    assert not journal.own().exists()
