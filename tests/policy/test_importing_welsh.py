"""A policy in Welsh is taken in: its clauses, how strongly they bind, who must follow them, and their areas.

`documents/cymraeg.tsv` was composed for this, by someone who knew how it is read: the figures are no blind
measure.
"""

from functools import cache
from pathlib import Path

from schoolgate.policy.importing.document import read_content
from schoolgate.policy.importing.proposing import propose

FILE = Path(__file__).parent / "documents" / "cymraeg.tsv"
ROWS = [line.split("\t") for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]


def words(row):
    return row[4].partition("|")[0]


@cache
def proposed():
    document = read_content("\n\n".join(map(words, ROWS)).encode(), "polisi.txt")
    assert document.in_welsh
    return {one.sentence.text: one for one in propose(document)}


def test_every_clause_is_found_and_nothing_else():
    assert [words(row) for row in ROWS if row[0] == "yes" and not proposed()[words(row)].is_clause] == []
    others = [proposed().get(words(row)) for row in ROWS if row[0] == "no"]
    assert [one.sentence.text for one in others if one is not None and one.is_clause] == []


def test_strength_actor_and_area_are_read_from_welsh_words():
    clauses = [row for row in ROWS if row[0] == "yes"]
    found = [(row, proposed()[words(row)]) for row in clauses]
    strength = sum(str(one.modality) in (row[1], row[4].partition("|")[2]) for row, one in found)
    actor = sum((one.actor or "-") == row[2] for row, one in found)
    area = sum(one.areas[0] == row[3] for row, one in found)
    among = sum(row[3] in one.areas for row, one in found)
    assert (len(clauses), strength >= 33, actor >= 31, area >= 22, among >= 26) == (
        34,
        True,
        True,
        True,
        True,
    )


def test_beside_english_the_welsh_sentences_are_left_out():
    english = "Staff must ask the head before they open an account.\n\nThey wait for the answer.\n\n"
    document = read_content((english + words(ROWS[0])).encode(), "policy.txt")
    assert [one.is_clause for one in propose(document)][-1] is False
