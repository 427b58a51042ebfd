"""What an answer under a school's own policy says: what was ticked is read, what explains asks nothing, who
must be told stands first, an exception stands beside a ban, and nothing unknown is taken for a yes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schoolgate.policy.books import bindings_digest
from schoolgate.policy.keeping import body_of
from schoolgate.rulebook import decide
from schoolgate.rulebook.adviser import ENTRIES, Hat, Situated, answer
from schoolgate.rulebook.adviser.fitting import asked_in_words, clauses_fitting
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.book import Book, book_of
from schoolgate.rulebook.clauses import Clause, split
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed, differences, taken_over
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import filled
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.unread import in_reading_order
from schoolgate.rulebook.working_time import Calendar, Days
from schoolgate.web.frame.wording import quote_from, verdict
from tests.guarantees.test_answers import AT

KNOWN = Days(date(2027, 1, 4), date(2027, 3, 26))
CALENDAR = Calendar(
    country="england", bank_holidays_known=KNOWN, bank_holidays=(), added_days=(), terms_known=KNOWN,
    terms=(KNOWN,), inset_days=(),
)  # fmt: skip
MUST, MUST_NOT, STATES = Modality.MUST, Modality.MUST_NOT, Modality.STATES
LEAVERS = (
    MUST_NOT,
    "Staff must not accept former pupils as friends until they are 18.",
    {
        "ask": "contact.accept",
        "point": "former_pupil",
        "when": {"other_kinds": {"includes": "former_pupil"}},
        "forbid": {"not": {"other.age": {"at_least": 18}}},
    },
)
"""A clause with its rule, ticked as said in full."""
GROWN_UP = {
    "now": AT,
    "person": {"key": "a", "bound_as": "staff"},
    "channel": "personal",
    "other": {
        "key": "b", "relation": "former_pupil", "also": [], "date_of_birth": "1990-05-01",
        "left_on": "2008-07-15",
    },
}  # fmt: skip


def policy(in_full=True, asides=(), **said) -> Book:
    """An own policy: for each clause its strength, its words, and its rule or None; those with a rule are
    ticked as said in full."""
    clauses, rules = {}, {}
    for key, (modality, says, rule) in said.items():
        parameters = {"numbers": [18, 24]}
        clauses[key] = Clause(key, "1 General", says, modality, "staff", "general", Enforce.GUIDE, parameters)
        if rule is not None:
            rules[key] = ({"clauses": [key], "in_full": split(says) if in_full else [], **rule},)
    return book_of(changed(replace(blank_pack("Bryn"), clauses=clauses), Changes(rules=rules, asides=asides)))


def asked(own: Book, **facts):
    """The answer to a grown-up former pupil's request."""
    return decide(own, "contact.accept", {**GROWN_UP, **facts})


SPAM = "Spam and friend requests from advertisers that follow us are removed from our pages within 4 hours."
REMOVED = {"ask": "item.received", "point": "removal_due", "when": {"improper": True},
           "oblige": {"who": "account_team", "what": "removal"}}  # fmt: skip


def test_a_clause_ticked_as_said_in_full_is_read_and_one_that_isnt_still_forces_reading():
    own = policy(leavers=LEAVERS, spam=(MUST, SPAM, REMOVED))
    told = asked(own)
    assert answer_of(told) is Answer.ALLOWED
    assert (told.unread, told.beside) == ((), ("spam",)), "it's still shown"
    assert [one.id for one in verdict(told, at=AT, quote=quote_from(own)).read] == ["spam"]
    assert body_of(told)["beside"] == ["spam"]

    for not_ticked in (
        policy(leavers=LEAVERS, spam=(MUST, SPAM, None)),
        policy(in_full=False, leavers=LEAVERS, spam=(MUST, SPAM, REMOVED)),
    ):
        assert "spam" in asked(not_ticked).unread
        assert answer_of(asked(not_ticked)) is Answer.READ_FIRST


def test_a_ticked_clause_of_the_same_subject_whose_words_lead_to_the_question_is_no_yes():
    """Its rule is for another question than the one asked, and its own words are of that one."""
    elsewhere = {
        "ask": "contact.site_settings",
        "point": next(iter(SITUATIONS["contact.site_settings"].points)),
    }
    says = "Staff must not accept friend requests from pupils."
    own = policy(leavers=LEAVERS, pupils=(MUST_NOT, says, {**elsewhere, "forbid": True}))
    assert answer_of(asked(own)) is Answer.READ_FIRST


@pytest.mark.parametrize(
    ("modality", "says"),
    [
        (MUST, "In this policy “friend” means a friend, a follower or a contact of a pupil or former pupil."),
        (STATES, "It applies to all employees and former pupils who accept friend requests."),
        (
            STATES,
            "This policy aims to help staff who accept friends online. It is to be read with others.",
        ),
        (STATES, "Ym mholisi’r ysgol hon mae ffrind yn golygu ffrind ar-lein."),
    ],
)
def test_what_only_explains_forces_nobody_to_read_it_first(modality, says):
    own = policy(leavers=LEAVERS, explains=(modality, says, None))
    told = asked(own)
    assert "explains" not in told.unread
    assert answer_of(told) is Answer.ALLOWED
    alone = asked(policy(explains=(modality, says, None)))
    assert answer_of(alone) in (Answer.READ_FIRST, Answer.SILENT), "that is no yes"
    assert alone.beside == ()


@pytest.mark.parametrize(
    ("modality", "says"),
    [
        (STATES, "The same applies to former pupils who accept friend requests for a year after they left."),
        (STATES, "Friend requests from former pupils are only for those who left a year ago."),
        (STATES, "Friend requests from former pupils are answered by the school office."),
        (MUST, "In this policy friends must not be former pupils."),
        (MUST, "A friend request from a former pupil is accepted by the school office."),
        (
            STATES,
            "Caiff ffrindiau newydd o blith cyn-ddisgyblion eu cadw, dim ond os yw’r pennaeth yn fodlon.",
        ),
    ],
)
def test_a_statement_that_may_bear_on_it_still_comes_first(modality, says):
    assert answer_of(asked(policy(leavers=LEAVERS, more=(modality, says, None)))) is Answer.READ_FIRST


REGISTER = (MUST, "The school office keeps a list of friend requests and followers.", None)


def test_a_clause_of_which_the_owner_says_that_it_asks_nothing_stands_beside_the_answer():
    assert answer_of(asked(policy(leavers=LEAVERS, register=REGISTER))) is Answer.READ_FIRST
    aside = policy(leavers=LEAVERS, register=REGISTER, asides=("register",))
    told = asked(aside)
    assert (answer_of(told), told.beside) == (Answer.ALLOWED, ("register",))
    fitting = asked_in_words(aside, told, ["register"])
    assert answer_of(fitting) is Answer.READ_FIRST, "asked for in its own words it's read all the same"
    alone = asked(policy(register=REGISTER, asides=("register",)))
    assert answer_of(alone) is not Answer.ALLOWED

    with pytest.raises(BadPack):
        policy(ban=(MUST_NOT, "Staff must not follow parents.", None), asides=("ban",))
    with pytest.raises(BadPack):
        policy(leavers=LEAVERS, asides=("no-such-clause",))
    ruled = policy(in_full=False, leavers=LEAVERS, spam=(MUST, SPAM, REMOVED), asides=("spam",))
    assert "spam" in asked(ruled).unread, "a rule that says part of it counts, not the tick"


def test_what_was_said_of_a_clause_goes_with_its_words_only_and_is_a_difference_to_sign():
    pack = policy(leavers=LEAVERS, register=REGISTER).pack
    reworded = replace(pack.clauses["register"], says="The school office decides on friend requests.")
    new = replace(pack, clauses={**pack.clauses, "register": reworded})
    said = Changes(asides=("register",))
    assert taken_over(pack, pack, said)[0].asides == ("register",)
    assert taken_over(pack, new, said)[0].asides == ()
    (one,) = differences(pack, Changes(), said)
    assert (one.what, one.about, one.before, one.after) == ("aside", "register", False, True)
    assert bindings_digest(changed(pack, said)) != bindings_digest(pack)


def test_who_must_be_told_and_by_when_is_read_before_what_only_shares_the_subject():
    own = policy(
        leavers=LEAVERS,
        friends=(MUST_NOT, "Staff must not follow parents or send them friend requests.", None),
        settings=(MUST, "Staff must check friend requests and followers every term.", None),
        hours=(MUST, "A friend request from a pupil must be refused within 24 hours.", None),
        lead=(MUST, "Any friend request from a pupil must be reported to the DSL on the same day.", None),
        head=(MUST, "The headteacher is told of each friend request from a parent.", None),
        chair=(MUST, "The chair is told of each friend request to the headteacher.", None),
    )
    unread = asked(own).unread
    assert set(unread[:2]) < {"lead", "head", "chair"}
    assert unread[2] not in ("lead", "head", "chair"), "they never hide what is nearest"
    assert set(unread) == {"lead", "hours", "friends", "settings", "head", "chair"}


def test_what_is_due_by_a_time_is_read_before_what_only_shares_the_subject():
    says = "A picture of a pupil who asks as a friend on the page comes down within 24 hours."
    far = {"near": 1, "due": 9, "subject": 5, "begun": 0}
    clauses = policy(
        near=(MUST, "Staff check friend requests.", None),
        due=(MUST, says, None),
        subject=(MUST, "Staff are careful.", None),
        begun=LEAVERS,
    ).clauses
    assert in_reading_order(far, clauses, "contact.accept") == ["begun", "near", "due", "subject"]


@pytest.mark.parametrize(
    ("approvals", "met"), [((), False), (None, False), ([{"by": "b", "of_this_version": True}], True)]
)
def test_what_nobody_approved_is_never_taken_for_approved(approvals, met):
    rule = {"ask": "post.publish", "point": "approval", "need": {"approvals": {"known": True}}}
    own = policy(seen=(MUST, "Posts have to be seen by a second member of staff.", rule))
    told = decide(own, "post.publish", {"now": AT, "approvals": approvals})
    needs = [need.what for one in told.at("approval") for need in one.needs]
    assert bool(needs) is not met, told.at("approval")


PUPILS = {
    "ask": "contact.accept",
    "point": "pupil_contact",
    "when": {"other_kinds": {"includes": "pupil"}},
    "forbid": True,
}
A_PUPIL = {"key": "b", "relation": "pupil", "also": []}
BAN = "Staff must not accept friend requests from pupils"


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (f"{BAN}, other than on Teams.", "… other than on Teams"),
        (f"{BAN} unless they are family; ask first.", "… unless they are family"),
        (
            f"{BAN}. Requests from a club that the school runs are permitted.",
            "Requests from a club that the school runs are permitted.",
        ),
        (f"{BAN}. They may write to the office.", "They may write to the office."),
        (f"{BAN}. Re-posting what charities wrote is permitted.", ""),
        ("A friend request may be sent to the school's own pages, but never to pupils.", ""),
        ("Staff must not swear, join groups other than the union's, or add pupils as friends.", ""),
        (
            "Staff must not swear, add pupils as private contacts except on trips, or join groups.",
            "… except on trips",
        ),
        ("Staff must not swear; join groups other than the union's; add pupils as friends.", ""),
        (f"{BAN}. No pupil may be followed. They may only be written to at school.", ""),
        (f"{BAN}. Breaking this may lead to dismissal.", ""),
        (f"{BAN}. Ac eithrio teulu.", "… Ac eithrio teulu"),
    ],
)
def test_a_ban_and_the_exception_in_its_own_clause_are_said_in_one_breath(says, words):
    told = asked(policy(in_full=False, pupils=(MUST_NOT, says, PUPILS)), other=A_PUPIL)
    assert answer_of(told) is Answer.NOT_ALLOWED
    assert told.excepted == ((words,) if words else ())
    shown = verdict(told, at=AT, quote=quote_from(policy()))
    assert shown.summary == (f"Unless the policy’s exception applies: “{words}”" if words else "")
    assert body_of(told).get("excepted", []) == [*told.excepted]

    ticked = asked(policy(pupils=(MUST_NOT, says, PUPILS)), other=A_PUPIL)
    assert ticked.excepted == told.excepted, "a tick makes no exception"
    steps = {"steps": [{"permit": {"other.family": True}}, {"forbid": True}]}
    held = {name: one for name, one in PUPILS.items() if name != "forbid"} | steps
    unrelated = {**A_PUPIL, "family": False}
    holds = asked(policy(pupils=(MUST_NOT, says, held)), other=unrelated)
    assert (answer_of(holds), holds.excepted) == (Answer.NOT_ALLOWED, ()), "its rule holds it"


def test_an_exception_that_is_a_clause_of_its_own_stands_beside_the_ban_and_nowhere_else():
    family = "An exception may be made for friend requests of family, if the headteacher knows of it."
    own = policy(pupils=(MUST_NOT, f"{BAN}.", PUPILS), leavers=LEAVERS, family=(MUST, family, None))
    told = asked(own, other=A_PUPIL)
    assert (answer_of(told), told.excepted) == (Answer.NOT_ALLOWED, (family,))
    assert asked(own).excepted == ()
    family = own.pack.clauses["family"]
    for otherwise in (
        replace(family, section="9 Pictures"),
        replace(family, says=f"Friend requests are opened at school. {family.says}"),
    ):
        other = book_of(replace(own.pack, clauses={**own.pack.clauses, "family": otherwise}))
        assert asked(other, other=A_PUPIL).excepted == (), "it excepts from something else"


@pytest.mark.parametrize(
    ("says", "excepts"),
    [
        ("Friend requests of pupils who are family may be accepted.", True),
        ("Friend requests of family are permitted.", True),
        ("Friend requests of family need no permission.", True),
        ("Friend requests may not be made by pupils.", False),
        ("Staff must follow the head's guidance on when friend requests are permitted.", False),
        ("Staff may share posts of the school on their own accounts.", False),
    ],
)
def test_what_the_clause_behind_a_ban_allows_of_the_same_stands_beside_it_as_its_exception(says, excepts):
    own = policy(pupils=(MUST_NOT, f"{BAN}.", PUPILS), family=(Modality.MAY, says, None), leavers=LEAVERS)
    told = asked(own, other=A_PUPIL)
    assert (answer_of(told), told.excepted) == (Answer.NOT_ALLOWED, (says,) if excepts else ())
    assert asked(own).excepted == ()


def test_pictures_that_need_no_consent_stand_beside_the_ban_on_those_without():
    ban = "No pictures of pupils are published without consent."
    says = "Pictures from behind or of groups over five where none is recognisable need no consent."
    consent = ready_rules()["picture_consent"]
    case = next(one for one in consent.examples if one.situation == "post.publish")
    made = filled(consent, {**consent.defaults, **case.values}, "ban")
    rule = next(one for one in made if "post.publish" in one["ask"])
    rule = {name: one for name, one in rule.items() if name != "clauses"}
    own = policy(ban=(MUST_NOT, ban, rule), groups=(Modality.MAY, says, None))
    told = decide(own, "post.publish", {"now": AT, **case.facts})
    assert (answer_of(told), told.excepted) == (Answer.NOT_YET, (says,))


FREE = "Class teachers may post news of their own class without asking beforehand."
CONSENT = (MUST_NOT, "We never post a picture of a child without consent.",
           {"ask": "post.publish", "point": "photo_consent", "need": {"has_film": True}})  # fmt: skip
HEADS = (MUST, "Posts on an accident need the approval of the headteacher.",
         {"ask": "post.publish", "point": "approval", "need": {"approvals": {"known": True}}})  # fmt: skip


@pytest.mark.parametrize(
    ("says", "of_consent", "of_approval"),
    [
        (FREE, False, False),
        ("Pictures of an accident at school need no approval.", False, True),
        ("Pictures of groups at an accident need no consent.", True, False),
        ("An exception may be made for swimming lessons.", False, False),
    ],
)
def test_what_needs_no_approval_is_no_exception_from_consent_nor_one_from_the_other(
    says, of_consent, of_approval
):
    facts = {"now": AT, "approvals": [], "has_film": False}
    for held, ruled in ((CONSENT, of_consent), (HEADS, of_approval)):
        own = policy(held=held, between=(MUST, "Captions are short.", None), free=(Modality.MAY, says, None))
        told = decide(own, "post.publish", facts)
        assert (answer_of(told), told.excepted) == (Answer.NOT_YET, (says,) if ruled else ())
    both = decide(policy(held=CONSENT, heads=HEADS, free=(Modality.MAY, says, None)), "post.publish", facts)
    assert both.excepted == (), "an exception from one of two leaves the other"


def test_the_exception_alone_allows_nothing():
    says = "Friend requests of pupils who are family may be accepted."
    own = policy(pupils=(MUST_NOT, f"{BAN}.", None), family=(Modality.MAY, says, None))
    assert answer_of(asked(own, other=A_PUPIL)) is Answer.READ_FIRST


def test_a_time_that_only_the_clause_names_is_said_in_its_words_and_none_only_where_it_names_none():
    rule = {"ask": "item.received", "point": "removal_due", "when": {"improper": True},
            "oblige": {"who": "account_team", "what": "removal"}}  # fmt: skip
    for says, by in (
        (
            "Rude comments are removed within two hours of being seen.",
            "as the clause says: “within two hours of being seen”",
        ),
        ("Rude comments are removed.", "no deadline in the policy"),
    ):
        own = policy(rude=(MUST, says, rule))
        told = decide(
            own, "item.received", {"now": AT, "received_at": AT, "improper": True, "improper_since": AT}
        )
        shown = verdict(told, at=AT, quote=quote_from(own))
        assert answer_of(told) is Answer.TO_DO
        assert shown.duties == [f"The account team: taking it down, {by}."]


def test_two_clauses_that_ask_for_one_thing_by_one_time_make_one_line():
    own = policy(rude=(MUST, "Rude comments are removed.", REMOVED), spam=(MUST, SPAM, REMOVED))
    told = decide(
        own, "item.received", {"now": AT, "received_at": AT, "improper": True, "improper_since": AT}
    )
    assert len(told.duties) == 2
    (line,) = verdict(told, at=AT, quote=quote_from(own)).duties
    assert "4 hours" in line or "by " in line, "where one names a time, none is no deadline"
    same = policy(
        rude=(MUST, "Rude comments are removed.", REMOVED), spam=(MUST, "Spam is removed.", REMOVED)
    )
    told = decide(
        same, "item.received", {"now": AT, "received_at": AT, "improper": True, "improper_since": AT}
    )
    assert len(verdict(told, at=AT, quote=quote_from(same)).duties) == 1


def test_the_shortest_time_leads_whichever_clause_stands_first():
    late = {**REMOVED, "oblige": {**REMOVED["oblige"], "due": {"after": "improper_since", "hours": 4}}}
    soon = {**REMOVED, "oblige": {**REMOVED["oblige"], "due": {"after": "improper_since", "hours": 2}}}
    own = policy(
        rude=(MUST, "Rude comments are removed.", REMOVED),
        spam=(MUST, "Spam is removed within 4 hours.", late),
        abuse=(MUST, "Abuse is removed within 2 hours.", soon),
    )
    told = decide(
        own, "item.received", {"now": AT, "received_at": AT, "improper": True, "improper_since": AT}
    )
    shown = verdict(told, at=AT, quote=quote_from(own)).duties
    assert [one.partition(", ")[2][:3] for one in shown] == ["by ", "by "]
    assert shown == sorted(shown)


def test_no_deadline_never_stands_before_a_time_that_a_clause_of_the_question_names():
    says = "Where a picture of a child was posted by mistake, the post is to be taken down at once."
    evidence = {"ask": "incident.report", "point": "evidence_kept",
                "oblige": {"who": "incident.reporter", "what": "incident.save_evidence"}}  # fmt: skip
    own = policy(evidence=(MUST, "Evidence is saved.", evidence), mistake=(MUST, says, None))
    entry = ENTRIES["i-made-a-mistake"]
    told = answer(own, Situated(entry, AT, (Hat("staff", "staff"),)), {}).decision
    for decision in (told, asked_in_words(own, told, ["mistake"], entry=entry.key)):
        shown = verdict(decision, at=AT, quote=quote_from(own)).duties
        assert shown[0] == f"The policy says: {says}"
        assert shown[-1].endswith("saving the evidence, no deadline in the policy.")
    untimed = policy(evidence=(MUST, "Evidence is saved.", evidence), mistake=(MUST, says[:-8] + ".", None))
    told = answer(untimed, Situated(entry, AT, (Hat("staff", "staff"),)), {}).decision
    assert len(verdict(told, at=AT, quote=quote_from(untimed)).duties) == 1


@pytest.mark.parametrize(
    ("kind", "calendar", "says"),
    [("query", True, Answer.TO_DO), ("query", False, Answer.NOT_YET), ("mention", True, Answer.READ_FIRST)],
)
def test_a_reply_within_school_days_is_due_once_what_came_in_and_the_school_days_are_known(
    kind, calendar, says
):
    ready = ready_rules()["reply_within"]
    values = {**ready.defaults, "number": 2, "unit": "school_days", "what": "questions"}
    (rule,) = filled(ready, values, "reply")
    own = policy(reply=(MUST, "Questions are answered within two school days.", rule))
    entry = ENTRIES["reply-by"]
    known = {"calendar": CALENDAR} if calendar else {}
    asked_so = Situated(entry, AT, (Hat("staff", "staff"),), known)
    question = answer(own, asked_so, {}).question
    assert question is not None
    assert question.leaf.path == "kind"
    told = answer(own, asked_so, {"kind": kind}).decision
    assert answer_of(told) is says, told.findings
    if says is Answer.TO_DO:
        assert told.duties[0].due.day == date(2027, 1, 21)


def test_a_removal_is_asked_for_only_under_a_policy_that_has_a_time_for_it():
    (rule,) = filled(ready_rules()["remove_within"], {"number": 4, "unit": "hours"}, "rude")
    own = policy(rude=(MUST, "Rude comments are removed within 4 hours.", rule))
    entry = ENTRIES["remove-by"]
    assert entry.point in {one.point for one in own.bound(entry.situation)}
    told = answer(own, Situated(entry, AT, (Hat("staff", "staff"),)), {}).decision
    assert answer_of(told) is Answer.TO_DO
    assert told.duties[0].due.instant == AT + timedelta(hours=4)
    assert entry.point not in {one.point for one in policy(leavers=LEAVERS).bound(entry.situation)}


def test_who_must_be_told_in_a_section_whose_rules_are_asked_is_read_first_whatever_its_words_are():
    told = "Whatever happens must be reported to the DSL on the same day."
    near = policy(leavers=LEAVERS, told=(MUST, told, None))
    assert asked(near).unread[:1] == ("told",)
    far = replace(near.clauses["told"], section="9 Elsewhere")
    other = book_of(replace(near.pack, clauses={**near.clauses, "told": far}))
    assert "told" not in asked(other).unread[:1]


def test_names_in_a_question_hide_no_clause():
    own = policy(
        results=(MUST_NOT, "Examination results of a single pupil are not published.", None),
        press=(MUST, "Only the headteacher gives journalists a statement.", None),
        sponsors=(
            MUST,
            "Any post that mentions a sponsor or the fees needs the approval of the Bursar.",
            None,
        ),
        greetings=(MUST, "At Easter greetings are posted by the office only.", None),
    )
    assert "press" in clauses_fitting(own, "May a journalist get a statement")
    named = "May Deirdre Cobblestone of the Northwich Evening Sentinel get a statement"
    assert "press" in clauses_fitting(own, named)


DISCLOSED = (
    "If children disclose information on these sites that raises safeguarding or other concerns, appropriate"
    " authorities must be informed immediately."
)


def test_where_a_child_may_be_in_danger_who_must_be_told_comes_before_what_has_more_of_the_words():
    asks = "A child has written in a comment that she is being hurt at home. What must I do?"
    own = policy(
        hurt=(MUST_NOT, "Comments must not say that a child is being hurt at home.", None),
        told=(MUST, DISCLOSED, None),
    )
    assert clauses_fitting(own, asks)[:1] == ("hurt",)
    decision = answer(own, Situated(ENTRIES["child-tells"], AT, (Hat("staff", "staff"),)), {}).decision
    shown = asked_in_words(own, decision, clauses_fitting(own, asks), entry="child-tells")
    assert (shown.first[:1], shown.unread[:1]) == (("told",), ("told",))
    harmless = asked_in_words(own, decision, clauses_fitting(own, asks), entry="pupil-asks")
    assert harmless.first[:1] == ("hurt",)
