"""No rule answers that was not checked: those that come with the program when their situation is first asked,
those of a home's own when they are read."""

import shutil

import pytest

from schoolgate.rulebook import BadPack, book, decide, packs
from schoolgate.rulebook.packs import FOLDER, load_pack, read_pack
from schoolgate.rulebook.situations import SITUATIONS

WRONG = """
- clauses: [wildground-rights-1]
  ask: account.decide
  point: {point}
  forbid: {{acting_rolle: leader}}
  say: kernel.met
"""
LINE = "wildground/rules/wrong.yaml, line 2: no fact acting_rolle; unknown word 'acting_rolle'"


@pytest.fixture
def spoiled(tmp_path, monkeypatch):
    """The packs from a copy of their folder, with one rule that speaks of a fact that there is not."""
    copy = tmp_path / "packs"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    point = next(name for name, basis in SITUATIONS["account.decide"].points.items() if basis == "policy")
    (copy / "wildground/rules/wrong.yaml").write_text(WRONG.format(point=point), "utf-8")
    monkeypatch.setattr(packs, "FOLDER", copy)
    packs.read_once.cache_clear()
    yield copy / "wildground"
    packs.read_once.cache_clear()


def test_a_rule_of_the_program_that_fits_no_fact_never_answers(spoiled):
    under = book("wildground")
    for _ in range(2):
        with pytest.raises(BadPack) as refused:
            decide(under, "account.decide", {})
        assert str(refused.value).startswith(LINE)
    assert decide(under, "post.publish", {}).findings


def test_it_is_found_by_lint_by_the_check_and_when_a_policy_is_adopted(spoiled):
    for look in (lambda: read_pack(spoiled), lambda: book("wildground").check()):
        with pytest.raises(BadPack) as refused:
            look()
        assert str(refused.value).startswith(LINE)


def test_a_rule_of_a_homes_own_is_checked_when_it_is_read(spoiled, tmp_path, monkeypatch):
    own = tmp_path / "home"
    shutil.copytree(spoiled, own / "wildground-too")
    front = own / "wildground-too/policy.yaml"
    front.write_text(front.read_text("utf-8").replace("key: wildground\n", "key: wildground-too\n"), "utf-8")
    monkeypatch.setattr(packs, "_own", [own])
    with pytest.raises(BadPack, match=r"wildground-too/rules/wrong\.yaml, line 2: no fact acting_rolle"):
        load_pack("wildground-too")


@pytest.mark.parametrize("key", packs.pack_keys())
def test_every_rule_that_comes_with_the_program_fits(key):
    assert read_pack(FOLDER / key).bindings == load_pack(key).bindings
