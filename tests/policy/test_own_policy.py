"""A federation under a policy of its own: what it adopted stays, whatever becomes of the files."""

from datetime import timedelta

import pytest

from schoolgate.cli.new_policy import begin
from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.policy import queries as policy
from schoolgate.policy.actions import adopt, rule
from schoolgate.rulebook import BadPack, Outcome, decide
from schoolgate.rulebook.packs import own_policies_in
from tests.cast import someone

TENSION = "st-annes-pictures-1-without-rule"


@pytest.fixture
def home(tmp_path):
    begin("st-annes", tmp_path, federation="St Anne's", title="Social media")
    own_policies_in(tmp_path)
    yield tmp_path / "st-annes"
    own_policies_in(tmp_path / "nowhere")


@pytest.fixture
def ben(home, make_federation):
    """The headteacher, who looks after the policy at St Anne's."""
    with scope(make_federation("st-annes", "st-annes").pk):
        yield someone("Ben Carter", "headteacher")


def words(home, old, new):
    path = home / "clauses" / "01.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    own_policies_in(home.parent)
    current_scope().memo.clear()


def in_force(at):
    return policy.in_force(at.date()).book


def test_it_is_adopted_and_decides(ben, at):
    version = adopt(by=ben, at=at)
    assert (version.pack_key, version.owner_role) == ("st-annes", "headteacher")
    assert decide(in_force(at), "post.publish", {}).points["photo_consent"] is Outcome.REFER


def test_what_was_adopted_stays_when_the_files_change(ben, home, at):
    adopt(by=ben, at=at)
    words(home, "the written consent", "any consent")
    assert "the written consent" in in_force(at).clause("st-annes-pictures-1").says


def test_what_was_adopted_stays_when_the_files_can_no_longer_be_read(ben, home, at):
    adopt(by=ben, at=at)
    words(home, "modality: must_not", "modality: mustnt")
    assert "the written consent" in in_force(at).clause("st-annes-pictures-1").says
    with pytest.raises(BadPack, match=r"clauses/01\.yaml, line"):
        adopt(by=ben, at=at + timedelta(days=1))


def test_changed_files_are_the_next_version(ben, home, at):
    adopt(by=ben, at=at)
    with pytest.raises(NotNow):
        adopt(by=ben, at=at + timedelta(days=1))
    words(home, "the written consent", "the signed consent")
    second = adopt(by=ben, at=at + timedelta(days=2))
    assert second.number == 2
    assert "the signed consent" in in_force(at + timedelta(days=2)).clause("st-annes-pictures-1").says


def test_its_owner_rules_on_a_clause_that_has_no_rule(ben, at):
    adopt(by=ben, at=at)
    rule(by=ben, at=at, tension=TENSION, allows=True, words="Ask for consent by letter, as always.")
    known = {"rulings": [{"tension": TENSION, "allows": True, "role": "headteacher", "by": "p"}]}
    assert decide(in_force(at), "post.publish", known).points["photo_consent"] is Outcome.PERMITTED
