"""The closed register of what an action can be given and `people.outside` doesn't read: why not. A new
text without a line fails `test_typed_words.py`."""

TAKEN_IN = "read by `people.outside.take_in`, or as what comes in is ranked, and kept from whom it means"
GATE = "it leaves for the public or for whom it's written to: looked through at the gate"
CONCERN = "in a concern, which leads have: its own words are read there"
CONFINED = "only those read it whom the room lets know of this one thing, or leads"
PASSED_ON = "given on to another action, which is declared itself"
POLICY = "words of the policy, of guides or of its readings, which say themselves what no one may do"
DRAFT = "a draft that its author alone opens: read as it's handed in"
CHOICE = "a choice, a name, a number, an address, a code or a title: no sentence"
MACHINE = "a program gives it, not a person"
ANSWERS = "answers to a policy's questions, most of them choices"

NOT_READ = {
    TAKEN_IN: """
        accounts.unofficial.report_fake.address accounts.unofficial.report_fake.words
        breaches.cases.open_breach.what inbox.removal_notices.make_appeal.words
        inbox.desk.write_note.text inbox.ingesting.ingest.items.text
        inbox.forwarding.file_mail.mail.files inbox.forwarding.file_mail.mail.subject
        inbox.forwarding.file_mail.mail.sender_name inbox.forwarding.file_mail.mail.text
        inbox.pasting.paste_in.author inbox.pasting.paste_in.text
        inbox.taking_off.wish_down.reach inbox.taking_off.wish_down.words
        listening.finding.add_alerts.mail listening.finding.add_by_hand.author
        listening.finding.add_by_hand.text listening.finding.keep_found.found.author_handle
        listening.finding.keep_found.found.author_name
        listening.finding.keep_found.found.text listening.finding.keep_found.title
        networks.noticeboard.board.leave_comment.name networks.noticeboard.board.leave_comment.text
        policy.permitting.ask_permission.words policy.saying.put_to_role.words
        policy.reviewing.suggest.words press.keeping.keep_by_hand.entered.contact
        press.keeping.keep_by_hand.entered.journalist
        press.keeping.keep_by_hand.entered.outlet press.keeping.keep_by_hand.entered.wants
        publishing.news.send_news.by_line publishing.news.send_news.owner
        publishing.news.send_news.text rota.turns.hand_over.note
    """,
    GATE: """
        accounts.opening.say_what_it_is_for.audience accounts.opening.say_what_it_is_for.purpose
        accounts.sites.write_site_text.words inbox.replying.write_answer.text
        inbox.messaging.write_message.written.text inbox.removal_notices.adopt_wording.words
        inbox.removal_notices.send_notice.text media.pictures.add_picture.alt
        media.pictures.describe_picture.alt media.pictures.describe_picture.captions
        policy.permitting.ask_permission.text press.statements.draft.text
        publishing.drafting.save_words.other_text
        publishing.drafting.save_words.targets.text publishing.drafting.save_words.text
        publishing.drafting.draft_post.described publishing.drafting.draft_post.hits
        publishing.drafting.draft_post.hits.words publishing.drafting.draft_post.other_text
        publishing.drafting.draft_post.people publishing.drafting.draft_post.targets.text
        publishing.drafting.draft_post.text publishing.drafting.edit_post.described
        publishing.drafting.edit_post.hits publishing.drafting.edit_post.hits.words
        publishing.drafting.edit_post.other_text publishing.drafting.edit_post.people
        publishing.drafting.edit_post.targets.text publishing.drafting.edit_post.text
        publishing.emergency.send_emergency.values publishing.hit_answers.answer_hits.said
        publishing.hit_answers.answer_hits.said.words publishing.hit_answers.keep_own_details.details
        publishing.ready.change_text.english publishing.ready.change_text.title
        publishing.ready.change_text.welsh publishing.ready.keep_text.english
        publishing.ready.keep_text.title publishing.ready.keep_text.welsh
        publishing.ready.start_from_text.values publishing.emergency._rehearse.values
        publishing.reviewing.comment_on.passage pupils.linking.write_words.words
        rights.answering.make_answer.letter conduct.wording.give_word.said
    """,
    CONCERN: """
        incidents.reporting.add_to_report.words incidents.casework.close.words
        incidents.casework.confirm_closing.words incidents.casework.reopen.words
        incidents.casework.save_stage.answers incidents.casework.save_stage.words
        incidents.casework.send_back.words incidents.casework.tell_body.words
        incidents.gathering.add_file.words incidents.gathering.add_interview.words
        incidents.gathering.add_note_on_evidence.agreed
        incidents.gathering.add_note_on_evidence.words
        incidents.gathering.add_quotation.words incidents.gathering.ask_capture.what
        incidents.gathering.lift_stop.words incidents.handling.end_report.words
        incidents.handling.hand_on.words incidents.handling.note.words
        incidents.handling.open_report.what incidents.harming.say_harmed.words
        incidents.keeping_out.may_know.words incidents.opening.ask_to_open.words
        incidents.casework.save_word.words incidents.picture.answer_picture.answers
        incidents.reporting.report_wrong.said_here.about_who
        incidents.reporting.report_wrong.said_here.answers
        incidents.reporting.report_wrong.said_here.contact
        incidents.reporting.report_wrong.said_here.harmed_who
        incidents.reporting.report_wrong.said_here.what
        incidents.reporting.report_wrong.said_here.where
        listening.finding.report_concern.what inbox.locking.unlock_item.words
    """,
    CONFINED: """
        policy.leads.agree_to_lead.why pupils.keeping_off.end_keeping_off.why
        pupils.keeping_off.keep_off.why pupils.answering.settle_consent.why
        pupils.keeping_off.decide_change.why records.destroying.erase_one.words
        rights.answering.close.words rights.answering.mend.words rights.answering.note.words
        rights.requests.enter.entered.about rights.requests.enter.entered.contact
        rights.requests.enter.entered.name rights.requests.enter.entered.wants
        rights.requests.start_gathering.lines rights.requests.decide.words
        searches.checks.ask_check.asked.policy_named searches.checks.ask_check.asked.what
        searches.checks.ask_check.asked.why searches.checks.record_result.result
        searches.checks.store_copy.content searches.checks.use_copy.legal_basis
        searches.checks.use_copy.reason searches.checks.use_copy.recipient
        searches.recruiting.enter_vacancy.entered.names
        searches.recruiting.enter_vacancy.entered.terms
        searches.recruiting.enter_vacancy.entered.title
        searches.recruiting.record_answer.answer searches.recruiting.record_search.found
        searches.recruiting.record_search.relevant searches.recruiting.record_telling.told_how
    """,
    PASSED_ON: """
        inbox.telling.settle_danger.words
        accounts.unofficial.report_found.words conduct.answers.ask_for_leave.text
        conduct.answers.ask_for_leave.words conduct.answers.ask_for_ruling.words
        inbox.reply_facts.ask_for_reply.text inbox.reply_facts.ask_for_reply.words
        press.statements.ask_for_statement.words publishing.approving.ask_for_post.words
        publishing.rules.stop_everything.reason inbox.replying.show_and_answer.**
        people.list_importer.apply.** publishing.drafting.edit_post_and_cards.**
        publishing.drafting._try_out.**
    """,
    DRAFT: """
        accounts.proposing.save_proposal.answers accounts.proposing.save_proposal.considered
        accounts.proposing.save_proposal.name
    """,
    POLICY: """
        inbox.messaging.adopt_process.words inbox.ranking.add_phrase.because
        inbox.ranking.add_phrase.words policy.adopting.adopt_version.minute_reference
        policy.adopting.adopt_version.stated policy.adopting.replace_text.material_changes
        policy.adopting.replace_text.text policy.adopting.start_version.material_changes
        policy.adopting.start_version.text policy.documents.add_document.because
        policy.documents.place_passages.passages
        policy.adopting.adopt_first.minute_reference
        policy.adopting.adopt_first.text policy.guiding.plan_lesson.words
        policy.guiding.write_guide.text policy.guiding.write_guide.text_cy
        policy.guiding.write_guide.title policy.guiding.write_guide.title_cy
        policy.setting_ready.keep_ready_rule.new_roles
        policy.imports.pick_sentence.pick.says policy.imports.pick_sentence.pick.values
        policy.imports.pick_sentences.picks.says
        policy.imports.pick_sentences.picks.values
        policy.readings.save_draft.because
        policy.readings.save_draft.changes policy.own_policy.keep_clause.words.says
        policy.own_policy.keep_clause.words.section policy.own_policy.keep_rules.in_full
        policy.own_policy.keep_rules.written policy.own_policy.say_what_changed.words
        policy.own_policy.keep_role.name
    """,
    ANSWERS: """
        conduct.answers.keep_answer.answers policy.reviewing.record_review.looked
        policy.saying.put_to_role.about policy.saying.put_to_role.answers
        publishing.drafting.draft_post.answers publishing.drafting.edit_post.answers
        publishing.emergency.ask_for_text.answers accounts.before_opening.save_setup.answers
        inbox.replying.write_answer.said inbox.moderating.moderate.said
        inbox.removal_notices.send_notice.said inbox.reply_facts.ask_for_reply.said
    """,
    CHOICE: """
        people.list_importer.note_erased.files people.list_importer.upload.kept.file
        publishing.past_import.bring_download.file
        accounts.opening.say_what_it_is_for.kind accounts.opening.say_what_it_is_for.listed
        accounts.opening.say_what_it_is_for.readers
        accounts.register.enter_associated.address accounts.care.look_in.what
        accounts.classes.choose_at_turn.choice accounts.classes.choose_at_turn.label
        accounts.classes.say_class.label accounts.before_opening.attach_condition.kind
        accounts.connecting.renew_connection.credential.secret
        accounts.connecting.renew_connection.credential.service
        accounts.contributors.enter_admission.relation
        accounts.contributors.look_into.consent accounts.contributors.look_into.grown_up
        accounts.unofficial.note_found.address accounts.unofficial.note_found.comparable_to
        accounts.unofficial.note_found.made_by accounts.handover.end_handover.ends
        accounts.handover.end_handover.keeps accounts.keys.keep_key.kind
        accounts.keys.keep_key.secret accounts.keys.keep_seed.seed
        accounts.handover_facts.end_asking_who_covers.how accounts.register.move_account.address
        accounts.register.vouch_for_mark.mark accounts.opening.offer_part.part
        accounts.opening.change_team.part accounts.opening.give_notice.address
        accounts.opening.give_notice.identity accounts.proposing.save_proposal.kind
        accounts.proposing.change_proposal.kind
        accounts.before_opening.save_setup.address accounts.before_opening.save_setup.asked
        accounts.before_opening.save_setup.contact accounts.deciding.sign_proposal.leaves_out
        accounts.sites.look_over.logo_leads_to accounts.sites.put_word_on_record.kind
        accounts.sites.put_word_on_record.replaces accounts.sites.write_site_text.kind
        accounts.small.put_in_small.address breaches.cases.judge_risk.risk
        breaches.cases.tell_authority.reference conduct.answers.enter_number.name
        conduct.answers.enter_number.telephone conduct.leaving.tell_to_remove.picture.link
        core.calendars.set_calendar.terms inbox.replying.answer_done_by_hand.address
        inbox.replying.close_item.reason inbox.blocking.author_step_by_hand.number
        inbox.blocking.block_author.because inbox.blocking.report_comment.because
        inbox.desk.save_view.chosen.assigned inbox.desk.save_view.chosen.kind
        inbox.desk.save_view.chosen.lane inbox.desk.save_view.name
        inbox.desk.save_view.tab inbox.judging.judge.also inbox.judging.judge.because
        inbox.judging.judge.house_rule inbox.judging.judge.relation
        inbox.judging.note_writer_step.what inbox.forwarding.file_mail.mail.sender
        inbox.messaging.write_message.written.purpose inbox.moderating.finish_removal.notice
        inbox.moderating.finish_removal.number inbox.moderating.moderate.because
        inbox.moderating.moderate.house_rule inbox.moderating.moderate.how
        inbox.removal_notices.send_notice.wording inbox.pasting.paste_in.address
        inbox.pasting.paste_in.kind inbox.ranking.add_phrase.lane
        inbox.judged.set_kind.kind incidents.reporting.note_own_done.body
        incidents.reporting.note_own_done.kind incidents.reporting.answer_reporter.word
        incidents.casework.enter_authority.name
        incidents.casework.enter_authority.out_of_hours
        incidents.casework.enter_authority.telephone incidents.casework.save_word.reference
        incidents.casework.save_word.word incidents.casework.tell_body.body
        incidents.casework.tell_body.reference incidents.containing.contain.because
        incidents.gathering.ask_capture.address incidents.opening.ask_to_open.reference
        incidents.passing_on.mark_as_passed.reference incidents.passing_on.mark_as_passed.system
        incidents.reporting.report_wrong.said_here.about_roles
        incidents.reporting.report_wrong.said_here.danger
        incidents.reporting.report_wrong.said_here.did
        incidents.reporting.report_wrong.said_here.mark
        incidents.reporting.report_wrong.said_here.page
        incidents.reporting.report_wrong.said_here.source
        listening.finding.add_by_hand.address listening.finding.add_by_hand.place
        listening.finding.keep_found.found.address
        listening.finding.keep_found.found.author_id listening.finding.keep_found.found.place
        listening.finding.keep_found.found.ref listening.finding.keep_found.how
        listening.finding.add_to_inbox.kind listening.finding.leave.because
        listening.watching.add_feed.address listening.watching.start_watch.wanted.feeds
        listening.watching.start_watch.wanted.phrases notices.actions.choose.wishes
        notices.actions.give_address.address notices.actions.tell.kind notices.actions.tell.subject
        people.assignments.give_assignment.item people.assignments.give_permission.subject
        people.leaving.start_extended_absence.kind
        people.setting_up.note_walk_step.step people.setting_up.note_walk_step.walk
        people.setting_up.set_walk_aside.walk people.setting_up.take_walk_up.walk
        people.leaving.record_departure.how people.persons.add_person.email
        people.persons.add_person.name people.persons.add_person.relation
        people.setting_up.add_school.in_policy people.setting_up.add_school.name
        people.setting_up.change_school.in_policy people.setting_up.change_school.name
        people.setting_up.enter_first.email people.setting_up.enter_first.name
        people.setting_up.invite_second.email people.setting_up.invite_second.name
        people.persons.correct_address.address people.persons.keep_telephone.number
        people.sessions.make_token.name people.leaving.say_of_turn.point
        people.leaving.take_back_turn_word.point people.list_importer.apply.kind.ids
        people.list_importer.drop.kind.ids people.list_importer.explain_columns.kind.ids
        people.list_importer.explain_columns.name people.list_importer.explain_columns.sheet.delimiter
        people.list_importer.explain_columns.sheet.encoding people.list_importer.explain_words.kind.ids
        people.list_importer.explain_words.words people.list_importer.let_lapse.kind.ids
        people.list_importer.note_erased.kind.ids policy.briefing.note_told.topics
        policy.checks.take_check.given policy.documents.add_document.read.name
        policy.guiding.plan_lesson.group policy.guiding.plan_lesson.programme
        policy.guiding.plan_lesson.term policy.guiding.write_guide.about
        policy.guiding.write_guide.audience policy.imports.leave_section.section
        policy.imports.pick_sentence.pick.ready policy.imports.pick_sentence.pick.modality
        policy.imports.pick_sentences.picks.ready
        policy.imports.pick_sentences.picks.modality
        policy.acknowledging.enter_engagement.works_as policy.leads.ask_about_told.told
        policy.leads.keep_seats.led policy.leads.name_safeguarder.place
        policy.guiding.enter_parents_page.address policy.reviewing.note_practice.figures
        policy.reviewing.note_practice.from_role policy.reviewing.note_practice.kind
        policy.reviewing.note_practice.to_role policy.reviewing.record_review.outcome
        policy.saying.attest.about policy.saying.attest.kind
        policy.saying.say_elsewhere.entry
        policy.training.take_over.rows policy.acknowledging.note_manager_step.did
        policy.own_policy.keep_clause.words.actor policy.own_policy.keep_clause.words.number
        policy.own_policy.keep_clause.words.read_at
        policy.choices.choose_days.what policy.choices.choose_time.unit policy.choices.choose_time.what
        press.enquiries.close.outcome press.keeping.keep_by_hand.entered.how
        press.keeping.say.question press.statements.release.how
        publishing.by_hand.done_by_hand.address publishing.by_hand.mend_address.address
        publishing.by_hand.say_how_it_stands.address publishing.drafting.save_words.page
        publishing.drafting.draft_post.hits.reply publishing.drafting.edit_post.asked_again
        publishing.drafting.edit_post.hits.reply publishing.drafting.edit_post_and_cards.cards
        publishing.hit_answers.answer_hits.said.reply publishing.cards.choose_cards.chosen
        publishing.reviewing.judge_mark.whom publishing.reviewing.mark_post.kind
        publishing.reviewing.mark_post.whom publishing.news.send_news.kind
        publishing.news.send_news.made_by publishing.owners.record_owner_permission.what
        publishing.taking_down._take_one.reason publishing.taking_down.take_down.reason
        publishing.taking_down.take_down_all.reason publishing.archive.export_posts.search.words
        publishing.past_import.bring_download.content publishing.past_posts.say_older.said
        pupils.answering.record_answer.answer pupils.answering.record_answer.who
        pupils.consents.save_group.name pupils.linking.answer_by_link.answer
        pupils.linking.make_link.email pupils.linking.make_link.who
        pupils.answering.settle_consent.answer pupils.answering.withdraw.cause
        pupils.answering.withdraw.who records.destroying.erase_one.because
        records.destroying.hold_kind.because records.destroying.hold_thing.because
        reports.evidence.export_evidence.asked.told
        reports.evidence.export_evidence.asked.words rights.answering.close.outcome
        rights.answering.extend.because rights.answering.mend.did
        rights.answering.mend.thing rights.answering.restart_clock.identity
        rights.answering.stop_clock.waits rights.requests.enter.entered.identity
        rights.requests.enter.entered.kind rights.requests.cover.spans
        rights.requests.decide.decision rights.requests.decide.exemption
        rota.setting.add_shifts.when searches.checks.ask_check.asked.act
        searches.checks.ask_check.asked.done searches.checks.ask_check.asked.policy_of
        searches.checks.ask_check.asked.purpose searches.checks.ask_check.asked.target
        searches.checks.use_copy.how
    """,
    MACHINE: """
        people.sessions.done_by_call.request people.sessions.done_by_call.said
        people.sessions.note_call.request people.sessions.note_call.said
        accounts.before_opening.note_profile.profile.address
        accounts.before_opening.note_profile.profile.also
        accounts.before_opening.note_profile.profile.description
        accounts.before_opening.note_profile.profile.display accounts.before_opening.note_profile.profile.id
        conduct.answers.keep_answer.entry.acts_as conduct.answers.keep_answer.entry.cy
        conduct.answers.keep_answer.entry.assumed
        conduct.answers.keep_answer.entry.shared
        policy.saying.put_to_role.entry.shared pupils.wonde.connect_source.their_name
        pupils.wonde.connect_source.their_school
        conduct.answers.keep_answer.entry.facts conduct.answers.keep_answer.fitting
        conduct.answers.keep_answer.entry.not_asked
        conduct.answers.keep_answer.entry.point conduct.answers.keep_answer.entry.said
        conduct.answers.keep_answer.entry.situation
        conduct.answers.keep_answer.entry.subject conduct.answers.keep_answer.entry.title
        conduct.answers.keep_answer.entry.words core.holds.place.because core.holds.place.subject
        duties.actions.cancel.because duties.actions.cancel.kind duties.actions.cancel.subject
        duties.actions.discharge.how duties.actions.discharge.kind duties.actions.discharge.subject
        duties.actions.open_duty.kind duties.actions.open_duty.subject duties.actions.open_duty.what
        duties.actions.pass_on.because duties.actions.open_duties.wanted.kind
        duties.actions.open_duties.wanted.subject duties.actions.reopen.subjects
        inbox.ingesting.ingest.items.parent inbox.ingesting.ingest.items.root
        inbox.ingesting.ingest.root.address inbox.ingesting.ingest.root.id
        inbox.forwarding.note_refused.because inbox.moderating.finish_removal.says
        inbox.removal_notices.send_notice.says incidents.casework.save_stage.stage.about
        incidents.casework.save_stage.stage.always
        incidents.casework.save_stage.stage.asks_too
        incidents.casework.save_stage.stage.event
        incidents.casework.save_stage.stage.leaves_out
        incidents.casework.save_stage.stage.situation
        incidents.casework.save_stage.stage.title incidents.reporting.disclose.mark
        incidents.gathering.keep_capture.found incidents.gathering.note_no_page.why
        listening.finding.note_trouble.trouble media.words.keep_words.lines
        notices.pushing.add_device.name notices.pushing.add_device.services.schemes
        notices.pushing.add_device.services.services notices.sending.note_bad_address.address
        people.directories.join_by_invitation.subject
        people.directories.join_school_account.subject
        people.directories.note_school_account.change people.sessions.note_factor.change
        people.sessions.note_factor.kind people.list_importer.apply.sheet.aside
        people.list_importer.apply.sheet.delimiter
        people.list_importer.apply.sheet.encoding people.list_importer.apply.sheet.others
        people.list_importer.choose_letters.encoding people.list_importer.choose_letters.kind.ids
        people.list_importer.choose_letters.sheet.aside people.list_importer.choose_letters.sheet.delimiter
        people.list_importer.choose_letters.sheet.encoding people.list_importer.choose_letters.sheet.others
        people.list_importer.explain_columns.sheet.aside people.list_importer.explain_columns.sheet.others
        people.list_importer.upload.kept.content
        people.list_importer.upload.kind.ids policy.imports.start_policy_import.found.name
        policy.measuring.measure_decisions.told policy.permitting.ask_permission.lacks.point
        policy.permitting.ask_permission.place.school policy.permitting.end_requests.but
        policy.saying.put_to_role.entry.acts_as policy.saying.put_to_role.entry.cy
        policy.saying.put_to_role.entry.assumed
        policy.saying.put_to_role.entry.facts policy.saying.put_to_role.entry.not_asked
        policy.saying.put_to_role.entry.point policy.saying.put_to_role.entry.said
        policy.saying.put_to_role.entry.situation policy.saying.put_to_role.entry.subject
        policy.saying.put_to_role.entry.title policy.saying.put_to_role.entry.words
        policy.saying.put_to_role.fitting
        publishing.cards.note_card_words.lines publishing.cards.note_no_card.why
        publishing.live.note_look.there.links publishing.live.note_look.there.parts
        publishing.live.note_look.there.pictures publishing.live.note_look.there.text
        publishing.live.note_look.wanted.links publishing.live.note_look.wanted.parts
        publishing.live.note_look.wanted.pictures publishing.live.note_look.wanted.text
        publishing.past_import.note_found.found publishing.past_import.note_found.known
        publishing.past_import.note_found.owner.address publishing.past_import.note_found.owner.id
        publishing.past_import.note_unreadable.because publishing.past_import.take_piece.ours.names
        publishing.past_import.take_piece.ours.texts publishing.past_import.take_piece.posts.address
        publishing.past_import.take_piece.posts.alts publishing.past_import.take_piece.posts.text
        records.destroying.erase_again.because reports.running.watch_backups.standing.trouble
        reports.governors_measures.make_link.period.kind reports.governors_measures.make_link.period.season
        rights.answering.note_answer.sealed.name
    """,
}
