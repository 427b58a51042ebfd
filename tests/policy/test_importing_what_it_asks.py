"""Sixty sentences in the manner of schools' policies and letters: is it a clause, how strong is it, which
ready rule says it? What comes out wrong is named."""

from itertools import product
from pathlib import Path

import pytest

from schoolgate.core.outside.documents import Line, pieces_of_lines
from schoolgate.policy.importing.document import read_content, reading_of, sentences
from schoolgate.policy.importing.proposing import propose
from schoolgate.policy.importing.roles import own_names
from schoolgate.rulebook.ready.matching import nearest

ASKED = [
    line.split("\t")
    for line in (Path(__file__).parent / "documents" / "asked.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
TAKEN_WRONGLY: set[str] = set()
TOO_STRONG = {
    "Anyone on the staff who finds an indecent image must not copy it and must report it at once.": (
        "must_not"
    ),
    "The second names of children are left out of all captions.": "must",
}
NOT_OFFERED = {"Opinions of one's own should not be presented as those of the academy."}


def test_what_asks_for_nothing_is_put_aside_and_nothing_else():
    assert len(ASKED) == 60
    found = {text: not reading_of(text).why_not for _clause, _strength, _ready, text in ASKED}
    assert {
        text for clause, _strength, _ready, text in ASKED if found[text] and clause == "n"
    } == TAKEN_WRONGLY
    assert [text for clause, _strength, _ready, text in ASKED if not found[text] and clause == "y"] == []


def test_the_strength_of_what_is_asked_for():
    wrong = {
        text: str(reading_of(text).modality)
        for clause, strength, _ready, text in ASKED
        if clause == "y" and str(reading_of(text).modality) not in strength.split("|")
    }
    assert wrong == TOO_STRONG


@pytest.mark.parametrize(
    ("says", "strength"),
    [
        (
            "While a page may look like the quickest way to complain, it is never appropriate to do so.",
            "must_not",
        ),
        ("It is not acceptable to argue with others in a class group.", "must_not"),
        ("It is recommended that accounts are open to friends only.", "advised"),
    ],
)
def test_what_is_never_right_and_what_is_recommended_are_clauses(says, strength):
    found = reading_of(says)
    assert (found.why_not, str(found.modality)) == ("", strength)
    assert reading_of(says.replace(".", "?")).why_not


@pytest.mark.parametrize(
    ("says", "strength", "who"),
    [
        ("For staff, requirements include not posting about pupils.", "must_not", "staff"),
        ("For staff, requirements include only posting in school hours.", "must_not", "staff"),
        ("For staff, requirements include using a strong password.", "must", "staff"),
        ("Parental requirements include not filming other children.", "must_not", "parents and carers"),
        ("Parental requirements often include collecting phones at the gate.", "must", "parents and carers"),
        ("Expectations for pupils include asking before they post.", "must", "pupils"),
        ("Staff are required to not post after nine.", "must_not", "staff"),
        ("All staff agree to avoid naming pupils online.", "must_not", "staff"),
    ],
)
def test_the_items_of_a_list_of_requirements_are_clauses_with_their_strength_and_people(says, strength, who):
    found = reading_of(says)
    assert (found.why_not, str(found.modality), found.actor) == ("", strength, who)


def test_a_sentence_on_requirements_is_no_list_of_them():
    assert reading_of("The legal requirements are set out in another document.").why_not


def test_the_ready_rule_that_says_it_is_among_the_first_two():
    offered = {text: {one.key for one in nearest(text)[:2]} for *_rest, text in ASKED}
    missed = {
        text for *_rest, ready, text in ASKED if ready != "-" and not offered[text] & {*ready.split(",")}
    }
    assert missed == NOT_OFFERED
    assert [text for clause, _strength, ready, text in ASKED if ready == "-" and offered[text]] == []


DANGER = (
    "a page may show the abuse of a child",
    "anyone is in danger",
    "grooming is suspected",
    "a child may have been hurt",
)
TELL = (
    "report it to the police",
    "the safeguarding lead is told",
    "call the police at once",
    "staff inform the DSL",
)


@pytest.mark.parametrize("begins", ["If", "Where", "It may also be that", "When, for example,"])
def test_what_to_do_in_danger_is_never_put_aside(begins):
    said = [f"{begins} {danger}, {tell}." for danger, tell in product(DANGER, TELL)]
    assert [text for text in said if reading_of(text).why_not] == []
    welsh = "Os oes amheuaeth o gam-drin, bydd yr ysgol yn hysbysu’r heddlu ar unwaith yn yr achos."
    assert [
        one.is_clause for one in propose(read_content(f"Ask us.\n\nTell us.\n\n{welsh}".encode(), "x.txt"))
    ][2:] == [True]


def test_parts_of_a_body_are_no_role_and_an_online_safety_coordinator_is_one():
    assert own_names(["A picture of the back of the head or of the top of the head."]) == {}
    assert set(own_names(["The head decides.", "The e-safety co-ordinator is told."])) == {
        "headteacher", "online safety coordinator",
    }  # fmt: skip


def lines(*pages):
    return [Line(text, False, "", number) for number, page in enumerate(pages, 1) for text in page]


def test_what_stands_at_the_edge_of_a_third_of_the_pages_is_no_sentence():
    foot = ("", "A trust of schools, Long Road", "Tel. 01234", "7", "Safety Policies", "")
    pages = [(*foot, f"Staff must ask {name}.") for name in ("Ann", "Ben", "Cat")]
    said = [one.text for one in pieces_of_lines(lines(*pages, ("We reply.",)), pages=True)]
    assert said == ["Staff must ask Ann.", "Staff must ask Ben.", "Staff must ask Cat.", "We reply."]
    once = [one.text for one in pieces_of_lines(lines(pages[0], pages[1], ("We reply.",)), pages=True)]
    assert any("Long Road" in one for one in once)


def test_marks_of_several_kinds_begin_items_and_rows_of_a_table_stand_alone():
    page = (
        "Staff must:", "\uf0a7 tell the head of", "pictures", "➢ do the following:", "o Ask first", "o Wait",
        "➢ stay calm", "", "Gambling online   x", "File sharing    X  (x)", "We reply.",
    )  # fmt: skip
    assert [(one.item, one.text) for one in pieces_of_lines(lines(page), pages=True)] == [
        ("", "Staff must:"), ("\uf0a7", "tell the head of pictures"), ("➢", "do the following:"),
        ("o", "Ask first"), ("o", "Wait"), ("➢", "stay calm"), ("", "Gambling online x"),
        ("", "File sharing X (x)"), ("", "We reply."),
    ]  # fmt: skip
    assert reading_of("Gambling online x").why_not == "a row of a table"


class Piece:
    """A paragraph, or an item with this mark."""

    heading, place, page = False, "line 1", 0

    def __init__(self, text: str, item: str = "", *, heading: bool = False) -> None:
        self.text, self.item, self.heading = text, item, heading


def test_an_item_that_asks_for_something_itself_keeps_who_its_list_is_for():
    pieces = [
        Piece("Teaching Staff", heading=True),
        Piece("are responsible for ensuring that:"),
        Piece("they have read the policy", "•"),
        Piece("No reference should be made to pupils on social media", "•"),
        Piece("In danger, take these steps:", "•"),
        Piece("Ring the police", "–"),
        Piece("they keep calm", "•"),
    ]
    found = list(sentences(pieces))
    assert [one.text for one in found] == [
        "Teaching Staff are responsible for ensuring that they have read the policy",
        "No reference should be made to pupils on social media",
        "Teaching Staff are responsible for ensuring that in danger, take these steps:",
        "Ring the police",
        "Teaching Staff are responsible for ensuring that they keep calm",
    ]
    assert reading_of(found[1].text, found[1].lead).actor == "staff"
    assert reading_of("Names are not used.", "The school will see to this").actor == ""
    assert str(reading_of(found[1].text).modality) == "should_not"


IN_NO_CASE = ("Under no circumstances", "In no circumstances", "In no case", "On no account", "At no time")


@pytest.mark.parametrize("begins", IN_NO_CASE)
@pytest.mark.parametrize("verb", ["may", "will", "should"])
@pytest.mark.parametrize("network", ["Snapchat", "TikTok", "Facebook", "WhatsApp"])
def test_a_ban_that_begins_with_its_no_is_a_ban_on_every_network(begins, verb, network):
    says = f"{begins} {verb} a member of staff add a pupil on {network}."
    assert reading_of(says).modality == "must_not"
    assert [one.key for one in nearest(says)][:1] == ["no_pupil_friends"]
    theirs = f"{begins} {verb} pupils add a member of staff on {network}."
    assert "no_pupil_friends" not in {one.key for one in nearest(theirs)}, "what pupils do binds no staff"


@pytest.mark.parametrize(
    "says",
    [
        "Under no circumstances will the school reply to abuse.",
        "At no time are pupils added to the register without a form.",
        "Staff add pupils to the learning platform.",
        "Call the office on the phone when a picture of a pupil is missing.",
    ],
)
def test_what_only_sounds_like_it_is_offered_neither(says):
    assert not {"no_pupil_friends", "concerns_to", "reply_within"} & {one.key for one in nearest(says)}


@pytest.mark.parametrize(
    "says",
    [
        "Staff speak to pupils only through official school systems.",
        "I will only communicate with pupils and parents / carers using official school systems.",
        (
            "Staff and pupils or parents write in a professional tone. "
            "These communications may only take place on official school systems."
        ),
    ],
)
def test_that_staff_write_only_through_the_schools_systems_is_offered_its_rule(says):
    assert nearest(says)[0].key == "school_channels"
