"""Say of which card or topic the comments change, so that what is kept of the others stays."""

from django.db import migrations

from kb_site.kept.triggers import tell_changes

OF_COMMENT = "SELECT whole.content_type_id || ':' || whole.object_pk FROM changed JOIN django_comments AS whole ON whole.id = changed."


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0001_initial"),
        ("django_comments", "0001_initial"),
        ("django_comments_xtd", "0001_initial"),
    ]
    operations = [
        tell_changes("django_comments", "SELECT content_type_id || ':' || object_pk FROM changed"),
        tell_changes("django_comments_xtd_xtdcomment", f"{OF_COMMENT}comment_ptr_id"),
        tell_changes("comments_comment", f"{OF_COMMENT}xtdcomment_ptr_id"),
    ]
