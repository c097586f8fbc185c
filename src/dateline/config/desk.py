"""Settings of the desk and of signing in: the only part of the settings that names Wagtail.

What Wagtail would fetch from elsewhere (gravatar, update check, its news) is off: a newsroom in exile calls nobody.
Wagtail's images and documents are not installed: pictures go through `story.pictures`, which strips what a camera adds.
"""

import os
from pathlib import Path
from zoneinfo import available_timezones

import dateline.desk
from dateline.desk.static_files import static_version

_DESK = Path(dateline.desk.__file__).parent

DATELINE_HTTPS = os.environ.get("DATELINE_HTTPS", "") == "1"
"""Set where the desk is reached by https: cookies are then sent by no other way. Loopback needs none."""

DESK_APPS: list[str] = [
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.contrib.typed_table_block",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    # Last: its rights are given after the others have made theirs (post_migrate runs in this order).
    "dateline.desk.apps.DeskConfig",
]
DESK_MIDDLEWARE: list[str] = [
    "dateline.desk.middleware.DeskHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dateline.desk.middleware.SignedInOnly",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the applications' own: signing in has our face, and Wagtail's words about itself stay away.
        "DIRS": [_DESK / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dateline.desk.context.agency",
            ],
            # wagtail.users loads this library and uses nothing of it; the application behind it is not installed.
            "libraries": {"wagtailimages_tags": "dateline.desk.no_images"},
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
"""Fields take their templates from here too: dates without Wagtail's script in the page."""

# --- sessions: for the desk's addresses alone, so that readers' pages never see them ---------------------------------

SESSION_COOKIE_NAME = "dateline_desk"
SESSION_COOKIE_PATH = "/desk/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = DATELINE_HTTPS
CSRF_COOKIE_NAME = "dateline_desk_csrf"
CSRF_COOKIE_PATH = "/desk/"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = DATELINE_HTTPS
CSRF_FAILURE_VIEW = "dateline.desk.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
"""The preview is a frame of the editor."""
SECURE_REFERRER_POLICY = "same-origin"
if DATELINE_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [
        f"https://{host}" for host in os.environ.get("DATELINE_HOSTS", "").split(",") if host and host != "*"
    ]

# --- signing in ------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "dateline.desk.sign_in.NoSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/desk/sign-in/"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Dateline"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not DATELINE_HTTPS
# Sign-in attempts are counted in this process's memory, by name and by address, and nowhere else.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- the desk's files ------------------------------------------------------------------------------------------------

STATIC_URL = f"/static-desk/{static_version()}/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
"""A story with a table of a thousand cells is some thousands of fields."""

# --- Wagtail ---------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Dateline"
WAGTAILADMIN_BASE_URL = os.environ.get("DATELINE_DESK_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_AUTOSAVE_INTERVAL = 3000
"""Milliseconds after the last edit."""
WAGTAIL_FINISH_WORKFLOW_ACTION = "dateline.desk.actions.finish_workflow.ready"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea", "OPTIONS": {"features": []}}
}
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("be", "Беларуская"), ("ru", "Русский")]
WAGTAILUSERS_PASSWORD_ENABLED = True
WAGTAIL_USER_TIME_ZONES = ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone)]
"""Those that browsers know by name; "localtime" and the like are the machine's own."""
TAGGIT_CASE_INSENSITIVE = True
