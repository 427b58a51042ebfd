"""A federation under a policy of its own: what it adopted stays, whatever becomes of the files."""

from datetime import timedelta
from pathlib import Path

import pytest

from schoolgate.cli.new_policy import begin
from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.policy import queries as policy
from schoolgate.policy.adopting import adopt
from schoolgate.policy.saying import rule
from schoolgate.rulebook import Outcome, book, decide
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.scenarios import failures, scenarios_of
from tests.cast import someone

WHOLE = Path(__file__).parents[1] / "own_policies"
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
    with pytest.raises(NotNow, match=r"clauses/01\.yaml, line"):
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


@pytest.fixture(params=sorted(path.parent.name for path in WHOLE.glob("*/policy.yaml")))
def whole(request):
    """The key of a policy that somebody wrote as files, from its first clause to its last."""
    own_policies_in(WHOLE)
    yield request.param
    own_policies_in(WHOLE / "nowhere")


def test_a_whole_policy_from_files_alone_is_adopted_and_decides(whole, make_federation, at):
    with scope(make_federation("whole", whole).pk):
        role = next(one for one in book(whole).roles if one.name == book(whole).meta.owner)
        owner = someone("Ben Carter", role.key)
        version = adopt(by=owner, at=at)
        adopted = in_force(at)
        assert (version.pack_key, adopted.key) == (whole, whole)
        assert list(adopted.clauses) == list(book(whole).clauses)
        for case in scenarios_of(whole):
            assert failures(case, adopted) == [], case
