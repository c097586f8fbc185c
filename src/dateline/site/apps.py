from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "dateline.site"
    label = "site"
    verbose_name = "The site"

    def ready(self) -> None:
        from dateline.press import previews
        from dateline.press.surfaces import register
        from dateline.site.surfaces import calendar, feeds, fronts, plain, redirects, sitemaps, story

        for surface in (
            story.SURFACE,
            redirects.SURFACE,
            calendar.DAY,
            calendar.MONTH,
            calendar.ARCHIVE,
            fronts.FRONT,
            fronts.SECTION,
            feeds.SURFACE,
            sitemaps.SURFACE,
            plain.SURFACE,
        ):
            register(surface)
        previews.register(story.preview)
