"""A child with a class told between their name and what is said of them, in English and in Welsh."""

import pytest

from schoolgate.screening.hits import Kind
from schoolgate.screening.of_a_child import find_of_a_child

ASKED = (
    "Amelia has epilepsy.",
    "Amelia in 4B has epilepsy.",
    "Amelia Shah from Year 4 was in hospital for a week.",
    "Amelia (4B) has epilepsy.",
    "A boy in 4B has epilepsy.",
    "Our goalkeeper in Year 6 takes insulin at half time.",
    "Noah Bright in 4B was adopted this week!",
    "Jac in 5A lives with foster carers.",
    "Jac lives with his foster family now.",
    "A girl in reception has a new foster home.",
    "Mae Jac o 5A yn byw gyda theulu maeth.",
    "Mae bachgen o flwyddyn 4 gyda gofalwyr maeth.",
    "Croeso i'n blentyn maeth newydd o ddosbarth 3.",
    "Mae Mali o 4B wedi cael ei mabwysiadu.",
    "Mae gan Mali ddiabetes.",
    "Mae Mali yn 4B yn ddiabetig.",
)
FINE = (
    "4B learned about epilepsy today.",
    "Maths in 4B was brilliant this week.",
    "Year 4 adopted a donkey this week.",
    "Foster a love of reading with Year 4!",
    "Amelia in 4B won the spelling bee.",
    "Noson wybodaeth am ofal maeth i rieni.",
    "Our assembly on diabetes awareness was led by Year 6.",
)


@pytest.mark.parametrize("text", ASKED)
def test_it_is_asked(text):
    kinds = {one.kind for one in find_of_a_child(text)}
    assert kinds & {Kind.HEALTH, Kind.CLUE}, text


@pytest.mark.parametrize("text", FINE)
def test_it_is_not_asked(text):
    assert find_of_a_child(text) == []
