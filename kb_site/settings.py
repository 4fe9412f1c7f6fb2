"""Settings, read from the environment (see docs/deploy.md for the list); the defaults suit a local demonstration."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

DEBUG = env.bool("DEBUG", default=False)
# The demonstration: sample accounts with a published password, the page of components, a throw-away key.
DEMO = env.bool("DEMO", default=False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
if DEMO and set(ALLOWED_HOSTS) - set(LOCAL_HOSTS):
    raise ImproperlyConfigured(
        "DEMO ouvre des comptes dont le mot de passe est public : il ne peut servir que sur cette machine "
        "(ALLOWED_HOSTS)."
    )
SECRET_KEY: str = env.str("SECRET_KEY", default="demonstration-locale-seulement" if DEMO or DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY manque : donnez une clé secrète, ou DEMO=1 pour un essai sur cette machine.")

SITE_NAME: str = env.str("SITE_NAME", default="Passe-relais")  # until it is written in Wagtail (kb_site/identity/)
PORT: str = env.str("PORT", default="") or "8000"  # where `make run` serves
if not PORT.isdecimal() or not 0 < int(PORT) < 2**16:
    raise ImproperlyConfigured(f"PORT doit être un nombre de 1 à 65535, pas « {PORT} ».")
SITE_URL: str = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}")

INSTALLED_APPS = [
    "kb_site",
    "kb_site.home",
    "kb_site.identity",
    "kb_site.accounts",
    "kb_site.journal",
    "kb_site.limits",
    "kb_site.given_addresses",
    "kb_site.sharing",
    "kb_site.mailing",
    "kb_site.notifications",
    "kb_site.pocket",
    "kb_site.facts",
    "kb_site.helplines",
    "kb_site.observatory",
    "practices",
    "practices.comments",
    "practices.board",
    "kb_site.media",
    "practices.import_export",
    "practices.statistics",
    "practices.lifecycle",
    "exchange_groups",
    "exchange_groups.sessions",
    "exchange_groups.live",
    "exchange_groups.minutes",
    "practices.experiences",
    "practices.opinions",
    "practices.diagnostic",
    "search",
    "search.card_requests",
    "search.zero_results",
    "search.saved",
    "search.engines.elasticsearch",
    "kb_site.health",
    "kb_site.compliance",
    "kb_site.api",
    "django_comments_xtd",
    "django_comments",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "kb_site.accounts.admin_accounts_app.AdminAccountsConfig",  # wagtail.users, with our screens
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "practices.editorial",  # after wagtail.admin: its mails take the place of Wagtail’s
    "modelcluster",
    "taggit",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
]

# What measures the site (bench_*, populate, search_run): a production site does not load it.
BENCHMARKS = env.bool("BENCHMARKS", default=DEMO or DEBUG)
if BENCHMARKS:
    INSTALLED_APPS.append("kb_site.benchmarks")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kb_site.middleware.conditional_answers.UnchangedMiddleware",
    "practices.statistics.middleware.CountViewsMiddleware",
    "kb_site.kept.pages.KeptPagesMiddleware",
    "kb_site.middleware.private_answers.PrivateAnswersMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "kb_site.middleware.conditional_answers.ValidatorMiddleware",
    "kb_site.middleware.content_security_policy.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kb_site.middleware.copies.CopyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kb_site.accounts.middleware.LastSeenMiddleware",
    "kb_site.accounts.fresh_proof.FreshProofMiddleware",
    "kb_site.middleware.form_received.ReceivedMiddleware",
    "kb_site.middleware.signed_out.SignedOutMiddleware",
    "kb_site.control_characters.CleanTextMiddleware",
    "practices.lifecycle.former_addresses.FormerAddressMiddleware",
    "kb_site.middleware.admin_screens.AdminScreensMiddleware",
    "kb_site.middleware.method_not_allowed.MethodRefusedMiddleware",
]

ROOT_URLCONF = "kb_site.urls"
WSGI_APPLICATION = "kb_site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "NAME": "django",
        "BACKEND": "kb_site.template_backend.TypesetTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kb_site.context_processors.site",
            ],
            "builtins": ["kb_site.templatetags.french"],  # dates as French says them
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: a server named by DATABASE_URL, else the embedded one.
if env.str("DATABASE_URL", default=""):
    DATABASES: dict[str, dict[str, Any]] = {"default": env.db("DATABASE_URL")}
else:
    DATABASES = {
        "default": {
            "ENGINE": "kb_site.embedded_postgresql",
            "NAME": "kb_site",
            "DATA_DIRECTORY": Path(env.str("POSTGRESQL_DIR", default=str(VAR_DIR / "postgresql"))),
        }
    }
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Search: Elasticsearch when its address is given (http://user:password@host:9200), else PostgreSQL alone.
ELASTICSEARCH_URL: str = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_INDEX: str = env.str("ELASTICSEARCH_INDEX", default="passe-relais")  # name of the index and its aliases
ELASTICSEARCH_TIMEOUT: float = env.float("ELASTICSEARCH_TIMEOUT", default=1.0)  # seconds; PostgreSQL answers after it
ELASTICSEARCH_RETRY_AFTER: float = env.float("ELASTICSEARCH_RETRY_AFTER", default=15.0)  # seconds without asking it
# By dotted path, so that a process loads only the libraries of the engines that it uses.
SEARCH_ENGINES = {
    "postgresql": "search.engines.postgresql.PostgresqlEngine",
    "elasticsearch": "search.engines.elasticsearch.engine.ElasticsearchEngine",
}
SEARCH_ASKED_FIRST = (
    "search.engines.elasticsearch.responses.answer"  # answers nothing when it is not in use: PostgreSQL does
)

# Caches, which cost speed when they fail, never an answer (kb_site/fail_open_cache.py). Pages kept for visitors are shared
# by every process: a folder on one host, CACHE_URL on several. What limits tries is counted in one place for all processes
# and hosts: CACHE_URL, else the database; and the database while CACHE_URL does not answer.
SHARED_CACHE: dict[str, Any] = env.cache("CACHE_URL") if env.str("CACHE_URL", default="") else {}
CACHE_TIMEOUT: float = env.float("CACHE_TIMEOUT", default=0.25)  # seconds; the site goes on without it after them
CACHE_RETRY_AFTER: float = env.float("CACHE_RETRY_AFTER", default=15.0)  # seconds without asking it after a failure
MEMORY_CACHE = "django.core.cache.backends.locmem.LocMemCache"
TABLE_CACHE = "kb_site.limits.cache.TableCache"
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "kb_site.limits.cache.DefaultCache",
        "LOCATION": "default",
        "OPTIONS": {
            "KEPT_IN": SHARED_CACHE or {"BACKEND": MEMORY_CACHE},
            "WHILE_DOWN": {"BACKEND": MEMORY_CACHE, "LOCATION": "while_down"},
        },
    },
    "limits": {
        "BACKEND": "kb_site.fail_open_cache.FailOpenCache",
        "LOCATION": "limits",
        "OPTIONS": {"KEPT_IN": SHARED_CACHE or {"BACKEND": TABLE_CACHE}, "WHILE_DOWN": {"BACKEND": TABLE_CACHE}},
    },
    # What the site is called and looks like (kb_site/identity/face.py), and the facts that pages cite (kb_site/facts/register.py).
    "face": {
        "BACKEND": "kb_site.fail_open_cache.FailOpenCache",
        "LOCATION": "face",
        "OPTIONS": {
            "KEPT_IN": SHARED_CACHE | {"KEY_PREFIX": "face"}
            if SHARED_CACHE
            else {
                "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
                "LOCATION": VAR_DIR / "pages" / "face",
            },
            "WHILE_DOWN": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
            "DOUBTED": ["face", "facts"],
        },
    },
    "pages": {
        "BACKEND": "kb_site.fail_open_cache.FailOpenCache",
        "LOCATION": "pages",
        "OPTIONS": {
            "KEPT_IN": SHARED_CACHE
            or {
                "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
                "LOCATION": VAR_DIR / "pages",
                "OPTIONS": {"MAX_ENTRIES": 2000},
            },
            "WHILE_DOWN": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
        },
    },
    # Parts of pages, and the versions that say whether what is kept still serves (kb_site/kept/).
    "parts": {
        "BACKEND": "kb_site.fail_open_cache.FailOpenCache",
        "LOCATION": "parts",
        "OPTIONS": {
            "KEPT_IN": SHARED_CACHE | {"KEY_PREFIX": "parts"}
            if SHARED_CACHE
            else {
                "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
                "LOCATION": VAR_DIR / "pages" / "parts",
                "OPTIONS": {"MAX_ENTRIES": 4000},
            },
            # Nothing: another process would not know that it is to be forgotten.
            "WHILE_DOWN": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
            "DOUBTED": ["of:everything", "clock"],
        },
    },
}

# Language: French is the source language of every string.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
TIME_ZONE: str = env.str("TIME_ZONE", default="Europe/Paris")  # of the territory: Indian/Reunion, America/Cayenne…
USE_I18N = True
USE_TZ = True

# Accounts
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "kb_site.accounts.backends.DemoPasswordBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
MESSAGE_STORAGE = "kb_site.message_storage.MessageStorage"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "kb_site.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FORM_CLASS = "kb_site.accounts.forms.profile.SignupForm"
ACCOUNT_FORMS = {
    "login": "kb_site.accounts.forms.sign_in.PasswordForm",
    "request_login_code": "kb_site.accounts.forms.sign_in.RequestCodeForm",
    "confirm_login_code": "kb_site.accounts.forms.sign_in.LoginCodeForm",
    "signup": "kb_site.accounts.forms.sign_in.AccountForm",
    "confirm_email_verification_code": "kb_site.accounts.forms.sign_in.EmailCodeForm",
}
ACCOUNT_SIGNUP_REDIRECT_URL = "account_profile"
# Codes: six digits that a phone can fill in, valid in the browser that asked, ten minutes, three tries, twelve codes an hour.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 10
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 60 * 10
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Changing the address at that step would tell known addresses from unknown ones.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "confirm_email": "1/10s/key,12/h/key",
}
# Tries at most, in so many seconds (kb_site/limits/tries.py), besides those of allauth just above. A code is tried three
# times in its session; the session forgets what two tries at once count, an account does not.
LIMITS: dict[str, tuple[int, int]] = {
    "sign_in_code": (100, 3600),  # an account
    "diagnostic_code": (30, 600),  # a place
    "diagnostic_own_code": (100, 3600),  # a campaign, wrong codes only
    "diagnostic_answer": (120 * 14, 600),  # a place: a whole workshop behind one Wi-Fi answers 14 questions each
    "card_request": (10, 3600),  # an account
    "reader_opinion": (30, 3600),  # a place: a structure behind one address
    "personal_data": (10, 3600),  # an account, exports
}
# After them, what opens or takes away asks for a code again (kb_site/accounts/fresh_proof.py).
FRESH_PROOF_SECONDS = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A passkey replaces the code; it is no second step, so that a lost phone locks nobody out (kb_site/accounts/passkeys.py).
MFA_ADAPTER = "kb_site.accounts.passkeys.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG  # http://localhost
MFA_FORMS = {
    "add_webauthn": "kb_site.accounts.forms.passkeys.AddPasskeyForm",
    "login_webauthn": "kb_site.accounts.forms.passkeys.PasskeySignInForm",
}
# Sign-in by OpenID Connect, ProConnect for example: only when it is configured (docs/accounts.md).
OPENID_CONNECT_SERVER: str = env.str("OPENID_CONNECT_SERVER", default="")
OPENID_CONNECT: str = env.str("OPENID_CONNECT_NAME", default="ProConnect") if OPENID_CONNECT_SERVER else ""
if OPENID_CONNECT:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_ADAPTER = "kb_site.accounts.openid_connect.OpenIDAdapter"
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # who proves a confirmed address enters the account that has it
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    SOCIALACCOUNT_LOGIN_ON_GET = False
    SOCIALACCOUNT_FORMS = {"signup": "kb_site.accounts.forms.openid_connect.OpenIDSignupForm"}
    SOCIALACCOUNT_AUTO_SIGNUP = False  # a coordinator recognises a colleague by what the form asks
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "openid",
                    "name": OPENID_CONNECT,
                    "client_id": env.str("OPENID_CONNECT_CLIENT_ID"),
                    "secret": env.str("OPENID_CONNECT_CLIENT_SECRET"),
                    "settings": {
                        "server_url": OPENID_CONNECT_SERVER,
                        # Only when the server confirms addresses: it opens the account that has the address.
                        "verified_email": env.bool("OPENID_CONNECT_VERIFIED_EMAIL", default=False),
                        "scope": env.str(
                            "OPENID_CONNECT_SCOPE", default="openid given_name usual_name email siret"
                        ).split(),
                        "auth_params": {"acr_values": env.str("OPENID_CONNECT_ACR", default="eidas1")},
                    },
                }
            ],
        }
    }
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
# The editing screens know no password either, and an address changes only once it is confirmed.
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
SITE_ID = 1
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# Comments: the model of django-comments-xtd, extended by ours; its addresses and its API are not included.
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "practices.comments.models.Comment"
COMMENTS_XTD_MAX_THREAD_LEVEL = 2  # levels 0, 1 and 2: three on the screen
COMMENTS_XTD_MAX_THREAD_LEVEL_BY_APP_MODEL = {"exchange_groups.topic": 1}  # two levels, told apart on a phone
COMMENTS_XTD_CONFIRM_EMAIL = False
COMMENTS_XTD_THREADED_EMAILS = False
COMMENTS_XTD_API_USER_REPR = str
COMMENT_MAX_LENGTH = 3000
COMMENT_PACE = (20, 10)  # comments at most, in so many minutes
TOPIC_PACE = (6, 60)
COMMENTS_ALLOW_PROFANITIES = True

# Wagtail
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "kb_site.admin_search.backend", "SEARCH_CONFIG": "french"}}
WAGTAIL_FRONTEND_LOGIN_URL = "/compte/connexion/"
WAGTAILADMIN_LOGIN_URL = "/compte/connexion/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses that survive any mail reader
WAGTAIL_I18N_ENABLED = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Images lose their metadata when they are saved: only formats that kb_site/media/metadata.py writes.
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "kb_site.media.forms.ImageForm"
TAGGIT_CASE_INSENSITIVE = True

# Readings are added up in memory and written once in a while (practices/statistics/page_views.py).
VIEWS_FLUSH_SECONDS: float = env.float("VIEWS_FLUSH_SECONDS", default=60.0)

# Mail: printed on the terminal unless EMAIL_URL names a server.
vars().update(env.email("EMAIL_URL", default="consolemail://"))
MAILS = "kb_site.mails.MAILS"  # every mail of the site, in one list
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <ne-pas-repondre@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Shared with the mail server that reports bounces and hands over replies (docs/mail.md); without it, neither is open.
MAIL_WEBHOOK_SECRET: str = env.str("MAIL_WEBHOOK_SECRET", default="")
# The name under which our own mail server writes `Authentication-Results`, for example mx.exemple.fr: what it says of a
# sender is then read. Without it, it must refuse forged mails itself (docs/mail.md).
MAIL_AUTHENTICATION_SERVER: str = env.str("MAIL_AUTHENTICATION_SERVER", default="")
# The mailbox of replies, for example reponse@exemple.fr; without it, mails invite to answer on the site.
REPLY_ADDRESS: str = env.str("REPLY_ADDRESS", default="")
# Where servers send back what they could not deliver (kb_site/mailing/return_path.py); none: they write to DEFAULT_FROM_EMAIL.
BOUNCE_ADDRESS: str = env.str("BOUNCE_ADDRESS", default="")

# Whoever knows it reads the figures of /metrics (docs/operations.md); without it there is no such address.
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")

# Telling phones (Web Push): only with a key (`manage.py make_push_key`). The site writes to the services of browsers alone;
# « any. » stands for the names that a service gives to its machines.
DEMO_PUSH_KEY = "u7TypHXwe8d3pqLEiXZU0MsuUjGXRX5ZxzIH8jWdmjg"  # published, like the passwords of the demonstration
WEB_PUSH_PRIVATE_KEY: str = env.str("WEB_PUSH_PRIVATE_KEY", default=DEMO_PUSH_KEY if DEMO else "")
WEB_PUSH_CONTACT: str = env.str("WEB_PUSH_CONTACT", default=f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}")
WEB_PUSH_SERVICES: list[str] = env.list(
    "WEB_PUSH_SERVICES",
    default=[
        "https://fcm.googleapis.com",
        "https://any.push.services.mozilla.com",
        "https://any.push.apple.com",
        "https://any.notify.windows.com",
    ],
)

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# What people send is read by the account that runs the site, and by no other of the machine.
OF_THE_SITE_ALONE: dict[str, Any] = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": OF_THE_SITE_ALONE},
    # Files of groups: no address of their own, a view serves them to those who may read the topic.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": OF_THE_SITE_ALONE | {"location": Path(env.str("PRIVATE_ROOT", default=str(VAR_DIR / "private")))},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "kb_site.static_files.StaticFilesStorage"
    },
}
# Backups are encrypted for whoever holds the private key of this public one (« age1… », docs/back-up.md).
BACKUP_PUBLIC_KEY: str = env.str("BACKUP_PUBLIC_KEY", default="")
# Called with each file joined to a topic; raises ValidationError to refuse it. Name an antivirus here.
FILE_SCAN: str = env.str("FILE_SCAN", default="exchange_groups.uploads.check_signature")
WHITENOISE_MAX_AGE = 60 * 60 * 24

# Safety. kb_site/middleware/content_security_policy.py relaxes the policy for Wagtail's own screens only.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "kb_site.views.csrf_failure"
HTTPS = env.bool("HTTPS", default=not (DEMO or DEBUG))
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "kb_site.logging_filters.LineWithoutSecrets",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {"secrets": {"()": "kb_site.logging_filters.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

SILENCED_SYSTEM_CHECKS = [
    "wagtailsearch.W001",
    "security.W019",  # Wagtail shows its previews in a frame of the same origin
]
