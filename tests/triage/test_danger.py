"""Comments of danger come first; harmless ones with the same words seldom do."""

import pytest

from schoolgate.triage import Lane, triage
from tests.triage import examples
from tests.triage.examples import Example, danger, harmless

URGENT = {Lane.DANGER, Lane.THREAT}


def found(rows: list[Example]) -> list[Example]:
    return [each for each in rows if triage(each.text).lane in URGENT]


def test_the_half_that_was_written_first_is_frozen(tmp_path, monkeypatch):
    for name in examples.FROZEN:
        (tmp_path / name).write_text((examples.HERE / name).read_text() + "abuse | en | one more\n")
    monkeypatch.setattr(examples, "HERE", tmp_path)
    with pytest.raises(ValueError, match="frozen"):
        danger("unseen")
    with pytest.raises(ValueError, match="frozen"):
        harmless("unseen")


@pytest.mark.parametrize("half", ["unseen", "seen"])
def test_each_half_is_large_enough_and_has_welsh(half):
    rows = danger(half)
    assert len(rows) >= 150
    assert len(harmless(half)) >= 150
    assert sum(each.language != "en" for each in rows) / len(rows) >= 0.24
    texts = [each.text.casefold() for each in (*danger("unseen"), *danger("seen"))]
    assert len(set(texts)) == len(texts)


def test_at_least_98_of_100_comments_of_danger_come_first():
    rows = [*danger("unseen"), *danger("seen")]
    assert len(rows) >= 300
    assert len(found(rows)) / len(rows) >= 0.98


def test_the_half_that_the_lists_were_not_made_with_is_found_nearly_as_well():
    rows = danger("unseen")
    assert len(found(rows)) / len(rows) >= 0.975


@pytest.mark.parametrize("language", ["en", "cy", "mixed"])
def test_no_language_is_left_behind(language):
    rows = [each for half in ("unseen", "seen") for each in danger(half) if each.language == language]
    assert len(found(rows)) / len(rows) >= 0.95


def test_few_harmless_comments_with_the_same_words_come_first():
    rows = [*harmless("unseen"), *harmless("seen")]
    wrong = found(rows)
    right = found([*danger("unseen"), *danger("seen")])
    assert len(right) / (len(right) + len(wrong)) >= 0.97


@pytest.mark.parametrize(
    "text",
    [
        "I WANT TO KILL MYSELF",
        "i  want\nto   k1ll myself",
        "i wаnt to kіll myself",
        "<b>i want</b> to <i>kill</i> myself",
        "i don&#39;t want to live",
        "i w\u200bant to d\u200bie",
        "I want to k*ll myself",
        "i wannnnnt to dieeeee",
        "k m s",
        "i want to kill my\u0301s\u0308elf",
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "\u202ei want to die\u202c",
        "great day! i want to die",
        "Dwi'n isio marw",
    ],
)
def test_danger_is_found_however_it_is_written(text):
    assert triage(text).lane is Lane.DANGER


def test_danger_at_the_end_of_a_very_long_comment_is_found():
    ranked = triage("lovely day at the fair. " * 40_000 + "i want to die")
    assert ranked.lane is Lane.DANGER
    assert not ranked.whole


def test_the_reason_has_the_words_where_they_stand_in_the_comment():
    text = "Hi <b>all</b>, my dad  hits me when he's drunk"
    reason = triage(text).why[0]
    assert (reason.lane, reason.kind) == (Lane.DANGER, "abuse")
    assert text[reason.start : reason.end] == reason.words
    assert "hits me" in reason.words


IN_THEIR_WORDS = (
    "im 10 and i need help but not from my mum",
    "he makes me send pics or he will show my nan",
    "gad i fi farw",
    "Year 5 girl with plaits told me her uncle scares her, keep an eye",
    "she wrote that her stepdad comes in at night and she hides",
    "She wrote that her uncle scares her and comes in at night",
    "he buys my 9yo presents and texts her goodnite every evening",
    "nath o afael yn fy mab i wrth ei wddf",
    "teecher grabd my sun by the throte and showted at him",
    "i need to talk to someone but dont let my dad find out im 9",
    "can someone help me but pls not my parents",
    "he says if i dont send more photos he'll send them to my mum",
    "he will put my pics on everyones phone if i dont do a video",
    "jyst gadwch fi i farw",
    "gad fi farw plis",
    "boy in year 3 said his dad frightens him, can someone watch him tomorrow",
    "she told me her stepbrother gets in her bed",
    "he told us that his mums boyfriend scares him at night",
    "this man keeps giving my son gifts and messages him goodnight",
    "mae o'n prynu anrhegion i fy merch 8 oed ac yn tecstio hi bob nos",
    "nath yr athro afael yn fy merch i wrth ei gwallt",
    "the TA graped my dorter by the arm and screemd in her face",
    "ma hi'n cael ofn pan ma'i hewythr yn dod i'r ty medda hi",
    "dwi isio help ond ddim gan mam",
    "can i talk to some1 without my mum knowing pls",
    "im 8 plz help me dont ring my dad",
    "he said do what i say or ill post your pics",
    "if i dont send him vids hes gonna show my whole school",
    "gadewch i mi farw dwi di cael digon",
    "pupil in year 4 said her grandad frightens her",
    "she says mums boyfriend comes in her room at nite",
    "she says her uncle comes into her room",
    "She is twelve and says her uncle comes into her room",
    "mae hi'n deud bod ei hewyrth yn dod i'w stafell hi",
    "he keeps sending my 11yo gifts and ringing her at bedtime",
    "nath hi dynnu fi gerfydd fy ngwallt",
    "sir chokd my boy agenst the wall",
    "hogyn bl 2 yn deud bod ei lystad yn codi ofn arno fo",
    "dwi angen siarad efo rhywun ond paid deud wrth dad",
)
LIKE_THEM = (
    "i need help but not from my mum, its a surprise for her birthday",
    "I need help with homework but not from my dad he is rubbish at maths",
    "gad i fi fynd i'r trip plis",
    "gad i mi wybod os ydi'r clwb ymlaen heno",
    "Year 5 girl with plaits won the race, well done",
    "she wrote that her dad comes in at lunch to help with reading",
    "she says her dad comes into her room to read her a story",
    "my uncle says he comes into school to paint her classroom",
    "She wrote a story about a ghost that scares her uncle and comes in at night",
    "she buys my nan flowers and texts her every evening",
    "he makes me send pics of the cake to his nan",
    "nath o afael yn y bel a sgorio",
    "my uncle scares her with his rubbish jokes haha",
    "he told us that the ghost train scares him",
    "Grandad buys my 9 year old presents every Christmas",
    "Well done year 11, smashed it!",
    "Well done year 6, you smashed it",
    "year 10 smashed it at the concert",
    "the year 11s smashed their exams",
    "the amount of homework is killing him",
    "this maths homework is killing her",
    "these shoes are killing me",
    "the hill on cross country was killing him",
    "My daughter was in tears of joy, da iawn pawb",
    "we were all in tears of laughter, thank you to the teachers",
    "I was in tears of pride watching them",
    "dagrau o lawenydd yma, da iawn pawb",
    "gad i fi weld y lluniau plis",
    "she's scared of the dark, could you leave a light on at camp please",
    "the boy next door comes in at night to feed our cat",
    "mae'r prawf yn lladd fi",
    "well done all of year 9, you have done it!",
    "dancing with tears of joy, well done everyone",
    "the bleep test was killing him",
    "his mum comes in at night to do cleaning at the school",
    "her brother scares her with his dinosaur impression",
    "can I talk to someone about a surprise for my mum",
    "please ring my mum about the trip",
    "she picked up the cat by the scruff",
    "who looks after the school garden? the flowers are lovely",
    "thanks to whoever looks after the pupils' garden, my kids love it",
    "the man on the poster looks like my grandad",
    "gafaelodd yn y bêl a sgorio cais",
    "helpodd y ddynes ar y ddesg ni i ffeindio'r bws",
    "the lady who helps us cross the road pulled a funny face",
)


def test_a_child_who_asks_for_help_without_a_parent_and_what_an_adult_passes_on_come_first():
    assert [one for one in IN_THEIR_WORDS if triage(one).lane not in URGENT] == []
    assert [one for one in LIKE_THEM if triage(one).lane in URGENT] == []
