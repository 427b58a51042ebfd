"""A print that differs in few bits is found, and one that differs in more isn't."""

import random

import pytest

from schoolgate.media.pictures import BITS, Compared, Near, Side


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


@pytest.mark.parametrize("size", [1, 63, 64, 65, 760])
@pytest.mark.parametrize("bits", [0, 6, 10])
def test_prints_side_by_side_are_compared_as_one_by_one(size, bits):
    chance = random.Random(size)
    many = [chance.getrandbits(BITS) for _each in range(size)]
    side, places = Side([signed(each) for each in many]), chance.sample(range(BITS), bits + 1)
    at_limit = many[-1] ^ sum(1 << place for place in places[:bits])
    over = many[-1] ^ sum(1 << place for place in places)
    assert side.has_near(signed(at_limit), bits=bits)
    assert side.has_near(signed(over), bits=bits) is any((one ^ over).bit_count() <= bits for one in many)


def test_a_picture_without_prints_is_like_none():
    assert not Compared([]).is_like(Compared([0]), bits=10)
    assert not Compared([0]).is_like(Compared([]), bits=10)
