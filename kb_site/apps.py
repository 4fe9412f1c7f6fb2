from typing import Any

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "kb_site"
    label = "kb_site"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from .page_cache import notice_writes

        def watch(connection: Any, **kwargs: Any) -> None:
            if notice_writes not in connection.execute_wrappers:
                connection.execute_wrappers.append(notice_writes)

        connection_created.connect(watch, weak=False, dispatch_uid="page_cache")
