from typing import Any

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "kb_site"
    label = "kb_site"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created
        from django.db.models.signals import pre_save
        from django.urls import register_converter

        from .backup.other_database import forget_former_rows
        from .control_characters import clean_before_saving
        from .form_messages import say_what_to_do
        from .french.plurals import count_as_french
        from .page_cache import notice_writes
        from .secret_addresses import CONVERTERS

        def watch(connection: Any, **kwargs: Any) -> None:
            if notice_writes not in connection.execute_wrappers:
                connection.execute_wrappers.append(notice_writes)

        count_as_french()
        say_what_to_do()
        for name, converter in CONVERTERS.items():
            register_converter(converter, name)
        pre_save.connect(clean_before_saving, dispatch_uid="control_characters")
        connection_created.connect(watch, weak=False, dispatch_uid="page_cache")
        connection_created.connect(forget_former_rows, dispatch_uid="other_database")
