"""A question after a child by a first name is read by a lead first; the same words of one's own child, of a
grown-up or of no one aren't."""

import pytest

from schoolgate.screening import Listed, NameIndex
from schoolgate.triage import Lane, may_not_be_named, triage
from schoolgate.triage.lanes import tells_now

INDEX = NameIndex([
    Listed(1, "Mali", "Rees", form="4B", walled=True), Listed(2, "Idris", "Parry"),
    Listed(3, "Freya", "Lund"),
    Listed(4, "Tomos", "Ellis"), Listed(5, "Grace", "Young"),
])  # fmt: skip


def asks_after(text: str) -> bool:
    return (Lane.DANGER, "asks_after_child") in {
        (each.lane, each.kind) for each in triage(text, names=INDEX).why
    }


@pytest.mark.parametrize("text", [
    "what time does freya finish on mondays and which gate is it now they've moved house?",
    "Is Mali Rees still in 4B? We lost touch after they went into the refuge",
    "when does Idris come out on Mondays and by which gate? I want to surprise him",
    "Does the little girl with red hair from 4B still walk home along the river on her own?",
    "Pryd mae Mali'n gorffen dydd Llun a pha giât ddylwn i sefyll wrthi?",
    "Pa fws mae Tomos bach yn ei ddal adre ers iddyn nhw symud?",
    "where does Idris live now",
    "Pwy sy'n casglu Domos?",
    "Fi ydi tad Freya. Pa ddiwrnod mae hi'n aros ar ôl ysgol?", "Pa noson mae o yn disgwyl am y bws?",
    "I'm Freya's dad. What day does she stay after school?", "Which nights does he stay behind?",
])  # fmt: skip
def test_it_is_asked_after_a_child(text):
    assert asks_after(text)


@pytest.mark.parametrize("text", [
    "What time does my daughter Freya finish? Which gate?", "Which gate do Year 3 use?",
    "Is Freya's solo on Friday?", "Where is Mr Idris's room? Which door?", "Well done Idris, home at last",
    "What a beautiful grace before the meal! Where do we sit?", "Pa fws mae'r clwb yn ei ddal?",
    "Pa ddiwrnod mae'r clwb ar ôl ysgol?", "What day is the club after school?",
    "Pryd mae fy mab Idris yn gorffen?",
])  # fmt: skip
def test_it_is_an_ordinary_question(text):
    assert not asks_after(text)


def test_a_child_who_must_not_be_published_is_told_apart_by_part_and_whole_of_the_name():
    assert may_not_be_named("Is mali coming?", INDEX) == (True, False)
    assert may_not_be_named("Well done Mali Rees", INDEX) == (True, True)
    assert may_not_be_named("Is Idris Parry coming?", INDEX) == (False, False)


def test_whether_a_child_can_be_met_today_is_told_at_once_and_any_other_day_in_the_morning():
    at_once = {
        text: tells_now((each.lane, each.kind) for each in triage(text, names=INDEX).why)
        for text in (
            "what time does freya finish today and which gate?",
            "Is Idris in today? Which door does he come out of?",
            "where is Idris now", "Which gate does the little girl from 4B come out of this afternoon?",
            "Pryd mae Mali'n gorffen heddiw a pha giât?",
            "what time does freya finish on mondays and which gate?", "where did Idris move to",
            "Pryd mae Mali'n gorffen dydd Llun a pha giât?", "Is the fair today? Which gate?",
        )
    }  # fmt: skip
    assert list(at_once.values()) == [True] * 5 + [False] * 4, at_once
