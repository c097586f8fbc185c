"""The newsroom's addresses: the desk, signing in, the desk's own files."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from dateline.desk import views
from dateline.desk.account import DeskAccount

# allauth and Wagtail ask for these by name; here they are doors that do not exist.
CLOSED = (
    ("sign-up", "account_signup"),
    ("email", "account_email"),
    ("password/change", "account_change_password"),
    ("password/set", "account_set_password"),
    ("password/reset", "account_reset_password"),
)

desk_patterns: list[URLPattern | URLResolver] = [
    path("static-desk/<slug:version>/<path:path>", views.static_file, name="desk_static"),
    path("desk/sign-in/", account.login, name="account_login"),
    path("desk/sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("desk/sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("desk/sign-in/second-step/", include("allauth.mfa.urls")),
    path("desk/sign-out/", account.logout, name="account_logout"),
    *(path(f"desk/sign-in/{address}/", views.closed, name=name) for address, name in CLOSED),
    # Wagtail's own sign-in would take a password alone, so it is never reached.
    path("desk/login/", views.to_sign_in),
    re_path(r"^desk/password_reset/", views.closed),
    path("desk/", require_admin_access(views.stories)),
    path("desk/account/", require_admin_access(DeskAccount.as_view())),
    path("desk/", include(wagtailadmin_urls)),
]
