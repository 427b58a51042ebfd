"""A print that differs in few bits is found, and one that differs in more isn't."""

import random

import pytest

from schoolgate.media.near import BITS, Near


def signed(number: int) -> int:
    return number - (1 << BITS) if number >> BITS - 1 else number


@pytest.mark.parametrize("bits", [0, 1, 6, 10])
def test_up_to_so_many_bits_wherever_they_are(bits):
    chance = random.Random(bits)
    prints = [chance.getrandbits(BITS) for _each in range(50)]
    near = Near(map(signed, prints), bits=bits)
    for each in prints:
        places = chance.sample(range(BITS), bits + 1)
        at_limit = each ^ sum(1 << place for place in places[:bits])
        over = each ^ sum(1 << place for place in places)
        assert near.finds([signed(at_limit)])
        assert not near.finds([signed(over)])


def test_one_of_several_is_enough_and_none_finds_none():
    assert Near([5], bits=6).finds([~5, 7])
    assert not Near([5], bits=6).finds([])
    assert not Near([], bits=6).finds([5])
