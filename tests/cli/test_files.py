"""`schoolgate files`: what the machine of a service needs, out of the wheel."""

import argparse

import pytest

from schoolgate.cli import files
from tests.gates.files import ROOT


def run(*words):
    parser = argparse.ArgumentParser()
    files.files_arguments(parser)
    return files.run_files(parser.parse_args(words))


def test_it_lists_each_file_of_its_folder(capsys):
    assert run() == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert sorted(listed) == sorted(path.name for path in files.FOLDER.iterdir())


def test_it_prints_each_as_the_source_has_it(capsys):
    for name in files.FILES:
        assert run(name) == 0
        [source] = [
            at / name for at in (ROOT / "docs/operations", ROOT / "requirements") if (at / name).exists()
        ]
        assert capsys.readouterr().out == source.read_text("utf-8"), name


def test_a_file_that_it_does_not_have_is_refused_with_the_names_of_those_it_has(capsys):
    with pytest.raises(SystemExit) as ended:
        run("compose.yaml")
    assert ended.value.code == 2
    assert "'schoolgate.service'" in capsys.readouterr().err
