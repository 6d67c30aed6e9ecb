"""Django's settings, derived from the operator's environment."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from whitenoise.compress import Compressor  # type: ignore[import-untyped]

from enthesis.web.config.databases import database
from enthesis.web.config.environment import Environment
from enthesis.web.config.logs import LOGGING as LOGGING
from enthesis.web.config.logs import set_up_structlog
from enthesis.web.config.mail import mail_server
from enthesis.web.config.secret import kept_secret
from enthesis.web.config.static_files import REPORT_STYLES, edition_of_static

ENVIRONMENT = Environment()
HERE = Path(__file__).parent
DATA_DIR = ENVIRONMENT.data_dir

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key or kept_secret(DATA_DIR)
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "ninja",
    "csp",
    "axes",
    "enthesis.web.config",
    "enthesis.web.accounts",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "enthesis.web.vault",
    "enthesis.web.audit",
    "enthesis.web.registry",
    "enthesis.web.consult",
    "enthesis.web.patient",
    "enthesis.web.demo",
    "enthesis.web.evidence",
    "enthesis.web.calculators",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "enthesis.web.config.requests.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "enthesis.web.accounts.refusals.RefusalMiddleware",  # outside axes, whose pause is a refusal too
    "axes.middleware.AxesMiddleware",
    "enthesis.web.config.faults.FaultMiddleware",
    "enthesis.web.config.queries.QueryMiddleware",
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
                "django.contrib.messages.context_processors.messages",
                "enthesis.web.evidence.state.edition",
            ],
        },
    }
]

FILE_UPLOAD_HANDLERS = ["enthesis.web.config.uploads.NoUploads"]
DATABASES = {"default": database(ENVIRONMENT.database_url, DATA_DIR)}
# The database counts wrong codes for all worker processes; what a process may count again it keeps itself.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "enthesis_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
KEY_FILE = ENVIRONMENT.key_file or DATA_DIR / "keys" / "enthesis-keys.json"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# OWASP ASVS 5.0, 6.2: length, not composition; no word that is common or one's own name; no forced change.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {
        "NAME": f"{VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/clinic/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "enthesis.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Addresses are typed by an administrator, and a laptop in a clinic may have no mail server to confirm one.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords are counted by axes; this holds for wrong one-time codes, and for links that are asked for
# by e-mail: from one place, and for one address. All count in the database.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key", "reset_password": "10/h/ip,3/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.behind_proxy else 0
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # an invitation
MAILED_LINK_SECONDS = 3600
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # the second factor comes between
ACCOUNT_FORMS = {
    "reset_password": "enthesis.web.accounts.password_forms.AskForLinkForm",
    "reset_password_from_key": "enthesis.web.accounts.password_forms.ChoosePasswordForm",
    "user_token": "enthesis.web.accounts.password_forms.MailedLinkForm",
}
MFA_ADAPTER = "enthesis.web.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "enthesis.web.accounts.codes.FirstCodeForm",
    "authenticate": "enthesis.web.accounts.codes.SecondFactorCodeForm",
    "reauthenticate": "enthesis.web.accounts.codes.ConfirmByCodeForm",
    "edit_webauthn": "enthesis.web.accounts.passkeys.RenamePasskeyForm",
    "add_webauthn": "enthesis.web.accounts.passkeys.AddPasskeyForm",
    "authenticate_webauthn": "enthesis.web.accounts.passkeys.SecondFactorPasskeyForm",
    "login_webauthn": "enthesis.web.accounts.passkeys.LogInPasskeyForm",
    "reauthenticate_webauthn": "enthesis.web.accounts.passkeys.ConfirmPasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Enthesis"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.https
SECOND_FACTOR_REQUIRED = ENVIRONMENT.https if ENVIRONMENT.second_factor is None else ENVIRONMENT.second_factor
# Looking at who asks costs a query; pages of the evidence ask nobody.
USERSESSIONS_TRACK_ACTIVITY = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "enthesis.web.accounts.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "enthesis.web.accounts.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "enthesis.web.accounts.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["password", "login", "username", "ip_address"]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 3600
SESSION_COOKIE_SAMESITE = "Lax"
# A form that was open overnight must not lose its words to a new token.
CSRF_COOKIE_AGE = 30 * 24 * 3600
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from
PUBLIC_URL = ENVIRONMENT.public_url.rstrip("/")
locals().update(mail_server(ENVIRONMENT.email_url))
ACCOUNT_EMAIL_NOTIFICATIONS = EMAIL_CONFIGURED = bool(ENVIRONMENT.email_url)

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = ENVIRONMENT.time_zone
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [REPORT_STYLES]
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
