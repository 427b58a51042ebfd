"""Signs of harm are parts near each other, in any order; a lead sees which words were found."""

import time

import pytest

from schoolgate.triage import Lane, lists_with, tells_now, triage
from schoolgate.triage.lists import signs_of
from schoolgate.triage.phrases import Line
from schoolgate.triage.reading import Word

LIST = """
kin: dad|mum
drink: drunk|drinks
fear: cry|cries|hide
play: drama
ball: football
= home: kin + drink + fear ..8
! home: play
~ abuse: ball / kin fear
asks: where
own: my
= asked: asks + kin
!! asked: own
""".splitlines()


def line(text):
    return Line([Word(word, 0, 0) for word in text.split()])


def kinds(text):
    return [each.kind for each in signs_of(LIST).matches(line(text)).signs]


@pytest.mark.parametrize("text", ["dad drinks and i cry", "i cry when mum is drunk", "hide . drunk dad"])
def test_the_parts_of_a_sign_are_found_in_any_order(text):
    assert kinds(text) == ["home"]


def test_a_part_alone_or_too_far_away_is_no_sign():
    assert kinds("dad drinks tea") == []
    assert kinds("dad drinks a b c d e f cry") == ["home"]
    assert kinds("dad drinks a b c d e f g cry") == []
    assert kinds("dad drinks . a b cry") == ["home"]
    assert kinds("dad drinks . a b c cry") == [], "the end of a sentence counts as four words"


def test_a_sign_is_a_hint_where_the_words_may_be_of_a_play_and_none_where_they_say_whose_it_is():
    assert kinds("dad drinks and cries in the drama") == ["learned"]
    assert kinds("where is dad") == ["asked"]
    assert kinds("where is my dad") == []


def test_sport_calms_a_phrase_unless_someone_at_home_or_fear_stands_with_it():
    assert signs_of(LIST).matches(line("they hit me at football")).calmed == {"abuse"}
    assert signs_of(LIST).matches(line("dad hit me at football")).calmed == frozenset()


@pytest.mark.parametrize(
    "wrong", ["= Home: kin", "= home kin", "= home: kin + nothing", "~ home: kin / nothing", "! : kin"]
)
def test_a_sign_that_is_not_written_as_one_is_refused(wrong):
    with pytest.raises(ValueError, match=r"sign|parts"):
        signs_of([*LIST, wrong])


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("my dad is angry wen he drinks n then mum cries", "home", "dad is angry wen he drinks"),
        ("i said i fell but i didnt fall", "home", "said i fell but i didnt fall"),
        ("they're making me carry stuff", "exploited", "making me carry stuff"),
        ("i only eat at school", "neglect", "only eat at school"),
        ("my cousin is going on holiday to get married and shes 15", "honour", "15"),
        ("dwi mewn dyled i'r hogia mawr", "exploited", "dyled"),
    ],
)
def test_a_lead_sees_which_words_were_found(text, kind, words):
    ranked = triage(text)
    reason = next(each for each in ranked.why if each.kind == kind)
    assert ranked.lane is Lane.DANGER
    assert words in reason.words
    assert text[reason.start : reason.end] == reason.words


@pytest.mark.parametrize(
    "text",
    [
        "i have to lock my door when my step dad is in a mood",
        "i only eat at school",
        "he brings a knife in his bag and he showed me it",
        "they're making me carry stuff",
    ],
)
def test_every_sign_of_harm_is_told_at_any_hour(text):
    ranked = triage(text)
    assert ranked.lane is Lane.DANGER
    assert tells_now((each.lane, each.kind) for each in ranked.why)


@pytest.mark.parametrize(
    "text",
    ["they hit us hard at rugby, great match", "my coat is missing since Friday", "my sister hates peas"],
)
def test_sport_a_lost_coat_and_dislikes_are_no_danger(text):
    assert triage(text).lane not in {Lane.DANGER, Lane.THREAT}


def test_a_phrase_that_a_federation_leaves_out_is_no_part_of_a_sign():
    own = lists_with(removed={(Lane.DANGER, "en"): ["only eat at school"]})
    assert "neglect" in {each.kind for each in triage("i only eat at school").why}
    assert "neglect" not in {each.kind for each in triage("i only eat at school", lists=own).why}


def test_twice_the_words_take_twice_the_time():
    signs = lists_with().signs
    base = "dad mum drunk cries i me they said pics everyone secret "

    def took(times):
        long = line(base * times)
        best = []
        for _ in range(3):
            begun = time.thread_time()
            for each in signs:
                each.matches(long)
            best.append(time.thread_time() - begun)
        return min(best)

    assert took(400) < 3 * took(200) + 0.05


def test_who_stays_after_school_or_waits_for_a_bus_is_no_bullying_and_who_lies_in_wait_is():
    harmless = ["Mae hi'n aros ar ôl ysgol bob dydd Mercher i'r clwb", "Mae hi'n aros am ei bws bob dydd"]
    assert [text for text in harmless if triage(text).why] == []
    for text in ("maen nhw'n aros amdana i bob dydd ar ol ysgol", "ma nhw'n dilyn ar fy ol i bob dydd"):
        assert "bullying" in {each.kind for each in triage(text).why}, text


def test_a_name_is_no_sentence_that_reads_like_danger():
    """*Pam* is a writer’s name, and *why* in Welsh."""
    assert [name for name in ("Pam", "Pam Jones", "Neb Mum") if triage(name).why] == []
