"""What was chosen under a version, when the next one takes its place."""

from schoolgate.policy.books import changes_of, pack_of
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.queries import version_before
from schoolgate.rulebook.readings import Changes, Left, taken_over


def choices_for(before: PolicyVersion, version: PolicyVersion) -> tuple[Changes, list[Left]]:
    """What the version before was read with last, as far as it fits this one, and what does not."""
    last = before.readings.order_by("-number").first()
    if last is None or not last.changes:
        return Changes(), []
    return taken_over(pack_of(before), pack_of(version), changes_of(last.changes))


def left_behind(version: PolicyVersion) -> list[Left]:
    """What was chosen under the version before and does not fit this one."""
    before = version_before(version)
    return choices_for(before, version)[1] if before else []
