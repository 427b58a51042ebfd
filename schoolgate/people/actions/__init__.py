"""Writes with a verb. All take keyword arguments, `by` (who) and `at` (when), and need a scope."""

from schoolgate.people.actions.assignments import (
    end_assignment,
    end_permission,
    give_assignment,
    give_permission,
)
from schoolgate.people.actions.away import enter_absence, withdraw_absence
from schoolgate.people.actions.directories import (
    end_school_account,
    join_by_invitation,
    join_school_account,
    note_school_account,
)
from schoolgate.people.actions.extended_absence import (
    act_on_extended_absences,
    end_extended_absence,
    start_extended_absence,
)
from schoolgate.people.actions.first_walk import note_walk_step, set_walk_aside, take_walk_up
from schoolgate.people.actions.leaving import act_on_leavings, record_departure, record_return
from schoolgate.people.actions.leaving_several import record_leavings
from schoolgate.people.actions.persons import (
    add_person,
    invite,
    say_reads_welsh,
    set_language,
)
from schoolgate.people.actions.resets import (
    confirm_factor_reset,
    reset_factor_at_server,
    start_factor_reset,
    withdraw_factor_reset,
)
from schoolgate.people.actions.sessions import end_session, end_sessions, note_factor
from schoolgate.people.actions.sign_ins import choose_password, correct_address, note_address_proven
from schoolgate.people.actions.succession import end_role, hand_on_role, renew_assignment
from schoolgate.people.actions.telephones import forget_telephone, keep_telephone
from schoolgate.people.actions.tokens import NewToken, end_token, make_token
from schoolgate.people.actions.turn_words import say_of_turn, take_back_turn_word
from schoolgate.people.actions.undoing import take_back_ending

__all__ = [
    "NewToken",
    "act_on_extended_absences",
    "act_on_leavings",
    "add_person",
    "choose_password",
    "confirm_factor_reset",
    "correct_address",
    "end_assignment",
    "end_extended_absence",
    "end_permission",
    "end_role",
    "end_school_account",
    "end_session",
    "end_sessions",
    "end_token",
    "enter_absence",
    "forget_telephone",
    "give_assignment",
    "give_permission",
    "hand_on_role",
    "invite",
    "join_by_invitation",
    "join_school_account",
    "keep_telephone",
    "make_token",
    "note_address_proven",
    "note_factor",
    "note_school_account",
    "note_walk_step",
    "record_departure",
    "record_leavings",
    "record_return",
    "renew_assignment",
    "reset_factor_at_server",
    "say_of_turn",
    "say_reads_welsh",
    "set_language",
    "set_walk_aside",
    "start_extended_absence",
    "start_factor_reset",
    "take_back_ending",
    "take_back_turn_word",
    "take_walk_up",
    "withdraw_absence",
    "withdraw_factor_reset",
]
