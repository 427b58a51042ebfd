"""Migrations say what the models say."""

import pytest

from tests.gates.files import check


@pytest.mark.slow
def test_migrations_are_in_step_with_the_models():
    check("schoolgate", "makemigrations", "--check", "--dry-run", "--verbosity", "1")


@pytest.mark.slow
def test_the_settings_are_sound():
    check("schoolgate", "check", "--fail-level", "WARNING")
