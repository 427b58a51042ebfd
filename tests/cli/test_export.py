"""`schoolgate export`: what it refuses before it begins, and that the record has it."""

import argparse

from schoolgate.cli import federations
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    federations.export_arguments(parser)
    return federations.run_export(parser.parse_args(list(words)))


def test_it_writes_file_and_key_and_the_record_has_it(own_database, home, make_federation, tmp_path, capsys):
    here = make_federation()
    file, key = tmp_path / "out.age", tmp_path / "out.key"
    assert run("--federation", here.slug, "--to", str(file), "--key-to", str(key)) == 0
    assert key.read_text().startswith("AGE-SECRET-KEY-")
    assert key.stat().st_mode & 0o077 == 0
    assert file.stat().st_mode & 0o077 == 0
    assert "Read back and verified" in capsys.readouterr().out
    with scope(here.pk):
        assert LedgerRow.objects.filter(event="federation.exported").count() == 1


def test_nothing_is_written_over(own_database, home, make_federation, tmp_path, capsys):
    here = make_federation()
    file, key = tmp_path / "out.age", tmp_path / "out.key"
    key.write_text("another key")
    assert run("--federation", here.slug, "--to", str(file), "--key-to", str(key)) == 1
    assert "already exists" in capsys.readouterr().err
    assert (key.read_text(), file.exists()) == ("another key", False)


def test_a_federation_that_is_not_there_is_named(own_database, home, make_federation, tmp_path, capsys):
    make_federation()
    assert run("--federation", "wotton", "--to", str(tmp_path / "a"), "--key-to", str(tmp_path / "b")) == 2
    assert "no federation 'wotton'" in capsys.readouterr().err
