"""A policy document becomes sentences, each with what it may be as a clause; nothing of it is in force."""

from pathlib import Path
from typing import NamedTuple

import pytest

from schoolgate.policy.importing.document import document_of, reading_of
from schoolgate.policy.importing.learned import OPEN, learn
from schoolgate.policy.importing.proposing import actor_in_welsh, propose, strength_in_welsh
from schoolgate.rulebook import book
from schoolgate.rulebook.clauses import split
from schoolgate.rulebook.kinds import Modality


class Piece(NamedTuple):
    text: str
    heading: bool = False
    item: bool = False
    place: str = "page 1"
    page: int = 1


def document(*pieces):
    return document_of([one if isinstance(one, Piece) else Piece(one) for one in pieces], "text")


def proposed(*pieces):
    return propose(document(*pieces))


def test_sentences_stand_in_their_sections_with_page_and_place():
    found = document(
        Piece("1. Replies", heading=True), Piece("2. Staff answer. They are polite.", place="page 4", page=4)
    )
    (section,) = found.sections
    assert (section.title, section.place) == ("Replies", "page 4")
    assert [(one.text, one.page) for one in section.sentences] == [
        ("Staff answer.", 4),
        ("They are polite.", 4),
    ]


ONE = "Many of our staff have friends who are parents. Such friendships must be told to the head."
CONSENT = "If consent has been refused, we may still show the work."


def test_each_duty_of_a_numbered_paragraph_is_one_with_its_number_and_with_what_leans_on_it():
    """Torn in two, "Nobody else answers them." means nothing."""
    found = document(
        Piece("5. Press", heading=True),
        "5.8 Enquiries from newspapers are passed to the Headteacher. Nobody else answers them.",
        "5.9 Staff must not:", Piece("share passwords;", item=True),
        "5.10 All staff answer within a day. Every post is checked before it goes out. " + ONE,
        "5.11 " + CONSENT + " The face must not be shown. Nothing else is shown.",
        "5.12 Staff fill in the form in Appendix A. No account may be opened before that. They may ask.",
    ).sentences  # fmt: skip
    assert [(one.number, one.section, one.text) for one in found[:2]] == [
        (
            "5.8",
            "Press",
            "Enquiries from newspapers are passed to the Headteacher. Nobody else answers them.",
        ),
        ("5.9", "Press", "Staff must not share passwords"),
    ]
    assert [(one.number, one.text) for one in found[2:]] == [
        ("5.10", "All staff answer within a day."),
        ("5.10", "Every post is checked before it goes out."), ("5.10", ONE),
        ("5.11", CONSENT + " The face must not be shown."), ("5.11", "Nothing else is shown."),
        ("5.12", "Staff fill in the form in Appendix A."),
        ("5.12", "No account may be opened before that. They may ask."),
    ]  # fmt: skip


def test_in_a_section_without_numbered_clauses_its_own_number_is_theirs():
    found = document(
        "Staff must ask.", Piece("10. Parents", heading=True), "Parents must ask.",
        Piece("11 Staff", heading=True), "Staff may ask.", "11.2 Staff must tell.", "Staff must not hide it.",
        Piece("Review", heading=True), "The head must ask.",
    ).sentences  # fmt: skip
    assert [one.number for one in found] == ["", "10", "11", "11.2", "", ""]


def test_what_comes_before_any_heading_has_a_section_too():
    assert document("Staff answer.").sections[0].title == "Beginning"


def test_an_abbreviation_ends_no_sentence():
    assert split("Ask the office, e.g. Mr. Jones. Then post.") == [
        "Ask the office, e.g. Mr. Jones.",
        "Then post.",
    ]


def test_an_item_of_a_list_has_the_words_that_lead_to_it():
    found = document(
        "Staff must not:", Piece("share passwords;", item=True), Piece("Post after 9pm; or", item=True)
    )
    assert [one.text for one in found.sentences] == [
        "Staff must not share passwords",
        "Staff must not post after 9pm",
    ]


def test_an_item_that_asks_for_something_itself_stays_as_it_is():
    item = "Each account must have two administrators."
    assert document("Note:", Piece(item, item=True)).sentences[0].text == item


def test_words_that_lead_to_no_list_stay():
    assert [one.text for one in document("Staff must:", "Answer in time.").sentences] == [
        "Staff must:",
        "Answer in time.",
    ]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Staff must ask.", "must"),
        ("Staff may not post pictures.", "must_not"),
        ("No pupil is named beside a picture.", "must_not"),
        ("Staff should keep a second account.", "should"),
        ("Staff should not accept requests.", "should_not"),
        ("Staff are advised not to accept requests.", "advised_not"),
        ("Staff are urged to set strict privacy settings.", "advised"),
        ("Accounts should ideally be checked daily.", "advised"),
        ("Parents may ask for removal.", "may"),
        ("This policy applies to all staff.", "states"),
        ("Report misuse to the headteacher.", "must"),
        ("Anything that suggests that a child may be at risk is reported to the safeguarding lead.", "must"),
        ("Only the Headteacher may block a follower.", "must_not"),
        ("Every account is registered with a school address and never with a personal one.", "must"),
        ("If the school has to close because of snow, the Headteacher may post this at any time.", "may"),
        ("Pictures are only published if the parent has given consent.", "must"),
        ("It is not a school account and this policy does not cover it.", "states"),
        ("It is not allowed.", "must_not"),
        ("A parent may withdraw consent. The pictures are then taken down.", "must"),
        ("Staff who can see an account must not share it.", "must_not"),
    ],
)
def test_the_words_tell_how_strongly_a_sentence_binds(text, modality):
    assert reading_of(text).modality == Modality(modality)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Children are named by first name only.", ""),
        ("Pictures are only published if the parent or carer has given consent.", ""),
        ("A comment that names a member of staff is hidden.", ""),
        ("An account that is not used is closed by the Computing Lead.", "IT manager"),
        ("Class teachers may post on their own class account.", "class teacher"),
        ("If the school has to close, the Headteacher may post this.", "headteacher"),
        ("Staff are not permitted to post.", "staff"),
        ("Only the Headteacher may block a follower.", ""),
    ],
)
def test_who_must_keep_a_clause_is_who_acts_in_it(text, actor):
    assert reading_of(text).actor == actor


@pytest.mark.parametrize(
    ("text", "parameters"),
    [
        ("Comments are answered within 24 hours.", {"hours": 24}),
        ("Comments are answered within two working days.", {"working_days": 2}),
        ("Comments are answered within a day.", {"days": 1}),
        ("Misuse is reported immediately.", {"hours": 0}),
        ("Replies take 24 hours, or 48 hours at weekends.", {"hours": [24, 48]}),
        ("Nobody posts after 9pm or before 7:30 am.", {"times": ["21:00", "07:30"]}),
        ("At least three people run each account.", {"people": 3}),
        ("Pupils under 13 have no account.", {"age": 13}),
        ("Nobody follows a pupil until the pupil is 18.", {"age": 18}),
        ("The policy is reviewed every two years.", {"years": 2}),
        ("The DSL is told daily.", {"roles": ["designated safeguarding lead"], "every": "day"}),
        ("Parents give written consent.", {"form": "written", "by": ["parent"]}),
    ],
)
def test_numbers_times_roles_and_consent_are_read(text, parameters):
    assert reading_of(text).parameters == parameters


@pytest.mark.parametrize(
    ("text", "why_not"),
    [
        ("Who can I talk to?", "a question"),
        ("Version 3.2", "a label"),
        ("Social media means websites on which people share content.", "explains a word"),
        ("Many parents like to read news on Facebook.", "background"),
        ("Staff must ask the headteacher before they post.", ""),
    ],
)
def test_a_sentence_that_asks_for_nothing_is_no_clause_and_says_why(text, why_not):
    assert reading_of(text).why_not == why_not


def test_a_clause_is_proposed_with_areas_kinds_and_settings_from_its_text():
    (found,) = proposed("Comments and questions on an official account must get a reply within 12 hours.")
    assert found.is_clause
    assert "inbox" in found.areas
    assert len(found.areas) == len(found.kinds) == 3
    kind = next(one for one in found.kinds if "response_hours" in one.settings)
    assert kind.settings["response_hours"] == 12
    assert kind.like_says == book("wildground").clauses[kind.like].says


@pytest.mark.parametrize(
    ("when", "hours"), [("within a day", 24), ("within 24 hours, or 48 hours at weekends", OPEN)]
)
def test_a_setting_has_the_unit_that_its_kind_counts_in_and_several_numbers_are_left_open(when, hours):
    (found,) = proposed(f"Comments and complaints on an official account must get a reply {when}.")
    kind = next(one for one in found.kinds if "response_hours" in one.settings)
    assert kind.settings["response_hours"] == hours


def test_one_role_is_left_open_where_the_sentence_names_two():
    (found,) = proposed("The headteacher or the governing body must decide whether an account may be opened.")
    one_role = [kind.settings["role"] for kind in found.kinds if "role" in kind.settings]
    assert set(one_role) == {OPEN}


def test_numbers_and_roles_of_another_school_are_never_carried_over():
    (found,) = proposed("Each site must have at least as many administrators as it needs.")
    kind = next(one for one in found.kinds if "min_administrators" in one.settings)
    assert kind.settings["min_administrators"] == OPEN
    assert "min_administrators" in kind.open


def test_offices_have_the_names_that_the_school_gives_them():
    (found, _) = proposed("The Principal must approve every account.", "Ask the Principal.")
    assert found.actor == "Principal"
    assert found.parameters["roles"] == ["Principal"]


def test_a_welsh_sentence_beside_its_english_one_is_kept_and_not_proposed():
    welsh = "Rhaid i staff ofyn i'r pennaeth cyn postio ar gyfryngau cymdeithasol yr ysgol."
    english, other = proposed("Staff must ask the head before they post on the school's social media.", welsh)
    assert english.is_clause
    assert (other.is_clause, other.why_not, other.kinds) == (False, "in Welsh", ())
    assert other.sentence.text == welsh


def test_english_with_small_words_that_welsh_has_too_is_english():
    assert not document("I am responsible for what I post on an account.").welsh


def test_the_same_document_is_proposed_the_same_way_each_time():
    text = "The headteacher must approve each post before it is published."
    assert proposed(text) == proposed(text)


def test_a_policy_that_was_left_out_teaches_nothing():
    taught = learn([book("wootton")])
    (found,) = propose(document("Comments must be answered within 24 hours."), taught)
    assert {kind.like.split("-")[0] for kind in found.kinds} == {"wootton"}


STRENGTHS = [
    line.split("\t")
    for line in (Path(__file__).parent / "documents" / "strengths.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("text", [line[3] for line in STRENGTHS])
def test_who_must_follow_it_and_how_strongly_in_both_languages(text):
    """*Only* permits nothing else, the stronger of two duties counts, and who has something done to them
    doesn't act."""
    strength, who, language, _text = next(line for line in STRENGTHS if line[3] == text)
    if language == "cy":
        found = strength_in_welsh(text), actor_in_welsh(text)
    else:
        found = reading_of(text).modality, reading_of(text).actor
    assert str(found[0]) in strength.split("|")
    assert (found[1] or "-") in who.split("|")


def test_a_role_word_of_the_document_is_that_role_and_no_other():
    found = proposed(
        "Administrators must reply.",
        "Posts must be checked by a second administrator.",
        "The DSP receives every report.",
    )
    assert [one.actor for one in found] == ["administrator", "administrator", "DSP"]
    assert found[1].parameters["roles"] == ["administrator"]


def test_a_sentence_on_these_things_stays_with_the_one_that_names_them():
    (one, other) = (
        document(
            Piece("Messages to parents are professional. These messages may only go by school mail."),
            Piece("Staff answer within two days. They are polite."),
        )
        .sections[0]
        .sentences[:2]
    )
    assert one.text == "Messages to parents are professional. These messages may only go by school mail."
    assert other.text == "Staff answer within two days."


def test_what_a_semicolon_lists_on_is_no_sentence_of_its_own():
    told = "Staff report misuse to the Headteacher; Online Safety Coordinator for investigation."
    assert split(told) == [told]
    assert len(split("Staff must ask; The head must answer.")) == 2


def test_a_heading_below_a_numbered_section_keeps_its_number_and_an_appendix_has_none():
    found = document(
        Piece("8. Incidents", heading=True), Piece("Illegal incidents", heading=True),
        Piece("Staff must report."),
        Piece("Appendix A", heading=True), Piece("Staff must sign."),
    )  # fmt: skip
    numbers = [one.number for section in found.sections for one in section.sentences]
    assert numbers == ["8", ""]


@pytest.mark.parametrize(
    "says",
    [
        "A person who posts such a comment twice may be blocked. The Headteacher decides.",
        "Parents are asked not to air grievances in class groups. Concerns go to the tutor.",
        "We do not name pupils in pictures. In the Senior School, first names may be used with agreement.",
    ],
)
def test_a_sentence_that_means_nothing_or_the_opposite_alone_stays_with_the_one_before(says):
    found = proposed(Piece("4. Posts", heading=True), f"4.1 {says}", "4.2 Staff must ask first.")
    assert says in [one.sentence.text for one in found]


@pytest.mark.parametrize(
    ("says", "who"),
    [
        (
            "Children, staff, governors, parents and carers must not disclose confidential matters.",
            "everyone",
        ),
        ("Staff, parents and pupils must be polite online.", "everyone"),
        ("Staff, governors, parents and carers must not use the school's website for private ends.", "staff"),
        ("Pupils and parents must not post pictures of staff.", "pupils"),
        ("Pupils must not befriend staff, parents or carers.", "pupils"),
    ],
)
def test_a_sentence_that_names_staff_pupils_and_parents_together_is_for_everyone(says, who):
    assert reading_of(says).actor == who


def test_a_sentence_that_only_asks_speaks_to_those_whom_its_heading_names():
    says = "Please do not ask staff members to make contact with you via social media."
    for heading, who in (
        ("6. Parents and carers", "parents and carers"), ("7. Pupils", "pupils"), ("8. Comments", ""),
        ("9. Parents and pupils", ""),
    ):  # fmt: skip
        (found,) = proposed(Piece(heading, heading=True), says)
        assert found.actor == who, heading
