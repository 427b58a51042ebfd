"""What people may call who leads on safeguarding: first of all the words that our own pages call them by."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from schoolgate.people.seats import seats_in
from schoolgate.rulebook import book

PROMISED = (
    "The person at school who keeps children safe (the designated safeguarding lead).",
    "The person at school who keeps children safe (the designated safeguarding person).",
)
"""What a child's page calls the lead, in England and in Wales."""
MORE = (
    "the adult who keeps us safe hit me",
    "the lady at school that keeps everyone safe grabbed me",
    "y ddynes ddiogelu wedi fy mwrw i",
    "mae’r person sy’n cadw ni’n saff wedi fy nharo i",
    "the person who reads these hit me",
    "the one who is meant to keep us safe touches me",
    "the child safety lady grabbed me",
    "whoever reads these reports hurts me",
    "the safegarding man hit me",
    "the person you told me to talk to kissed me",
    "I was hit by the person who reads this",
    "yr un sy’n darllen hwn wedi fy nharo",
    "the saftey teacher hit me",
    "the D.S.L. touches me",
    "the designated person hit me",
    "the child protecton woman hit me",
    "the child protection person hit me",
    "the welfare oficer grabbed me",
    "the pastoral lady hits me",
    "ma'r person diogeli yn brifo fi",
    "mae'r person dynodedig wedi fy nharo",
)
HOPES = (
    "I hope someone reads this. My dad hits me.",
    "please whoever reads this help me, my brother hits me",
    "I hope the person who reads this can help, dad hits me",
    "a boy told me to go to the toilets and hit me",
    "Thank you for keeping our children safe.",
)
ANSWERS = (
    "the person who reads this", "whoever reads these reports", "the child safety lady", "the lead",
    "the person you told me to talk to", "y person sy’n darllen hwn",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("promise", PROMISED)
def test_the_words_of_our_own_page_for_the_lead_mean_the_lead(promise, language):
    with translation.override(language):
        called, _bracket, term = gettext(promise).rstrip(".)").partition(" (")
    for words in (called, term):
        assert seats_in(f"{words} hit me", book("wildground"), asked=False).leads, words


@pytest.mark.parametrize("words", MORE)
def test_so_do_words_like_them(words):
    assert seats_in(words, book("wildground"), asked=False).leads


@pytest.mark.parametrize("words", HOPES)
def test_who_hopes_to_be_read_and_helped_accuses_no_one(words):
    assert not seats_in(words, book("wildground"), asked=False).leads


def test_so_do_they_where_it_was_asked_who_it_is():
    assert [one for one in ANSWERS if not seats_in(one, book("wildground"), asked=True).leads] == []


def test_who_decides_about_accounts_is_known_by_it():
    found = seats_in("the lady who decides about the accounts hit me", book("wildground"), asked=False)
    assert "slt" in found.sure


MISSPELT = (
    ("The principle keeps messaging year 8 girls", "wootton", "head"),
    ("our principel hit me", "wootton", "head"),
    ("the depute head hit me", "wildground", "deputy"),
    ("the chair of govenors hit me", "wildground", "chair"),
    ("penaeth yr ysgol di twtsiad fi", "llanidloes", "head"),
    ("ma pennath yn twtsiad fi", "llanidloes", "head"),
    ("gan y penaeth nes i gal clec", "llanidloes", "head"),
    ("prif athrawes yn gweiddi a fy nharo", "llanidloes", "head"),
    ("y prif di cydio yn fi", "llanidloes", "head"),
    ("hedmistres di brifo fi", "llanidloes", "head"),
    ("the hed hit me", "llanidloes", "head"),
    ("the headteacer touched me", "wildground", "head"),
)
NOT_A_TITLE = (
    "The principle of respect is in our rules", "our principles", "It is the principle that counts",
    "in principle he may go", "y prif reswm am hyn", "the hedge by the gate", "Y brif neuadd",
    "The administration was slow", "an administrative error",
)  # fmt: skip


def test_a_title_that_is_misspelt_is_read_as_it_is_meant_and_words_like_it_are_not():
    for words, policy, seat in MISSPELT:
        assert seat in seats_in(words, book(policy), asked=False).heads, words
    for words in NOT_A_TITLE:
        for policy in ("wootton", "wildground", "llanidloes"):
            found = seats_in(words, book(policy), asked=False)
            assert found.heads | found.sure | found.perhaps == set(), (words, policy)


@pytest.mark.parametrize("word", ["administater", "administrater", "adminstrator", "Administrator"])
def test_so_is_the_administrator(word):
    found = seats_in(f"the {word} hits me", book("wildground"), asked=False)
    assert (
        found.perhaps | found.sure
        == seats_in("the administrator hits me", book("wildground"), asked=False).perhaps
    )


IN_A_CHILDS_WORDS = (
    "ma'r person sy fod i gadw ni'n saff yn cyffwrdd fi",
    "ma'r person sy fod i gadw ni'n saff yn brifo fi",
    "yr un da chi'n deud wrthon ni fynd ati sy'n brifo fi",
    "pwy bynnag sy'n darllen rhain nath o i fi",
    "y ddynes sydd i fod i edrych ar ôl ni nath roi slap i fi",
    "the person who is suposed to look after us kids in trouble slaps me",
    "its her. the one on the poster by the toilets",
    "y ddynes ar y poster",
    "the lady whos meant to look out for us if were sad hurt me",
    "the one whos face is on the posters in the corridor grabbed me",
    "its the man from the poster about feeling safe",
    "whoever looks after kids with problems at our school kicked me",
    "the teacher u r suposed to go to if ur upset hits me",
    "the one ur sposed to tell pushed me into a wall",
    "who ever gets these messages did it",
    "the lady that takes care of us wen theres trouble at home pulled my hair",
    "the woman in the picture next to the office that says talk to me touched me",
    "y dyn ar y poster wrth y toiledau nath gyffwrdd fi",
    "y person dan ni fod i siarad efo fo sy'n brifo fi",
    "pwy bynnag sy'n cael y negeseuon ma sy'n brifo fi",
    "yr un sy fod i helpu plant mewn trwbwl nath gicio fi",
    "y fenyw sy'n edrych ar ein hôl ni sy'n bwrw fi",
    "hi di'r un sy'n cadw plant yn saff a hi nath slapio fi",
    "the lady off the poster in the hall slapped me",
    "its the one who gets our messages",
    "the teacher your meant to tell if somethings wrong touched my leg",
    "the man on the safe poster shouts at me and grabs me",
    "nath y person ar y poster gydio yn fy mraich",
    "y person ma'r ysgol yn deud i ni siarad efo sy'n cyffwrdd fi",
    "y dyn sy'n gofalu amdanon ni pan dan ni'n drist nath daro fi",
    "yr un sy'n cael rhein nath o",
    "the adult we go to when were worried keeps messaging me",
    "the kind lady with the badge that says talk to me hurt me",
    "the one ho looks after us wen we r upset smakt me",
)
"""Who keeps us safe, looks after us, reads these, is on the poster, is who you tell us to go to."""
OF_OTHERS = (
    "the poster by the toilets is ripped",
    "who is the lady on the poster by the toilets? i want to talk to her about my dad",
    "I saw the poster and i want help, my uncle hits me",
    "my nan looks after us and my dad hits her",
    "the childminder who looks after us hits my brother",
    "my mum who looks after us all shouts at me",
    "pwy sy'n darllen rhain? plis helpa fi, mae dad yn brifo fi",
    "dwi'n gobeithio bod pwy bynnag sy'n darllen hwn yn gallu helpu, ma dad yn taro fi",
    "my babysitter is supposed to look after us but she slaps me",
    "mae nain sy'n edrych ar ôl ni yn dost",
    "the person on my bus hits me",
    "nath y ddynes ar y bws weiddi arna fi",
    "a boy told me to go to the toilets and hit me",
    "nobody looks after us at lunch and a boy hits me",
    "mae mam sydd i fod i edrych ar ôl ni yn yfed trwy'r dydd",
    "nath hogyn rwygo'r poster wrth y toiledau",
    "whoever gets the most votes in the poster competition wins",
    "the lady who helps us cross the road pulled a funny face",
    "its the man on the poster i want to talk to about my dad",
    "the lady who looks after us at lunch shouts at me",
)


def test_a_child_calls_the_lead_by_what_a_lead_does_for_them():
    assert [
        one for one in IN_A_CHILDS_WORDS if not seats_in(one, book("llanidloes"), asked=False).leads
    ] == []
    assert [one for one in OF_OTHERS if seats_in(one, book("llanidloes"), asked=False).leads] == []


def test_who_is_on_the_poster_is_the_lead_where_it_was_asked_who_it_is():
    for answer in ("the one on the poster by the toilets", "y ddynes ar y poster wrth y toiledau"):
        assert seats_in(answer, book("llanidloes"), asked=True).leads, answer
