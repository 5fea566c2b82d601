"""Settings, all from the environment; with nothing set, everything runs embedded under `var/`.

`DATABASE_URL` brings PostgreSQL, `REDIS_URL` real Celery workers, `EMAIL_URL` real mail, `SITE_URL` the public
address (https turns every transport protection on). docs/operations.md lists them all.
"""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from jwcrypto.jwk import JWK

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database, the PDFs and the messages are nobody else's


def _kept(name: str, new: Callable[[], str]) -> str:
    """Return a secret of this checkout's own, made once, whole, and readable by its owner only."""
    path = VAR_DIR / name
    if not path.exists():
        draft = VAR_DIR / f"{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(new())
        with contextlib.suppress(FileExistsError):  # another process was first: its key stands
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def _new_signing_key() -> str:
    """Return a new RSA key as text."""
    pem: bytes = JWK.generate(kty="RSA", size=2_048).export_to_pem(private_key=True, password=None)
    return pem.decode()


# --- Who and where ------------------------------------------------------------------------------------------

VERSION = "0.1.0"
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="") or _kept("secret_key", lambda: secrets.token_urlsafe(64))
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname, "127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Apps, floor by floor -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_htmx",
    "corsheaders",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "billabex.core",
    "billabex.organizations",
    "accounts",
    "contacts",
    "invoices",
    "communications",
    "tasks",
    "billabex.agent",
    "billabex.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "billabex.organizations.middleware.MemberMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "billabex.urls"
WSGI_APPLICATION = "billabex.wsgi.application"
ASGI_APPLICATION = "billabex.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "billabex.core.context_processors.shell",
            ],
            "builtins": ["billabex.core.templatetags.ui"],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'billabex.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # Its statements are short: compiling them took ten times as long as running them (the list of accounts, sorted).
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        },
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},  # the API counts its requests here, second by second
        },
    }

MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
MEDIA_URL = "/never-served-directly/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = [
    "billabex.core.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Jobs: in this process by default, in Celery workers with REDIS_URL --------------------------------------

CELERY_BROKER_URL = REDIS_URL or "memory://localhost"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
# Nobody's click waits for a broker that is away: what is not queued is planned by the next hourly cycle.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
# Each expires when the next is queued: workers that come back after a night do not work through the night's schedule.
CELERY_BEAT_SCHEDULE = {
    "plan": {"task": "billabex.agent.jobs.plan", "schedule": crontab(minute="2"), "options": {"expires": 3600}},
    "send": {"task": "billabex.agent.jobs.send", "schedule": crontab(), "options": {"expires": 60}},
    "sweep": {"task": "invoices.jobs.sweep", "schedule": crontab(minute="*/5"), "options": {"expires": 300}},
    "forget-answers": {
        "task": "billabex.api.jobs.forget",
        "schedule": crontab(minute="40"),
        "options": {"expires": 3600},
    },
    "forget": {
        "task": "billabex.organizations.jobs.forget",
        "schedule": crontab(hour="3", minute="20"),
        "options": {"expires": 3600},
    },
}

# --- Mail: files by default, whatever EMAIL_URL says otherwise ----------------------------------------------

OUTBOX_DIR = VAR_DIR / "outbox"
EMAIL_URL = env("EMAIL_URL", default="")
if EMAIL_URL:
    _mail = env.email_url("EMAIL_URL")
    MAILERS = {
        "default": {
            "BACKEND": _mail["EMAIL_BACKEND"],
            "OPTIONS": {
                "host": _mail["EMAIL_HOST"],
                "port": _mail["EMAIL_PORT"],
                "username": _mail["EMAIL_HOST_USER"] or "",
                "password": _mail["EMAIL_HOST_PASSWORD"] or "",
                "use_tls": _mail.get("EMAIL_USE_TLS", False),
                "use_ssl": _mail.get("EMAIL_USE_SSL", False),
                "timeout": 20,
            },
        },
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "communications.gateways.outbox.EmailBackend",
            "OPTIONS": {"file_path": str(OUTBOX_DIR)},
        },
    }
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"Billabex <billabex@{_site.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MESSAGE_ID_DOMAIN = env("MESSAGE_ID_DOMAIN", default=_site.hostname)

# --- Language model: none by default; it may phrase messages and read replies, and never decides (agent.md 8) ---

LANGUAGE_MODEL = env("LANGUAGE_MODEL", default="")  # such as "openai:gpt-5" or "anthropic:claude-opus-5"
LANGUAGE_MODEL_API_KEY = env("LANGUAGE_MODEL_API_KEY", default="")
LANGUAGE_MODEL_URL = env("LANGUAGE_MODEL_URL", default="")  # of an OpenAI-compatible endpoint other than OpenAI's
LANGUAGE_MODEL_TIMEOUT = env.float("LANGUAGE_MODEL_TIMEOUT", default=20.0)  # seconds
LANGUAGE_MODEL_CONFIDENCE = env.float("LANGUAGE_MODEL_CONFIDENCE", default=0.8)  # below, a reading is unsure

# --- People -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "organizations.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- OAuth: applications that act as their user ---------------------------------------------------------------

OAUTH_REGISTRATION = env.bool("OAUTH_REGISTRATION", default=True)  # may applications register themselves?
OAUTH_REGISTRATIONS_PER_HOUR = env.int("OAUTH_REGISTRATIONS_PER_HOUR", default=20)  # from one address
OAUTH2_PROVIDER_APPLICATION_MODEL = "organizations.Application"
OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_ISS_ENDPOINT": SITE_URL if "SITE_URL" in env else "",  # else the host that is asked
    "OIDC_SERVER_CLASS": "billabex.organizations.oauth.server.Server",
    "OAUTH2_VALIDATOR_CLASS": "billabex.organizations.oauth.validator.Validator",
    "OAUTH2_BACKEND_CLASS": "billabex.organizations.oauth.backend.Backend",
    # A key in the environment has its line breaks as "\n". Those that signed before go on vouching for their tokens.
    "OIDC_RSA_PRIVATE_KEY": env("OIDC_RSA_PRIVATE_KEY", default="").replace("\\n", "\n")
    or _kept("signing_key.pem", _new_signing_key),
    "OIDC_RSA_PRIVATE_KEYS_INACTIVE": [
        key.replace("\\n", "\n") for key in env.list("OIDC_RSA_PRIVATE_KEYS_INACTIVE", default=[])
    ],
    "ACCESS_TOKEN_GENERATOR": "billabex.organizations.oauth.generators.access_token",
    "REFRESH_TOKEN_GENERATOR": "billabex.organizations.oauth.generators.refresh_token",
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 600,
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3_600,
    "ID_TOKEN_EXPIRE_SECONDS": 3_600,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 30 * 86_400,
    "ROTATE_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "REFRESH_TOKEN_GRACE_PERIOD_SECONDS": 0,
    "PKCE_REQUIRED": True,
    "ALLOW_URI_WILDCARDS": False,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],  # an application's own come from its registration
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "APPLICATION_ADMIN_CLASS": "billabex.organizations.oauth.admin.ApplicationAdmin",
    "ACCESS_TOKEN_ADMIN_CLASS": "billabex.organizations.oauth.admin.IssuedAdmin",
    "REFRESH_TOKEN_ADMIN_CLASS": "billabex.organizations.oauth.admin.IssuedAdmin",
    "ID_TOKEN_ADMIN_CLASS": "billabex.organizations.oauth.admin.IssuedAdmin",
    "GRANT_ADMIN_CLASS": "billabex.organizations.oauth.admin.IssuedAdmin",
}

# --- Languages and time -------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "billabex" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- The web, shut ------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # empty until collectstatic has run
_https = _site.scheme == "https"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _https
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not _https
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^api/public/"]  # which refuses plain http itself, and redirects nowhere
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
}

# --- The public API -----------------------------------------------------------------------------------------

API_RATE_LIMIT = env.int("API_RATE_LIMIT", default=300)  # requests a minute, for each token
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "billabex.api.schema.OperationSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Billabex",
    "DESCRIPTION": (BASE_DIR / "docs" / "api" / "introduction.md").read_text(),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/public/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "SERVERS": [{"url": "/api/public/v1"}],
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["billabex.api.schema.finish"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_ALLOW_HEADERS = ["authorization", "content-type", "idempotency-key", "accept-language"]
CORS_EXPOSE_HEADERS = [
    "idempotency-replayed",
    "retry-after",
    "www-authenticate",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Whoever scans the internet names any host; each answer is 400, and no page of the log is worth it.
    # So is a mistyped form, which is answered where it was sent: only what broke on our side is told.
    "loggers": {
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "django.request": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
