from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "dateline.press"
    label = "press"
    verbose_name = "The press"

    def ready(self) -> None:
        from dateline.press import nudge, surfaces
        from dateline.press.pictures import PICTURES
        from dateline.story import register

        register.listen(nudge.nudge)
        surfaces.register(PICTURES)
