"""Runs of the tests on another day: `scripts/suites.py SUITE@DAY`, and `make calendar` for all of them."""
