"""What a policy says in the words of a question is read first, whatever else is missing."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bench.asked import measured, questions
from schoolgate.cli.deciding import answer
from schoolgate.policy.keeping import body_of
from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.adviser import ENTRIES, Hat, Situated
from schoolgate.rulebook.adviser.fitting import MOST, asked_in_words, clauses_fitting, says_nothing
from schoolgate.rulebook.answers import Answer, answer_of, answer_of_body
from schoolgate.rulebook.book import Book, book_of
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.kinds import DEMANDS, Enforce, Modality, Outcome
from schoolgate.rulebook.packs import own_policies_in, read_pack
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import Asks
from schoolgate.rulebook.telling import told
from schoolgate.rulebook.unread import situations_found

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
OWN = ("st-annes", "stourhaven")
FOLDER = Path(__file__).parents[1] / "own_policies"
MUST, MUST_NOT, SHOULD, MAY = Modality.MUST, Modality.MUST_NOT, Modality.SHOULD, Modality.MAY
BRYN = {
    "surname": (MUST_NOT, "A pupil's surname must never be published."),
    "live": (MUST_NOT, "Nothing about a trip may be posted until the pupils are back at school."),
    "hours": (MUST_NOT, "Posts may only be made between 8am and 5pm on school days."),
    "snow": (MAY, "If the school closes because of snow, the head may publish without a second check."),
    "second": (MUST, "Every post must be checked by a second person before it is published."),
    "renewed": (MUST, "Parental consent must be renewed every September."),
    "where": (MUST_NOT, "Staff must not say on their own accounts that they work at the school."),
    "tags": (MUST_NOT, "Parents and pupils must not be tagged in any post."),
    "leavers": (MUST, "Photos of pupils who have left must be removed by the end of term."),
    "devices": (MUST_NOT, "Photos of pupils must not be taken on a personal phone."),
    "block": (SHOULD, "The head should write to a person before blocking them."),
    "stolen": (MUST, "A stolen password must be changed at once and the head told within 24 hours."),
    "complaints": (MUST_NOT, "Complaints must not be answered on social media."),
    "politics": (MUST_NOT, "The school will not post political statements."),
    "press": (MUST, "Journalists must be passed to the head at once."),
    "risk": (MUST, "Anyone who sees that a child is at risk must tell the safeguarding lead at once."),
    "login": (MUST_NOT, "No one may share the password of an account."),
    "music": (MUST_NOT, "Music must not be used in a film without a licence."),
}
"""A policy as it was written down: no rule yet."""
ASKED = [
    ("May we put a child's surname in the newsletter post?", "surname"),
    ("Ga i gyhoeddi cyfenw disgybl?", "surname"),
    ("We're on a trip. Can I post live?", "live"),
    ("Rydyn ni ar daith. Ga i bostio nawr?", "live"),
    ("Can I post on Saturday evening?", "hours"),
    ("Ga i bostio dros y penwythnos?", "hours"),
    ("We are closed for snow, may the head publish alone?", "snow"),
    ("Does a second colleague have to check my post?", "second"),
    ("The parents gave consent three years ago", "renewed"),
    ("Rhoddodd y rhieni ganiatâd ym mis Medi. Pryd mae rhaid ei adnewyddu?", "renewed"),
    ("May I say on Facebook that I work at this school?", "where"),
    ("Ga i ddweud ar fy Facebook fy hun ble rwy'n gweithio?", "where"),
    ("Can I tag a mum?", "tags"),
    ("Ga i dagio rhiant mewn post?", "tags"),
    ("She left school last year, may her photo stay up?", "leavers"),
    ("Mae'r disgybl wedi gadael. Beth am y llun?", "leavers"),
    ("May I take photos of the children on my own phone?", "devices"),
    ("Ga i dynnu lluniau o'r plant ar fy ffôn fy hun?", "devices"),
    ("May I block a rude parent?", "block"),
    ("Ga i rwystro rhiant?", "block"),
    ("Someone stole our password", "stolen"),
    ("A mum complains on our page. May I answer?", "complaints"),
    ("Mae rhiant yn cwyno ar y dudalen. Ga i ateb?", "complaints"),
    ("May the school tell people who to vote for?", "politics"),
    ("Gawn ni ofyn i rieni bleidleisio?", "politics"),
    ("A reporter has rung me", "press"),
    ("Mae newyddiadurwr wedi ffonio", "press"),
    ("I think a pupil is at risk", "risk"),
    ("May we use a pop song in our film?", "music"),
]
"""What people ask, in English and Welsh, with the clause that says it."""


HAFAN = {
    "start": (MUST, "The Instagram page of Hafan Nursery will be run by the deputy and two colleagues."),
    "public": (MUST, "Our Instagram page will be open to everyone so that families can see it."),
    "news": (MAY, "It can be used to tell families about events, news and outings."),
    "urgent": (
        MAY,
        "It can also be used when something urgent happens, such as ice, a power cut or a closed road.",
    ),
    "positive": (MUST, "The nursery will only share kind messages and useful information."),
    "comments": (MUST_NOT, "The page will not answer comments on Instagram."),
    "unkind": (MUST, "Unkind comments will be deleted and the person reported."),
    "followers": (MUST, "Managers will look through followers and remove any who seem odd."),
    "follow": (MAY, "The page will follow museums, libraries and other places that teach children."),
    "consent": (MUST, "Parents’ consent must be obtained before a photo is put up."),
    "refused": (MUST, "Where parents refused consent, only photos of the child’s work are put up."),
    "faces": (MUST_NOT, "Their faces must not be shown without consent."),
    "hands": (MAY, "A photo may show a child’s hands or the child from behind."),
    "names": (MUST, "Only children’s first names are used."),
    "together": (MUST_NOT, "A photo and a name are never put up together."),
    "phones": (MUST_NOT, "Photos of children must not be taken on staff’s own phones."),
    "private": (MUST_NOT, "Staff must not follow or message families from their own accounts."),
    "tagging": (MUST_NOT, "Children and parents must not be tagged in photos."),
}
"""A nursery's policy that is mostly about photographs, so that many clauses have the words of a question."""
ASKED_THERE = [
    ("The nursery is closed because the road is icy. May I post it?", "urgent"),
    ("There's been a power cut. Can I tell parents now?", "urgent"),
    ("May we post about the outing to the farm?", "news"),
    ("Can we tell families about next week's events?", "news"),
    ("Somebody odd follows us. What should we do?", "followers"),
    ("A strange follower has appeared, what must we do?", "followers"),
    ("May we make the page private?", "public"),
    ("Can only families see our page?", "public"),
    ("May I post something nasty about the other nursery?", "positive"),
    ("A parent asks something in a comment. May I answer it?", "comments"),
    ("Someone wrote an unkind comment. What now?", "unkind"),
    ("May we follow the county museum?", "follow"),
    ("May we put up a photo of a girl whose parents didn't reply about consent?", "consent"),
    ("The parents refused. May we show the child from behind?", "hands"),
    ("May we write a child's surname?", "names"),
    ("May I put the name under the photo?", "together"),
    ("Can I take a photo with my own phone?", "phones"),
    ("May I message a mum from my own Instagram?", "private"),
    ("Can we tag a dad?", "tagging"),
    ("Who runs the page?", "start"),
    ("May I answer a mother who comments under a picture?", "comments"),
    ("A family said no to photos. May we post their child's painting?", "refused"),
]
NO_PRESS = "llanidloes"
"""The policy that comes with the program and has no word of journalists."""
SILENT_THERE = [
    "A former pupil wants to be my friend",
    "May I say on Facebook where I work?",
    "May the school tell people who to vote for?",
    "A journalist rang. What do I do?",
    "The deputy leaves on Friday. What about the password?",
    "How often must we check the account?",
    "May I advertise my cousin's business?",
    "May I write about a colleague on my own page?",
    "Must two people approve a post?",
    "Someone hacked our account",
    "May I use music in a film?",
    "A child of my class asks to be my friend on Snapchat",
]
"""What that policy says nothing about."""


def written(clauses) -> Book:
    """A policy that someone wrote down, without a rule."""
    made = {
        key: Clause(key, "", says, how, "staff", "policy", Enforce.GUIDE, {})
        for key, (how, says) in clauses.items()
    }
    return book_of(replace(blank_pack("Bryn"), clauses=made))


@cache
def bryn() -> Book:
    return written(BRYN)


@cache
def unruled(key) -> Book:
    """An own policy before anyone wrote a rule for it."""
    return book_of(replace(read_pack(FOLDER / key), bindings=(), kept=()))


@pytest.mark.parametrize("key", OWN)
def test_a_clause_that_must_or_must_not_is_shown_by_every_question_of_its_subject(key):
    """Its subjects are those of the situations that its words lead to."""
    policy, missing = unruled(key), []
    for clause in policy.clauses.values():
        if clause.modality not in DEMANDS:
            continue
        subjects = {found.partition(".")[0] for found in situations_found(clause.wording or clause.says)}
        missing += [
            (clause.id, situation)
            for situation in SITUATIONS
            if situation.partition(".")[0] in subjects and clause.id not in policy.unread_at(situation)
        ]
    assert missing == []


@pytest.mark.parametrize("key", OWN)
def test_asked_in_its_own_words_a_clause_is_read_first_and_nothing_else_is_said(key):
    policy, quiet = unruled(key), []
    for clause in policy.clauses.values():
        if clause.modality not in DEMANDS:
            continue
        fitting = clauses_fitting(policy, clause.says)
        assert len(fitting) <= MOST
        if clause.id not in fitting:
            quiet.append(clause.id)
        for situation in ("post.publish", "personal.profile", "item.remove", "contact.accept"):
            says = answer_of(asked_in_words(policy, decide(policy, situation, {}), fitting))
            assert says in (Answer.READ_FIRST, Answer.NOT_ALLOWED, Answer.TO_DO), (clause.id, situation)
    assert quiet == []


def test_the_clause_that_answers_is_found_in_english_and_in_welsh():
    wrong = {typed: found for typed, key in ASKED if key not in (found := clauses_fitting(bryn(), typed))}
    assert wrong == {}


def test_of_many_clauses_with_the_words_of_a_question_the_nearest_is_read_first():
    """Before words were weighed by how rare they are: 13 first and 19 shown of 22, and 8 of 12 that it says
    nothing about were answered with clauses."""
    policy = written(HAFAN)
    found = [(clauses_fitting(policy, typed), key) for typed, key in ASKED_THERE]
    assert sum(fitting[:1] == (key,) for fitting, key in found) >= 17
    assert sum(key in fitting for fitting, key in found) >= 19
    assert sum(bool(clauses_fitting(policy, typed)) for typed in SILENT_THERE) <= 4


@pytest.mark.parametrize(
    "typed", ["May we post about the cake sale?", "xylophone quark", "", "Ga i?", "a" * 5000]
)
def test_words_that_fit_no_clause_change_no_answer(typed):
    assert clauses_fitting(bryn(), typed) == ()
    decision = decide(bryn(), "post.publish", {})
    assert asked_in_words(bryn(), decision, ()) is decision


def test_what_must_be_done_comes_before_what_should_and_what_may():
    three = {
        "may": (MAY, "Staff may tag a parent."),
        "should": (SHOULD, "Staff should ask before they tag a parent."),
        "never": (MUST_NOT, "Staff must not tag a parent."),
    }
    assert clauses_fitting(written(three), "tag a parent") == ("never", "should", "may")


def approvals_missing() -> tuple[Book, str]:
    """St Anne's with its rules: a post that waits for what it needs."""
    return book_of(read_pack(FOLDER / "st-annes")), "st-annes-posts-5"


def test_an_approval_that_is_missing_never_hides_the_clause_and_a_ban_stays_a_ban():
    policy, hours = approvals_missing()
    waits = decide(policy, "post.publish", {})
    assert answer_of(waits) is Answer.NOT_YET
    asked = asked_in_words(policy, waits, clauses_fitting(policy, "May I post at 9pm in the evening?"))
    assert hours in asked.first
    assert asked.unread[: len(asked.first)] == asked.first
    assert answer_of(asked) is answer_of_body(body_of(asked)) is Answer.READ_FIRST
    assert "first" not in body_of(waits), "what was asked of no one is saved as before"

    itself = next(one for one in waits.findings if one.clauses[0] in policy.clauses and one.needs)
    alone = asked_in_words(policy, waits, itself.clauses[:1])
    assert alone.first == itself.clauses[:1]
    assert answer_of(alone) is answer_of_body(body_of(alone)) is Answer.NOT_YET, "that is what it waits for"

    stopped = replace(waits, outcome=Outcome.NOT_PERMITTED)
    assert answer_of(asked_in_words(policy, stopped, [hours])) is Answer.NOT_ALLOWED


def test_a_duty_stays_the_duty_with_the_clause_beside_it():
    entry = ENTRIES["worry-about-child"]
    facts = Situated(entry, AT, (Hat("staff", "staff"),)).facts({})
    asked = asked_in_words(bryn(), decide(bryn(), entry.situation, facts), ["risk"])
    assert SITUATIONS[entry.situation].asks is Asks.DUTY
    assert (answer_of(asked), asked.first) == (Answer.TO_DO, ("risk",))


def test_a_clause_that_the_rules_asked_here_say_in_full_is_not_read_first_nor_one_that_there_is_not():
    pack = read_pack(FOLDER / "st-annes")
    rule = next(one for one in pack.bindings if "post.publish" in one.situations and len(one.clauses) == 1)
    key = rule.clauses[0]
    for whole, first in (((), (key,)), (tuple(pack.clauses[key].sentences), ())):
        one = replace(pack, bindings=(replace(rule, in_full=whole),))
        assert book_of(one).first_to_read("post.publish", [key, "no-such-clause", ""]) == first


def test_the_command_reads_the_words_of_the_question_too(tmp_path):
    own_policies_in(FOLDER)
    try:
        asked = "May I post at 9pm in the evening?"
        bare, worded = (answer("post.publish", "st-annes", b"{}", None, asked_in=one) for one in ("", asked))
    finally:
        own_policies_in(tmp_path)
    assert not any("read:" in line for line in told(bare))
    head, read = told(worded)[:2]
    assert head.startswith("Read these clauses first: ")
    assert read == f"  read: {', '.join(worded.first)}"
    assert "st-annes-posts-5" in worded.first


@pytest.mark.parametrize("policy", books())
def test_a_policy_that_comes_with_the_program_was_read_and_its_answers_stay(policy):
    for typed, _key in ASKED:
        assert clauses_fitting(book(policy), typed) == ()


def test_a_policy_is_called_silent_only_where_no_clause_of_it_touches_the_question():
    for typed in ("May the school use ChatGPT to write posts?", "May I use the school's logo?"):
        assert (clauses_fitting(bryn(), typed), says_nothing(bryn(), typed)) == ((), True), typed
    assert clauses_fitting(bryn(), "May we join TikTok?") == (), "where it's done is not what it's about"
    for typed, key in ASKED:
        assert not says_nothing(bryn(), typed), (typed, key)
    for typed in (
        "May a pupil have an account?",
        "What about a photo in the newsletter?",
        "xylophone quark",
        "",
        "Ga i?",
    ):
        assert not says_nothing(bryn(), typed), typed
    assert not says_nothing(written({}), "May I use the school's logo?"), "there is no policy to be silent"


@pytest.mark.parametrize("policy", books())
def test_a_policy_that_comes_with_the_program_is_called_silent_only_where_it_is(policy):
    silent = {typed for typed, _key in ASKED if says_nothing(book(policy), typed)}
    assert silent == ({"Mae newyddiadurwr wedi ffonio"} if policy == NO_PRESS else set())


def test_questions_to_policies_not_written_for_the_search_show_what_decides_them_first():
    """What was reached; the questions that weren't looked at are counted by `python -m bench asked`."""
    found = measured(questions())
    assert found["questions"] == 120
    assert found.get("falsely_silent", 0) == 0
    assert found["right"] >= 105
