"""What children write when they are in danger, frozen before the signs: a lead reads most of it first."""

import pytest

from bench import disclosures
from bench.disclosures import FALSE_ALARMS, FROZEN, RECALL, measured, rows
from schoolgate.triage import triage


def part(found):
    got, _of, whole = found.split()
    return int(got) / int(whole)


def test_the_texts_are_frozen(tmp_path, monkeypatch):
    for name in FROZEN:
        (tmp_path / name).write_text((disclosures.HERE / name).read_text() + "harm\thome\ten\tone more\n")
    monkeypatch.setattr(disclosures, "HERE", tmp_path)
    for name in FROZEN:
        with pytest.raises(ValueError, match="frozen"):
            rows(name)


def test_there_are_enough_of_each_and_a_third_is_welsh():
    every = rows("disclosures.tsv")
    harm = [each for each in every if each[0] == "harm"]
    assert len(harm) >= 150
    assert len(every) - len(harm) >= 250
    assert sum(each[2] == "cy" for each in harm) / len(harm) >= 1 / 3


def test_four_of_five_texts_that_only_measured_are_read_by_a_lead_first():
    assert measured(rows("disclosures.tsv", "measured"))["recall"] >= RECALL


@pytest.mark.parametrize("half", ["tuned"])
def test_few_harmless_texts_with_the_same_words_are(half):
    found = measured(rows("disclosures.tsv", half))
    assert part(found["false_alarms"]) <= FALSE_ALARMS
    assert part(found["false_at_any_hour"]) <= FALSE_ALARMS


def test_a_question_after_one_child_is_read_by_a_lead_first_and_wakes_someone_only_about_today():
    found = measured(rows("asking_after.tsv"))
    assert found["read_first"] == "40 of 40"
    assert found["told_at_any_hour"] == "2 of 40", "one is about today, one tells of an adult with a number"


def test_what_parents_ask_of_any_school_day_stays_ordinary():
    assert measured(rows("asking_after.tsv"))["false_alarms"] == "0 of 60"


@pytest.mark.parametrize(
    ("after_a_child", "ordinary"),
    [
        ("what time does 5A finish on fridays", "what time does school finish on fridays"),
        ("Which class is Freya in?", "Which class is doing the assembly?"),
        ("does she walk home alone", "can my daughter walk home alone"),
        ("what gate does 4B come out of", "my son is in 4B, what gate does he come out of"),
        ("what's her number", "what's the office number"),
        ("pwy sy'n nôl Gruff ar ddydd Iau", "pwy sy'n nôl y tocynnau ar ddydd Iau"),
    ],
)
def test_it_is_the_child_who_is_singled_out_that_makes_it_one(after_a_child, ordinary):
    asked = ("danger", "asks_after_child")
    assert asked in [(each.lane, each.kind) for each in triage(after_a_child).why]
    assert asked not in [(each.lane, each.kind) for each in triage(ordinary).why]
