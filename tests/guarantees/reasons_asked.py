"""The closed register of texts that say why. `ASKED`: a child's safety rests on it, so it's a reason in words
(`core.leaving`) by every page, command and program. The others: why a short word is enough there. A new text
without a line fails `test_a_reason_is_words.py`."""

NAMES = frozenset({"because", "note", "reason", "reasons", "why", "words"})
"""How texts that may be reasons are called."""

_ASKED = """
    inbox.removal_notices.decide_appeal.reasons incidents.casework.close.words
    inbox.locking.unlock_item.words inbox.messaging.write_message.written.reason
    inbox.ranking.add_phrase.because inbox.telling.settle_danger.words
    incidents.gathering.lift_stop.words incidents.handling.end_report.words
    incidents.keeping_out.may_know.words incidents.opening.ask_to_open.words
    policy.leads.agree_to_lead.why policy.saying.rule.words
    publishing.hit_answers.answer_hits.said.words
    pupils.keeping_off.end_keeping_off.why pupils.answering.settle_consent.why
    pupils.keeping_off.decide_change.why records.destroying.erase_one.words
"""
ASKED = frozenset(_ASKED.split())
"""Beside them whatever leaves by any other door: `core.leaving` is given its reasons by no action."""

CHOICE = "a choice, a code, or given on by another action that asks"
PROTECTS = "it keeps something in, takes it down or stops it: a word too many would only delay that"
TURNED_DOWN = "an ordinary no or wish to one colleague, who asks back if it's too short"
OF_GROWN_UPS = "of accounts, keys, breaches and the policy: no child is seen by it, and its reader judges it"
TELLS = "it tells what happened, was done or is wanted: no leave is given by it"
ADDED = "with the post or answer it belongs to it is read at the gate, whose answers are asked there"

SHORT = {
    CHOICE: """
        core.stops.stop.reason duties.actions.cancel.because duties.actions.pass_on.because
        inbox.replying.close_item.reason inbox.blocking.block_author.because
        inbox.blocking.report_comment.because inbox.judging.judge.because
        inbox.forwarding.note_refused.because inbox.moderating.moderate.because
        incidents.containing.contain.because incidents.gathering.note_no_page.why
        listening.finding.leave.because policy.saying.rule_on.words
        people.list_importer.explain_words.words
        publishing.cards.note_no_card.why publishing.rules.stop_everything.reason
        publishing.taking_down._take_one.reason publishing.taking_down.take_down.reason
        publishing.taking_down.take_down_all.reason publishing.archive.export_posts.search.words
        publishing.past_import.note_unreadable.because records.destroying.erase_again.because
        records.destroying.erase_one.because reports.evidence.export_evidence.asked.words
        rights.answering.extend.because
    """,
    PROTECTS: """
        core.holds.place.because publishing.taking_down.take_down.words
        publishing.taking_down.take_down_all.words pupils.keeping_off.keep_off.why
        records.destroying.hold_kind.because records.destroying.hold_thing.because
        incidents.casework.reopen.words incidents.casework.send_back.words
        incidents.harming.say_harmed.words
    """,
    TURNED_DOWN: """
        accounts.contributors.turn_away.reason
        accounts.classes.end_admission.reason
        accounts.deciding.decide_proposal.reason accounts.deciding.send_back.words
        accounts.small.decide_small.reason conduct.leaving.tell_to_remove.words
        policy.permitting.refuse_permission.words publishing.approving.send_back.reason
        publishing.emergency.return_text.reason publishing.news.decline_news.reason
        publishing.reviewing.mark_post.note publishing.reviewing.say_of_welsh.words
    """,
    OF_GROWN_UPS: """
        accounts.proposing.let_go_on.reason accounts.papers.report_opened.why
        accounts.papers.void_paper.why breaches.cases.change_aware.why
        breaches.cases.judge_risk.why breaches.cases.reopen.words
        policy.documents.add_document.because policy.permitting.ask_back.words
        policy.permitting.ask_first.words policy.permitting.permit.words
        policy.permitting.reply.words policy.readings.save_draft.because
        policy.saying.answer_in_words.words policy.saying.end_ruling.because
        policy.saying.attest.note
        policy.own_policy.say_what_changed.words publishing.past_import.take_in.because
        records.setting.set_period.reason searches.checks.ask_check.asked.why
        searches.checks.use_copy.reason
    """,
    TELLS: """
        accounts.before_opening.attach_condition.words accounts.closing.evaluate.results.words
        accounts.closing.evaluate.words accounts.unofficial.end_fake.words
        accounts.unofficial.note_evidence.words accounts.unofficial.report_fake.words
        accounts.unofficial.report_found.words accounts.keys.keep_key.note
        accounts.keys.keep_seed.note accounts.sites.look_over.note
        accounts.sites.put_word_on_record.words accounts.sites.write_site_text.words
        accounts.small.put_in_small.words breaches.cases.note.words
        conduct.answers.ask_for_leave.words conduct.answers.ask_for_ruling.words
        conduct.answers.keep_answer.entry.words inbox.removal_notices.make_appeal.words
        inbox.judging.note_writer_step.words
        inbox.messaging.adopt_process.words inbox.removal_notices.adopt_wording.words
        inbox.reply_facts.ask_for_reply.words inbox.ranking.add_phrase.words
        inbox.taking_off.wish_down.words incidents.reporting.add_to_report.words
        incidents.casework.save_word.words
        incidents.casework.confirm_closing.words incidents.casework.save_stage.words
        incidents.casework.tell_body.words incidents.gathering.add_file.words
        incidents.gathering.add_interview.words incidents.gathering.add_note_on_evidence.words
        incidents.gathering.add_quotation.words incidents.handling.hand_on.words
        incidents.handling.note.words listening.finding.leave.note
        policy.guiding.plan_lesson.words policy.permitting.ask_permission.words
        policy.reviewing.note_practice.words policy.reviewing.record_review.words
        policy.saying.put_to_role.entry.words policy.saying.put_to_role.words
        policy.reviewing.suggest.words policy.training.record_training.note
        press.enquiries.close.words press.enquiries.note_passed_by_hand.words
        press.statements.ask_for_statement.words publishing.approving.ask_for_post.words
        pupils.linking.write_words.words rights.answering.close.words rights.answering.mend.words
        rights.answering.note.words rights.requests.decide.words
        rota.turns.hand_over.note
    """,
    ADDED: """
        publishing.drafting.draft_post.hits.words publishing.drafting.edit_post.hits.words
    """,
}
