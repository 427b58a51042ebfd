"""Comments of danger that a person outside wrote, which no list had, and harmless ones with their words."""

import pytest

from schoolgate.people.accusations import may_accuse
from schoolgate.triage import URGENT, triage

TOLD = """
🔪 Jack tomorrow
🔪 Jac fory
lol jack is dead on monday
got a kitchen thing in my bag for him
im going to get him behind the bike sheds with my brothers bat
you all wont be laughing on friday. wait and see
the caretaker scares my kids
kids r scared of the caretaker
her uncle is home again and she wont sleep
The man in it comes to my bed. I am the girl in the red coat
ma nhad yn yfad a dwi'n cuddio yn y cwt
geith o stid fory, ma gin i rwbath yn y bag
Ma gofalwr yr ysgol yn dychryn y plant
Diolch Mr Lloyd am y gwersi nofio preifat efo'r ferch acw
Geth ll. yn od efo'r hogia bach
""".strip().splitlines()
CALM = """
🔪🎂 tomorrow
the kitchen one in the bag sale was lovely
I'll get him behind the scenes at the play
the caretaker scares the kids with his Halloween mask
her uncle is home again, so happy
my phone is dead on monday
the town is dead on mondays
the cat comes to my bed every night
mae nhad yn yfed te yn y cwt
mae gwersi nofio efo'r ysgol bob dydd Mawrth
mae'r tywydd yn od heddiw
""".strip().splitlines()


@pytest.mark.parametrize("text", TOLD)
def test_a_lead_reads_it_first(text):
    assert triage(text).lane in URGENT or may_accuse(text)


@pytest.mark.parametrize("text", CALM)
def test_the_same_words_said_of_any_school_day_are_the_page_s(text):
    assert triage(text).lane not in URGENT
