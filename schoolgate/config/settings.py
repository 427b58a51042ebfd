"""Django's settings. What differs between installations comes from `core.env`; the rest is the same."""

import gc
from pathlib import Path

from csp.constants import NONE, SELF

from schoolgate.config import bounds
from schoolgate.config.logging import logging_settings, traces_settings
from schoolgate.core.env import env
from schoolgate.core.home import kept_secret
from schoolgate.core.postgres.for_django import django_database
from schoolgate.core.surroundings import parts_of

gc.set_threshold(10_000, 20, 50)
"""A page makes thousands of objects that are gone with it, beside 300,000 that stay. By its own limits Python
looked through all of these on every tenth page, which took a tenth of a second."""

ENV = env()
PACKAGE = Path(__file__).resolve().parent.parent
PUBLIC = parts_of(ENV.public_address or "")
BEHIND_HTTPS = PUBLIC.scheme == "https"

DEBUG = False
SECRETS = [ENV.secret_key.get_secret_value()] if ENV.secret_key else kept_secret("django").decode().split()
SECRET_KEY, *SECRET_KEY_FALLBACKS = SECRETS
ROOT_URLCONF = "schoolgate.config.urls"
WSGI_APPLICATION = "schoolgate.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

INSTALLED_APPS = [
    # Schoolgate's own rooms come first, so that their templates win; one line a room.
    "schoolgate.core",
    "schoolgate.networks",
    "schoolgate.people",
    "schoolgate.duties",
    "schoolgate.notices",
    "schoolgate.policy",
    "schoolgate.conduct",
    "schoolgate.rota",
    "schoolgate.accounts",
    "schoolgate.pupils",
    "schoolgate.media",
    "schoolgate.publishing",
    "schoolgate.inbox",
    "schoolgate.press",
    "schoolgate.incidents",
    "schoolgate.listening",
    "schoolgate.searches",
    "schoolgate.breaches",
    "schoolgate.records",
    "schoolgate.rights",
    "schoolgate.web",
    # Parts.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "procrastinate.contrib.django",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "schoolgate.config.logging.RequestLog",
    "schoolgate.web.frame.uploads.OfThisHost",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "schoolgate.web.frame.static_files.StaticFiles",
    "schoolgate.config.bounds.Bounds",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "schoolgate.config.bounds.NoText",
    "schoolgate.web.frame.views.LanguageSwitch",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "schoolgate.web.signin.middleware.SessionEnd",
    "schoolgate.web.signin.middleware.SecondStep",
    "django_htmx.middleware.HtmxMiddleware",
    "schoolgate.web.signin.middleware.LostKeys",
    "schoolgate.web.frame.errors.ClosedAfterRestore",
]

# --- Pages --------------------------------------------------------------------------------------------------
# Cotton and partials each come with an app that rewires the loaders; together they leave raw tags on pages,
# without an error. So both are told not to, and the loaders are named here.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((PACKAGE / "web").rglob("templates")),  # each room has its own
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schoolgate.web.frame.layout.context",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("gds",)
CRISPY_TEMPLATE_PACK = "gds"
CRISPY_CLASS_CONVERTERS = {
    "urlinput": "govuk-input",
    "numberinput": "govuk-input",
    "timeinput": "govuk-input sg-time",
    "dayinput": "govuk-input sg-day",
}

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "schoolgate.web.frame.static_files.HashedAddresses"},
}

# --- Database, cache, jobs ----------------------------------------------------------------------------------
DATABASES = {"default": django_database(ENV)}
CACHES = {
    "default": {
        "BACKEND": "schoolgate.core.table_cache.TableCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
# A sweep whose hour the machine slept through runs when it wakes: so one that is off at night has them too.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 26 * 60 * 60}
PROCRASTINATE_ON_APP_READY = "schoolgate.jobs.app.on_ready"

# --- Language and time --------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # stored and counted in UTC; pages show Europe/London

# --- Who comes in -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["schoolgate.web.signin.backend.MembershipBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "schoolgate.people.persons.NotTheExampleOne"},
    {"NAME": "schoolgate.people.persons.NotWhatEveryoneTries"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "schoolgate.web.signin.sessions"
# Sessions end by our own rule (people.models); cookie and row live a day at most.
SESSION_COOKIE_AGE = 24 * 60 * 60
ACCOUNT_ADAPTER = "schoolgate.web.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = [
    "email*",
    "password1*",
]  # read by a check of allauth's; there is no sign-up page
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_RATE_LIMITS = {
    # Wide for an address, which a whole school shares; narrow for the person whose password is tried.
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "60/h/ip,3/h/key",
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_FORMS = {
    "login": "schoolgate.web.signin.forms.LoginForm",
    "reauthenticate": "schoolgate.web.signin.forms.ReauthenticateForm",
    "change_password": "schoolgate.web.signin.forms.ChangePasswordForm",
    "reset_password": "schoolgate.web.signin.forms.ResetPasswordForm",
    "reset_password_from_key": "schoolgate.web.signin.forms.ResetPasswordKeyForm",
}
MFA_FORMS = {
    "authenticate": "schoolgate.web.signin.forms.AuthenticateForm",
    "reauthenticate": "schoolgate.web.signin.forms.ReauthenticateByCodeForm",
    "activate_totp": "schoolgate.web.signin.forms.ActivateAppForm",
    "deactivate_totp": "schoolgate.web.signin.forms.RemoveAppForm",
    "generate_recovery_codes": "schoolgate.web.signin.forms.NewCodesForm",
    "add_webauthn": "schoolgate.web.signin.forms.AddPasskeyForm",
    "edit_webauthn": "schoolgate.web.signin.forms.RenamePasskeyForm",
}
MFA_ADAPTER = "schoolgate.web.signin.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the address was proven by the invitation's link
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Schoolgate"
USERSESSIONS_TRACK_ACTIVITY = True

# --- What browsers are told ---------------------------------------------------------------------------------
ALLOWED_HOSTS = [*ENV.allowed_hosts, *([PUBLIC.hostname] if PUBLIC.hostname else [])]
CSRF_FAILURE_VIEW = "schoolgate.web.frame.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ENV.public_address] if ENV.public_address else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
FILE_UPLOAD_HANDLERS = [
    "schoolgate.web.frame.uploads.NotFarTooLarge",
    "schoolgate.web.frame.uploads.Sealing",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = bounds.LARGEST_BODY
DATA_UPLOAD_MAX_NUMBER_FIELDS = bounds.MOST_FIELDS
DATA_UPLOAD_MAX_NUMBER_FILES = bounds.MOST_FILES
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
SECURE_SSL_REDIRECT = BEHIND_HTTPS and ENV.trusted_proxies > 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if BEHIND_HTTPS and ENV.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies

# --- Mail and logs ------------------------------------------------------------------------------------------
# All mail goes through the room `notices`, which knows the mail server; any other way sends nothing.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.mail_from
LOGGING_CONFIG = None
logging_settings(ENV)
traces_settings(ENV)
