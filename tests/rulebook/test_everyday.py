"""A question about consent and pictures isn't taken for a danger, and no danger for such a question."""

from bench.disclosures import rows
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.adviser.everyday import is_everyday, urgent_found
from schoolgate.rulebook.adviser.finding import questions_found
from tests.rulebook.consent_and_danger import DANGEROUS, HARMLESS, alarms

NOT_KNOWN = {
    "A colleague takes pictures of children in the toilets",
    "A pupil praises a terrorist attack in a comment. May we leave it up?",
    "Mae disgybl wedi postio llun o doriadau ar ei braich",
}
"""What neither the words of danger nor the search know."""


def test_an_everyday_question_about_consent_raises_no_alarm():
    assert len(HARMLESS) == 30
    assert [one for one in HARMLESS if alarms(one)] == []


def test_a_story_of_danger_raises_one_also_among_words_of_consent():
    assert len(DANGEROUS) == 30
    assert {one for one in DANGEROUS if not alarms(one)} == NOT_KNOWN
    for one in DANGEROUS:
        assert not is_everyday(one), one
        assert not is_everyday(f"{HARMLESS[0]} {one}"), one


def test_a_single_word_that_is_not_everyday_keeps_the_alarm():
    everyday = "May we post a photo of a child whose parents haven't answered about consent?"
    assert is_everyday(everyday)
    for word in ("alone", "naked", "hurt", "secretly", "tonight", "stranger", "xylophone"):
        assert not is_everyday(everyday.replace("photo", f"photo {word}")), word
    assert not is_everyday("A photo of a pupil.")
    assert urgent_found("I think a pupil is at risk", questions_found("I think a pupil is at risk"))
    assert not urgent_found("By when must we answer a message?", ["danger-now"])


OF_COLLEAGUES = {"staff-and-pupil", "staff-writes-to-pupil", "colleague-breaks-rules"}
"""Questions in which an adult is in touch with a child: a lead hears of some of them first."""


def test_the_catalogues_own_words_raise_an_alarm_where_its_question_is_urgent_and_nowhere_else():
    told = [(one, said) for one in ENTRIES.values() for said in (one.title, *one.said)]
    assert [said for one, said in told if one.urgent and not alarms(said)] == []
    false = {one.key for one, said in told if not one.urgent and alarms(said)}
    assert false <= OF_COLLEAGUES, false


def test_few_harmless_questions_with_words_of_danger_raise_one():
    for half, most in (("tuned", 0), ("measured", 1)):
        asked = [text for _expected, _kind, _tongue, text in rows("harmless_asked.tsv", half)]
        assert len(asked) == 30
        assert sum(map(alarms, asked)) <= most, half


def test_someone_and_harm_make_a_danger_and_neither_alone_does():
    said = ["danger-now", "child-tells"]
    assert urgent_found("A pupil says he will hit someone tonight", ["post-hours", *said])
    for typed in (
        "The match ended at nine. May I post the score tonight?",
        "Our striker hit the post twice",
        "The children cut vegetables with knives",
    ):
        assert not urgent_found(typed, ["post-hours", *said]), typed
