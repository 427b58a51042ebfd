"""Carry choices made under a version into the next one."""

from schoolgate.policy.books import changes_of, pack_of
from schoolgate.policy.models import PolicyVersion, ReadingDraft
from schoolgate.policy.queries import version_before
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.lint import lint_pack
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.readings import Changes, Left, changed, may_be_aside, taken_over


def choices_for(before: PolicyVersion, version: PolicyVersion) -> tuple[Changes, list[Left]]:
    """Return the choices of the previous version's last reading that fit this one, and those that do not."""
    last = before.readings.order_by("-number").first()
    if last is None or not last.changes:
        return Changes(), []
    return taken_over(pack_of(before), pack_of(version), changes_of(last.changes))


def with_rules_of(chosen: Changes, begun: Changes) -> Changes:
    """Return the choices, with the rules already written for the version's new clauses."""
    return Changes.model_validate(
        {
            **chosen.model_dump(mode="json"),
            "rules": {**chosen.rules, **begun.rules},
            "asides": tuple(dict.fromkeys((*chosen.asides, *begun.asides))),
        }
    )


def rules_ahead(draft: ReadingDraft | None, version: PolicyVersion) -> Changes:
    """Return the rules already written for this version that still fit its clauses, and those that were said
    to ask nothing."""
    begun = changes_of(draft.changes) if draft else Changes()
    pack = pack_of(version)
    return Changes(
        rules={key: one for key, one in begun.rules.items() if _fits(pack, Changes(rules={key: one}))},
        asides=tuple(key for key in begun.asides if key in pack.clauses and may_be_aside(pack.clauses[key])),
    )


def _fits(pack: Pack, changes: Changes) -> bool:
    try:
        laid = changed(pack, changes)
    except BadPack:
        return False
    return not lint_pack(laid)


def losing_rules(version: PolicyVersion) -> list[Clause]:
    """Return the clauses of a version that have a rule now and none once it's adopted."""
    clauses, ahead = pack_of(version).clauses, rules_ahead(version.drafts.first(), version).rules
    lost = [one.about for one in left_behind(version) if one.what == "rule" and one.about not in ahead]
    return [clauses[key] for key in lost if key in clauses]


def left_behind(version: PolicyVersion) -> list[Left]:
    """Return the choices made under the previous version that do not fit this one."""
    before = version_before(version)
    return choices_for(before, version)[1] if before else []
