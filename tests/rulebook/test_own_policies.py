"""A policy of a school's own: files in the home, without a line of code."""

import pytest

from schoolgate.cli.new_policy import begin, tried
from schoolgate.rulebook import Outcome, RulebookError, UnknownPolicy, book, books, decide
from schoolgate.rulebook.lint import lint
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.packs import own_policies_in, pack_keys
from schoolgate.rulebook.scenarios import prove, scenarios_of

CLAUSE = "st-annes-pictures-1"


@pytest.fixture
def home(tmp_path):
    """The folder of a home's own policies; forgotten afterwards."""
    own_policies_in(tmp_path)
    yield tmp_path
    own_policies_in(tmp_path / "nowhere")


@pytest.fixture
def st_annes(home):
    begin("st-annes", home, federation='St Anne’s "Infant" School\\', title="Social media")
    return home / "st-annes"


def write(path, text):
    path.write_text(text, "utf-8")
    own_policies_in(path.parents[2])


def asked(**facts):
    return decide(book("st-annes"), "post.publish", facts)


def test_a_policy_that_was_begun_is_read_listed_and_tried(st_annes):
    assert book("st-annes").meta.federation == 'St Anne’s "Infant" School\\'
    assert lint("st-annes") == []
    assert books()[-1] == "st-annes"
    lines, good = tried("st-annes")
    assert good
    assert lines[0].startswith("as expected: ")


@pytest.mark.parametrize("key", ["St-Annes", "../st-annes", "", "1st", "a" * 51, "st annes"])
def test_a_key_is_a_plain_word(home, key):
    with pytest.raises(RulebookError, match="is not a valid key"):
        begin(key, home, federation="x", title="x")
    assert list(home.iterdir()) == []


def test_no_policy_is_begun_twice_and_none_takes_the_place_of_one_that_is_there(st_annes):
    for key in ("st-annes", *pack_keys()):
        with pytest.raises(RulebookError, match="already"):
            begin(key, st_annes.parent, federation="x", title="x")


def test_a_policy_that_nobody_began_is_unknown(home):
    with pytest.raises(UnknownPolicy, match="st-annes"):
        book("st-annes")


def test_the_first_example_proves_the_first_rules(st_annes):
    assert prove(book("st-annes"), scenarios_of("st-annes")).complete


def test_one_that_cannot_be_read_is_told_with_its_line_and_disturbs_no_other(st_annes):
    write(
        st_annes / "rules" / "01.yaml",
        f"- clauses: [{CLAUSE}]\n  ask: post.publish\n  point: approvall\n  read: true\n",
    )
    assert "st-annes" not in books()
    assert "wildground" in books()
    (problem,) = lint("st-annes")
    assert "rules/01.yaml, line 1" in problem.where
    assert tried("st-annes") == ([f"{problem.where}: {problem.what}"], False)


BINDS = "- clauses: [st-annes-posts-1]\n  ask: policy.binds\n  point: bound\n  "
ASKS = (
    BINDS.replace("policy.binds", "policy.ask").replace("bound", "question_to")
    + "need: {put_to: {empty: false}}\n  "
)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (BINDS.replace("binds", "bind") + "cover: true", "no situation policy.bind"),
        (BINDS.replace("bound", "bounds") + "cover: true", "no point bounds of policy.binds"),
        (BINDS + "covers: {person.relation: staff}", "unknown word 'covers'; did you mean cover"),
        (BINDS + "cover: {relation: staff}", "no fact relation; did you mean person.relation?"),
        (BINDS + "cover: {person: staff}", "name one of person.key, person.relation, person.roles"),
        (BINDS + "cover: {person.relation: teacher}", "Known are staff, governor"),
        (BINDS + "for: [teacher]\n  cover: true", "a relation is wanted: contractor, friend"),
        (BINDS + "cover: {works_as: {includes: agency}}", "say stated, or read another fact"),
        (BINDS + "cover: {day: {later_than: 2027-01-01}}", "the name of another fact, not 2027-01-01"),
        (ASKS + "ask_for: {what: put the question, of: office}", "did you mean policy.put_question?"),
        (ASKS + "ask_for: {what: policy.put_question, of: head teacher}", "did you mean headteacher?"),
        (ASKS + "ask_for: {what: policy.put_question, of: zzz}", "`schoolgate policy words` lists what has"),
        (BINDS + "oblige: {who: staff, what: reply, due: {after: day, days: 5}}", "under `parameters`"),
    ],
)
def test_a_wrong_rule_is_told_with_what_would_be_right(st_annes, rule, said):
    write(st_annes / "rules" / "02.yaml", f"{rule}\n")
    lines, good = tried("st-annes")
    assert not good
    assert said in "\n".join(lines)


def test_an_example_says_what_is_asked_for_instead(st_annes):
    example = (st_annes / "examples" / "01.yaml").read_text("utf-8")
    needs = "needs: [{what: approval, from: office}]"
    write(st_annes / "examples" / "01.yaml", example.replace("points: {photo_consent: refer}", needs))
    lines, _good = tried("st-annes")
    assert "does not ask for {'what': 'approval', 'from': 'office'}, but for {'what': 'ruling'" in lines[1]


def test_an_example_that_comes_out_otherwise_is_told(st_annes):
    example = (st_annes / "examples" / "01.yaml").read_text("utf-8")
    write(
        st_annes / "examples" / "01.yaml", example.replace("photo_consent: refer", "photo_consent: permitted")
    )
    lines, good = tried("st-annes")
    assert not good
    assert "  photo_consent is refer, not permitted" in lines


def test_a_clause_without_a_rule_is_named(st_annes):
    (st_annes / "rules" / "01.yaml").unlink()
    own_policies_in(st_annes.parent)
    lines, _good = tried("st-annes")
    assert "2 of 2 clauses have no rule and are shown as text only:" in lines


# --- Clauses that only a person can read -----------------------------------------------------------


def ruling(allows):
    return [{"tension": f"{CLAUSE}-without-rule", "allows": allows, "role": "headteacher", "by": "p"}]


def test_a_clause_that_no_rule_says_yet_is_referred_in_the_policys_own_words_and_never_silent(st_annes):
    decided = asked()
    assert decided.points["photo_consent"] is Outcome.REFER
    (finding,) = decided.at("photo_consent")
    assert finding.to_json()["message"].startswith("The policy says: No picture of a pupil")
    assert finding.needs == (("ruling", "headteacher"),)


def test_the_owner_of_the_policy_rules_on_it_once_for_all(st_annes):
    assert asked(rulings=ruling(True)).points["photo_consent"] is Outcome.PERMITTED
    assert asked(rulings=ruling(False)).points["photo_consent"] is Outcome.NOT_PERMITTED


def test_a_rule_without_a_sentence_of_the_program_says_the_policys_own(st_annes):
    write(
        st_annes / "rules" / "01.yaml",
        f"- clauses: [{CLAUSE}]\n  ask: message.send\n  point: private_message\n  forbid: {{way: social}}\n",
    )
    decided = decide(book("st-annes"), "message.send", {"way": "social"})
    (finding,) = decided.at("private_message")
    assert "written consent of a parent or carer" in finding.to_json()["message"]


def test_it_goes_into_one_file_and_comes_back_the_same(st_annes):
    pack = book("st-annes").pack
    assert from_yaml(to_yaml(pack)) == pack
