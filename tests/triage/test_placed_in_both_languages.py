"""A child who must not be published, placed by a first name: what tells a lead in English does in Welsh."""

import pytest

from schoolgate.screening import Listed, NameIndex
from schoolgate.triage import may_not_be_named

INDEX = NameIndex([Listed(1, "Mali", "Rees", walled=True), Listed(2, "Idris", "Khan")])
PLACED = (
    ("I saw little Mali by the gate, she’s been here since September",
     "Welis i Mali fach wrth y giât, mae hi yma ers mis Medi"),
    ("Mali goes to this school now", "Mae Mali’n mynd i’r ysgol hon rŵan"),
    ("Saw Mali at the pool on Monday", "Gwelais Mali yn y pwll ddydd Llun"),
    ("Mali is in 4B", "Mae Mali yn 4B"),
    ("Mali lives by the garage", "Mae Mali’n byw wrth y garej"),
    ("Mali gets the bus every day", "Mae Mali’n dal y bws bob dydd"),
    ("Mali walks home past the bridge", "Mae Mali’n cerdded adref heibio’r bont"),
    ("Mali is staying with her nan", "Mae Mali’n aros efo’i nain"),
    ("Mali has moved to Bala", "Mae Mali wedi symud i’r Bala"),
    ("Pick Mali up at three", "Casglu Mali am dri"),
)  # fmt: skip
CALM = (
    ("Well done Mali", "Da iawn Mali"),
    ("Mali was great", "Roedd Mali’n wych"),
    ("Happy birthday Mali", "Pen-blwydd hapus Mali"),
)


def both(pairs):
    return [pytest.param(pair[place], id=f"{number}-{tongue}") for number, pair in enumerate(pairs)
            for place, tongue in enumerate(("en", "cy"))]  # fmt: skip


@pytest.mark.parametrize("text", both(PLACED))
def test_a_place_or_a_time_beside_the_first_name_tells_a_lead(text):
    assert may_not_be_named(text, INDEX) == (True, True)
    assert may_not_be_named(text.replace("Mali", "Idris"), INDEX) == (False, False)


@pytest.mark.parametrize("text", both(CALM))
def test_praise_by_a_first_name_stays_the_page_s(text):
    assert may_not_be_named(text, INDEX) == (True, False)
