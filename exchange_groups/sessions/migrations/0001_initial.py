import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exchange_groups', '0001_initial'),
        ('members', '0001_initial'),
        ('practices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Method',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('slug', models.SlugField(unique=True, verbose_name='adresse')),
                ('format', models.CharField(choices=[('lean_coffee', 'lean coffee'), ('codeveloppement', 'codéveloppement'), ('analyse_de_pratiques', 'analyse de pratiques'), ('tour_de_table', 'tour de table'), ('temoignage', 'témoignage'), ('atelier', 'atelier')], max_length=20, verbose_name='format')),
                ('summary', models.CharField(max_length=200, verbose_name='en une phrase')),
                ('objective', models.CharField(blank=True, max_length=300, verbose_name='objectif proposé')),
                ('preparation', models.TextField(blank=True, verbose_name='préparation')),
                ('rules', models.TextField(blank=True, help_text='Confidentialité, écoute, parole : dites au début.', verbose_name='règles')),
                ('people_min', models.PositiveSmallIntegerField(default=3, verbose_name='participants, minimum')),
                ('people_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='participants, maximum')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
            ],
            options={
                'verbose_name': 'méthode d’animation',
                'verbose_name_plural': 'méthodes d’animation',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('detail', models.TextField(blank=True, max_length=1000, verbose_name='en quelques mots')),
                ('type', models.CharField(choices=[('information', 'information'), ('discussion', 'discussion'), ('decision', 'décision'), ('cas', 'cas à étudier')], default='discussion', max_length=12, verbose_name='type')),
                ('order', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='ordre')),
                ('minutes', models.PositiveSmallIntegerField(default=10, verbose_name='minutes')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposé le')),
                ('state', models.CharField(choices=[('to_discuss', 'à discuter'), ('running', 'en cours'), ('done', 'traité'), ('postponed', 'reporté')], default='to_discuss', max_length=10, verbose_name='état')),
                ('bearer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='porteur')),
                ('postponed_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='exchange_sessions.agendaitem')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agenda_items', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agenda_items', to='exchange_groups.topic', verbose_name='sujet')),
            ],
            options={
                'verbose_name': 'point à l’ordre du jour',
                'verbose_name_plural': 'points à l’ordre du jour',
                'ordering': [models.OrderBy(models.F('order'), nulls_last=True), 'proposed_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CalendarKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_key', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'agenda privé',
                'verbose_name_plural': 'agendas privés',
            },
        ),
        migrations.CreateModel(
            name='MethodStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=80, verbose_name='étape')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('role', models.CharField(blank=True, help_text='Qui mène ou parle à cette étape.', max_length=80, verbose_name='rôle')),
                ('instruction', models.TextField(blank=True, verbose_name='consigne')),
                ('takes_items', models.BooleanField(default=False, help_text='Les sujets retenus se traitent à cette étape.', verbose_name='accueille l’ordre du jour')),
                ('method', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='exchange_sessions.method')),
            ],
            options={
                'verbose_name': 'étape',
                'verbose_name_plural': 'étapes',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('format', models.CharField(choices=[('lean_coffee', 'lean coffee'), ('codeveloppement', 'codéveloppement'), ('analyse_de_pratiques', 'analyse de pratiques'), ('tour_de_table', 'tour de table'), ('temoignage', 'témoignage'), ('atelier', 'atelier')], max_length=20, verbose_name='format')),
                ('objective', models.CharField(blank=True, max_length=300, verbose_name='objectif')),
                ('preparation', models.TextField(blank=True, max_length=2000, verbose_name='à préparer')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='début')),
                ('minutes', models.PositiveSmallIntegerField(default=90, verbose_name='durée en minutes')),
                ('ends_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='fin')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='lieu')),
                ('video_link', models.URLField(blank=True, verbose_name='lien de visio')),
                ('phone_number', models.CharField(blank=True, max_length=30, verbose_name='numéro de téléphone')),
                ('phone_code', models.CharField(blank=True, max_length=30, verbose_name='code d’accès par téléphone')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='nombre de places')),
                ('is_public', models.BooleanField(default=False, help_text='Annoncée à tous, avec inscription. Ce qui s’y dit reste au groupe.', verbose_name='ouverte au-delà du groupe')),
                ('state', models.CharField(choices=[('draft', 'brouillon'), ('polling', 'sondage de date'), ('open', 'inscriptions ouvertes'), ('running', 'en cours'), ('to_write_up', 'compte rendu à rédiger'), ('in_review', 'compte rendu en relecture'), ('closed', 'terminée'), ('cancelled', 'annulée')], default='draft', max_length=12, verbose_name='état')),
                ('state_reason', models.CharField(blank=True, max_length=300, verbose_name='mot de l’animation')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('calendar_sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créée le')),
                ('step_started_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('item_started_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('live_version', models.PositiveIntegerField(default=0, editable=False)),
                ('started_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='commencée le')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='terminée le')),
                ('current_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='exchange_sessions.agendaitem')),
                ('facilitator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sessions_facilitated', to=settings.AUTH_USER_MODEL, verbose_name='animation')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='exchange_groups.exchangegroup', verbose_name='groupe')),
                ('method', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sessions', to='exchange_sessions.method', verbose_name='méthode')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='next_ones', to='exchange_sessions.session')),
                ('secretary', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sessions_written', to=settings.AUTH_USER_MODEL, verbose_name='secrétaire')),
                ('themes', models.ManyToManyField(blank=True, related_name='sessions', to='practices.theme', verbose_name='thèmes')),
                ('tool', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='practices.toolpage', verbose_name='outil')),
            ],
            options={
                'verbose_name': 'séance',
                'verbose_name_plural': 'séances',
                'ordering': ['-starts_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DateOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='début')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='date_options', to='exchange_sessions.session')),
            ],
            options={
                'verbose_name': 'date proposée',
                'verbose_name_plural': 'dates proposées',
                'ordering': ['starts_at'],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='exchange_sessions.session'),
        ),
        migrations.CreateModel(
            name='SessionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='étape')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('role', models.CharField(blank=True, help_text='Qui mène ou parle à cette étape.', max_length=80, verbose_name='rôle')),
                ('instruction', models.TextField(blank=True, verbose_name='consigne')),
                ('takes_items', models.BooleanField(default=False, help_text='Les sujets retenus se traitent à cette étape.', verbose_name='accueille l’ordre du jour')),
                ('order', models.PositiveSmallIntegerField(verbose_name='ordre')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='exchange_sessions.session')),
            ],
            options={
                'verbose_name': 'étape de séance',
                'verbose_name_plural': 'étapes de séance',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='session',
            name='current_step',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='exchange_sessions.sessionstep'),
        ),
        migrations.CreateModel(
            name='DateVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('oui', 'oui'), ('si_besoin', 'si besoin'), ('non', 'non')], max_length=10, verbose_name='réponse')),
                ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='exchange_sessions.dateoption')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='date_votes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'réponse au sondage',
                'verbose_name_plural': 'réponses au sondage',
                'ordering': ['answered_at'],
                'constraints': [models.UniqueConstraint(fields=('option', 'user'), name='one_answer_per_person_and_date')],
            },
        ),
        migrations.CreateModel(
            name='ItemVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='exchange_sessions.agendaitem')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='item_votes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'vote',
                'verbose_name_plural': 'votes',
                'constraints': [models.UniqueConstraint(fields=('item', 'user'), name='one_vote_per_person_and_item')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guest_name', models.CharField(blank=True, max_length=80, verbose_name='nom de l’invité')),
                ('state', models.CharField(choices=[('registered', 'inscrit'), ('waiting', 'sur liste d’attente'), ('withdrawn', 'désisté')], default='registered', max_length=10, verbose_name='inscription')),
                ('presence', models.CharField(blank=True, choices=[('present', 'présent sur place'), ('visio', 'présent en visio'), ('telephone', 'présent par téléphone'), ('excuse', 'excusé'), ('absent', 'absent')], max_length=10, verbose_name='présence')),
                ('registered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='inscrit le')),
                ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('speaking_order', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tour de parole')),
                ('spoken', models.BooleanField(default=False, verbose_name='a parlé')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='session_registrations', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='exchange_sessions.session')),
            ],
            options={
                'verbose_name': 'inscription',
                'verbose_name_plural': 'inscriptions',
                'ordering': ['registered_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('session', 'user'), name='one_registration_per_person'), models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('guest_name', ''), _negated=True), _connector='OR'), name='registration_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('note', 'note'), ('besoin', 'besoin'), ('idee', 'idée de fiche'), ('decision', 'décision'), ('action', 'action')], default='note', max_length=10, verbose_name='nature')),
                ('text', models.TextField(max_length=2000, verbose_name='texte')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='écrit le')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='modifié le')),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('doer_name', models.CharField(blank=True, max_length=80, verbose_name='qui, sans compte')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='pour le')),
                ('state', models.CharField(blank=True, choices=[('to_do', 'à faire'), ('done', 'fait'), ('dropped', 'abandonné')], max_length=10, verbose_name='état')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='fait le')),
                ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='session_notes', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='other_versions', to='exchange_sessions.note')),
                ('doer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='session_actions', to=settings.AUTH_USER_MODEL, verbose_name='qui')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='exchange_sessions.agendaitem')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='exchange_sessions.session')),
            ],
            options={
                'verbose_name': 'note de séance',
                'verbose_name_plural': 'notes de séance',
                'ordering': ['written_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'to_do')), fields=['due_on'], name='open_action_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'action'), ('state__in', ['to_do', 'done', 'dropped'])), models.Q(models.Q(('kind', 'action'), _negated=True), ('state', '')), _connector='OR'), name='only_an_action_has_a_state')],
            },
        ),
        migrations.AddConstraint(
            model_name='dateoption',
            constraint=models.UniqueConstraint(fields=('session', 'starts_at'), name='one_option_per_start'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['group', '-starts_at'], name='session_group_start'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['ends_at'], name='session_end'),
        ),
    ]
