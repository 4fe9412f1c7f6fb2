import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        ('practices', '0001_initial'),
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExternalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.TextField(unique=True, verbose_name='adresse')),
                ('host', models.CharField(db_index=True, max_length=255)),
                ('state', models.CharField(choices=[('unknown', 'pas encore vérifiée'), ('ok', 'répond'), ('failing', 'ne répond pas, à revérifier'), ('broken', 'cassée'), ('unchecked', 'le site ne souhaite pas de vérification')], default='unknown', max_length=9, verbose_name='état')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='raison')),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('failing_since', models.DateTimeField(blank=True, null=True)),
                ('next_check_at', models.DateTimeField(db_index=True)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='CardEnding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='raison')),
                ('ended_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='depuis le')),
                ('card', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='ending', to='practices.practicepage')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replacement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaced_endings', to='practices.practicepage', verbose_name='remplacée par')),
            ],
            options={
                'verbose_name': 'fin d’une fiche',
                'verbose_name_plural': 'fins de fiches',
            },
        ),
        migrations.CreateModel(
            name='ReminderMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LinkUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='lifecycle.externallink')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('link', 'page'), name='one_use_per_link_and_page')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('stage', models.CharField(choices=[('soon', 'bientôt'), ('due', 'à la date')], max_length=4)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='lifecycle.remindermail')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'page', 'due_on', 'stage'), name='one_reminder_per_person_page_date_and_stage')],
            },
        ),
    ]
