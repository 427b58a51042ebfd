"""What a post lacks from other people: permissions, and approvals of several roles."""

from collections.abc import Iterable, Sequence
from datetime import date

from schoolgate.people.models import Person
from schoolgate.people.queries import assignments
from schoolgate.policy.permitting import Lacking, Place, lacking
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.models import Post
from schoolgate.publishing.of_pupils import noes_in
from schoolgate.publishing.record import PERMITS, TALK
from schoolgate.rulebook import Decision
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.kinds import Basis, Kind, Outcome

OF_CONSENT = frozenset({"image_permission", "photo_consent", "opt_out", "do_not_publish"})
"""The points at which a policy asks whether a person agreed to be shown."""


def place_of_post(post: Post) -> Place:
    """Return where a permission for this post is asked for."""
    targets = list(post.targets.all())
    return Place(post.school, targets[0].account if len(targets) == 1 else None, post.author)


def lacking_of(post: Post, decisions: Iterable[Decision], *, on: date) -> list[Lacking]:
    """Return the permissions that a post lacks by these decisions and a role can give.

    None in place of the consent of a pupil who may not be shown or named: with them in it the post goes
    nowhere, whatever a role permits (`of_pupils.noes_in`), so no one is asked to.
    """
    found = lacking(decisions, book_in_scope(), PERMITS)
    if any(one.point in OF_CONSENT for one in found) and noes_in(post, on=on):
        return [one for one in found if one.point not in OF_CONSENT]
    return found


def discusses_as(by: Person, post: Post, decisions: Iterable[Decision], *, on: date) -> str | None:
    """Return the role in which this person can say that its content was discussed with them first; None
    where the policy waits for no such word, or for that of roles they don't have, or the post is theirs."""
    wanted = next((one for one in lacking_of(post, decisions, on=on) if one.covers == TALK), None)
    if wanted is None or by.pk in (post.author_id, post.writer.pk):
        return None
    held = assignments(by, on=on, where=place_of_post(post).where).values_list("role_key", flat=True)
    mine = set(held)
    return next((key for key in wanted.roles if key in mine), None)


def policy_needs(decision: Decision) -> set[Need]:
    """Return what the policy still needs, and from which source."""
    return {
        need
        for finding in decision.findings
        if finding.stands and finding.kind is Kind.REQUIRES and finding.basis is not Basis.HOUSE
        for need in finding.needs
    }


def counts_beside_others(before: Sequence[Decision], after: Sequence[Decision]) -> bool:
    """Return whether an approval is worth keeping although it is not enough: everything else that is missing
    is another role's yes, and the policy needs less than `before` or no approval any more."""
    if any(each.outcome not in (Outcome.HOLD, Outcome.PERMITTED, Outcome.SILENT) for each in after):
        return False
    needed, roles = _all(after), set(book_in_scope().role_names.values())
    if not needed or any(need.source not in roles for need in needed):
        return False
    return needed < _all(before) or not any(need.what == "approval" for need in needed)


def _all(decisions: Iterable[Decision]) -> set[Need]:
    return {need for each in decisions for need in policy_needs(each)}
