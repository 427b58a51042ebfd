"""What stands around a comment is read with it: its author's name, what they wrote just before, emoji, and
that a language isn't read here."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.triage import Lane, Written, before_each, triage
from schoolgate.triage.lanes import BEFORE, IN_NAME

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
UNREAD = "unread_language"


def kinds(text, **given):
    return {each.kind for each in triage(text, **given).why if each.lane is Lane.DANGER}


@pytest.mark.parametrize(
    ("name", "lane"),
    [
        ("help me im being hurt", Lane.DANGER),
        ("helpMe_my_dad_hits_me", Lane.DANGER),
        ("ill_stab_you", Lane.THREAT),
        ("5G 12 Heol Elm", Lane.PERSONAL_DATA),
        ("SlagBitch99", Lane.ABUSE),
        ("Dylan Prys", Lane.OTHER),
        ("killer_queen99", Lane.OTHER),
    ],
)
def test_a_name_is_read_with_the_text_and_the_reason_says_where_it_stands(name, lane):
    ranked = triage("hm", writer=[name])
    assert ranked.lane is lane
    assert all((each.start, each.words) == (IN_NAME, "") for each in ranked.why)


def test_a_sentence_that_is_split_over_comments_of_one_writer_is_read_whole():
    assert triage("wen he hits").lane is not Lane.DANGER
    ranked = triage("safe here", before=["i dont", "feel"])
    assert ranked.lane is Lane.DANGER
    assert ranked.why[0].start == BEFORE
    assert triage("at home", before=["see you"]).lane is not Lane.DANGER
    assert triage("at home", before=["i dont feel safe at home"]).lane is not Lane.DANGER, (
        "that comment is danger"
    )


def test_only_the_same_writer_within_ten_minutes_is_read_together():
    def at(minutes):
        return NOON + timedelta(minutes=minutes)

    rows = [
        Written("a", at(0), "i dont"), Written("b", at(1), "other"), Written(None, at(1), "no one"),
        Written("a", at(10), "feel safe"), Written("a", at(20), "at home"), Written("a", at(31), "late"),
    ]  # fmt: skip
    assert before_each(rows) == [[], [], [], ["i dont"], ["feel safe"], []]
    assert before_each([]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("🔪😭", {"self_harm"}), ("🆘", {"asks_help"}), ("🔪🏫", {"weapon"}), ("🎉🎂", set()), ("🔪🍞", set())],
)
def test_emoji_alone_can_be_a_sign(text, found):
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "tata mnie bije i boję się wracać do domu", "mujhe ghar nahi jana abbu marte hain",
        "أبي يضربني كل يوم",
        "tata ma bate si mi frica acasa", "мій тато б'є мене", "amake baba mare khub bhoy lage",
        "Babam beni dövüyor", "मेरे पापा मारते हैं",
    ],
)  # fmt: skip
def test_a_language_that_is_not_read_here_goes_to_a_lead_first(text):
    assert UNREAD in kinds(text, to_us_alone=True)
    assert UNREAD in kinds(text), "it has words that a child may write of harm"


def test_other_texts_in_such_a_language_do_so_only_where_they_came_by_a_form_of_ours():
    text = "dziękuję bardzo, kiedy jest szkoła"
    assert UNREAD in kinds(text, to_us_alone=True)
    assert UNREAD not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "lol wtf bro u mad innit", "ngl thats peng fam", "wagwan man dem", "iawn cont be sy", "xx lush hun",
        "pwy sy am ddod da ni", "Ysgol Gynradd Llanfair", "i wаnt a cаke", "Vamos!", "haha 😂😂", "",
    ],
)  # fmt: skip
def test_slang_and_names_are_no_other_language(text):
    assert UNREAD not in kinds(text, to_us_alone=True)
