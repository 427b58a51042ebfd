"""Every sentence is in the catalogue, has its Welsh, and is compiled."""

import sys

import pytest

from tests.gates.files import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import messages


@pytest.mark.slow
def test_every_sentence_is_translated_and_compiled():
    assert messages.check(messages.merge(messages.collect())) == []
