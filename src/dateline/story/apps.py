from django.apps import AppConfig


class StoryConfig(AppConfig):
    name = "dateline.story"
    label = "story"
    verbose_name = "The record"
