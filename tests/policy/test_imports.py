"""A policy document comes in by its owner: read, picked, put into the next version with its rules."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.policy import queries
from schoolgate.policy.adopting import adopt_first, adopt_version, withdraw_version
from schoolgate.policy.imports import (
    ALIKE_ENOUGH,
    Pick,
    asks_the_age,
    drop_policy_import,
    found_in,
    offers_that_work,
    pick_sentence,
    picks_of,
    sentences_of,
    start_policy_import,
    take_picked,
)
from schoolgate.policy.models import PolicyImport, PolicyVersion, ReadingDraft
from schoolgate.policy.own_policy import (
    ClauseText,
    keep_clause,
    keep_role,
    keep_rules,
    remove_clause,
    restore_clause,
)
from schoolgate.policy.readings import save_draft, sign_draft, try_draft
from schoolgate.policy.writing import example, writing
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.packs.blank import BLANK
from tests.cast import someone
from tests.documents import encrypted, pdf, word

LINES = (
    ("Heading 1", "1. Posts"),
    ("Normal", "Staff must not post a pupil’s full name together with a picture of that pupil."),
    ("Normal", "Posts are approved by the Head Teacher before they are published."),
    ("Heading 1", "2. Comments"),
    ("Normal", "Staff must not use a picture that shows a child on a do-not-publish list."),
    ("Normal", "Social media is a growing part of everyday life."),
    ("Normal", "The chair of governors is told of each serious complaint."),
)
POLICY = word(*LINES)
LATER = timedelta(days=1)
VOLUNTEER = {"author": {"key": "p", "relation": "volunteer"}}


@pytest.fixture
def there(make_federation):
    """A federation that begins with an empty policy of its own."""
    with scope(make_federation("oakhill", BLANK).pk):
        yield


@pytest.fixture
def ben(there, at):
    owner = someone("Ben Carter", "headteacher")
    adopt_first(by=owner, at=at, adopted_on=at.date())
    current_scope().memo.clear()
    return owner


@pytest.fixture
def begun(ben, at):
    start_policy_import(by=ben, at=at, found=found_in(POLICY, "policy.docx"))
    return ben


def the_head_decides(number):
    """The sentence has one proposed rule, which names the headteacher; who acts is not the head."""
    row = PolicyImport.objects.get()
    rule = {"ask": "post.publish", "point": "author_shown", "refer": True, "to": "headteacher"}
    row.sentences[number - 1] |= {
        "actor": "staff",
        "offers": [{"rule": rule, "like": "The head decides.", "alike": 0.5}],
    }
    row.save()


def seen(at):
    return writing(at.date()).seen


def read(at):
    return sentences_of(PolicyImport.objects.get(), writing(at.date()).text)


# --- A blank policy ----------------------------------------------------------------------------------


def test_a_federation_begins_with_an_empty_policy_of_its_own(ben, at):
    policy = queries.in_force(at.date())
    assert (dict(policy.book.clauses), policy.version.number) == ({}, 1)
    assert policy.book.meta.federation == Federation.objects.get().name
    assert [role.name for role in policy.book.roles] == ["headteacher", "staff"]


# --- Reading -----------------------------------------------------------------------------------------


def test_each_sentence_is_read_with_its_place_and_what_may_keep_it(begun, at):
    sentences = read(at)
    assert [one.section for one in sentences] == ["Posts", "Posts", "Comments", "Comments", "Comments"]
    assert sentences[3].why_not == "explains a word"
    assert sentences[2].offers
    assert all("ask" in offer.rule for one in sentences for offer in one.offers)


def test_a_whole_rule_is_offered_only_for_nearly_the_same_words_and_goes_by_an_age_that_they_name(begun, at):
    assert [bool(one.offers) for one in read(at)] == [False, False, True, False, False]
    assert all(offer.alike >= ALIKE_ENOUGH for offer in read(at)[2].offers)
    told = (
        b"Any approach by a journalist must be passed to the head. Former pupils are not contacted until 18."
    )
    assert [one.offers for one in found_in(told, "policy.txt").sentences] == [(), ()]
    rule = {"ask": "personal.contact", "forbid": {"other.age": {"less_than": 18}}}
    assert asks_the_age(rule, {"age": 18})
    assert not asks_the_age(rule, {"age": 16})
    assert not asks_the_age({"ask": "personal.contact", "forbid": True}, {"age": 18})


def test_roles_have_the_names_that_the_policy_has_for_them(begun, at):
    """Also those that it gets while the document is open."""
    assert read(at)[1].parameters["roles"] == ["headteacher"]
    keep_role(by=begun, at=at, name="Head", capacities=["own_policy"], key="headteacher", seen=seen(at))
    assert read(at)[1].parameters["roles"] == ["Head"]


def test_a_clause_names_a_role_that_comes_into_the_policy_or_gets_its_name_after_it(begun, at):
    """What a clause names is read from its words each time."""
    words = ClauseText("Safety", "A worry goes to the Safety Lead.", Modality.MUST, "staff")
    _version, clause = keep_clause(by=begun, at=at, words=words, seen=seen(at))
    for key, name, fits in (("", "Welfare Lead", False), ("welfare-lead", "Safety Lead", True)):
        keep_role(by=begun, at=at, name=name, capacities=[], key=key, seen=seen(at))
        rule = {
            "clauses": [clause],
            "ask": "post.publish",
            "point": "author_shown",
            "refer": True,
            "to": name,
        }
        if fits:
            keep_rules(by=begun, at=at, clause=clause, written=[rule], edition=0)
            continue
        with pytest.raises(BadInput) as refused:
            keep_rules(by=begun, at=at, clause=clause, written=[rule], edition=0)
        assert name in str(refused.value.fields["rule"])


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "policy.txt", "it is empty"),
        (encrypted(pdf([(11, "Staff must ask.")]), "secret"), "policy.pdf", "it needs a password"),
        (pdf([(11, "Staff must ask.")])[:120], "policy.pdf", "it is damaged"),
        (pdf(*[[(11, "Staff must ask.")]] * 400), "policy.pdf", "it has 400 pages, and the limit is 200"),
        (b"Social media is a growing part of everyday life.", "policy.txt", "no sentence reads like a rule"),
        (b"\x89PNG\r\n\x1a\n", "policy.docx", "it is not a Word, PDF"),
        (b"Staff must ask.\n\n" * 1501, "policy.txt", "from line 3001 on, it is over the limit of 1,500"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content, name, said):
    with pytest.raises(BadInput) as refused:
        found_in(content, name)
    assert str(refused.value.fields["file"]).startswith(f"{name}: {said}")


def test_a_picked_clause_keeps_its_number_and_the_strength_that_was_chosen(ben, at):
    text = (
        b"2. Press\n\n2.1 Only the Headteacher may speak to the press. Nobody else does.\n\nStaff must ask.\n"
    )
    start_policy_import(by=ben, at=at, found=found_in(text, "policy.md"))
    assert [(one.number, one.modality) for one in read(at)][:1] == [("2.1", "must_not")]
    with pytest.raises(BadInput):
        pick_sentence(by=ben, at=at, number=1, pick=Pick("take", modality="perhaps"))
    pick_sentence(by=ben, at=at, number=1, pick=Pick("take", modality="must"))
    take_picked(by=ben, at=at, seen=seen(at))
    (clause,) = writing(at.date()).text.clauses.values()
    assert (clause.number, clause.heading, str(clause.modality)) == ("2.1", f"2.1 {clause.section}", "must")


def test_one_document_at_a_time(begun, at):
    with pytest.raises(NotNow):
        start_policy_import(by=begun, at=at, found=found_in(POLICY, "policy.docx"))
    drop_policy_import(by=begun, at=at)
    with pytest.raises(NotFound):
        drop_policy_import(by=begun, at=at)
    start_policy_import(by=begun, at=at, found=found_in(POLICY, "policy.docx"))


def test_only_the_owner_of_the_policy_imports(begun, at):
    other = someone("Olive Office", "staff")
    for act in (
        lambda: start_policy_import(by=other, at=at, found=found_in(POLICY, "policy.docx")),
        lambda: pick_sentence(by=other, at=at, number=1, pick=Pick("take")),
        lambda: take_picked(by=other, at=at, seen=""),
        lambda: drop_policy_import(by=other, at=at),
        lambda: remove_clause(by=other, at=at, clause="own-posts-1", seen=""),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- Picking -----------------------------------------------------------------------------------------


def test_picks_are_kept_and_can_be_changed(begun, at):
    pick_sentence(by=begun, at=at, number=1, pick=Pick("take"))
    pick_sentence(by=begun, at=at, number=1, pick=Pick("leave"))
    pick_sentence(by=begun, at=at, number=2, pick=Pick("take", says="The headteacher approves each post."))
    picks = picks_of(PolicyImport.objects.get())
    assert picks == {1: Pick("leave"), 2: Pick("take", says="The headteacher approves each post.")}
    for number in (0, 6):
        with pytest.raises(NotFound):
            pick_sentence(by=begun, at=at, number=number, pick=Pick("take"))


def test_a_rule_that_does_not_fit_changed_words_is_refused(begun, at):
    the_head_decides(2)
    assert [number for number, _offer in offers_that_work(writing(at.date()), read(at)[1], Pick("take"))] == [
        1
    ]
    with pytest.raises(BadInput):
        pick_sentence(by=begun, at=at, number=2, pick=Pick("take", says="Posts are seen.", offer=1))
    with pytest.raises(BadInput):
        pick_sentence(by=begun, at=at, number=2, pick=Pick("take", says="x" * 2_001))


def test_what_is_picked_goes_into_the_next_version_once(begun, at):
    with pytest.raises(NotNow):
        take_picked(by=begun, at=at, seen=seen(at))
    pick_sentence(by=begun, at=at, number=1, pick=Pick("take"))
    pick_sentence(by=begun, at=at, number=5, pick=Pick("take"))
    version, number = take_picked(by=begun, at=at, seen=seen(at))
    now = writing(at.date())
    assert (version, number) == (now.coming, 2)
    assert [one.says for one in now.text.clauses.values()] == [LINES[1][1], LINES[6][1]]
    assert "chair of governors" in [role.name for role in now.text.roles]
    assert now.pack.clauses == {}
    with pytest.raises(NotNow):
        take_picked(by=begun, at=at, seen=seen(at))
    with pytest.raises(NotNow):
        pick_sentence(by=begun, at=at, number=1, pick=Pick("leave"))
    pick_sentence(by=begun, at=at, number=2, pick=Pick("take"))
    with pytest.raises(NotNow):
        take_picked(by=begun, at=at, seen="")
    take_picked(by=begun, at=at, seen=seen(at))
    assert len(writing(at.date()).text.clauses) == 3


def test_a_version_that_is_put_aside_gives_its_clauses_back_to_the_import(begun, at):
    pick_sentence(by=begun, at=at, number=1, pick=Pick("take"))
    version, _number = take_picked(by=begun, at=at, seen=seen(at))
    withdraw_version(by=begun, at=at, version=version)
    pick_sentence(by=begun, at=at, number=1, pick=Pick("take"))
    assert take_picked(by=begun, at=at, seen=seen(at))[1] == 1


# --- Rules ahead, adoption, signing ------------------------------------------------------------------


def in_force(ben, at, version):
    adopt_version(by=ben, at=at, version=version, adopted_on=at.date(), stated=STATED)
    current_scope().memo.clear()


STATED = {"steps": [{"step": "adopted", "roles": ["headteacher"], "on": "2026-09-01", "signed": None}]}


def take(ben, at, number, **more):
    now = writing(at.date())
    offers = offers_that_work(now, read(at)[number - 1], Pick("take"))
    pick_sentence(by=ben, at=at, number=number, pick=Pick("take", offer=offers[0][0], **more))
    return take_picked(by=ben, at=at, seen=seen(at))[0]


def forbid(clause):
    return {"clauses": [clause], "ask": "post.publish", "point": "author_shown",
            "forbid": {"author.relation": "volunteer"}}  # fmt: skip


def test_a_proposed_rule_waits_for_its_version_and_its_signature(begun, at):
    version = take(begun, at, 3)
    now = writing(at.date())
    (clause,) = now.text.clauses
    assert now.about(clause).ahead
    rules = now.about(clause).rules(clause)
    assert [one["clauses"] for one in rules] == [[clause]]
    in_force(begun, at, version)
    policy = queries.in_force(at.date())
    assert [one.clauses for one in policy.book.pack.bindings] == []
    now = writing(at.date())
    assert (now.draft.version, now.draft.based_on) == (version, policy.reading)
    assert now.rules(clause) == rules
    draft = save_draft(
        by=begun, at=at, draft=now.draft, edition=now.draft.edition, changes=now.draft.changes, because="Yes."
    )
    draft = try_draft(by=begun, at=at, draft=draft, edition=draft.edition)
    sign_draft(by=begun, at=at, draft=draft, edition=draft.edition)
    current_scope().memo.clear()
    assert [one.clauses for one in queries.in_force(at.date()).book.pack.bindings] == [(clause,)]


def test_a_rule_can_be_written_and_tried_for_a_clause_that_is_not_in_force_yet(begun, at):
    pick_sentence(by=begun, at=at, number=1, pick=Pick("take"))
    take_picked(by=begun, at=at, seen=seen(at))
    (clause,) = writing(at.date()).text.clauses
    keep_rules(by=begun, at=at, clause=clause, written=[forbid(clause)], edition=0)
    now = writing(at.date()).about(clause)
    before, after = example(now, "post.publish", {"author.relation": "volunteer"}, at=at)
    assert before.points["author_shown"] != "not_permitted"
    assert after.points["author_shown"] == "not_permitted"
    with pytest.raises(NotNow):
        keep_rules(by=begun, at=at, clause=clause, written=[], edition=99)


def test_words_that_their_rule_does_not_fit_are_refused(begun, at):
    the_head_decides(2)
    take(begun, at, 2)
    (clause,) = writing(at.date()).text.clauses
    words = ClauseText("Comments", "Comments get an answer in time.", Modality.MUST, "staff")
    with pytest.raises(BadInput) as refused:
        keep_clause(by=begun, at=at, words=words, clause=clause, seen=seen(at))
    assert list(refused.value.fields) == ["says"]
    assert "Head Teacher" in writing(at.date()).text.clauses[clause].says


# --- Removing ----------------------------------------------------------------------------------------


def test_a_new_clause_is_removed_with_its_rules_and_the_last_one_ends_the_version(begun, at):
    take(begun, at, 3)
    pick_sentence(by=begun, at=at, number=1, pick=Pick("take"))
    take_picked(by=begun, at=at, seen=seen(at))
    first, last = writing(at.date()).text.clauses
    assert remove_clause(by=begun, at=at, clause=first, seen=seen(at)) is not None
    assert ReadingDraft.objects.get().changes == {}
    assert remove_clause(by=begun, at=at, clause=last, seen=seen(at)) is None
    assert not PolicyVersion.objects.filter(state="draft").exists()


def test_a_clause_in_force_goes_with_the_next_version_and_can_be_put_back(begun, at):
    pick_sentence(by=begun, at=at, number=1, pick=Pick("take"))
    pick_sentence(by=begun, at=at, number=2, pick=Pick("take"))
    in_force(begun, at, take_picked(by=begun, at=at, seen=seen(at))[0])
    first, last = queries.in_force(at.date()).book.clauses
    with pytest.raises(NotNow):
        remove_clause(by=begun, at=at, clause=first, seen="x")
    remove_clause(by=begun, at=at, clause=first, seen="")
    now = writing(at.date())
    assert ([one.id for one in now.removed], [*now.text.clauses]) == ([first], [last])
    words = replace(ClauseText("Posts", "New words.", Modality.MUST, "staff"))
    keep_clause(by=begun, at=at, words=words, clause=last, seen=now.seen)
    restore_clause(by=begun, at=at, clause=first, seen=seen(at))
    assert [*writing(at.date()).text.clauses] == [first, last]
    with pytest.raises(NotNow):
        restore_clause(by=begun, at=at, clause=first, seen=seen(at))
