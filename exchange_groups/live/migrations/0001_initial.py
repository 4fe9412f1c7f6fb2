import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exchange_sessions', '0001_initial'),
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ThumbCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField(default=3, verbose_name='minutes demandées')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='demandé le')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='clos le')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='thumb_calls', to='exchange_sessions.agendaitem')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thumb_calls', to='exchange_sessions.session')),
            ],
            options={
                'verbose_name': 'vote du pouce',
                'verbose_name_plural': 'votes du pouce',
            },
        ),
        migrations.CreateModel(
            name='Thumb',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('haut', 'Oui, encore'), ('milieu', 'Peu importe'), ('bas', 'Non, avançons')], max_length=6, verbose_name='réponse')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thumbs', to='live.thumbcall')),
            ],
            options={
                'verbose_name': 'pouce',
                'verbose_name_plural': 'pouces',
            },
        ),
        migrations.AddConstraint(
            model_name='thumbcall',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('session',), name='one_open_call_per_session'),
        ),
        migrations.AddConstraint(
            model_name='thumb',
            constraint=models.UniqueConstraint(fields=('call', 'user'), name='one_thumb_per_person_and_call'),
        ),
    ]
