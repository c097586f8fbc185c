"""The desk's own screens, below Wagtail's root; Wagtail asks who is there before each."""

from django.urls import path

from dateline.desk import views

app_name = "desk"
urlpatterns = [
    path("stories/", views.stories, name="stories"),
    path("stories/find/", views.find_story, name="find"),
    path("stories/<uuid:uid>/", views.story, name="story"),
    path("stories/<uuid:uid>/open/", views.open_for_writing, name="open"),
    path("stories/<uuid:uid>/newest/", views.take_newest_copy, name="newest"),
    path("stories/<uuid:uid>/<slug:act>/", views.act, name="act"),
    path("pictures/", views.picture, name="picture"),
    path("as-read/<path:rest>", views.as_read, name="as_read"),
]
