"""The table of what the contract runs against which server is the tests' own."""

from tests.networks import contract_table


def test_the_table_in_the_page_is_as_the_tests_are():
    written = contract_table.in_page(contract_table.PAGE.read_text())

    assert written == contract_table.block(), "python -m tests.networks.contract_table writes it"


def test_no_suite_and_no_method_is_left_out():
    assert contract_table.suites_there() == set(contract_table.SUITES) | contract_table.NO_NETWORK
    named = {*contract_table.METHODS, "profile", "key", "capabilities"}
    assert contract_table.methods_called() <= named, "a method without its line"
