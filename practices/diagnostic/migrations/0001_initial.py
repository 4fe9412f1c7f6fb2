import django.db.models.deletion
import django.utils.timezone
import practices.diagnostic.access_codes
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DiagnosticCampaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('principal', models.CharField(blank=True, db_index=True, max_length=40)),
                ('place', models.CharField(blank=True, max_length=40, verbose_name='équipe ou lieu')),
                ('opened_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='ouvert le')),
                ('closed_on', models.DateField(blank=True, db_index=True, null=True, verbose_name='clos le')),
                ('access_code', models.CharField(default=practices.diagnostic.access_codes.new_access_code, editable=False, max_length=8, unique=True)),
                ('self_service', models.BooleanField(default=False, verbose_name='réponses en autonomie')),
                ('sheets', models.PositiveSmallIntegerField(default=0, verbose_name='feuilles imprimées')),
                ('purged_on', models.DateField(blank=True, null=True, verbose_name='réponses effacées le')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='diagnostics', to='members.structure', verbose_name='structure')),
            ],
            options={
                'verbose_name': 'diagnostic',
                'verbose_name_plural': 'diagnostics',
                'ordering': ['-opened_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('released_on', models.DateField(default=django.utils.timezone.localdate)),
                ('answers', models.PositiveIntegerField()),
                ('total', models.PositiveIntegerField()),
                ('counts', models.JSONField(default=dict)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='diagnostic.diagnosticcampaign')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DiagnosticAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('target', models.CharField(choices=[('public', 'les personnes accompagnées'), ('equipe', 'l’équipe')], max_length=6)),
                ('mode', models.CharField(choices=[('entretien', 'en entretien'), ('autonome', 'en autonomie'), ('papier', 'sur papier')], max_length=9)),
                ('token_digest', models.CharField(max_length=64)),
                ('values', models.JSONField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='diagnostic.diagnosticcampaign')),
                ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='diagnostic.release')),
            ],
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('answers__gte', 5)), name='release_of_five_answers_at_least'),
        ),
        migrations.AddIndex(
            model_name='diagnosticanswer',
            index=models.Index(fields=['campaign', 'target', 'release'], name='answer_waiting'),
        ),
        migrations.AddConstraint(
            model_name='diagnosticanswer',
            constraint=models.UniqueConstraint(fields=('campaign', 'token_digest'), name='one_answer_a_token'),
        ),
        migrations.AddConstraint(
            model_name='diagnosticanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('target', 'equipe')), fields=('campaign',), name='one_team_sheet_a_campaign'),
        ),
    ]
