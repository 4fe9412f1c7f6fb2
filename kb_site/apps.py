from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "kb_site"
    label = "kb_site"
