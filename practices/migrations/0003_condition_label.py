from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_blockedword_comment_masked_commentrevision")]

    operations = [
        migrations.AddField(
            model_name="condition",
            name="label",
            field=models.CharField(
                default="",
                help_text="Sur le premier écran d’une fiche : « Un lieu calme ».",
                max_length=40,
                verbose_name="en quelques mots",
            ),
            preserve_default=False,
        ),
    ]
