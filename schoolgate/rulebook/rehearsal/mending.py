"""Which ready rule answers a case of the rehearsal that a policy doesn't stop, or doesn't speak of."""

from collections.abc import Mapping

MENDED_BY: Mapping[str, str] = {
    "account_proposed": "two_people",
    "account_decided": "accounts_approved",
    "account_opened": "accounts_approved",
    "account_opened_unapproved": "accounts_approved",
    "account_not_looked_at": "look_every",
    "lead_leaves": "handover",
    "password_seen": "passwords",
    "password_lost": "passwords",
    "post_plain": "posts_approved",
    "post_seen_by_one": "posts_approved",
    "picture_with_consent": "picture_consent",
    "picture_without_consent": "picture_consent",
    "name_beside_picture": "no_names_with_pictures",
    "do_not_publish": "not_shown",
    "named_in_words": "name_consent",
    "picture_of_a_leaver": "leavers_pictures",
    "consent_of_long_ago": "consent_renewed",
    "post_from_a_trip": "trips",
    "post_with_a_tag": "no_tags",
    "post_for_a_party": "no_politics",
    "post_on_a_saturday_night": "posting_hours",
    "question_in_time": "reply_within",
    "question_late": "reply_within",
    "comment_improper": "remove_within",
    "pupil_answered_in_private": "no_private_chat",
    "pupil_asks_to_be_friends": "no_pupil_friends",
    "leaver_asks_to_be_friends": "no_leaver_friends",
    "colleague_runs_down_colleague": "own_discretion",
    "press_call": "press_to",
    "policy_not_read": "staff_confirm",
    "concern": "concerns_to",
    "policy_past_review": "review_every",
}
"""Key of a case -> key of a ready rule. A test puts each case to a policy that has that rule alone."""
