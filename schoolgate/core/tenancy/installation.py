"""The closed list of tables that belong to no federation, with what the application's role may do in each.

A table that is neither here nor a FederationOwned model's is closed to that role, and a test that walks the
database's own catalogue fails. Nothing in these tables says what a school does: who signs in, the directory
of federations, jobs (ids only), and Django's own book-keeping.
"""

from typing import Final

READ: Final = ("SELECT",)
ALL: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")

INSTALLATION_TABLES: Final[dict[str, tuple[str, ...]]] = {
    # The directory. New federations are made by the owner's role (`core.directory`).
    "core_federation": ("SELECT", "UPDATE (name, languages)"),
    "core_installationstop": ("SELECT", "INSERT", "UPDATE (until, lifted_at, lifted_by)"),
    # The one address of an empty home's first pages: written by the owner's role, compared by its function.
    "core_setuplink": READ,
    "core_cache": ALL,
    # How the installation is run: backups, rehearsals, a home that came from one (numbers and codes only).
    "core_backup": ("SELECT", "INSERT", "UPDATE (gone_at)"),
    "core_backuprehearsal": ("SELECT", "INSERT"),
    "core_heartbeat": ("SELECT", "INSERT", "UPDATE (last_good)"),
    "core_restoration": ("SELECT", "UPDATE (told, looked_at, released_at, released_by)"),
    # Who signs in, and the hats of each.
    "people_user": ALL,
    "people_membership": ALL,
    "people_invitation": ALL,
    # The installation's operator decides where school accounts come from, as the owner; pages only read it.
    # The application's role reseals the sealed secret with new keys.
    "people_directory": ("SELECT", "UPDATE (sealed_secret)"),
    "people_directoryadmits": READ,
    "people_schoolaccount": ("SELECT", "INSERT", "DELETE"),
    "django_session": ALL,
    "account_emailaddress": ALL,
    "account_emailconfirmation": ALL,
    "mfa_authenticator": ALL,
    "usersessions_usersession": ALL,
    # The mail server (its password sealed), and the mails of the sign-in pages until they are sent (sealed).
    "notices_mailserver": ("SELECT", "INSERT", "UPDATE"),
    "notices_signinmail": ALL,
    # Jobs: ids of rows, never their content.
    "procrastinate_jobs": ALL,
    "procrastinate_events": ALL,
    "procrastinate_periodic_defers": ALL,
    "procrastinate_workers": ALL,
    # Django's own book-keeping.
    "auth_group": READ,
    "auth_group_permissions": READ,
    "auth_permission": READ,
    "django_content_type": READ,
    "django_migrations": READ,
}

INSTALLATION_FUNCTIONS: Final = ("core_add_first_federation(text, text, text, text, text[])",)
"""Functions that act as the owner of the tables; only the application may call these."""
