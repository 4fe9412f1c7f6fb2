import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('mailing', '0001_initial'),
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('cadence', models.CharField(blank=True, choices=[('at_once', 'Tout de suite'), ('daily', 'Une fois par jour'), ('weekly', 'Une fois par semaine, si je n’ai pas ouvert le site'), ('never', 'Jamais par e-mail')], max_length=8, verbose_name='rythme')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'suivi',
                'verbose_name_plural': 'suivis',
            },
        ),
        migrations.CreateModel(
            name='HeldReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handler', models.CharField(max_length=40)),
                ('about', models.PositiveBigIntegerField()),
                ('text', models.TextField(verbose_name='texte')),
                ('reasons', models.JSONField(default=dict)),
                ('submission_key', models.UUIDField(editable=False, unique=True)),
                ('held_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='retenue le')),
                ('published_at', models.DateTimeField(null=True, verbose_name='publiée le')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'réponse retenue',
                'verbose_name_plural': 'réponses retenues',
            },
        ),
        migrations.CreateModel(
            name='IncomingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('outcome', models.CharField(choices=[('written', 'publié'), ('refused', 'refusé'), ('held', 'en attente de l’accord de son auteur'), ('ignored', 'ignoré')], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'réponse par e-mail',
                'verbose_name_plural': 'réponses par e-mail',
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=80)),
                ('object_id', models.PositiveBigIntegerField()),
                ('source_id', models.PositiveBigIntegerField(null=True)),
                ('cadence', models.CharField(choices=[('at_once', 'Tout de suite'), ('daily', 'Une fois par jour'), ('weekly', 'Une fois par semaine, si je n’ai pas ouvert le site'), ('never', 'Jamais par e-mail')], max_length=8)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('delivery', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notifications', to='mailing.delivery')),
                ('follow', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notifications.follow')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notification',
                'verbose_name_plural': 'notifications',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='CadenceChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('cadence', models.CharField(choices=[('at_once', 'Tout de suite'), ('daily', 'Une fois par jour'), ('weekly', 'Une fois par semaine, si je n’ai pas ouvert le site'), ('never', 'Jamais par e-mail')], max_length=8)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cadence_choices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('user'), models.F('kind'), name='one_cadence_per_person_and_kind')],
            },
        ),
        migrations.AddIndex(
            model_name='follow',
            index=models.Index(fields=['content_type', 'object_id'], name='follow_thing'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(models.F('user'), models.F('content_type'), models.F('object_id'), name='one_follow_per_person_and_thing'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['recipient'], name='notification_unread'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('delivery', None), models.Q(('cadence', 'never'), _negated=True)), fields=['cadence', 'recipient'], name='notification_to_mail'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(models.F('recipient'), models.F('key'), name='told_once_of_an_event'),
        ),
    ]
