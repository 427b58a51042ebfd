"""A report of a fake account that may be a child's cry for help is read by a lead first."""

from schoolgate.people.outside import TAKE_IN, cries_out

CRIES = (
    "i made it cos he takes photos of us in the showers",
    "please help im on it and he wont take it down",
    "Frey L is shown in her pants on it",
    "my pics r on it n my mum will kill me",
    "He put a picture of me on it and I am 12",
    "ma o di rhoi llun fi arno fo a dwi'm yn gwbod be i neud",
    "mae llun ohoni yn ei dillad isaf",
    "its my stepdad doing it",
)
REPORTS = (
    "This page pretends to be the school and asks for money.",
    "It has our badge but the spelling is wrong. I think it is a fake.",
    "A fake account. It copies every post and follows parents.",
    "Someone set up a page with the name of the school and jokes about the dinners.",
    "Mae'r dudalen hon yn esgus bod yn dudalen yr ysgol.",
    "I saw this page today, it uses the old logo.",
)

CONTACTED = (
    "it messages year 7 girls",
    "It is adding lots of our pupils and asking them for photos",
    "They sent my daughter a friend request and then a message",
    "it keeps dming kids from my school",
    "My son got a message from this account last night",
    "I know who runs it, he is in year 10",
    "children in my class have been contacted by it",
    "it follows all the girls in year 8",
    "He asks boys to meet him at the park",
    "it told my sister to send a selfie",
    "i know the person who made it",
    "Whoever it is has been chatting to several pupils",
    "it says its a teacher and talks to the kids",
    "A man I know set this up",
    "She adds children and comments on their photos",
    "my friend got asked for her number by it",
    "mae'n anfon negeseuon at ferched blwyddyn 7",
    "Mae plant wedi cael negeseuon ganddo",
    "dwi'n gwybod pwy sy'n rhedeg o",
    "mae o'n ychwanegu disgyblion ac yn gofyn am luniau",
    "cafodd fy merch neges gan y cyfrif yma",
    "mae'n siarad efo plant yr ysgol",
    "dwi'n nabod y boi sy' wedi neud o",
    "mae'n gofyn i'r hogia gyfarfod",
)
NO_ONE_CONTACTED = (
    "This page pretends to be the school and asks for money.",
    "It has our badge but the spelling is wrong. I think it is a fake.",
    "A fake account. It copies every post and follows parents.",
    "It sells tickets for the summer fair that don't exist",
    "The logo is old and the link goes to a shop",
    "Someone set up a page with the name of the school and jokes about the dinners.",
    "It has the same name as the school with an extra letter",
    "It posts adverts for loans",
    "A copy of your page, same photo of the building",
    "I don't know who made it but it isn't you",
    "It asks for bank details",
    "It says the school is closed on Monday, which is wrong",
    "there are two pages called oakfield, which one is real",
    "the account only has 3 posts and is not verified",
    "It replies to parents as if it were the office",
    "Mae'r dudalen hon yn esgus bod yn dudalen yr ysgol.",
    "Mae'n gofyn am arian",
    "Mae'r logo yn hen a'r ddolen yn mynd i siop",
    "cyfrif ffug, mae'n copïo pob neges",
    "Dyw hwn ddim yn edrych fel cyfrif go iawn",
    "mae'n gwerthu tocynnau ffug",
    "Mae dau gyfrif gyda'r un enw",
    "mae'n dilyn rhieni",
)


def test_a_childs_words_in_a_report_of_a_fake_account_go_to_the_leads_and_plain_reports_do_not():
    assert TAKE_IN["accounts.fake"].by_children
    assert [one for one in CRIES if not cries_out(one)] == []
    assert [one for one in REPORTS if cries_out(one)] == []


def test_a_report_that_children_are_contacted_or_who_does_it_goes_to_the_leads_whoever_writes_it():
    assert [one for one in CONTACTED if not cries_out(one)] == []
    assert [one for one in NO_ONE_CONTACTED if cries_out(one)] == []
