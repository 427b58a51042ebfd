"""Words that tell of one child are asked about at each door, whatever they tell.

`said_of_one.tsv` was frozen before anything was changed for it: 15 of its 60 lines were asked about then, 58
when the rule was first tried; of 26 written after it 2 before and 18 by it. `said_of_one_walked.tsv` is by a
person outside: 2 of 54 before; 18 of the first 33 at first sight. The rule was mended on what was missed, and
what everyone reads is judged by a model that has learned from these lines too: `bench/learned.py` has frozen
ones that it never saw.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.disclosures import rows as bench_rows
from bench.learned import beside_pictures, is_held_beside
from bench.screened_posts import clean_posts
from schoolgate.core.doors import Door
from schoolgate.core.leaving import BY_STRANGERS, OF_ONE_UNASKED
from schoolgate.publishing.said_of_one import found_of_one, found_with
from schoolgate.screening import Kind, NameIndex, screen
from tests.triage.examples import harmless

LINES = Path(__file__).parent.parent / "screening"
NONE = NameIndex(())
DOORS = {
    "message": Door.MESSAGE, "guide": Door.GUIDE, "notice": Door.NOTICE_WORDING, "appeal": Door.APPEAL,
    "statement": Door.STATEMENT, "line": Door.AGREED_LINE, "site": Door.SITE_TEXT, "farewell": Door.FAREWELL,
    "consent": Door.CONSENT_WORDS, "change": Door.CHANGE, "register": Door.REGISTER, "emergency": Door.POST,
    "comment": Door.COMMENT, "post": Door.POST,
}  # fmt: skip


def rows(name):
    lines = (LINES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def is_asked(door, text):
    return any(hit.tells_of_a_child for hit in (*screen(text, NONE).hits, *found_of_one(door, text)))


def test_what_a_person_outside_wrote_is_asked_about():
    assert [row[3] for row in rows("said_of_one_walked.tsv") if not is_asked(Door.POST, row[3])] == []


def test_of_ordinary_posts_hardly_one_is_asked_about():
    ordinary = (LINES.parents[1] / "bench" / "ordinary_posts.txt").read_text("utf-8").splitlines()
    posts = [*clean_posts(300), *(line.partition("\t")[2] for line in ordinary)]
    assert [post for post in posts if any(found_of_one(Door.POST, post))] == []


@pytest.mark.parametrize("part", ["alt", "captions", "read"])
def test_most_of_what_is_told_beside_a_picture_is_asked_about_and_hardly_any_ordinary_line(part):
    """Of 430 lines frozen first 24 of 60 descriptions, 7 of 30 captions and 8 of 30 signs were, by lists."""
    asked = {"telling": [], "clean": []}
    for what, _tongue, about, words in beside_pictures():
        if about == part:
            asked[what].append(is_held_beside(about, words))
    assert sum(asked["telling"]) >= 0.8 * len(asked["telling"])
    assert sum(asked["clean"]) <= 0.03 * len(asked["clean"])


def test_what_goes_on_over_lines_is_read_together_also_where_no_sentence_ends():
    cues = "I like the swings\nand the sandpit too\n" * 40
    tells = "because mum and me\nare in the safe house now\n"
    (hit,) = found_of_one(Door.POST, f"{cues}{tells}{cues}", in_lines=True)
    assert "safe house" in hit.words
    long = "And so we all went down the hill to the shop and then along the river to the new house where she"
    assert any(found_of_one(Door.POST, f"{long} lives with her foster mum.", in_lines=True))
    assert not any(found_of_one(Door.POST, cues, in_lines=True))


@pytest.mark.parametrize("name", ["said_of_one.tsv", "said_of_one_after.tsv"])
def test_what_tells_of_one_child_is_asked_about_and_what_only_looks_so_is_not(name):
    wrong = [row for row in rows(name) if is_asked(DOORS[row[0]], row[3]) != (row[2] == "found")]
    assert wrong == []


def test_each_door_asks_also_one_that_is_added_but_those_that_say_why_not():
    """A comment is asked about for what became of a child, not for what a parent tells of theirs."""
    for words in (
        "He was excluded on Friday, and he lives at his nan's.",
        "Cafodd o ei wahardd ddydd Gwener.",
    ):
        assert {door for door in Door if any(found_of_one(door, words))} == set(Door) - OF_ONE_UNASKED
    own = "My son was so tired, he slept on the bus."
    assert not [door for door in BY_STRANGERS if any(found_of_one(door, own))]
    assert any(found_of_one(Door.MESSAGE, own))


def test_each_sentence_that_tells_is_asked_about_whatever_else_was_found_in_the_text():
    """A place in another sentence hid it, and of two children the second went out with the first."""
    place = "We meet at the park at 9am tomorrow with Year 4."
    home = "Our goalie, the lad from Quay Row, lives with his nan now."
    court = "He was excluded on Friday."
    text = f"{place} {home} The match starts at two. {court}"
    hits = screen(text, NONE).hits
    assert [hit.words for hit in hits if hit.tells_of_a_child], "the place is found by the lists"
    found = [hit.words.strip() for hit in found_of_one(Door.POST, text, hits)]
    assert found == [home[:-1], court[:-1]]


def test_what_the_lists_found_in_a_sentence_isnt_asked_about_twice():
    text = "He was excluded on Friday."
    (found,) = found_of_one(Door.POST, text)
    assert not [*found_of_one(Door.POST, text, [replace(found, kind=Kind.PLACE)])]


def test_a_courtesy_hides_nothing_and_praise_needs_no_reason():
    assert not any(found_of_one(Door.REPLY, "She was brilliant, thank you."))
    assert any(found_of_one(Door.REPLY, "Thanks for asking, he was excluded on Friday."))
    assert any(found_of_one(Door.REPLY, "Diolch am holi, cafodd o ei wahardd ddydd Gwener."))


TOLD_IN_ANSWERS = [
    (
        "Diolch! Clod arbennig i'r un fach ar y dde, a gafodd ei symud aton ni ganol tymor a heb neb "
        "gartref i wrando arni'n ymarfer."
    ),
    "Diolch! Yr un bach yn y canol oedd y gorau, ac yntau newydd golli ei dad.",
    "Da iawn i'r un tal ar y chwith hefyd, sy'n dod bob bore heb frecwast.",
    "Diolch, a phluen arbennig i'r un yn y cefn, sydd wedi bod drwy'r felin ers y Pasg.",
    (
        "Thanks! Extra marks to the little one on the right, moved to us mid-term with nobody at home "
        "to hear the practice."
    ),
    "Thank you! Special mention for the small one at the end, who came straight from a night at the refuge.",
    (
        "Thanks, especially to the tall one in the middle, up at five every morning to do the milking "
        "and the meds."
    ),
    "Glad you liked it. Our Year 3 soloist only has Nan at home now, so your words mean a lot.",
    "Thank you. The drummer's tag comes off in March, and then watch this space!",
    "Diolch. Mae'r drymiwr yn cysgu ar soffa ei fodryb ar hyn o bryd, felly mae hyn yn hwb.",
    "Diolch o galon. Dim ond Taid sydd ar ôl gan ein hunawdydd, felly mae'ch geiriau'n bwysig.",
    "Cheers. One of those goals was for a dad who isn't coming back.",
]


def test_an_answer_is_judged_as_a_post_and_praise_takes_no_more_along_than_itself():
    """Of these 12 4 were asked about as answers before, all as posts; of 77 ordinary ones 5, as now."""
    assert [text for text in TOLD_IN_ANSWERS if not is_asked(Door.REPLY, text)] == []
    ordinary = (LINES / "ordinary_replies.txt").read_text("utf-8").splitlines()
    asked = [text for text in ordinary if is_asked(Door.REPLY, text)]
    assert len(asked) <= 5, asked


@pytest.mark.parametrize(("question", "reply", "asked"), [
    ("Great game! Is your goalie the lad from Quay Row?", "Yes", True),
    ("Great game! Is your goalie the lad from Quay Row?", "No, not him", True),
    ("Great game! Is your goalie the lad from Quay Row?", "Thank you for coming!", False),
    ("Great game! Is your goalie the lad from Quay Row?", "We never say who plays.", False),
    ("Your goalie is the lad from Quay Row", "Correct 😊", True),
    ("Ai'r golwr ydi'r hogyn o Res y Cei?", "Ia", True),
    ("Ai'r golwr ydi'r hogyn o Res y Cei?", "Diolch am ddod!", False),
    ("Is she the one whose mum works in the chippy?", "Yep!", True),
    ("She is our star. Is the fair at two?", "Yes, from two", False),
    ("My son was up all night with his asthma. Is my son allowed a day off?", "Yes, of course", False),
    ("Does the trumpet club run on Mondays?", "Yes", False),
    ("Ydi'r cyngerdd am saith?", "Ydi", False),
])  # fmt: skip
def test_a_short_answer_is_judged_with_what_was_asked(question, reply, asked):
    assert bool(list(found_with(reply, question, NONE))) is asked


POINTS_AT_A_THING = {
    "Is that the one with the blue cover?", "Is this the student bus?",
    "Hwn ydi'r bws?", "Is that her coat in lost property?",
}  # fmt: skip
"""Asked about all the same: *the one with* may be a child."""


def test_a_yes_to_what_only_points_at_a_child_is_asked_about_and_at_a_thing_is_not():
    """Of 22 that point at a child, frozen first, 13 were asked about, and then all; of 28 that point at a
    thing 2, as before. Of 24 written afterwards 21 were as they should be at first sight."""
    wrong = {
        question
        for asked, question, reply in rows("only_points.tsv")
        if bool([*found_with(reply, question, NONE)]) is not (asked == "1")
    }
    assert wrong == POINTS_AT_A_THING


ASKED_ALL_THE_SAME = {
    "Ydi'r llythyr am y daith wedi mynd allan?", "Ydi o am ddim?",
}  # fmt: skip


@pytest.mark.parametrize("name", ["points_at_one.tsv", "points_at_one_after.tsv"])
def test_any_answer_to_what_may_point_at_one_person_is_asked_about_and_an_ordinary_one_is_not(name):
    """Of 60 that point, frozen first, 6 were asked about before and all at first sight; of 60 ordinary ones
    1, then 4 and 2. Of those written when it was done 18 of 22 at first sight, and 3 of 22."""
    wrong = {
        question
        for asked, _tongue, question, reply in rows(name)
        if bool([*found_with(reply, question, NONE)]) is not (asked == "1")
    }
    assert wrong <= ASKED_ALL_THE_SAME


@pytest.mark.parametrize(("reply", "tells"), [
    ("Thank you for asking, please ring the office", False),
    ("Thanks, since Monday", True),
    ("We can't say who is in a picture", False),
    ("We can't comment but since Monday", True),
    ("See our policy: https://school.example/pictures", False),
    ("https://school.example/pictures", False),
    ("Please ring the office, she left in May", True),
    ("\U0001f44d", True),
    ("\U0001f609", True),
    ("So glad! \U0001f60a", False),
    ("Diolch, ffoniwch y swyddfa", False),
    ("Diolch, ers dydd Llun", True),
])  # fmt: skip
def test_an_answer_tells_nothing_only_where_each_of_its_parts_tells_nothing(reply, tells):
    assert bool([*found_with(reply, "Is she back with you now?", NONE)]) is tells


ORDINARY = (
    "Thank you!", "So glad to hear it", "Please ring the office and we'll help", "Yes, it is",
    "See you on Friday", "That's lovely, thanks for telling us", "The office has a list",
    "We'll pass this on to the team",
)  # fmt: skip


def test_of_ordinary_answers_to_harmless_comments_at_most_one_in_ten_is_asked_about():
    """The comments are those of the benches: many have words of danger, or speak of a *he* or *she*."""
    every = [each.text for half in ("seen", "unseen") for each in harmless(half)]
    for name in ("asking_after.tsv", "disclosures.tsv", "harmless_again.tsv"):
        every += [text for what, _kind, _tongue, text in bench_rows(name) if what == "harmless"]
    asked = [
        text
        for place, text in enumerate(every)
        if any(found_with(ORDINARY[place % len(ORDINARY)], text, NONE))
    ]
    print(f"{len(asked)} of {len(every)}")
    assert len(asked) <= 0.1 * len(every), asked


def test_the_name_of_a_grown_up_speaks_for_them_alone():
    assert not any(found_of_one(Door.REPLY, "Mrs Moss has your form. She is in the office."))
    assert any(found_of_one(Door.REPLY, "Please ring Mrs Moss, he was sent out on Friday."))
    assert any(
        found_of_one(Door.REPLY, "Please ring Mrs Moss. The gate is shut. She was sent out on Friday.")
    )


def test_of_harmless_comments_hardly_one_is_asked_about():
    every = [each.text for half in ("seen", "unseen") for each in harmless(half)]
    asked = [text for text in every if any(found_of_one(Door.COMMENT, text))]
    assert len(asked) <= 0.01 * len(every), asked


BACK_FROM_ILLNESS = [
    "Croeso'n ôl i'n seren fach ym Mlwyddyn 1 ar ôl yr holl fisoedd yn Alder Hey.",
    "Croeso nôl i'n seren fach ni ar ôl wythnosau yn Alder Hey.",
    "Mae'r gwallt yn tyfu'n ôl yn ddel!",
    "Mor falch o gael ein harwr bach yn ôl o Alder Hey.",
    "Cerdyn mawr gan bawb i'n dawnsiwr bach sydd yn Ysbyty Arch Noa.",
    "Croeso adre o Glan Clwyd i'n seren ni!",
    "Gwallt newydd, gwên newydd: mae'n ôl gyda ni ers dydd Llun.",
    "Diolch i ward y plant ym Mronglais am edrych ar ôl ein hogyn bach ni.",
    "Misoedd yn Great Ormond Street a nawr yn ôl wrth ei ddesg, da iawn ti.",
    "O'r diwedd, mae ei wallt yn dechrau tyfu, a'r het yn mynd i'r bin.",
    "Pawb wedi colli'n capten bach tra oedd yn Lerpwl yn cael triniaeth.",
    "The hair is growing back beautifully!",
    "Welcome back to our little star after all those months at Alder Hey.",
    "Our tiny dancer is home from Great Ormond Street, and the wig is off.",
    "Curls are coming back and so is that cheeky grin. Year 1 missed you!",
    "So good to have our superhero back from the Noah's Ark ward.",
    "No more hat! Those new curls are gorgeous, little man.",
]
NEAR_THEM = [
    "Diwrnod pyjamas i godi arian i Alder Hey ddydd Gwener.",
    "Casglodd Blwyddyn 4 £212 i Ysbyty Arch Noa, diolch i bawb.",
    "Mae'r glaswellt yn tyfu'n ôl yn ddel ar y cae.",
    "Croeso'n ôl i bawb ar ôl y gwyliau!",
    "Croeso'n ôl i'n côr, sydd wedi bod yn canu yn y Bala.",
    "Torri gwallt i elusen: mae Mrs Huws wedi codi £400 i'r Little Princess Trust.",
    "Rhaid clymu gwallt hir yn ôl ar gyfer gwersi Addysg Gorfforol.",
    "Mae'r berllan yn tyfu'n dda ers y gwanwyn.",
    "Wear a hat on Friday and raise money for Great Ormond Street Hospital.",
    "Our choir sang for the patients at Alder Hey's Christmas fair and raised £300.",
    "Long hair must be tied back for PE please.",
    "The grass on the top field is growing back nicely, thank you for keeping off.",
    "Welcome back everyone! It's so good to hear the corridors full again.",
    "Welcome back to our cooks after their holiday.",
]


def test_a_child_back_from_illness_is_asked_about_and_who_collects_for_the_ward_is_not():
    assert [text for text in BACK_FROM_ILLNESS if not is_asked(Door.POST, text)] == []
    assert [text for text in NEAR_THEM if is_asked(Door.POST, text)] == []


GONE = [
    "We can say only that the boy concerned is no longer in 9C and will be learning elsewhere.",
    "The pupil involved is no longer on our roll.",
    "The girl in question will not be in school for the foreseeable future.",
    "A student from Year 10 will be educated off site until Easter.",
    "We can confirm that the child responsible has been moved to another form.",
    "The lad who started it is not coming back before Christmas.",
    "The child in question will not be back in Willow before Easter.",
    "The boy concerned won't be back for some time.",
    "The girl in question isn't returning to 8K this term.",
    "Ni fydd y disgybl dan sylw yn dychwelyd i 9C.",
    "Dyw'r bachgen dan sylw ddim yn 9C bellach.",
    "Mae'r disgybl wedi symud i ddosbarth arall ers y digwyddiad.",
]
STILL_THERE = [
    "Nursery snack is no longer in the hall, we eat in the conservatory.",
    "Pupils no longer in need of a locker should hand in the key.",
    "If your child is no longer at our school, please tell the office.",
    "Our Year 6 leavers will be learning elsewhere from September, and we wish them all well.",
    "The girls' team will not be in school on Friday, they are at the county final.",
    "Any pupil who moves to another class keeps their tray.",
    "The children will not be back from the trip before four.",
    "The question is when the bus will be back.",
    "Mae'r clwb wedi symud i ddosbarth arall.",
    "Mae'r ffair wedi symud i ddydd Sadwrn.",
    "Ni fydd y côr yn dychwelyd tan bump.",
]


def test_a_child_of_whom_it_is_said_that_they_are_no_longer_there_is_asked_about_and_a_club_is_not():
    assert [text for text in GONE if not is_asked(Door.POST, text)] == []
    assert [text for text in STILL_THERE if is_asked(Door.POST, text)] == []


ONE_PASSENGER = [
    "The 16.10 to Minskip has a single student on it this term.",
    "The driver will wait at the lay-by by the water tower until she has been picked up.",
    "Only one pupil uses the 8.05 from Marton now.",
    "There's just one child on the Kirby taxi these days.",
    "Our minibus carries one lone passenger past Grafton.",
    "The escort stays at the stop till he's been collected.",
    "A single pupil gets on at the Scriven stop.",
    "Dim ond un disgybl sydd ar y bws 3.40 i Fwlch-y-sarnau.",
    "Un plentyn yn unig sy'n dal y bws o Lidiartywaun.",
    "Bydd y gyrrwr yn aros wrth y gilfan nes iddi gael ei chasglu.",
]
MANY_PASSENGERS = [
    "The 16.10 to Minskip is full this term, please sit down.",
    "The driver will wait at the lay-by until everyone is on board.",
    "The bus will wait until it is safe to leave.",
    "One parent for each child on the bus, please.",
    "The 9.30 session has one child per adult.",
    "Only one bus runs on Friday.",
    "Every single pupil on the 8.05 wore a seat belt.",
    "A single ticket on the bus costs £2.",
    "Dim ond un bws sydd gan yr ysgol.",
    "Bydd y gyrrwr yn aros nes i bawb fod ar y bws.",
]


def test_the_only_child_on_a_bus_or_at_its_stop_is_asked_about_and_a_full_one_is_not():
    """Before the change none of 10."""
    assert [text for text in ONE_PASSENGER if not is_asked(Door.POST, text)] == []
    assert [text for text in MANY_PASSENGERS if is_asked(Door.POST, text)] == []
