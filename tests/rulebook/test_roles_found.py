"""A role of a policy is found by whatever the policy calls it."""

import pytest

from schoolgate.rulebook import book, books


@pytest.mark.parametrize("key", sorted(books()))
def test_a_role_is_found_by_its_name_its_key_and_each_other_word_for_it(key):
    policy = book(key)
    words = policy.pack.role_words
    for role in policy.roles:
        others = [word for word, name in words.items() if name == role.name]
        assert {policy.role(each).key for each in (role.name, role.key, *others)} == {role.key}
    with pytest.raises(KeyError):
        policy.role("the lighthouse keeper")
