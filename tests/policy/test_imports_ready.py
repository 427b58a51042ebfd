"""An imported document's sentences come with the ready rules that they say; whole sections are left out."""

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.policy.adopting import adopt_first
from schoolgate.policy.imports import (
    AND,
    Pick,
    found_in,
    leave_section,
    may_ask_nothing,
    pick_sentence,
    picks_of,
    ready_offers,
    say_it_all,
    sentences_of,
    start_policy_import,
    take_picked,
    together,
)
from schoolgate.policy.models import PolicyImport
from schoolgate.policy.ready import all_set, may_now
from schoolgate.policy.setting_ready import keep_ready_rule, remove_ready_rule
from schoolgate.policy.writing import writing
from schoolgate.rulebook.packs.blank import BLANK
from tests.cast import someone

TWO_SECTIONS = b"""1. Posts

Staff must ask first.

Staff must not post names.

2. Comments

Staff must reply.
"""


@pytest.fixture
def ben(make_federation, at):
    """The owner of an empty policy."""
    with scope(make_federation("oakhill", BLANK).pk):
        owner = someone("Ben Carter", "headteacher")
        adopt_first(by=owner, at=at, adopted_on=at.date())
        current_scope().memo.clear()
        yield owner


def read(at):
    return sentences_of(PolicyImport.objects.get(), writing(at.date()).text)


def seen(at):
    return writing(at.date()).seen


def test_a_ready_rule_comes_with_its_clause_where_the_words_fill_it_in(ben, at):
    """Also what its role needs for it; where a field is left, the clause comes alone and its page asks."""
    lines = (
        "1. Rules",
        "A pupil’s surname is never published.",
        "New accounts are opened only with the approval of the School Business Manager.",
        "Rude comments are deleted at once, or within 3 days.",
        "In danger, ring the police.",
    )
    start_policy_import(by=ben, at=at, found=found_in("\n\n".join(lines).encode(), "policy.txt"))
    now = writing(at.date())
    offered = [ready_offers(now, one, Pick("take"))[:1] for one in read(at)[:3]]
    assert [(one.ready.key, bool(one.open)) for (one,) in offered] == [
        ("no_surnames", False), ("accounts_approved", False), ("remove_within", True),
    ]  # fmt: skip
    for number, (one,) in enumerate(offered, start=1):
        pick_sentence(by=ben, at=at, number=number, pick=Pick("take", ready=one.ready.key))
    with pytest.raises(BadInput) as refused:
        pick_sentence(by=ben, at=at, number=1, pick=Pick("take", says="Be kind.", ready="no_surnames"))
    assert "says" in refused.value.fields
    _version, number = take_picked(by=ben, at=at, seen=seen(at))
    assert number == 3
    set_now = all_set(writing(at.date()))
    (role,) = [one for one in writing(at.date()).text.roles if one.name == "School Business Manager"]
    assert "decide_account" in may_now(writing(at.date()), role)
    assert [*set_now] == ["no_surnames", "accounts_approved"]
    now = writing(at.date())
    ruled = [one for key in now.text.clauses for one in now.about(key).rules(key)]
    ticked = [words for one in ruled for words in one.get("in_full", ())]
    assert ticked == [*lines[1:3]], "the tick comes with the rule"


def test_of_a_sentence_that_reads_so_its_owner_can_say_that_it_asks_nothing_of_anyone(ben, at):
    """It comes with its clause and is signed with the rules; a ban or a duty is refused, other words too."""
    lines = (
        "1. About",
        "This policy covers all employees, volunteers and governors.",
        "Staff must not post pupils' names in any place that this policy covers.",
        "The office checks each account every week.",
    )
    start_policy_import(by=ben, at=at, found=found_in("\n\n".join(lines).encode(), "policy.txt"))
    assert [may_ask_nothing(one, Pick("take")) for one in read(at)] == [True, False, False]
    for number, pick in ((2, Pick("take", aside=True)), (3, Pick("take", aside=True)),
                         (1, Pick("take", aside=True, says="Staff ask the office first.")),
                         (1, Pick("take", aside=True, modality="must_not"))):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            pick_sentence(by=ben, at=at, number=number, pick=pick)
        assert "says" in refused.value.fields
    pick_sentence(by=ben, at=at, number=1, pick=Pick("take", aside=True))
    pick_sentence(by=ben, at=at, number=3, pick=Pick("take"))
    take_picked(by=ben, at=at, seen=seen(at))
    now = writing(at.date())
    (covers,) = [one.id for one in now.text.clauses.values() if one.says == lines[1]]
    assert now.about(covers).meant.asides == (covers,)


BOTH = "Staff must not accept friend requests from pupils or parents."


def test_a_sentence_on_parents_and_pupils_can_be_taken_with_the_ready_rules_of_both(ben, at):
    start_policy_import(by=ben, at=at, found=found_in(f"1. Contact\n\n{BOTH}".encode(), "policy.txt"))
    offers = ready_offers(writing(at.date()), read(at)[0], Pick("take"))
    both = together(offers)
    assert {one.ready.key for one in both} == {"no_pupil_friends", "no_parent_friends"}
    assert say_it_all(both, BOTH)
    keys = AND.join(one.ready.key for one in both)
    with pytest.raises(BadInput) as refused:
        pick_sentence(by=ben, at=at, number=1, pick=Pick("take", ready=f"{keys}{AND}no_surnames"))
    assert "says" in refused.value.fields
    pick_sentence(by=ben, at=at, number=1, pick=Pick("take", ready=keys))
    take_picked(by=ben, at=at, seen=seen(at))
    now = writing(at.date())
    assert {*all_set(now)} == {"no_pupil_friends", "no_parent_friends"}
    (clause,) = now.text.clauses
    assert [one["in_full"] for one in now.about(clause).rules(clause) if "in_full" in one] == [[BOTH]]


def test_one_ready_rule_is_no_two_and_others_are_not_joined(ben, at):
    start_policy_import(
        by=ben, at=at,
        found=found_in(b"1. A\n\nStaff must not be friends with pupils on Facebook.", "policy.txt"),
    )  # fmt: skip
    assert together(ready_offers(writing(at.date()), read(at)[0], Pick("take"))) == ()


TITLES = b"""The Digital Lead (DL) must train all staff.

Enquiries from the press are passed to the DL.

Posts are published by the Headteacher's PA.
"""


def test_the_titles_of_a_document_become_roles_and_their_short_forms_are_known(ben, at):
    start_policy_import(by=ben, at=at, found=found_in(TITLES, "policy.txt"))
    now = writing(at.date())
    said = sentences_of(PolicyImport.objects.get(), now.text)
    (offer,) = ready_offers(now, said[1], Pick("take"))
    assert (offer.ready.key, offer.whole) == ("press_to", True)
    assert offer.values == {"who": "Digital Lead", "when": "none"}
    for number, ready in ((1, ""), (2, "press_to"), (3, "")):
        pick_sentence(by=ben, at=at, number=number, pick=Pick("take", ready=ready))
    take_picked(by=ben, at=at, seen=seen(at))
    now = writing(at.date())
    assert {"Digital Lead", "Headteacher's PA"} <= {one.name for one in now.text.roles}
    assert now.text.role_words["DL"] == "Digital Lead"
    assert [one.values for one in all_set(now)["press_to"]] == [{"who": "Digital Lead", "when": "none"}]


def test_the_documents_word_for_a_role_that_the_policy_has_is_known_with_it(ben, at):
    says = "A new account is opened only with the approval of the Principal."
    start_policy_import(by=ben, at=at, found=found_in(f"1. Accounts\n\n{says}".encode(), "policy.txt"))
    (offer,) = ready_offers(writing(at.date()), read(at)[0], Pick("take"))[:1]
    assert (offer.ready.key, offer.values["who"], offer.whole) == ("accounts_approved", "headteacher", True)
    pick_sentence(by=ben, at=at, number=1, pick=Pick("take", ready=offer.ready.key))
    take_picked(by=ben, at=at, seen=seen(at))
    now = writing(at.date())
    assert now.text.role_words == {"Principal": "headteacher"}
    assert [one.values["who"] for one in all_set(now)["accounts_approved"]] == ["headteacher"]


TWO_BANS = "Staff must not accept friend requests from current pupils, or from former pupils under 18."


def test_two_ready_rules_that_say_a_clause_together_bring_the_tick_and_one_alone_doesnt(ben, at):
    start_policy_import(by=ben, at=at, found=found_in(f"1. Staff\n\n{TWO_BANS}".encode(), "policy.txt"))
    pick_sentence(by=ben, at=at, number=1, pick=Pick("take"))
    take_picked(by=ben, at=at, seen=seen(at))
    (clause,) = writing(at.date()).text.clauses

    def ticked():
        return [
            words
            for one in writing(at.date()).about(clause).rules(clause)
            for words in one.get("in_full", ())
        ]

    for key, values, whole in (
        ("no_pupil_friends", {}, []),
        ("no_leaver_friends", {"number": 18, "until": "age"}, [TWO_BANS]),
        ("no_leaver_friends", {"number": 18, "until": "years"}, []),
        ("no_leaver_friends", {"number": 18, "until": "age"}, [TWO_BANS]),
    ):
        now = writing(at.date()).about(clause)
        keep_ready_rule(
            by=ben, at=at, key=key, values=values, clause=clause, edition=now.edition, seen=now.seen
        )
        assert ticked() == whole, (key, values)
    edition = writing(at.date()).about(clause).edition
    remove_ready_rule(by=ben, at=at, key="no_pupil_friends", clause=clause, edition=edition)
    assert ticked() == []


def test_a_section_is_left_out_in_one_press_but_for_what_was_picked(ben, at):
    start_policy_import(by=ben, at=at, found=found_in(TWO_SECTIONS, "policy.txt"))
    pick_sentence(by=ben, at=at, number=1, pick=Pick("take"))
    assert leave_section(by=ben, at=at, section="Posts") == 1
    assert {number: one.choice for number, one in picks_of(PolicyImport.objects.get()).items()} == {
        1: "take", 2: "leave",
    }  # fmt: skip
    for section in ("Posts", "Nowhere"):
        with pytest.raises(NotFound):
            leave_section(by=ben, at=at, section=section)
    with pytest.raises(NotAllowed):
        leave_section(by=someone("Olive Office", "staff"), at=at, section="Comments")


def test_a_document_of_a_thousand_sentences_comes_in_whole():
    found = found_in(b"Staff must ask.\n\n" * 1_001, "policy.txt")
    assert len(found.sentences) == 1_001
    with pytest.raises(BadInput) as refused:
        found_in(b"Staff must ask.\n\n" * 1_501, "policy.txt")
    assert "line 3001 on, it is over the limit of 1,500 sentences" in str(refused.value.fields["file"])
