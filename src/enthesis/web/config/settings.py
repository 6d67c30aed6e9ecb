"""Django's settings, derived from the operator's environment."""

from pathlib import Path

from csp.constants import NONE, SELF
from whitenoise.compress import Compressor  # type: ignore[import-untyped]

from enthesis.web.config.environment import Environment
from enthesis.web.config.logs import LOGGING as LOGGING
from enthesis.web.config.logs import set_up_structlog
from enthesis.web.config.secret import kept_secret
from enthesis.web.config.static_files import edition_of_static

ENVIRONMENT = Environment()
HERE = Path(__file__).parent
DATA_DIR = ENVIRONMENT.data_dir

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key or kept_secret(DATA_DIR)
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "ninja",
    "csp",
    "enthesis.web.config",
    "enthesis.web.evidence",
    "enthesis.web.calculators",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "enthesis.web.config.requests.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "enthesis.web.config.faults.FaultMiddleware",
]
ROOT_URLCONF = "enthesis.web.config.urls"
WSGI_APPLICATION = "enthesis.web.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "enthesis.web.evidence.state.edition",
            ],
        },
    }
]

# Nothing of the evidence is stored here; accounts and the registry will bring their tables.
# The options are those under which concurrent writers do not meet "database is locked"; full synchronisation,
# because an acknowledged answer of a patient must survive a power cut.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "enthesis.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
            "PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = ENVIRONMENT.time_zone
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static" / edition_of_static()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "enthesis.web.config.static_files.GzippedStorage"},
}

WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

# No inline script or style anywhere, so nothing injected can run and finished pages can be kept as they are.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True

PAGE_CACHE_BYTES = ENVIRONMENT.page_cache_mb * 2**20

LOGGING_CONFIG = "logging.config.dictConfig"
set_up_structlog(level=ENVIRONMENT.log_level, as_json=ENVIRONMENT.log_json)
