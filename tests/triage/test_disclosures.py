"""What children write when they are in danger, frozen before the signs: a lead reads most of it first."""

import pytest

from bench import disclosures
from bench.disclosures import FALSE_ALARMS, FROZEN, RECALL, measured, rows


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
