"""Addresses that are answered by the application; all others are files of `public/`."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
