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
        from .kept.dependencies import watch
        from .secret_addresses import CONVERTERS

        count_as_french()
        say_what_to_do()
        for name, converter in CONVERTERS.items():
            register_converter(converter, name)
        pre_save.connect(clean_before_saving, dispatch_uid="control_characters")
        connection_created.connect(watch, dispatch_uid="kept")
        connection_created.connect(forget_former_rows, dispatch_uid="other_database")
