"""Pages that nobody of `test_every_page.py` comes to, by the tests that see them: it asks for none of them.

A new page whose address is neither looked at there nor named here fails.
"""

NOT_SEEN = {
    "tests/web/test_*_import*.py, test_accounts_there.py: a list half brought": """
        people-import-words people-import-preview people-import-report accounts-import-preview
        accounts-import-report comments-import-words comments-import-preview comments-import-report
        pupils-import-words pupils-import-preview pupils-import-report
    """,
    "tests/web/test_own_policy_pressed.py: a policy of the federation's own": """
        own-import own-import-page own-import-sentence own-roles own-clauses own-clause-new own-clause
        own-clause-text own-clause-remove own-rule-new own-rule own-condition own-rule-example own-step-new
        own-exceptions own-ready-list own-ready
    """,
    "tests/web/test_knowing_pressed.py: by a link": """
        policy-by-link policy-by-link-document policy-by-link-check
    """,
    "tests/web/test_proposals_pressed.py: a proposal that is due for it": """
        proposal-edit proposal-change proposal-sign proposal-decide small-proposal-decide
    """,
    "tests/web/test_opening_pressed.py: a site under a policy that asks for it": """
        site-settle site-look site-word
    """,
    "tests/web/signin: a code, a key or an invitation of somebody's own": """
        account_change_password mfa_authenticate mfa_login_webauthn invitation
        mfa_remove_webauthn mfa_edit_webauthn mfa_reauthenticate_webauthn account_reauthenticate
        mfa_activate_totp
        school-account-back mfa_view_recovery_codes mfa_download_recovery_codes choose_password
        set-up-begin set-up-first set-up-first-password set-up-step
    """,
    "nobody: answers that are no page, or files": """
        metrics api-nothing version-scan known-scan rota-feed posts-feed wrong-evidence-download
        handed-over
    """,
    "tests/web: the test of its room brings it to the state in which it opens": """
        style rule ruling-end reading-trial policy-review version-start version-adoption version-trial
        version-document known-paper known-engagement known-team training-plan training-list
        account-circle account-connect account-connected account-go-on account-about account-condition
        account-training account-keys account-keys-keep account-paper account-there post-start post-edit
        account-before governors-by-link wrong-mine consent
    """,
}
