"""`schoolgate policy export KEY --federation SLUG`: the version in force as one file, with nothing lost."""

import json
from datetime import timedelta

import pytest

from schoolgate.cli.main import main
from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt, adopt_version, start_version
from schoolgate.policy.books import pack_of
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.readings import save_draft, sign_draft, start_draft, try_draft
from schoolgate.rulebook import book
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from tests.cast import someone
from tests.policy.test_versions import STEPS, other_text

EXPECTED = "wildground-listening-2@reply_due/clock.timed"
CHANGES = {"settings": {EXPECTED: {"response_hours": 48}}}


@pytest.fixture(autouse=True)
def prepared(monkeypatch):
    """The test's own database stands already."""
    monkeypatch.setattr("schoolgate.cli.main.prepare", lambda *_, **__: None)


@pytest.fixture
def there(own_database, make_federation, home):
    federation = make_federation("oak-hill", "wildground")
    with scope(federation.pk):
        adopt(by=someone("Sam Slater", "slt"), at=now() - timedelta(hours=2))
    return federation


def put_in_force(there, text):
    at = now() - timedelta(hours=1)
    with scope(there.pk):
        by = someone("Olive Owner", "slt")
        made = start_version(by=by, at=at, text=text, material_changes="Each day.")
        adopt_version(by=by, at=at, version=made, adopted_on=at.date(), stated={"steps": STEPS})
        return pack_of(PolicyVersion.objects.get(pk=made.pk))


def exported(capsys, *more):
    assert main(["policy", "export", "wildground", "--federation", "oak-hill", *more]) == 0
    return capsys.readouterr().out


def test_the_text_that_came_with_the_program_is_written_as_it_is_without_a_federation(there, capsys):
    assert exported(capsys) == to_yaml(book("wildground").pack)


def test_a_text_that_was_handed_in_comes_back_letter_by_letter_and_gives_the_same_policy(there, capsys):
    text = "# What the governors agreed\n" + other_text()
    pack = put_in_force(there, text)

    written = exported(capsys)

    assert written == text
    assert from_yaml(written) == pack
    assert to_yaml(from_yaml(written)) == to_yaml(pack)


def test_what_was_exported_can_be_handed_in_by_another_federation(there, make_federation, capsys):
    pack = put_in_force(there, other_text())
    written = exported(capsys)
    other = make_federation("ash-vale", "wildground")
    with scope(other.pk):
        by = someone("Una Other", "slt")
        made = start_version(by=by, at=now(), text=written, material_changes="As at Oak Hill.")
        assert pack_of(made) == pack


def test_what_the_federation_chose_stands_beside_it_and_not_in_it(there, capsys):
    with scope(there.pk):
        by, at = someone("Olive Owner", "slt"), now() - timedelta(minutes=5)
        draft = start_draft(by=by, at=at)
        draft = save_draft(by=by, at=at, draft=draft, edition=1, changes=CHANGES, because="Two days.")
        draft = try_draft(by=by, at=at, draft=draft, edition=draft.edition)
        sign_draft(by=by, at=at, draft=draft, edition=draft.edition)

    told = json.loads(exported(capsys, "--json"))

    assert (told["version"], told["reading"]) == (1, {"number": 2, "changes": CHANGES})
    assert told["yaml"] == to_yaml(book("wildground").pack)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["wildground", "--federation", "nowhere"], "there is no federation 'nowhere'"),
        (["wootton", "--federation", "oak-hill"], "the policy of 'oak-hill' is 'wildground'"),
        (["wildground", "--federation", "elm-row"], "No policy has been adopted here yet."),
    ],
)
def test_what_cannot_be_exported_is_said_in_one_line(there, make_federation, capsys, words, told):
    make_federation("elm-row", "wildground")
    assert main(["policy", "export", *words]) == 2
    assert capsys.readouterr().err.strip() == f"schoolgate policy: {told}"
