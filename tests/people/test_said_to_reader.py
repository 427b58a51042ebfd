"""Who accuses the very one who reads it accuses a safeguarding lead; who only speaks to them doesn't."""

import pytest

from schoolgate.people import seats
from schoolgate.people.called import Parts
from schoolgate.people.said_of import accuses_reader, threatens
from schoolgate.people.seats import seats_in
from schoolgate.people.turning_to import asks_to_keep_from_reader
from schoolgate.rulebook import book
from schoolgate.screening.folding import fold
from tests.people import said_to_reader, turned_to

HERE = Parts([(1, "Non Parry"), (2, "Rhian Evans"), (3, "Una Speed")])
BY_A_LETTER = {
    "miss p di hitio fi": {1},
    "np hit me": {1},
    "miss u gave me a hug that was 2 long in her office": {3},
    "miss efas di slapio fi": {2},
    "mrs evnas slapped me": {2},
}
NO_ONE = ("i miss u so much", "miss you lots mum hit me", "we hit me up", "i miss a lesson", "miss o hit me")


def means_a_lead(text: str) -> bool:
    return seats_in(text, book("llanidloes"), asked=False).leads


def test_what_is_said_to_the_reader_or_of_who_was_told_before_means_a_lead():
    """Before the rule none of 17; of those written afterwards 10 of 16 until they were seen."""
    assert [one for one in said_to_reader.WALKED if not means_a_lead(one)] == []
    assert sum(map(means_a_lead, said_to_reader.AFTERWARDS)) >= 15


def test_who_comes_with_a_weapon_is_known_to_the_leads_and_who_was_threatened_by_the_reader_is_not():
    for text in (
        "ill be outside juniors monday 3.15 with a knife for that lister bloke, you lot took my kids",
        "you hit me and i am bringing a knife tomorrow",
    ):
        assert accuses_reader(text)
        assert threatens(text)
        assert not means_a_lead(text)
    for text in (
        "u hit me n said ud kill me if i tell", "you touched me", "you touched me and im going to kill myself"
    ):  # fmt: skip
        assert not threatens(text)
        assert means_a_lead(text)


def test_a_lead_is_who_does_the_safe_stuff():
    assert means_a_lead("the lady who does the safe stuff saw my bruises and grabbed me")
    assert not means_a_lead("we keep the safe stuff in the cupboard")


def test_who_asks_the_reader_for_help_accuses_no_one():
    assert [one for one in said_to_reader.HELPED if means_a_lead(one)] == []
    assert [one for one in turned_to.TURN_TO if accuses_reader(one)] == []


def test_initials_and_a_letter_after_miss_are_a_name_beside_what_was_done():
    for text, meant in BY_A_LETTER.items():
        assert HERE.in_words(text, pupils=frozenset, complains=True) == meant, text
    for text in NO_ONE:
        assert HERE.in_words(text, pupils=frozenset, complains=True) == set(), text


@pytest.mark.parametrize("text", [
    "ma'r un sy'n darllen y rhain yn gwbod achos hi nath",
    "the one you go to when your upset is the one doing it",
    "the lady we talk to when we are sad hit me",
])  # fmt: skip
def test_the_one_children_are_sent_to_is_meant_without_a_name(text):
    assert seats.turned_to(fold(text).text)


@pytest.mark.parametrize("text", ["you can be the one we go to when sad", "who do we go to when we are sad"])
def test_one_who_is_only_asked_for_is_not(text):
    assert not seats.turned_to(fold(text).text)


def test_the_one_i_am_to_tell_is_a_lead_in_welsh_too():
    for text, lead in (
        ("the person i am supposed to tell is the person doing it", True),
        ("yr un dwi fod i ddeud wrthi ydi'r un sy'n gneud", True),
        ("y person dan ni fod i siarad efo sy'n ei wneud o", True),
        ("mae'r dyn sy'n edrych ar ôl plant ac sy'n darllen y rhain yn gofyn i fi aros ar ôl", True),
        ("y dyn sy'n darllen y rhain wedi gofyn i fi sgwennu yma", False),
        ("yr un dwi fod i ddeud wrthi ydi Miss", False),
        ("dwi fod i ddeud wrth mam am y trip", False),
    ):
        assert means_a_lead(text) is lead, text


def test_him_is_the_head_of_whom_it_speaks_and_not_who_reads_it_unless_it_says_so():
    asked = {
        text: asks_to_keep_from_reader(text, seated=bool(seats_in(text, book("wootton"), asked=False).heads))
        for text in (
            "its the one who does assembly and has the big office. please dont let him know i said",
            "the headteacher locks me in. please dont let him know i said",
            "he keeps me behind and locks it. please dont let him know i said",
            "the man with the big office keeps me behind and locks the door. dont tell him",
            "yr un sy'n gwneud y gwasanaeth bore Llun sy'n cloi'r drws. peidiwch a deud wrtho fo",
            "he keeps me behind. please dont let him see this",
            "the headteacher knows. dont let the lady who reads these see it",
        )
    }
    assert list(asked.values()) == [False, False, False, False, False, True, True], asked
    office = seats_in("the man with the big office keeps me behind", book("wootton"), asked=False)
    assert (office.heads, office.leads) == ({"head"}, False)


def test_a_lead_is_kept_out_where_they_are_meant_and_told_where_someone_else_is():
    """Sixteen that end in a wish like *don't let him know I said*: fifteen were right at first sight."""
    meant = (
        "the safeguarding lead keeps me behind on my own. please dont let him know i said",
        "its whoever reads these that did it. dont let him know i said",
        "the man on the safe poster grabbed me by the neck. dont let him know i told",
        "yr arweinydd diogelu sy'n ei wneud o. peidiwch â deud wrtho fo mod i wedi deud",
        "the one we are meant to tell is the one doing it. don't let her know I said",
        "My daughter says the safeguarding lady slapped her. Please don't let her know I wrote.",
        "The DSL drinks at work and shouts at the little ones. Please don't let him know I said.",
        "he reads these and he hurt my sister, dont let him see what i said",
    )
    others = (
        "my uncle hurts me when mum is out. please dont let him know i said",
        "the caretaker asks me to sit on his knee. dont let him know i said",
        "My ex collects her drunk. Please don't let him know I said.",
        "I'm worried about how the coach speaks to the girls. Please don't let him know I said.",
        "mae fy llystad yn gas efo fi. peidiwch â deud wrtho fo mod i wedi deud",
        "my brothers got a knife, dont let him know i told u",
        "he comes in my room at night. please dont let him know i said",
        "the head locks the door when i am in there. dont let him know ive told you",
        "yr un sy'n rhoi'r lluniau ar facebook nath afael yn fy mraich. plis paid deud wrthi mod i wedi deud",
        "mae hi'n fy nghau i mewn. paid â dweud wrthi fy mod i wedi sôn",
        "o sy'n gneud. peidiwch â gadael iddo fo wybod mod i 'di deud",
    )
    wrong = [text for text in (*meant, *others) if is_kept_out(text) != (text in meant)]
    assert wrong == []


def is_kept_out(text: str) -> bool:
    seats = seats_in(text, book("wootton"), asked=False)
    return seats.leads or asks_to_keep_from_reader(text, seated=bool(seats.heads))
