"""Writes of the policy room."""

from schoolgate.policy.actions.adopting import (
    adopt,
    adopt_version,
    bring_into_force,
    bring_what_is_due_into_force,
    replace_text,
    review_of,
    start_version,
    withdraw_version,
)
from schoolgate.policy.actions.briefing import confirm_guide, watch_briefings, watch_untold
from schoolgate.policy.actions.checking import take_check
from schoolgate.policy.actions.documents import add_document, place_passages
from schoolgate.policy.actions.first_adoption import adopt_first
from schoolgate.policy.actions.guiding import (
    ask_second,
    end_guide,
    guide_still_right,
    hold_lesson,
    plan_lesson,
    publish_guide,
    send_guide_back,
    take_lesson_off,
    write_guide,
)
from schoolgate.policy.actions.importing import (
    drop_policy_import,
    leave_section,
    pick_sentence,
    start_policy_import,
    take_picked,
)
from schoolgate.policy.actions.knowing import (
    REMIND_AFTER,
    REMINDERS,
    ask_who_is_bound,
    end_link,
    end_what_is_over,
    enter_engagement,
    remind,
    send_new_link,
)
from schoolgate.policy.actions.parents_pages import (
    enter_parents_page,
    note_parents_page,
    remove_parents_page,
)
from schoolgate.policy.actions.practice import end_practice, note_practice, watch_status
from schoolgate.policy.actions.reading import (
    drop_draft,
    save_draft,
    sign_draft,
    sign_reading,
    start_draft,
    stop_trying,
    try_draft,
    try_version,
)
from schoolgate.policy.actions.ready import keep_ready_rule, remove_ready_rule
from schoolgate.policy.actions.reviewing import record_review, watch_reviews
from schoolgate.policy.actions.roles_trained import watch_roles
from schoolgate.policy.actions.saying import attest, rule
from schoolgate.policy.actions.suggesting import answer_suggestion, suggest
from schoolgate.policy.actions.training import (
    book_places,
    cancel_session,
    enter_list,
    plan_session,
    record_training,
    take_over,
    watch_training,
)
from schoolgate.policy.actions.watching_guides import CHECK_NOTICE, watch_guides, watch_programme
from schoolgate.policy.actions.word import acknowledge, enter_paper, note_manager_step, talked_over
from schoolgate.policy.actions.writing import (
    ClauseText,
    keep_clause,
    keep_rules,
    remove_clause,
    restore_clause,
    say_aside,
    say_in_full,
    say_what_changed,
)
from schoolgate.policy.actions.writing_roles import keep_role, remove_role

__all__ = [
    "CHECK_NOTICE",
    "REMINDERS",
    "REMIND_AFTER",
    "ClauseText",
    "acknowledge",
    "add_document",
    "adopt",
    "adopt_first",
    "adopt_version",
    "answer_suggestion",
    "ask_second",
    "ask_who_is_bound",
    "attest",
    "book_places",
    "bring_into_force",
    "bring_what_is_due_into_force",
    "cancel_session",
    "confirm_guide",
    "drop_draft",
    "drop_policy_import",
    "end_guide",
    "end_link",
    "end_practice",
    "end_what_is_over",
    "enter_engagement",
    "enter_list",
    "enter_paper",
    "enter_parents_page",
    "guide_still_right",
    "hold_lesson",
    "keep_clause",
    "keep_ready_rule",
    "keep_role",
    "keep_rules",
    "leave_section",
    "note_manager_step",
    "note_parents_page",
    "note_practice",
    "pick_sentence",
    "place_passages",
    "plan_lesson",
    "plan_session",
    "publish_guide",
    "record_review",
    "record_training",
    "remind",
    "remove_clause",
    "remove_parents_page",
    "remove_ready_rule",
    "remove_role",
    "replace_text",
    "restore_clause",
    "review_of",
    "rule",
    "save_draft",
    "say_aside",
    "say_in_full",
    "say_what_changed",
    "send_guide_back",
    "send_new_link",
    "sign_draft",
    "sign_reading",
    "start_draft",
    "start_policy_import",
    "start_version",
    "stop_trying",
    "suggest",
    "take_check",
    "take_lesson_off",
    "take_over",
    "take_picked",
    "talked_over",
    "try_draft",
    "try_version",
    "watch_briefings",
    "watch_guides",
    "watch_programme",
    "watch_reviews",
    "watch_roles",
    "watch_status",
    "watch_training",
    "watch_untold",
    "withdraw_version",
    "write_guide",
]
