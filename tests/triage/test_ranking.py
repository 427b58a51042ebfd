"""Each comment waits in a lane, with the reason; the order is the same however it is typed."""

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from schoolgate.screening import Listed, NameIndex
from schoolgate.triage import ORDER, Lane, kinds, lists_with, triage
from schoolgate.triage.phrases import phrases_of
from schoolgate.triage.reading import Spelling
from tests.triage.examples import danger, harmless

EVERY = [each.text for half in ("unseen", "seen") for each in (*danger(half), *harmless(half))]


@pytest.mark.parametrize(
    ("text", "lane"),
    [
        ("i dont feel safe at home", Lane.DANGER),
        ("there is a bomb in the school", Lane.THREAT),
        ("Mr Evans is a lazy idiot", Lane.ABUSE),
        ("mae'r athro yn dwp", Lane.ABUSE),
        ("ring me on 07700 900123 about the coats", Lane.PERSONAL_DATA),
        ("Very disappointed that no one rang us back about the trip", Lane.COMPLAINT),
        ("Siomedig iawn gyda'r gwasanaeth", Lane.COMPLAINT),
        ("What time does the fair start", Lane.QUESTION),
        ("Pryd mae'r cyngerdd", Lane.QUESTION),
        ("tickets left?", Lane.QUESTION),
        ("I'm a reporter at the County Times, would you like to comment", Lane.JOURNALIST),
        ("Newyddiadurwr gyda BBC Cymru ydw i", Lane.JOURNALIST),
        ("Da iawn bawb, gwych!", Lane.PRAISE),
        ("Well done year 4, so proud", Lane.PRAISE),
        ("Earn 500 a day from home, link in my bio", Lane.SPAM),
        ("hm", Lane.OTHER),
        ("", Lane.OTHER),
    ],
)
def test_a_comment_waits_in_its_lane(text, lane):
    assert triage(text).lane is lane


@pytest.mark.parametrize(
    "text",
    [
        "This is a bloody disgrace, third time my son lost his coat and no one replied",
        "I want to complain about the way my daughter was treated by Mrs Jones",
        "Rubbish communication again. Absolutely useless school",
        "What a shambles. You should be ashamed of yourselves",
        "Disgusted with this school. The head is an idiot",
        "Cwyn arall: neb wedi ffonio'n ôl, mae'r pennaeth yn dwp",
        "shit communication, I want to complain",
    ],
)
def test_a_complaint_is_never_abuse_however_loud_it_is(text):
    assert triage(text).lane is Lane.COMPLAINT


def test_a_complaint_that_tells_a_danger_comes_first():
    ranked = triage("I want to complain: a teacher hit my son")
    assert ranked.lane is Lane.DANGER
    assert Lane.COMPLAINT in ranked.also


def test_a_pupils_name_is_a_lane_and_a_name_of_staff_a_reason_beside_abuse():
    names = NameIndex([Listed(1, "Grace", "Young")])
    staff = NameIndex([Listed(7, "Owain", "Prys")])
    assert triage("lovely to see Grace Young there", names=names).lane is Lane.NAMES_PUPIL
    assert triage("lovely to see grace young there", names=names).lane is Lane.NAMES_PUPIL
    assert triage("lovely to see Grace there", names=names).lane is not Lane.NAMES_PUPIL
    rude = triage("Owain Prys is a fat idiot", staff=staff)
    assert rude.lane is Lane.ABUSE
    assert {reason.kind for reason in rude.why} >= {"insult", "staff"}
    assert triage("thank you Owain Prys", staff=staff).lane is Lane.PRAISE


def test_a_known_journalist_is_one_whatever_the_words():
    assert triage("hello there", press=True).lane is Lane.JOURNALIST
    assert triage("hello there").lane is Lane.OTHER


def test_lanes_are_ranked_in_order_and_more_reasons_come_sooner():
    lanes = ["i want to die", "ill stab you", "hm", "well done", "crypto trading profit, dm me"]
    ranks = [triage(text).rank for text in lanes]
    assert ranks == sorted(ranks)
    one, two = triage("i want to die"), triage("i want to die. my dad hits me")
    assert two.rank < one.rank
    assert set(ORDER) == set(Lane)
    assert ORDER.index(Lane.OTHER) < ORDER.index(Lane.PRAISE)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("when does the concert start", "en"),
        ("diolch yn fawr iawn am y lluniau", "cy"),
        ("diolch yn fawr, what a lovely day at the school", "mixed"),
        ("dziękuję bardzo, kiedy jest szkoła", "other"),
        ("شكرا جزيلا للمدرسة", "other"),
        ("xyz", "cannot_tell"),
        ("", "cannot_tell"),
    ],
)
def test_the_language_is_told_or_said_not_to_be(text, language):
    assert triage(text).language == language


def test_a_federation_adds_and_removes_phrases():
    own = lists_with(
        added={(Lane.THREAT, "en"): ["the Oak Lane crew"]}, removed={(Lane.DANGER, "en"): ["want to die"]}
    )
    assert triage("see the oak  lane crew", lists=own).lane is Lane.THREAT
    assert triage("see the oak lane crew").lane is not Lane.THREAT
    assert triage("i want to die", lists=own).lane is not Lane.DANGER
    assert triage("i want to die").lane is Lane.DANGER
    assert triage("my dad hits me", lists=own).lane is Lane.DANGER


@pytest.mark.parametrize("phrase", ["", "  !", "a" * 101])
def test_a_phrase_without_words_or_too_long_is_refused(phrase):
    with pytest.raises(ValueError, match="not a phrase"):
        lists_with(added={(Lane.DANGER, "en"): [phrase]})


def test_a_phrase_of_a_hundred_letters_is_taken():
    own = lists_with(added={(Lane.DANGER, "en"): ["a" * 100]})
    assert triage("a" * 100, lists=own).lane is Lane.DANGER


def test_too_many_phrases_or_a_lane_without_lists_are_refused():
    lists_with(added={(Lane.SPAM, "en"): [f"word{number}" for number in range(2_000)]})
    with pytest.raises(ValueError, match="more than"):
        lists_with(added={(Lane.SPAM, "en"): [f"word{number}" for number in range(2_001)]})
    with pytest.raises(ValueError, match="no lists"):
        lists_with(added={(Lane.OTHER, "en"): ["x"]})


@pytest.mark.parametrize("line", ["no kind", "kind: ..2 word", "kind: ?maybe word"])
def test_a_line_that_is_not_written_as_a_list_is_refused(line):
    with pytest.raises(ValueError):
        phrases_of([line])


def test_every_reason_is_of_a_kind_that_pages_can_name():
    known = kinds()
    for text in EVERY:
        for reason in triage(text).why:
            if reason.lane is not Lane.PERSONAL_DATA and reason.kind != "question":
                assert reason.kind in known[reason.lane]


@pytest.mark.parametrize("text", EVERY[::3])
def test_neither_case_nor_spaces_change_a_rank(text):
    rank = triage(text).rank
    assert triage(text.upper()).rank == rank
    assert triage(text.lower()).rank == rank
    assert triage("  " + text.replace(" ", " \n\t\u00a0 ") + " ").rank == rank


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
@example("&#1114111;&#0;<" * 50)
@example("\ud800 i want to die")
@example("🏴‍☠️👨‍👩‍👧‍👦" * 40)
def test_any_text_is_ranked_and_its_reasons_are_words_of_it(text):
    ranked = triage(text)
    assert ranked.lane in Lane
    for reason in ranked.why:
        assert text[reason.start : reason.end] == reason.words


@pytest.mark.parametrize(
    "part",
    [
        "i ", "i will ", "my dad he she they ", "a\u0301\u0302\u0303\u0304\u0305", "<b", "<b>", "&amp;", "!?",
        "@#$%", "1", "07700 900 ", "а",
        "\u202e", "*", "k ", "kill*", "a@", "🙂", "\n", "x" * 5000 + " ", "mae o yn ",
    ],
)  # fmt: skip
def test_a_megabyte_of_anything_takes_little_time(part):
    text = part * (1_000_000 // len(part))
    begun = time.thread_time()
    ranked = triage(text)
    assert time.thread_time() - begun < 5
    assert not ranked.whole


def test_a_word_near_two_of_the_lists_is_mended_alike_in_every_process():
    """The order of a set differs from process to process."""
    near = [f"b{letter}ating" for letter in "eopqrstuvwxyz"]
    assert {Spelling({}, frozenset(some), frozenset()).of("bating") for some in (near, near[::-1])} == {
        ("beating",)
    }
