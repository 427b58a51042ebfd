"""Which fields have help from the policy beside them, and, with a reason each, which fields of these forms
have none. Closed lists: a new form or field has to be put into one of them, or into that of the forms without
help (`forms_without_help.py`, `test_field_help.py`)."""

SILENT = "no policy that comes with the program speaks of it"
DRAWN = "the page draws the clause beside each question already"
PLACE = "where or who or when something is: nothing in it to keep to"
PROGRAM = "how the program is set up or used: no policy's matter"
VISITORS = "filled in by visitors, whom the policy does not bind"
WORD = "one's own word about what stands above it, with its clauses"
EVIDENCE = "no policy says how evidence is kept: Schoolgate's own rule"
LAW = "the law asks for it, and the page says so; no policy speaks of it"
BEFORE = "the policy is only being chosen, read or changed here"

HELPED = {
    "accounts.imported.AboutForm": ["purpose", "audience"],
    "accounts.opening.ConditionForm": ["words"],
    "accounts.opening.NoticeForm": ["to"],
    "accounts.opening.SetupForm": ["handle", "contact"],
    "accounts.opening.TrainingForm": ["topic"],
    "people.absence.AbsenceForm": ["from_day"],
    "duty.rota_setting.ShiftForm": ["person", "weekdays", "when"],
    "accounts.care.EvaluationForm": ["state_*", "words", "next_on"],
    "accounts.handover.OfferForm": ["part"],
    "accounts.closing.EndingForm": ["closes_on"],
    "accounts.following.EnterForm": ["approval"],
    "accounts.following.LookForm": ["how"],
    "accounts.handover.SuccessorForm": ["person"],
    "accounts.handover.TakenForm": ["keeps"],
    "inbox.sight_wording.AuthorForm": ["because", "warned"],
    "inbox.listening.OftenForm": ["days"],
    "inbox.forms.AnswerForm": ["text", "receipt"],
    "inbox.forms.CloseForm": ["reason"],
    "inbox.forms.FinishForm": ["notice", "says"],
    "inbox.forms.KeepBackForm": ["because"],
    "inbox.forms.KindForm": ["kind"],
    "inbox.removals.DecisionForm": ["reasons"],
    "inbox.removals.NoticeForm": ["wording", "says"],
    "inbox.item.JudgeForm": ["because", "relation", "named", "rude", "abusive", "friend"],
    "inbox.views.ProcessForm": ["words"],
    "inbox.views.MessageForm": ["to", "people", "public", "purpose", "reason"],
    "inbox.paste.PasteForm": ["kind"],
    "inbox.listening.ConcernForm": ["bad_light"],
    "inbox.listening.HandForm": ["public"],
    "inbox.listening.ToInboxForm": ["kind"],
    "inbox.listening.WatchForm": ["phrases"],
    "inbox.press.EnquiryForm": ["about_posts", "asks_for_comment"],
    "inbox.press.ExpectForm": ["about"],
    "inbox.press.PassedForm": ["words"],
    "inbox.press.ReleaseForm": ["steps"],
    "inbox.press.StatementForm": ["text"],
    "accounts.keys.CodesForm": ["secret", "seed", "login"],
    "accounts.keys.PaperForm": ["place"],
    "accounts.keys.ParticularsForm": ["secret", "seed", "login"],
    "accounts.keys.PasswordForm": ["secret", "seed", "login"],
    "accounts.keys.SeedForm": ["secret", "seed", "login"],
    "accounts.keys.TokenForm": ["secret", "seed", "login"],
    "accounts.keys._KeyForm": ["secret", "seed", "login"],
    "policy.versions.ReviewForm": ["compared_with", "law", "new_tools", "reason", "set_by"],
    "policy.rulings.SuggestForm": ["words"],
    "posts.acts.ConsentListForm": ["list_dated", "everybody_may"],
    "posts.acts.TakeDownForm": ["reason"],
    "posts.news.SendForm": ["text"],
    "posts.library.PermissionForm": ["what", "by_line"],
    "posts.forms.PostForm": [
        "text",
        "pictures",
        "who-*",
        "day",
        "person-*-named",
        "person-*-consent",
        "person-*-opted_out",
        "person-*-do_not_publish",
        "person-*-leadership_agrees",
    ],
    "accounts.proposals.DecideForm": ["answer", "strong"],
    "accounts.sites.AbsenceForm": ["person"],
    "policy.training.LessonForm": ["programme"],
    "policy.training.PageForm": ["address"],
    "policy.training.RecordForm": ["topics"],
    "policy.training.SessionForm": ["topics"],
    "policy.training.TopicsForm": ["topics"],
    "policy.guides.GuideForm": ["text"],
    "conduct.own_accounts.RemoveForm": ["words", "link"],
    "conduct.own_accounts.WordForm": ["pupils", "former_pupil", "parent", "disclaimer"],
    "incidents.forms.BodyForm": ["body"],
    "incidents.forms.CloseForm": ["to"],
    "incidents.forms.HandOnForm": ["to"],
    "incidents.forms.NoteForm": ["words"],
    "incidents.forms.WrongForm": ["what"],
    "incidents.views.AboutPictureForm": ["copies_left", "told"],
    "searches.searches.CheckForm": ["about", "act", "own_account", "purpose", "range_from", "policy_named"],
    "searches.searches.UseForm": ["recipient"],
    "searches.searches.VacancyForm": ["names"],
}

LEFT_OUT = {
    "accounts.opening.ConditionForm": {"kind": WORD},
    "accounts.opening.NoticeForm": {"address": PLACE, "identity": PLACE},
    "accounts.opening.SetupForm": {"address": PLACE},
    "accounts.opening.TrainingForm": {"person": PLACE},
    "people.absence.AbsenceForm": {"to_day": "the help stands beside the first day"},
    "accounts.handover.OfferForm": {"to": PLACE, "instead_of": PLACE},
    "accounts.closing.EndingForm": {"who": SILENT, "content": SILENT, "followers": SILENT},
    "accounts.following.EnterForm": dict.fromkeys(
        ("who", "asked_for", "kind", "relation", "known_how", "asked_on"), PLACE
    ),
    "duty.rota_setting.ShiftForm": dict.fromkeys(
        ("starts", "ends", "nights", "week", "from_day", "to_day"), PLACE
    ),
    "inbox.sight_wording.AuthorForm": {"days": SILENT},
    "inbox.forms.FinishForm": {"number": PLACE},
    "inbox.forms.KeepBackForm": dict.fromkeys(
        ("house_rule", "abuse"), "the help stands beside the reason"
    ),
    "inbox.item.JudgeForm": dict.fromkeys(
        ("house_rule", "reported"), "the help stands beside the reason"
    ),
    "inbox.views.MessageForm": {
        "group": PLACE,
        "text": SILENT,
        "implications": "the help stands beside the reason",
    },
    "inbox.removals.NoticeForm": {"text": "the help stands beside whose words they are"},
    "inbox.listening.ConcernForm": {"what": WORD},
    "inbox.listening.HandForm": dict.fromkeys(("text", "address", "place", "author"), PLACE),
    "inbox.listening.WatchForm": dict.fromkeys(
        ("name", "purpose", "until", "feeds"), "the help stands beside the names"
    ),
    "inbox.press.EnquiryForm": dict.fromkeys(
        ("how", "wants", "outlet", "journalist", "contact", "until_day", "until_time"), PLACE
    ),
    "inbox.press.ExpectForm": {"until": PLACE, "line": "the help stands beside the subject"},
    "inbox.press.ReleaseForm": {"how": PLACE},
    "inbox.paste.PasteForm": dict.fromkeys(
        (
            "account", "post", "text", "author", "day", "time", "picture", "readers", "address", "read_all",
        ),
        PLACE,
    ),
    "accounts.keys.PaperForm": {"keys": WORD},
    "accounts.keys.ParticularsForm": {"recovery_email": SILENT, "recovery_phone": SILENT},
    "accounts.keys.SeedForm": {"code": PROGRAM},
    "policy.versions.ReviewForm": {"on": PLACE, "outcome": WORD, "words": SILENT, "next_due": SILENT},
    "posts.acts.TakeDownForm": {"words": "the help stands beside the reason"},
    "posts.news.SendForm": {
        "pictures": "the help stands beside the text", "kind": PLACE, "made_by": WORD, "by_line": SILENT,
        "owner": PLACE, "agreed": WORD,
    },
    "posts.library.PermissionForm": {
        "title": WORD, "owner": WORD, "form": WORD, "given_on": PLACE, "until": PLACE, "limits": WORD,
        "scan": WORD,
    },
    "posts.forms.PostForm": {
        "language": SILENT, "confirmed": DRAWN,
        "time": "the help stands beside the day",
        "pupils": "the help stands beside who can be seen",
        "film": "the help stands beside the pictures",
        "other_text": "the help stands beside the text",
    },
    "accounts.proposals.DecideForm": {"reason": SILENT},
    "accounts.sites.AbsenceForm": {"until": DRAWN, "away_from": PLACE, "away_to": PLACE},
    "policy.training.PageForm": {"school": PLACE},
    "policy.training.LessonForm": {
        "group": PLACE, "words": WORD, "year": PLACE, "term": PLACE, "guide": PLACE,
    },
    "policy.guides.GuideForm": {
        "audience": PLACE, "about": PLACE, "title": WORD, "title_cy": WORD, "public": SILENT,
        "check_by": SILENT,
        "text_cy": "the help stands beside the English text",
    },
    "policy.training.RecordForm": {"on": PLACE},
    "policy.training.SessionForm": {"on": PLACE, "place": PLACE},
    "conduct.own_accounts.RemoveForm": dict.fromkeys(
        ("what", "school_photograph", "shows_school", "day", "hour"), PLACE
    ),
    "incidents.forms.BodyForm": dict.fromkeys(
        ("on", "time", "reference", "words"), "the help stands beside which body was told"
    ),
    "incidents.forms.CloseForm": {"words": "the help stands beside the outcome", "second": PROGRAM},
    "incidents.forms.HandOnForm": {"words": "the help stands beside whom it goes to"},
    "incidents.forms.WrongForm": {"danger": PROGRAM},
    "searches.searches.CheckForm": dict.fromkeys(
        (
            "target", "what", "on_systems", "names_school", "affects_school", "done", "range_to", "why",
            "report", "case_from", "case_to", "policy_of", "doer", "make_by", "second", "assessed_on",
            "assessed_by",
        ),
        "the help stands beside the act, the purpose, the days and the policy",
    ),
    "incidents.views.AboutPictureForm": dict.fromkeys(
        ("found_at", "compromising", "could_be_misread"), PLACE
    ),
    "searches.searches.UseForm": dict.fromkeys(
        ("how", "reason", "legal_basis"), "the help stands beside the recipient"
    ),
    "searches.searches.VacancyForm": dict.fromkeys(
        ("title", "school", "shortlisted_on", "on_shortlist", "terms", "panel", "searcher"),
        "the help stands beside the candidates",
    ),
}  # fmt: skip
