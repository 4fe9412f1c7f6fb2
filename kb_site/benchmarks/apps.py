from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    """The commands that measure the site: installed with settings.BENCHMARKS alone, never in production."""

    name = "kb_site.benchmarks"
