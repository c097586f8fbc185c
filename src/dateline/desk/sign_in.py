"""Signing in: by allauth, for people whose account was made for them. Addresses are not kept, not even in memory."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, ClassVar, Final

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_KEY: Final = secrets.token_bytes(32)
"""Of this process alone, so that what counts attempts cannot be turned back into an address after a restart."""
QUIET: Final = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "You are not signed in: the name or the password is not right. Nothing was changed. "
            "Check both and try again, or ask the chief for a new password."
        ),
        "too_many_login_attempts": _(
            "You are not signed in: there were too many attempts. Nothing was changed. Try again in some minutes."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What sign-in attempts are counted by: a keyed digest of the sender's address."""
        address = str(request.META.get("REMOTE_ADDR", ""))
        return hashlib.blake2b(address.encode(), key=_KEY, digest_size=16).hexdigest()

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        """Signing in and out speak for themselves."""
        if message_template not in QUIET:
            super().add_message(request, level, message_template, *args, **kwargs)
