"""Somebody is about to answer something that came in. May this answer go out, from here, by this person?"""

from typing import ClassVar, Literal

from schoolgate.rulebook.facts import (
    Attested,
    Day,
    Facts,
    Given,
    Instant,
    Name,
    Part,
    Person,
    Relation,
    Tri,
    Whole,
)
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.chosen_time import AtLeastOne
from schoolgate.rulebook.situations.item_received import ItemKind


class RepliesChosen(Part):
    """After how many replies of one's own to the same person in a thread the federation wants a hint."""

    after: AtLeastOne
    by: Name
    from_day: Day | None = None


class ItemAnswer(Facts):
    """`by` writes the answer; `approvals` are what others said of it as it stands.

    `acknowledges_only`: it confirms receipt and says no more. `in_doubt`: whether the writer said so.
    `commits`: it promises something in the school's name; `authorities`: what the writer was given authority
    for, `covers` naming it ("commitment"). `to_offensive`: what it answers was found offensive.
    `account_kind`: of the account that it came in on, as in account.open.
    `found_elsewhere`: it answers a public post that was found elsewhere than on an official account, no
    unless somebody says so; `response_process`: whether a process for such responses is on file.
    `flagged_words`: it has a word of the school's list of rude words, no unless the list found one.
    `own_replies`: how often this person was answered in this thread already; `replies_chosen`: after how many
    the federation wants a hint. `about_school`: it is about school matters. `about_posts`: a journalist asks
    about posts. `press_advice`: advice or approval on record for an answer to the press;
    `media_policy_steps`: somebody's word that the steps of the media policy were followed."""

    version: ClassVar[int] = 3

    by: Person | None = None
    received_at: Instant | None = None
    kind: ItemKind | None = None
    reply_channel: Literal["public", "private"] | None = None
    from_account: Literal["official", "personal"] | None = None
    account_kind: Literal["teaching", "school", "other"] | None = None
    to_relation: Relation | None = None
    to_offensive: Tri = None
    found_elsewhere: Tri = False
    response_process: Tri = None
    about_school: Tri = None
    from_press: Tri = None
    about_posts: Tri = None
    asks_for_comment: Tri = None
    acknowledges_only: Tri = None
    in_doubt: Tri = None
    commits: Tri = None
    authorities: tuple[Given, ...] | None = None
    approvals: tuple[Given, ...] | None = None
    press_advice: tuple[Given, ...] | None = None
    media_policy_steps: Attested | None = None
    flagged_words: Tri = False
    own_replies: Whole | None = None
    replies_chosen: RepliesChosen | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ITEM_ANSWER = Situation(
    key="item.answer",
    title=gettext_noop("An answer is about to go out"),
    facts=ItemAnswer,
    points=points(
        """
        what_counts tone doubt response_process press request_for_comment private_to_pupil
        open_to_pupil from_personal_account commitment courtesy needless_argument
        """,
        house="own_approval",
    ),
)
