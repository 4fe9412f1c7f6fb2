import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exchange_sessions', '0001_initial'),
        ('members', '0001_initial'),
        ('practices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('summary', models.TextField(blank=True, max_length=3000, verbose_name='synthèse')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('state', models.CharField(choices=[('draft', 'en rédaction'), ('in_review', 'en relecture'), ('validated', 'validé'), ('published', 'publié dans le groupe')], default='draft', max_length=10, verbose_name='état')),
                ('amendment_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='jours de relecture')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='commencé le')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='envoyé en relecture le')),
                ('amendable_until', models.DateTimeField(blank=True, null=True, verbose_name='relecture jusqu’au')),
                ('window_told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('validated_at', models.DateTimeField(blank=True, null=True, verbose_name='validé le')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='publié le')),
                ('public_title', models.CharField(blank=True, max_length=120, verbose_name='titre public')),
                ('public_summary', models.TextField(blank=True, max_length=3000, verbose_name='synthèse publique')),
                ('public_at', models.DateTimeField(blank=True, null=True, verbose_name='rendu public le')),
                ('public_checks', models.JSONField(blank=True, default=list, editable=False, verbose_name='vérifications')),
                ('cards_asked_about', models.ManyToManyField(blank=True, editable=False, related_name='+', to='practices.practicepage')),
                ('public_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='written_minutes', to='exchange_sessions.session')),
                ('validated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'compte rendu',
                'verbose_name_plural': 'comptes rendus',
                'ordering': ['-session__starts_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MinutesLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('point', 'point de l’ordre du jour'), ('note', 'ce qui s’est dit'), ('decision', 'décision'), ('action', 'action'), ('besoin', 'besoin'), ('idee', 'idée de fiche')], default='note', max_length=10, verbose_name='nature')),
                ('text', models.TextField(max_length=2000, verbose_name='texte')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='ordre')),
                ('generated_text', models.TextField(blank=True, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='modifié le')),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('is_public', models.BooleanField(default=False, verbose_name='dans la version publique')),
                ('public_text', models.TextField(blank=True, max_length=2000, verbose_name='texte public')),
                ('card', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='practices.practicepage', verbose_name='fiche issue')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='minutes_lines', to='exchange_sessions.agendaitem')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='minutes.minutes')),
                ('note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='minutes_lines', to='exchange_sessions.note')),
            ],
            options={
                'verbose_name': 'ligne de compte rendu',
                'verbose_name_plural': 'lignes de compte rendu',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_text', models.TextField(blank=True, verbose_name='texte lu')),
                ('text', models.TextField(max_length=2000, verbose_name='texte proposé')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='pourquoi')),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposée le')),
                ('state', models.CharField(choices=[('proposed', 'proposée'), ('accepted', 'acceptée'), ('refused', 'refusée')], default='proposed', max_length=10, verbose_name='état')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='réponse')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='décidée le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='minutes_amendments', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='minutes.minutes')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='minutes.minutesline')),
            ],
            options={
                'verbose_name': 'demande de modification',
                'verbose_name_plural': 'demandes de modification',
                'ordering': ['proposed_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='minutes',
            index=models.Index(condition=models.Q(('state', 'in_review')), fields=['amendable_until'], name='minutes_in_review'),
        ),
        migrations.AddIndex(
            model_name='minutes',
            index=models.Index(condition=models.Q(('public_at__isnull', False)), fields=['-public_at'], name='minutes_public'),
        ),
        migrations.AddConstraint(
            model_name='minutesline',
            constraint=models.UniqueConstraint(condition=models.Q(('note__isnull', False)), fields=('minutes', 'note'), name='one_line_per_note'),
        ),
        migrations.AddConstraint(
            model_name='minutesline',
            constraint=models.UniqueConstraint(condition=models.Q(('item__isnull', False)), fields=('minutes', 'item'), name='one_heading_per_item'),
        ),
    ]
