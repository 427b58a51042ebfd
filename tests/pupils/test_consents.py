"""Whether a pupil may be shown: blank is no, one no is a no until it is settled, and no one's silence is a
yes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.pupils.consents import About, Said, is_disputed, standing
from schoolgate.pupils.models import Answer, Giver, Use, Why

TODAY = date(2027, 3, 9)
SEPTEMBER = date(2026, 9, 1)
ANN, TOM = {"who": "Ann Rees"}, {"who": "Tom Rees"}


def said(answer="given", giver="parent", who="", *, use="picture", channel="", day=SEPTEMBER, until=None):
    return Said(use, channel, answer, giver, who, day, until)


def settled(answer="given", *, channel=""):
    return said(answer, "settled", channel=channel, day=TODAY)


def disputed(*answers, on=TODAY, **about):
    return is_disputed(answers, About(**about), use="picture", channel="facebook", on=on)


def asked(*answers, use="picture", channel="facebook", on=TODAY, **about):
    return standing(answers, About(**about), use=use, channel=channel, on=on)


def test_without_an_answer_it_is_no():
    assert asked() == (asked(said("not_asked")))
    assert (asked().may, asked().why) == (False, Why.NOT_ASKED)


def test_a_parents_yes_is_a_yes_and_their_later_no_is_a_no():
    assert asked(said()).may
    assert asked(said(who="Ann Rees"), said("refused", who="Ann Rees")).why == Why.REFUSED


@pytest.mark.parametrize("giver", ["parent", "pupil", "list"])
@pytest.mark.parametrize("no_giver", ["parent", "pupil", "list"])
def test_no_yes_ends_a_no_by_itself_until_the_school_settles_it(no_giver, giver):
    no, yes = said("refused", no_giver), said(giver=giver)
    for answers in ((no, yes), (yes, no), (yes, no, yes, yes)):
        assert not asked(*answers).may
    assert asked(said(), no, yes, settled()).may
    assert not asked(said(), no, yes, settled("refused")).may
    assert not asked(said(), no, yes, settled("refused"), yes).may
    assert asked(said(), no, yes, settled("refused"), yes, settled()).may
    assert not asked(said(), no, yes, settled(), no).may


def test_what_was_settled_is_no_yes_of_itself():
    assert asked(said("refused"), settled()).why == Why.NOT_ASKED
    assert asked(settled()).why == Why.NOT_ASKED
    assert asked(said(until=TODAY), said("refused"), settled(), on=TODAY + timedelta(1)).why == Why.LAPSED


def test_what_was_settled_for_one_network_settles_nothing_on_another():
    answers = (said(), said("refused"), said(), settled(channel="facebook"))
    assert asked(*answers, channel="facebook").may
    assert not asked(*answers, channel="noticeboard").may
    assert asked(*answers, settled(), channel="noticeboard").may


def test_what_was_settled_for_all_networks_leaves_a_no_for_one_of_them():
    answers = (said(), said("refused", channel="facebook"), said("refused"), said(), settled())
    assert asked(*answers, channel="noticeboard").may
    assert asked(*answers).why == Why.DISAGREE
    assert asked(*answers, settled(channel="facebook")).may


def test_a_yes_to_pictures_is_none_to_film_or_names():
    assert not asked(said(), use="film").may
    assert not asked(said(), use="name").may


def test_an_answer_for_one_network_comes_before_one_for_all():
    no_facebook = said("refused", channel="facebook")
    assert not asked(said(), no_facebook).may
    assert not asked(no_facebook, said()).may
    assert asked(said(), no_facebook, channel="noticeboard").may
    assert not asked(said(channel="noticeboard")).may


def test_a_later_no_for_all_networks_ends_a_yes_for_one():
    assert asked(said(channel="facebook", **ANN), said("refused", **ANN)).why == Why.REFUSED
    assert not asked(said("refused"), said(channel="facebook")).may
    assert not asked(said("refused", channel="facebook"), said()).may


@pytest.mark.parametrize(
    "answers",
    [
        (said(**ANN), said("refused", **TOM)),
        (said("refused", **TOM), said(**ANN)),
        (said("refused", **ANN), said(**ANN)),  # a change of mind is settled too
        (said(), said("refused")),  # two without a name are two
        (said(**ANN), said("refused")),
        (said("refused", giver="list"), said(**ANN)),
        (said("refused", **ANN), said(giver="list")),
        (said("refused", giver="pupil"), said(giver="pupil")),
    ],
)
def test_a_yes_and_a_no_against_each_other_count_as_no_and_are_to_be_settled(answers):
    assert disputed(*answers)
    assert asked(*answers).why in (Why.DISAGREE, Why.OBJECTS)
    for word in ("given", "refused"):
        assert not disputed(*answers, settled(word))


@pytest.mark.parametrize(
    "answers",
    [
        (said(**ANN),),
        (said(**ANN), said("refused", **ANN)),  # withdrawn
        (said(**ANN), said("refused", who="ann rees")),
        (said(giver="list"), said("refused", **ANN)),  # the records are behind
        (said(**ANN), said("refused", giver="pupil")),  # the pupil's own no comes first
        (said(**ANN), said("refused", "pupil", day=TODAY, until=TODAY)),  # a no of one day ends by itself
        (said("refused", **ANN), said(until=TODAY - timedelta(1), **TOM)),
        (said("refused", **ANN), said(channel="bluesky", **TOM)),
    ],
)
def test_a_no_that_no_yes_stands_against_is_settled_already(answers):
    assert not disputed(*answers)


def test_the_schools_records_count_until_a_parent_has_answered_here():
    of_list = said(giver="list")
    assert asked(of_list).may
    assert asked(of_list, said("refused", **ANN)).why == Why.REFUSED
    assert asked(said("refused", **ANN), of_list).why == Why.DISAGREE


def test_the_pupils_own_no_counts_more_than_both_parents():
    both = (said(**ANN), said(**TOM))
    assert asked(*both, said("refused", giver="pupil")).why == Why.OBJECTS


def test_a_consent_ends_after_its_last_day():
    once = said(until=TODAY)
    assert asked(once).may
    assert asked(once, on=TODAY + timedelta(days=1)).why == Why.LAPSED


def test_a_consent_from_tomorrow_is_none_today():
    assert not asked(said(day=TODAY + timedelta(days=1))).may


@pytest.mark.parametrize(("born", "may"), [(date(2014, 3, 10), True), (date(2014, 3, 9), False)])
def test_from_the_age_that_was_chosen_the_pupils_own_yes_is_wanted_as_well(born, may):
    assert asked(said(), born_on=born, own_yes_from=13).may is may
    assert asked(said(), said(giver="pupil"), born_on=born, own_yes_from=13).may


def test_where_the_age_is_not_known_the_pupils_own_yes_is_wanted():
    assert asked(said(), own_yes_from=13).why == Why.OWN_YES
    assert asked(said()).may


@pytest.mark.parametrize(("born", "may"), [(date(2009, 3, 10), True), (date(2009, 3, 9), False)])
def test_from_the_eighteenth_birthday_the_parents_answer_no_longer_counts(born, may):
    assert asked(said(), born_on=born).may is may
    assert asked(said("refused"), said(giver="pupil"), born_on=born).may is not may


def test_born_on_a_leap_day_they_are_eighteen_on_the_first_of_march():
    born = date(2008, 2, 29)
    assert About(born).age(date(2026, 2, 28)) == 17
    assert About(born).age(date(2026, 3, 1)) == 18


def test_the_list_and_leaving_come_before_every_yes():
    assert asked(said(), listed=True).why == Why.LISTED
    assert asked(said(), left=True).why == Why.LEFT


ANSWERS = st.builds(
    Said,
    use=st.sampled_from(Use.values),
    channel=st.sampled_from(["", "facebook", "bluesky"]),
    answer=st.sampled_from(Answer.values),
    giver=st.sampled_from(Giver.values),
    who=st.sampled_from(["", "Ann", "Tom"]),
    from_day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    until=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
ABOUTS = st.builds(
    About,
    born_on=st.none() | st.dates(date(2005, 1, 1), date(2022, 12, 31)),
    left=st.booleans(),
    listed=st.booleans(),
    own_yes_from=st.none() | st.integers(11, 18),
)


@given(st.lists(ANSWERS, max_size=8), ABOUTS)
def test_no_answer_at_all_ever_makes_a_yes(answers, about):
    found = standing(answers, about, use="picture", channel="facebook", on=TODAY)
    without_yes = [each for each in answers if each.answer != Answer.GIVEN]
    assert not standing(without_yes, about, use="picture", channel="facebook", on=TODAY).may
    assert found.may is (found.why == Why.GIVEN)


@given(st.lists(ANSWERS, max_size=8), ABOUTS, ANSWERS)
def test_a_further_no_never_turns_a_no_into_a_yes(answers, about, last):
    no = Said(last.use, last.channel, Answer.REFUSED, last.giver, last.who, SEPTEMBER)
    asked_for = {"use": "picture", "channel": "facebook", "on": TODAY}
    if not standing(answers, about, **asked_for).may:
        assert not standing([*answers, no], about, **asked_for).may


@given(st.lists(ANSWERS, max_size=6), ANSWERS, st.lists(ANSWERS, max_size=6), ABOUTS)
def test_after_a_no_nothing_but_settling_it_makes_a_yes(before, last, after, about):
    no = Said("picture", "", Answer.REFUSED, last.giver, last.who, SEPTEMBER)
    counts = not about.is_adult(TODAY) or no.giver in (Giver.PUPIL, Giver.SETTLED)
    unsettled = [each for each in after if each.giver != Giver.SETTLED]
    found = standing([*before, no, *unsettled], about, use="picture", channel="facebook", on=TODAY)
    assert not (counts and found.may)


@given(st.lists(ANSWERS, max_size=8), ABOUTS)
def test_what_is_disputed_is_a_no(answers, about):
    asked_for = {"use": "picture", "channel": "facebook", "on": TODAY}
    if is_disputed(answers, about, **asked_for):
        assert not standing(answers, about, **asked_for).may


@given(st.lists(ANSWERS, max_size=8), ABOUTS)
def test_what_is_said_of_another_use_or_network_changes_nothing(answers, about):
    mine = [each for each in answers if each.use == "picture" and each.channel in ("", "facebook")]
    for_all = standing(answers, about, use="picture", channel="facebook", on=TODAY)
    assert for_all == standing(mine, about, use="picture", channel="facebook", on=TODAY)


def objected(on=TODAY, days=7):
    return said("refused", "pupil", day=on, until=on + timedelta(days=days - 1))


def test_a_childs_no_for_some_days_comes_before_every_yes_and_ends_by_itself():
    own_yes = said(giver="pupil", channel="facebook")
    answers = (said(), own_yes, objected())
    for days, may in ((-1, True), (0, False), (6, False), (7, True)):
        assert asked(*answers, on=TODAY + timedelta(days=days)).may is may, days


def test_for_a_picture_of_those_days_the_childs_no_counts_for_good():
    for days, may in ((0, False), (6, False), (7, True)):
        picture = TODAY + timedelta(days=days)
        found = standing(
            (said(), objected()), About(), use="picture", channel="facebook",
            on=TODAY + timedelta(days=90), since=picture,
        )  # fmt: skip
        assert found.may is may, days


def test_a_childs_no_for_some_days_can_be_taken_back():
    assert asked(said(), objected(), said("not_asked", "pupil", day=TODAY)).may


@given(since=st.integers(0, 30), on=st.integers(0, 30))
def test_an_earlier_picture_day_never_turns_a_no_into_a_yes(since, on):
    day, picture = TODAY + timedelta(days=on), TODAY + timedelta(days=min(since, on))
    asked_now = {"use": "picture", "channel": "facebook", "on": day}
    today = standing((said(), objected()), About(), **asked_now)
    of_picture = standing((said(), objected()), About(), **asked_now, since=picture)
    assert today.may or not of_picture.may


def test_a_yes_says_on_which_answers_it_rests():
    own, parent = said(giver="pupil"), said(who="Ann Rees")
    assert asked(parent, own, own_yes_from=5).given == (parent, own)
    assert asked(said("refused")).given == ()
