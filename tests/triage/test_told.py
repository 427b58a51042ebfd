"""Children tell of harm in their own spelling and in the Welsh they speak: one table of spellings is asked
before every list, and the words of the lists are read by it too."""

import pytest

from schoolgate.people.reading_words import tells_of_oneself
from schoolgate.triage import URGENT, Lane, lists_with, tells_now, triage
from schoolgate.triage.lists import mutated, mutated_alike, packaged
from schoolgate.triage.phrases import phrases_of
from schoolgate.triage.reading import read


def told(text, **given):
    """Return whether people are told at any hour."""
    return tells_now((each.lane, each.kind) for each in triage(text, **given).why)


def as_read(text):
    return " ".join(word.plain for word in read(text, packaged().spelling).words)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("trowsus", {"drowsus", "nhrowsus", "throwsus"}),
        ("gwddf", {"wddf", "ngwddf"}),
        ("llaw", set()),
        ("lluniau", {"luniau", "llunia", "llunie", "lunia", "lunie"}),
        ("gafaelodd", {"afaelodd", "ngafaelodd", "gafaelws", "gafaelath"}),
        ("chwarae", set()),
        ("athro", {"hathro"}),
    ],
)
def test_a_welsh_word_has_its_mutations_and_the_endings_of_north_and_south(word, forms):
    found = set(mutated(word))
    assert forms <= found
    assert forms or not found, "no form of three letters, and none of what is no beginning"


def test_a_welsh_word_as_it_is_texted_is_read_in_its_mutated_forms_too():
    assert dict(mutated_alike("trwsus", "trowsus")) == {
        "drwsus": "drowsus", "nhrwsus": "nhrowsus", "thrwsus": "throwsus",
    }  # fmt: skip
    assert dict(mutated_alike("mami", "mam")) == {"fami": "mam"}
    assert dict(mutated_alike("tad", "dad")) == {"nhad": "dad", "thad": "dad"}
    assert as_read("fy nhrwsys, ei drwser a'i thrwsus") == "fy nhrowsus ei drowsus a throwsus"
    assert as_read("ynni a maer a faen") == "ynni a mae a faen", "only words with ~ before them"


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("he sed he wud kil me", "he said he would kill me"),
        ("can sum1 plz come get me", "can someone please come get me"),
        ("mums cryin n shoutin", "mum crying shouting"),
        ("bod o'm yn cael bwyd", "bod o ddim cael bwyd"),
        ("ma hi'm isio bod yma", "mae hi ddim isio bod yma"),
        ("i told him again", "i told him again"),
        ("the bin is by the gate", "the bin is by the gate"),
    ],
)
def test_a_comment_is_read_in_usual_spelling(text, read_as):
    assert as_read(text) == read_as


def test_the_words_of_a_list_are_read_as_a_comment_is():
    """A phrase with a word that comments are read without was never found, and no one saw it."""
    texted = {"its": ("it is",), "adra": ("adref",), "so": ()}
    found = phrases_of(["abuse: mynd adra", "abuse: its|this dad"], lambda word: texted.get(word, (word,)))
    assert [each.heads for each in found.every] == [("mynd",), ("it", "this")]
    with pytest.raises(ValueError, match="without these words"):
        phrases_of(["abuse: dad so|so angry"], lambda word: texted.get(word, (word,)))


@pytest.mark.parametrize(
    ("tongue", "phrase", "text", "another"),
    [
        ("cy", "cer adra", "cer adra rwan", "cer o ma"),
        ("en", "wanna link", "wanna link later", "a link for later"),
        ("cy", "twyllo tocyn", "paid â dwyllo tocyn", "paid â thalu"),
    ],
)
def test_a_federation_may_write_a_phrase_in_any_spelling(tongue, phrase, text, another):
    own = lists_with(added={(Lane.DANGER, tongue): [phrase]})
    assert told(text, lists=own)
    assert not told(text)
    assert not told(another, lists=own)


@pytest.mark.parametrize(
    ("harm", "ordinary"),
    [
        ("he puts his thing on my leg in the van", "he put his thing on the peg and lost his coat"),
        ("mae o'n rhoi ei law lawr fy nhrowsus i", "mae o'n rhoi ei law i fyny bob gwers"),
        ("nath miss wasgu fy ngwddw i", "mae gen i boen gwddw heddiw, dim canu i mi"),
        ("ma'r hogia hyn yn gneud i ni dynnu'n dillad", "cofiwch ddod â dillad newid i'r gwersi nofio"),
        ("ma'i frawd yn gyrru llunia budr i genod", "ma'i frawd yn gyrru llunia gwych o'r sioe"),
        ("my mates dad drives us home n makes us drink", "his dad drives us home and makes us laugh"),
        ("den ni'n byw yn y car ers pythefnos", "da ni yn y car ers tair awr, traffig yn ofnadwy"),
        ("he sed he wud kil me if i tel", "mum said shed kill me if I forgot the cake tin"),
        ("omg hes outside our house again n mums cryin", "hes outside our house on his new bike every day"),
        (
            "I know which car she gets into. I'll be there Friday.",
            "I know which car park it is, see you Friday",
        ),
        ("Found you. x", "Found it! The lost coat was in reception"),
        ("ive got a list and mr hill is first", "i've got a list for the trip and mr hill is first on it"),
        ("You'll all be sorry on Monday.", "You will regret it if you miss the panto on Monday"),
        (
            "a bloke in a van giving sweets by the infants gate",
            "the PTA are giving sweets at the gate on Friday",
        ),
        ("hey girls u18 add me for free robux", "Year 6 robux coding club is free on Tuesday"),
        ("they rank the ugliest year 5s", "they rank the best year 5s in the county cross country"),
        ("gath hogyn o 5A glec gan ei dad", "gath hogyn o 5A wobr gan ei dad yn y clwb"),
        ("googled painless sewerslide last nite", "sewer works on the road, slide lessons cancelled"),
        ("i want to be dead", "my son wants to be a vet"),
        ("gofyn i fi am luniau ohonof heb ddillad", "Rwy'n gofyn eto: tynnwch lun fy mab i lawr"),
        ("mae o'n rhoi ei law yn fy nhrwsus i bob nos Iau", "mae o'n rhoi ei law yn fy llaw i groesi"),
        ("rhoth o ei law yn fy nhrwsiws i", "mae fy nhrwsiws newydd yn rhy fawr"),
        ("nath y coach fy nghysanu i", "nath y coach fy nghanmol i"),
        ("mae'n tynnu fy nillat i lawr", "dewch â'ch dillat nofio i lawr i'r pwll"),
        ("dwi di torri fy mreichia eto", "dwi wedi torri fy mraich ar y trampolin"),
        ("her father must not find out where we were", "her father must not forget where we park"),
        ("chaiff ei thad ddim gwybod ble'r oedd hi", "chaiff ei thad ddim dod i'r ffair"),
        ("a man was taking our kids to his van", "you lot took my kids to see Santa"),
        ("PLEASE HELP stepdad is hurting Ava", "Please help us find the lost blue coat"),
        ("quick help my uncle is hitting Sam", "help, mum is beating eggs and we have no flour"),
        ("plis helpwch ma llystad Nia yn taro Begw", "plis dewch i helpu, ma dad yn paentio'r neuadd"),
        ("Safeguarding - urgent - Mr Hill", "Thank you for the safeguarding training last night"),
        ("Ann has gone missing, last seen with her stepdad", "My bag has gone missing, last seen on the bus"),
        ("he posted pictures of pupils showering", "we posted pictures of pupils planting bulbs"),
        ("remove his picture of Ann in the bath", "a picture of our reading corner in the bathroom block"),
        ("who wants to be a model? 11-14, no parents", "The model village trip: no parents needed this time"),
        ("sends round photos of girls in the showers", "photos of girls in the netball team"),
        (
            "my mums boyfriend does stuff to me when she is at work",
            "my mums boyfriend does stuff for the PTA",
        ),
        ("he does things to me at night", "she did lovely things to me and Sam on the trip"),
        ("my uncle makes me do things", "Coach made me do it again but better"),
        (
            "mae cariad mam yn gwneud pethau i fi pan mae hi yn y gwaith",
            "mae Miss yn gwneud pethau neis i fi",
        ),
    ],
)
def test_what_children_tell_is_told_and_the_same_words_of_a_school_day_are_not(harm, ordinary):
    assert told(harm)
    assert not told(ordinary)


def test_who_is_dead_of_laughing_wakes_no_one_and_who_is_made_to_fear_it_does():
    assert not tells_of_oneself("cant believe we lost 5-0 im dead")
    assert not tells_of_oneself("we lost the quiz im actually dead lol")
    assert tells_of_oneself("we lost 3-1 and dad went mad im scared")
    assert tells_of_oneself("he says im dead if i tell")
    assert told("feel dead inside")


@pytest.mark.parametrize(
    ("found", "ordinary"),
    [
        ("ma mr lloyd yn neud i fi ista ar i lin o a dwisho fo stopio", "Ista ar lin Siôn Corn"),
        ("if theres another maths test im gonna bring somethin sharp", "bring something sharp for crafts"),
        ("ddo i â rhywbeth miniog fory", "ddo i â rhywbeth i fwyta fory"),
        ("Which primary did the Year 7 with the twin come from?", "Which primary did the team come from?"),
        ("which school did the new lad in 5A move from", "Which school did the head go to?"),
    ],
)
def test_a_lap_something_sharp_and_a_question_after_one_pupils_old_school_come_first(found, ordinary):
    assert triage(found).lane in URGENT
    assert triage(ordinary).lane not in URGENT
