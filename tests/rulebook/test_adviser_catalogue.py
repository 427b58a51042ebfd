"""The catalogue of questions: found by plain words, fit to be asked, and which situations have none."""

from datetime import UTC, datetime
from pathlib import Path

import polib
import pytest

import schoolgate
from bench.finding import SECONDS, measured, stories
from schoolgate.rulebook import book, books
from schoolgate.rulebook.adviser import ENTRIES, SUBJECTS, Situated, answer
from schoolgate.rulebook.adviser.entries import CATALOGUE as QUESTIONS
from schoolgate.rulebook.adviser.entries import USUAL
from schoolgate.rulebook.adviser.search import Slips, questions_found, stems
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.yaml_text import plain

CATALOGUE = Path(schoolgate.__file__).parent / "locale" / "cy" / "LC_MESSAGES" / "django.mo"
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
TYPED = {
    "a former pupil wants to follow me": "former-pupil-asks",
    "An ex-pupil sent me a friend request": "former-pupil-asks",
    "past student wants to add me on Facebook": "former-pupil-asks",
    "can i follow a former pupil": "follow-former-pupil",
    "can I friend request an ex student": "invite-former-pupil",
    "a pupil wants to be my friend": "pupil-asks",
    "one of my students has asked to follow me on Instagram": "pupil-asks",
    "can I follow one of my pupils": "follow-pupil",
    "a child messaged me on my own account, may I reply": "pupil-writes",
    "a mum wants to be my friend": "parent-asks",
    "parent friend request": "parent-asks",
    "pupil from my previous school wants to connect": "earlier-school",
    "my niece is a pupil here": "family-pupil",
    "my own child goes to this school": "family-pupil",
    "can I be friends with a teacher I work with": "colleague-contact",
    "can I have a private Facebook account": "own-account",
    "can I put my workplace on LinkedIn": "say-where-i-work",
    "starting a blog about teaching": "own-blog",
    "use the school badge on my profile": "logo-own-page",
    "privacy settings": "own-settings",
    "can I complain about the school online": "criticise-school",
    "ranting about the head on twitter": "criticise-school",
    "tweet about a funny thing a child said": "post-about-pupil",
    "gossip about a colleague": "post-about-colleague",
    "confidential information": "work-information",
    "write a reference on LinkedIn": "recommend-somebody",
    "editing Wikipedia at work": "wikipedia",
    "is the school spying on my private account": "school-watches",
    "photo from the school trip on my own Instagram": "school-picture-own-page",
    "pictures of pupils on my own Facebook": "pupil-picture-own-page",
    "may I post the empty new lab and say whose birthday it was": "details-with-school-picture",
    "may I post a painting with the pupil's name under it on my own page": "details-with-school-picture",
    "pupils' photos on the website": "pupil-picture-website",
    "can we put a child's name next to the photo": "name-beside-picture",
    "retweet a picture of the school": "pass-on-picture",
    "embarrassing photo taken by accident": "accidental-picture",
    "text a pupil from my mobile": "pupil-phone",
    "whatsapp group with pupils": "group-chat",
    "whatsapp group with parents": "parent-message",
    "who approves a post on the school account": "post-for-school",
    "copyright music in a video": "others-material",
    "start a Twitter account for my department": "new-account",
    "is this account fake": "is-it-the-schools",
    "Can I write on my own Facebook that I work at the school": "say-where-i-work",
    "I want to accept a friend request from a pupil in Year 6": "pupil-asks",
    "who can see the password": "account-password",
    "can I give the Twitter password to a colleague": "give-password",
    "may I share our password with the new teacher": "give-password",
    "somebody who runs the page is leaving": "lead-leaves",
    "delete a rude comment": "delete-comment",
    "block a troll": "block-somebody",
    "an angry parent wrote abuse about us": "parent-writes-badly",
    "a reporter rang me": "journalist",
    "the BBC wants an interview": "journalist",
    "I am being bullied online": "i-am-attacked",
    "I posted to the wrong account": "i-made-a-mistake",
    "worried about a child": "worry-about-child",
    "our account was hacked": "account-taken-over",
    "data breach": "data-got-out",
    "facebook on a work laptop": "school-computer",
    "using my phone at work": "own-phone-at-work",
    "school wifi": "school-network",
    "private emails from my work address": "work-mail-private",
    "are my emails monitored": "am-i-monitored",
    "look up an applicant on Google": "search-candidate",
    "does the policy apply to governors": "am-i-bound",
    "is minecraft covered": "is-it-covered",
    "suggest a change": "suggest-change",
    "what should I remember before I begin": "before-i-start",
    "which harm is the policy there to prevent": "what-it-prevents",
    "collect money for a charity": "canvass",
    "can I advertise my own business": "canvass",
    "freedom of information request": "what-is-held",
    "cyn-ddisgybl eisiau fy nilyn": "former-pupil-asks",
    "llun disgyblion ar y wefan": "pupil-picture-website",
    "newyddiadurwr yn gofyn": "journalist",
    "hacio cyfrif yr ysgol": "account-taken-over",
}
FOUND = {"tuned": 30, "apart": 27, "known": 30, "frozen": 29, "lived": 29, "schooldays": 26}
"""How many of thirty stories of each file have their question among the first three."""
TYPED_BY_VISITORS = {
    "can I be friends with my son's teacher": "staff-and-parent",
    "my teacher added me on snapchat": "staff-and-pupil",
    "a teacher texts my daughter": "staff-writes-to-pupil",
    "you deleted my comment": "my-comment-deleted",
    "photo of my child on facebook": "picture-of-my-child",
    "is this page really yours": "is-it-the-schools",
    "what do you know about me, freedom of information": "what-is-held",
    "I need help": "ask-for-help",
}
SWEPT = "looked over by the program at intervals, and told on the page for today"
DONE_THERE = "asked where the thing itself is done, with what stands there"
OFFICE = "for those who keep the policy, on its own pages"
WITHOUT_ENTRY = {
    "account.awaits": SWEPT,
    "account.decide": DONE_THERE,
    "account.evaluated": SWEPT,
    "account.purpose": DONE_THERE,
    "account.sign": DONE_THERE,
    "account.status": SWEPT,
    "account.use": DONE_THERE,
    "breach.close": DONE_THERE,
    "breach.status": DONE_THERE,
    "briefing.status": SWEPT,
    "conduct.judge": DONE_THERE,
    "contact.site_settings": DONE_THERE,
    "contributor.admit": DONE_THERE,
    "education.enter": DONE_THERE,
    "education.status": SWEPT,
    "feed.upkeep": SWEPT,
    "guidance.write": DONE_THERE,
    "incident.assess": DONE_THERE,
    "incident.conclude": DONE_THERE,
    "incident.investigate": DONE_THERE,
    "item.look": DONE_THERE,
    "personal.reminder": SWEPT,
    "policy.adopt": OFFICE,
    "policy.ask": OFFICE,
    "policy.known": SWEPT,
    "policy.review": OFFICE,
    "policy.status": SWEPT,
    "post.upkeep": SWEPT,
    "rights.question": DONE_THERE,
    "site.check": SWEPT,
    "site.prepare": DONE_THERE,
    "training.status": SWEPT,
}
"""Situations that nobody asks about in words, and why."""


@pytest.mark.parametrize("typed", TYPED)
def test_plain_words_find_the_right_question_first(typed):
    staff = [one.key for one in ENTRIES.values() if one.staff]
    assert questions_found(typed, among=staff)[:1] == [TYPED[typed]]


@pytest.mark.parametrize("file", FOUND)
def test_a_story_as_a_head_types_it_finds_its_question_among_the_first_three(file):
    told = stories(file)
    found = measured(told)
    assert (found["stories"], found["among the first three"] >= FOUND[file]) == (30, True), found
    assert found["situation among the first three"] >= 27, found
    assert found["slowest_seconds"] < SECONDS


@pytest.mark.parametrize("typed", TYPED_BY_VISITORS)
def test_plain_words_of_a_parent_or_pupil_find_the_right_question_first(typed):
    public = [one.key for one in ENTRIES.values() if one.public]
    assert questions_found(typed, among=public)[:1] == [TYPED_BY_VISITORS[typed]]


def test_words_that_say_nothing_find_nothing():
    assert [questions_found(typed) for typed in ("", "  ", "may I", "xylophone", "?" * 5000)] == [[]] * 5


def test_few_questions_are_shown_where_none_fits_well_and_none_for_a_single_word_of_many():
    staff = [one.key for one in ENTRIES.values() if one.staff]
    for typed in (
        "May I bring my dog to school?",
        "Can we fly a drone over the yard?",
        "Can I wear trainers?",
    ):
        assert len(questions_found(typed, among=staff)) <= 3, typed
    accident = "There has been an accident on the drive, can I put something on our Facebook?"
    assert questions_found(accident, among=staff) == ["hard-news", "parent-writes-badly"]
    assert len(questions_found("A pupil messaged me on my own account", among=staff)) > 3


def test_only_among_those_that_somebody_may_see():
    public = [one.key for one in ENTRIES.values() if one.public]

    assert set(questions_found("school account password", among=public)) <= set(public)


def test_words_are_folded_and_cut_to_their_stems():
    assert stems("The Pupils' photos") == stems("pupil picture")
    assert stems("cyn-ddisgybl") == stems("former pupil")


def test_a_word_of_three_letters_lends_its_meaning_to_its_own_forms_alone():
    assert stems("calls") == stems("calling")
    assert stems("lady") != stems("lad")
    for word, other in (
        ("ladies", "lads"),
        ("wine", "wins"),
        ("done", "donated"),
        ("new", "news"),
        ("out", "outing"),
    ):
        assert stems(word) != stems(other), word


def test_a_welsh_word_is_the_same_in_each_mutation_and_means_what_the_english_one_does():
    for word in ("tudalen", "dudalen", "nhudalen", "thudalen"):
        assert stems(word) == stems("page"), word
    assert stems("cyfrinair") == stems("nghyfrinair") == stems("password")
    assert stems("gyda'n disgyblion ni") == stems("blwyddyn 8") == stems("the under 13s") == ["pupil"]


def test_a_long_word_with_one_letter_wrong_is_known_and_a_known_or_short_one_is_left():
    slips = Slips(["accident deleted quite"])
    assert {slips.get(typed) for typed in ("acident", "accidnet", "acciddent")} == {"accident"}
    left = ["quiet", "incident", "xylophone"]
    assert [slips.get(typed) for typed in left] == left


def test_who_says_where_they_are_and_until_when_is_on_a_trip():
    away = (
        "We are at the castle now with Year 4",
        "We're in Cardiff until Friday",
        "Rydyn ni yn Aberystwyth tan nos Iau",
    )
    here = (
        "We are at school until five",
        "We are on Facebook with our class",
        "We are in touch with girls",
    )
    assert [one for one in away if "trip" not in stems(one)] == []
    assert [one for one in here if "trip" in stems(one)] == []


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda one: one.key)
def test_an_entry_can_be_asked_under_every_policy(entry):
    assert entry.subject in SUBJECTS
    assert entry.staff or entry.public
    asked = Situated(entry, AT)
    for policy in books():
        assert answer(book(policy), asked, {}).decision.situation == entry.situation
    unknown = entry.not_asked - {leaf.path for leaf in Situated(entry, AT).leaves} - _paths(entry)
    assert unknown == set()


def _paths(entry) -> set[str]:
    from schoolgate.rulebook.adviser.leaves import leaves_of

    return {leaf.path for leaf in leaves_of(entry.situation, Situated(entry, AT).preset())}


def test_every_situation_has_an_entry_or_a_reason_for_none():
    asked = {one.situation for one in ENTRIES.values()}

    assert set(SITUATIONS) - asked == set(WITHOUT_ENTRY)
    assert all(WITHOUT_ENTRY.values())


def test_what_parents_and_pupils_see_is_less_than_what_staff_see():
    public = [one for one in ENTRIES.values() if one.public]

    assert 6 <= len(public) < len(ENTRIES) / 2


def test_the_title_of_every_situation_is_in_the_catalogue_of_sentences():
    collected = {entry.msgid for entry in polib.mofile(str(CATALOGUE))}
    assert [key for key, one in SITUATIONS.items() if one.title not in collected] == []


def test_what_a_question_leaves_open_can_be_asked():
    """Without a question in words it stays unknown, and the answer waits for what no one can say."""
    for path in sorted(QUESTIONS.glob("*.yaml")):
        for one in plain(path.read_bytes(), path.name) if path.name != USUAL else ():
            entry = ENTRIES[one["key"]]
            asked = {leaf.path for leaf in Situated(entry, AT).leaves}
            assert {*one.get("open", ())} <= asked, one["key"]
