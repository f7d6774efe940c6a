"""All settings, read once from the environment. Each FOOTPRINT_ variable is explained in docs/deployment.md.

Without any, the site runs for one person on one machine over the folder `var`; service needs a database, a public address
and a mail server to be named.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import Env

from footprint.web.config.databases import database_of
from footprint.web.config.keys import secret_key

env = Env()

HERE = Path(__file__).resolve().parent.parent
DATA = env.path("FOOTPRINT_DATA", Path("var")).absolute()

# An invented borough: accounts for every role are offered on the sign-in page, and no second factor is demanded.
DEMO = env.bool("FOOTPRINT_DEMO", False)
DEBUG = False
SECRET_KEY = secret_key(DATA)

# ---------------------------------------------------------------- where it is reached

SITE = env.str("FOOTPRINT_SITE", "http://127.0.0.1:8000").rstrip("/")
_SITE = urlsplit(SITE)
SECURE = _SITE.scheme == "https"
ALLOWED_HOSTS = [_SITE.hostname or "127.0.0.1", *env.list("FOOTPRINT_HOSTS", [])]
CSRF_TRUSTED_ORIGINS = [SITE]
USE_X_FORWARDED_HOST = False
# The proxy in front ends TLS and must set, never pass on, this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None

# ---------------------------------------------------------------- what it is made of

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "footprint.web.config",
    "footprint.web.design",
    "footprint.web.accounts",
    "footprint.web.feeds",
    "footprint.web.ledger",
    "footprint.web.sharing",
    "footprint.web.cases",
    "footprint.web.identity",
    "footprint.web.notices",
    "footprint.web.subscriptions",
    "footprint.web.protection",
    "footprint.web.referrals",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "footprint.web.config.middleware.NothingIsKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "footprint.web.accounts.middleware.SessionEnds",
    "footprint.web.accounts.middleware.WhoAsks",
    "footprint.web.config.middleware.WhoMayReach",
    "footprint.web.accounts.middleware.FirstThingsFirst",
    "footprint.web.config.middleware.NoLedgerNoAnswer",
    "footprint.web.cases.middleware.WhyNoAnswer",
    "footprint.web.protection.middleware.NotTheirs",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "footprint.web.config.urls"
WSGI_APPLICATION = "footprint.web.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [app / "templates" for app in sorted(HERE.iterdir()) if (app / "templates").is_dir()],
        "OPTIONS": {
            "environment": "footprint.web.design.environment.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "footprint.web.design.frame.frame",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

# ---------------------------------------------------------------- the operational database

DATABASES = {"default": database_of(env.str("FOOTPRINT_DATABASE", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------------------------------------------------------------- e-mails, which say nothing but that there is something

# smtp://HOST:PORT, smtps://USER@HOST:PORT, or empty: then notices stand on the page alone.
MAIL = env.str("FOOTPRINT_MAIL", "")
MAIL_PASSWORD_FILE = env.str("FOOTPRINT_MAIL_PASSWORD_FILE", "")
MAIL_FROM = env.str("FOOTPRINT_MAIL_FROM", "") or f"footprint@{_SITE.hostname}"

# ---------------------------------------------------------------- clocks of the law, each with the day from which it holds

# UK GDPR Art. 33: how many hours there are to tell the ICO of a breach. DAY:HOURS, several with commas between.
BREACH_HOURS = env.str("FOOTPRINT_BREACH_HOURS", "2018-05-25:72")
# How many hours before that time ends the leads are reminded, and how often while it is overdue.
BREACH_REMINDS = env.str("FOOTPRINT_BREACH_REMINDS", "2018-05-25:24")
BREACH_REMINDS_AGAIN = env.str("FOOTPRINT_BREACH_REMINDS_AGAIN", "2018-05-25:24")

# How many days after a case is closed what was typed in it is forgotten, by the day on which it is closed.
TERMS_DAYS = env.str("FOOTPRINT_TERMS_DAYS", "2026-01-01:30")
# How many days after it was saved last a draft of a referral is deleted that nobody sent.
DRAFT_DAYS = env.str("FOOTPRINT_DRAFT_DAYS", "2026-01-01:28")
# How many days after another system took a copy of a referral what the copy said is deleted here.
COPY_DAYS = env.str("FOOTPRINT_COPY_DAYS", "2026-01-01:28")
# How many days after an incident what a force's files said of it and its footage is deleted here: a month can be laid beside
# the same month of the year before.
FOOTAGE_DAYS = env.str("FOOTPRINT_FOOTAGE_DAYS", "2026-01-01:396")

# How many days after the last thing that was done with a referral it is deleted. Empty: kept until the partnership sets it.
REFERRAL_DAYS = env.str("FOOTPRINT_REFERRAL_DAYS", "")

# ---------------------------------------------------------------- who signs in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "footprint.web.accounts.signing_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # counted once, in the database: AXES_
ACCOUNT_FORMS = {
    "login": "footprint.web.accounts.signing_in.forms.SignInForm",
    "reauthenticate": "footprint.web.accounts.signing_in.forms.ConfirmPasswordForm",
    "change_password": "footprint.web.accounts.signing_in.forms.ChangePasswordForm",
}
MFA_ADAPTER = "footprint.web.accounts.signing_in.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "footprint.web.accounts.signing_in.forms.ActivateAppForm",
    "add_webauthn": "footprint.web.accounts.signing_in.forms.AddPasskeyForm",
    "authenticate": "footprint.web.accounts.signing_in.forms.CodeForm",
    "authenticate_webauthn": "footprint.web.accounts.signing_in.forms.PasskeyForm",
    "reauthenticate": "footprint.web.accounts.signing_in.forms.ConfirmCodeForm",
    "reauthenticate_webauthn": "footprint.web.accounts.signing_in.forms.ConfirmPasskeyForm",
}

# Failed attempts under one name from one address; see accounts/signing_in/lock_out.py.
AXES_FAILURE_LIMIT = env.int("FOOTPRINT_LOCK_OUT_ATTEMPTS", 5)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("FOOTPRINT_LOCK_OUT_MINUTES", 15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "footprint.web.accounts.signing_in.lock_out.locked_page"
AXES_HANDLER = "footprint.web.accounts.signing_in.slow_down.Handler"
AXES_USERNAME_CALLABLE = "footprint.web.accounts.signing_in.names.counted_as"
AXES_CLIENT_IP_CALLABLE = "footprint.web.accounts.client_address.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the ledger tells who came and went
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "code", "credential", "next"]
AXES_VERBOSE = False

# How many proxies of our own stand in front and add to X-Forwarded-For.
PROXIES = env.int("FOOTPRINT_PROXIES", 1 if SECURE else 0)

# What was shown once (a code that an app made) is remembered by all processes alike.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "footprint_cache"}
}

SHIFT_SECONDS = 3600 * env.int("FOOTPRINT_SHIFT_HOURS", 12)
IDLE_SECONDS = 60 * env.int("FOOTPRINT_IDLE_MINUTES", 30)
STEP_UP_SECONDS = 60 * env.int("FOOTPRINT_STEP_UP_MINUTES", 15)

SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SHIFT_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "footprint.web.config.views.too_old"

# ---------------------------------------------------------------- what a browser is told

SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
# To no other site; to our own the check of forms needs it: without, browsers send a form's origin as "null".
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")
}

# ---------------------------------------------------------------- files, times, words

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

# ---------------------------------------------------------------- logs: ids and codes, never a value of the database

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_values": {"()": "footprint.web.config.logs.WithoutValues"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_values"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "footprint": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
