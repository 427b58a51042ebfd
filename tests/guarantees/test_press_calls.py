"""What the press tells or asks of a person here is kept from that person and read by a lead first, however
they're described, unless it's plainly kind or ordinary."""

from __future__ import annotations

from schoolgate.core.tenancy import scope
from schoolgate.people.outside import TAKE_IN, names_of, read_outside
from tests.cast import someone
from tests.guarantees.test_from_outside import at, staffed

__all__ = ["at", "staffed"]
WALKED = (
    "They asked if Tom Ellery was seen in a hotel with a sixth former",
    "They heard the Principal was seen in a hotel with a sixth former",
    "They say the lady who moderates our page was seen in a hotel with a year 11 boy",
    "the school's social media lady is in a relationship with a pupil, seen in a hotel",
    "why your website lady left her last post",
)
"""By a person outside who walked the program; each was opened by the person it is about."""
SIBLINGS = (
    "A reporter wants to know whether Tom Ellery spent the night at a flat with a student",
    "They claim Tom Ellery went on holiday with a girl from year 12",
    "Is it true Tom Ellery is going out with a former pupil?",
    "Says Tom Ellery and a sixth former were photographed leaving a hotel room",
    "They ask why Tom Ellery resigned from Bromham High so suddenly",
    "Asks about Tom Ellery and a payment to a family",
    "They have pictures of our page lady with a boy at a hotel in Brighton",
    "The person who does the school's Instagram is having an affair with a pupil, they heard",
    "Wants a comment on the woman who posts for the school and her boyfriend, who is in sixth form",
    "They heard the website man was let go by his last school",
    "They asked if the lady who moderates the comments is married to a former student",
    "Maen nhw’n gofyn a welwyd Tom Ellery mewn gwesty gyda disgybl",
)
"""Written before anything was changed for these."""
ORDINARY = (
    "Thank Tom Ellery for the interview, it was lovely",
    "They ask how many pupils go on the ski trip and which hotel",
    "Who is the new head, and when does she start?",
    "Asks if the hotel is still booked for the prom with year 11",
    "Is Tom Ellery in tomorrow?",
    "What time is the match on Saturday?",
    "They would like a picture of the choir for Thursday",
    "Did a student from year 9 win the holiday in the raffle?",
    "When does the website come back?",
    "Does the Principal have a quote about the exam results?",
    "They want a photo of Tom Ellery for the sports day piece",
    "Radio Wales asks what time Tom Ellery can talk about the new pool",
)


def kept(staffed, at, texts, kind="press.enquiry"):
    """Those of these texts that a lead reads first, and that Tom doesn't read."""
    names = names_of(staffed.federation, on=at.date())
    how = {"to_us": TAKE_IN[kind].to_us, "kind_alone": TAKE_IN[kind].kind_alone}
    heard = {text: read_outside(text, names=names, **how) for text in texts}
    return [text for text, one in heard.items() if one.lead_first and staffed.tom.pk in one.meant]


def test_what_the_press_tells_of_someone_is_kept_from_them_unless_it_is_kind_or_ordinary(staffed, at):
    """None of the five, and three of the twelve, were kept before; two of the ordinary ones were."""
    with scope(staffed.federation.pk):
        assert set(WALKED) - set(kept(staffed, at, WALKED)) == set()
        assert set(SIBLINGS) - set(kept(staffed, at, SIBLINGS)) == set()
        assert len(kept(staffed, at, ORDINARY)) <= 3


def test_someone_together_with_a_pupil_counts_as_something_done_at_every_such_door(staffed, at):
    with scope(staffed.federation.pk):
        assert len(kept(staffed, at, SIBLINGS, "rota.turn")) >= 10
        assert len(kept(staffed, at, ORDINARY, "rota.turn")) <= 2


UNNAMED = (
    "asks about a teaching assistant who was sacked for messaging a girl",
    "mae hi'n gofyn am yr athrawes gafodd ei harestio",
    "has heard a governor is being investigated by the police over pictures of children",
    "wants to know if the PE teacher really hit a boy in front of the class",
    "says two mothers told her a member of staff kisses pupils",
    "a reporter heard that someone who works at the school was arrested on Friday",
    "yn holi am y gofalwr a merched bl 9",
    "which member of staff was let go after the France trip",
)
CALM = (
    "Asks when the new building opens",
    "Would like to film the choir practising carols",
    "Wants to know how many pupils got places at university",
    "A piece about reading, with a photo of Year 2 and their teacher",
    "Asks what the school thinks of the phone ban",
    "Mae'n holi am y gystadleuaeth siarad cyhoeddus",
    "Rang about the teacher who won an award",
    "Wants a quote from the headteacher about the snow",
    "asks how the school teaches about online grooming",
    "Asks about the boy who won the national chess title",
    "The Gazette would like last year's results",
    "A radio station invites the head to talk about bullying week",
    "Wants to know whether staff will strike on Tuesday",
    "Gofyn am lun o'r plant efo'u medalau",
    "Asks if the road past the school will be closed",
    "wants to film the football team at training on Saturday",
)
"""Written before anything was changed for these."""


def test_a_call_that_accuses_an_adult_who_is_not_named_is_read_by_a_lead(staffed, at):
    """Two of the eight were before, and two of the sixteen."""
    with scope(staffed.federation.pk):
        names, taker = names_of(staffed.federation, on=at.date()), TAKE_IN["press.enquiry"]
        how = {"to_us": True, "kind_alone": taker.kind_alone, "any_adult": taker.any_adult}
        found = {text for text in (*UNNAMED, *CALM) if read_outside(text, names=names, **how).lead_first}
    assert len(found & set(UNNAMED)) >= 6
    assert len(found & set(CALM)) <= 3


SUGGESTED = (
    "Rhowch reol fod neb fel Tom yn cael bod ar ben ei hun efo genod yn y stafell gyfryngau",
    "dylai neb gael mynd a plant adra yn ei gar fel ma T.E. yn neud",
    "Fydd neb yn saff tra bod Tom Ellery ar ei ben ei hun gyda merched",
    "Staff like Tom shouldn't be alone with girls in the media room",
)
ORDINARY_SUGGESTIONS = (
    "Dylai Tom Ellery gael mwy o amser i'r dudalen",
    "Rhowch reol am emojis, fel mae Tom Ellery yn gofyn",
    "Tom Ellery's checklist should be part of the policy",
    "Say who covers for Tom Ellery in the holidays",
    "Gallai Tom ddangos i ni sut mae ysgrifennu capsiynau",
)


def test_a_suggestion_that_accuses_someone_by_the_way_is_kept_from_them_in_either_language(staffed, at):
    with scope(staffed.federation.pk):
        assert kept(staffed, at, SUGGESTED, "policy.suggestion") == list(SUGGESTED)
        assert kept(staffed, at, ORDINARY_SUGGESTIONS, "policy.suggestion") == []


def test_initials_of_two_letters_are_known(staffed, at):
    with scope(staffed.federation.pk):
        gethin = someone("Gethin Llwyd")
        names = names_of(staffed.federation, on=at.date())
        said = "dylai neb gael mynd a plant adra yn ei gar fel ma {} yn neud"
        assert gethin.pk in names.complained_of(said.format("G.Ll."))
        assert gethin.pk not in names.complained_of(said.format("G.M."))
