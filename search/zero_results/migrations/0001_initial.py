from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SearchGap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('words', models.CharField(blank=True, max_length=80, verbose_name='mots cherchés')),
                ('without_result', models.PositiveIntegerField(default=0, verbose_name='sans résultat')),
                ('without_click', models.PositiveIntegerField(default=0, verbose_name='sans clic')),
                ('with_click', models.PositiveIntegerField(default=0, verbose_name='avec clic')),
                ('days', models.PositiveIntegerField(default=0, verbose_name='jours différents')),
                ('last_day', models.DateField(verbose_name='dernière fois')),
                ('state', models.CharField(choices=[('open', 'à traiter'), ('handled', 'traitée'), ('ignored', 'ignorée')], default='open', max_length=8, verbose_name='état')),
            ],
            options={
                'verbose_name': 'recherche sans réponse',
                'verbose_name_plural': 'recherches sans réponse',
                'ordering': ['-without_result', '-without_click', 'words'],
                'indexes': [models.Index(fields=['last_day'], name='search_gap_last_day')],
            },
        ),
    ]
