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


def test_a_childs_words_in_a_report_of_a_fake_account_go_to_the_leads_and_plain_reports_do_not():
    assert TAKE_IN["accounts.fake"].by_children
    assert [one for one in CRIES if not cries_out(one)] == []
    assert [one for one in REPORTS if cries_out(one)] == []
