import django.db.models.deletion
import django.utils.timezone
import exchange_groups.models.kept_files
import exchange_groups.models.memberships
import exchange_groups.models.topics
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('comments', '0001_initial'),
        ('members', '0001_initial'),
        ('practices', '0001_initial'),
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('text', models.TextField(verbose_name='texte')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='en vigueur depuis le')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'charte',
                'verbose_name_plural': 'chartes',
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='ExchangeGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='nom')),
                ('slug', models.SlugField(unique=True, verbose_name='adresse')),
                ('summary', models.CharField(max_length=200, verbose_name='en une phrase')),
                ('purpose', models.TextField(help_text='À quoi sert ce groupe, à qui il s’adresse.', verbose_name='objet')),
                ('access', models.CharField(choices=[('ouvert', 'ouvert : on entre librement'), ('sur_demande', 'sur demande'), ('invitation', 'sur invitation')], default='sur_demande', max_length=12, verbose_name='accès')),
                ('confidentiality', models.CharField(choices=[('public', 'public : tout le monde peut lire'), ('membres', 'réservé aux membres du groupe'), ('entre_pairs', 'entre pairs, sans institution')], default='membres', max_length=12, verbose_name='confidentialité')),
                ('admits_institutions', models.BooleanField(default=False, verbose_name='institutions admises')),
                ('rhythm', models.CharField(blank=True, max_length=150, verbose_name='rythme')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='début')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='fin')),
                ('state', models.CharField(choices=[('preparing', 'en préparation'), ('active', 'actif'), ('paused', 'en pause'), ('closed', 'clos')], default='preparing', max_length=12, verbose_name='état')),
                ('state_reason', models.CharField(blank=True, max_length=300, verbose_name='mot de l’animation')),
                ('state_changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='état changé le')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                ('unled_since', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sans animation depuis le')),
                ('charter', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='exchange_groups.charter', verbose_name='charte en vigueur')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exchange_groups', to='members.network', verbose_name='réseau porteur')),
            ],
            options={
                'verbose_name': 'groupe d’échanges',
                'verbose_name_plural': 'groupes d’échanges',
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='charter',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charters', to='exchange_groups.exchangegroup'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('uses_left', models.PositiveSmallIntegerField(default=1, verbose_name='entrées restantes')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='créée le')),
                ('expires_at', models.DateTimeField(default=exchange_groups.models.memberships._expiry, verbose_name='expire le')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                ('sent_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='envoyée le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='exchange_groups.exchangegroup')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.TextField(blank=True, max_length=600, verbose_name='message')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='demandée le')),
                ('state', models.CharField(choices=[('pending', 'en attente'), ('accepted', 'acceptée'), ('refused', 'refusée'), ('withdrawn', 'retirée')], default='pending', max_length=10, verbose_name='état')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='décidée le')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_requests', to='exchange_groups.exchangegroup')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'demande d’entrée',
                'verbose_name_plural': 'demandes d’entrée',
                'ordering': ['created_at'],
            },
        ),
        migrations.CreateModel(
            name='KeptFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file', models.FileField(storage=exchange_groups.models.topics.private_storage, upload_to=exchange_groups.models.kept_files.kept_path)),
                ('name', models.CharField(max_length=120)),
                ('size', models.PositiveIntegerField()),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange_groups.exchangegroup')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kept_at'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'membre'), ('facilitator', 'animation')], default='member', max_length=12, verbose_name='rôle')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='depuis le')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='parti le')),
                ('departure', models.CharField(blank=True, choices=[('depart', 'a quitté le groupe'), ('retrait', 'retiré du groupe'), ('compte', 'compte fermé')], max_length=10, verbose_name='départ')),
                ('departure_reason', models.CharField(blank=True, max_length=300, verbose_name='motif du retrait')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='exchange_groups.exchangegroup')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'appartenance',
                'verbose_name_plural': 'appartenances',
                'ordering': ['joined_at'],
            },
        ),
        migrations.AddField(
            model_name='exchangegroup',
            name='members',
            field=models.ManyToManyField(related_name='exchange_groups', through='exchange_groups.Membership', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='comments.comment')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SupportGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='numéro')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('slug', models.SlugField(unique=True, verbose_name='adresse')),
                ('summary', models.CharField(max_length=200, verbose_name='en une phrase')),
                ('description', models.TextField(blank=True, verbose_name='présentation')),
                ('institutions', models.TextField(blank=True, help_text='Un par ligne.', verbose_name='membres institutionnels')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_groups', to='members.network', verbose_name='réseau porteur')),
                ('structures', models.ManyToManyField(blank=True, related_name='support_groups', to='members.structure', verbose_name='structures membres')),
            ],
            options={
                'verbose_name': 'groupe d’appui',
                'verbose_name_plural': 'groupes d’appui',
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='exchangegroup',
            name='support_group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='exchange_groups', to='exchange_groups.supportgroup', verbose_name='groupe d’appui'),
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('question', 'question'), ('besoin', 'besoin'), ('probleme', 'problème'), ('adaptation', 'adaptation'), ('ressource', 'ressource'), ('annonce', 'annonce')], default='question', max_length=10, verbose_name='type')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('body', models.TextField(max_length=6000, verbose_name='texte')),
                ('masked', models.BooleanField(default=False, verbose_name='auteur masqué')),
                ('state', models.CharField(choices=[('open', 'ouvert'), ('answered', 'répondu'), ('became_card', 'devenu une fiche'), ('closed', 'clos')], default='open', max_length=12, verbose_name='état')),
                ('pinned', models.BooleanField(default=False, verbose_name='épinglé')),
                ('close_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de clôture')),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='écrit le')),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='modifié le')),
                ('last_activity_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dernier message le')),
                ('reply_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='réponses')),
                ('answer_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='réponses d’autres personnes')),
                ('is_removed', models.BooleanField(default=False, verbose_name='retiré')),
                ('facilitators_told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('proposed_for_session_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='proposé à la séance le')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='topics', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='exchange_groups.exchangegroup')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='exchange_groups.topic')),
                ('origin_card', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='practices.practicepage', verbose_name='fiche d’origine')),
                ('quoted_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='fiche citée')),
                ('resulting_card', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='source_topics', to='practices.practicepage', verbose_name='fiche issue')),
                ('themes', models.ManyToManyField(blank=True, related_name='topics', to='practices.theme', verbose_name='thèmes')),
            ],
            options={
                'verbose_name': 'sujet',
                'verbose_name_plural': 'sujets',
                'ordering': ['-last_activity_at'],
            },
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('utile', 'Utile'), ('meme_situation', 'Même situation'), ('merci', 'Merci')], max_length=15, verbose_name='réaction')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='comments.comment')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='exchange_groups.topic')),
            ],
        ),
        migrations.CreateModel(
            name='CreditConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed', models.BooleanField(null=True, verbose_name='accepte d’être cité')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credit_consents', to='practices.practicepage')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange_groups.topic')),
            ],
        ),
        migrations.CreateModel(
            name='TopicDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange_groups.exchangegroup')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='TopicFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file', models.FileField(storage=exchange_groups.models.topics.private_storage, upload_to=exchange_groups.models.topics.file_path)),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField(verbose_name='poids en octets')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('author_hidden', models.BooleanField(default=False, editable=False)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='exchange_groups.topic')),
            ],
            options={
                'verbose_name': 'pièce jointe',
                'verbose_name_plural': 'pièces jointes',
                'ordering': ['added_at'],
            },
        ),
        migrations.CreateModel(
            name='TopicReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('nominatif', 'Une personne est reconnaissable'), ('blessant', 'Propos blessants ou déplacés'), ('faux', 'Information fausse ou dangereuse'), ('publicite', 'Publicité'), ('autre', 'Autre raison')], max_length=10, verbose_name='raison')),
                ('details', models.TextField(blank=True, max_length=500, verbose_name='précision')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='signalé le')),
                ('outcome', models.CharField(blank=True, choices=[('kept', 'commentaire conservé'), ('removed', 'commentaire retiré')], max_length=10, verbose_name='décision')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='décidé le')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='exchange_groups.topic')),
            ],
            options={
                'verbose_name': 'signalement',
                'verbose_name_plural': 'signalements',
                'ordering': ['created_at'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TopicRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('body', models.TextField(verbose_name='texte')),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='remplacé le')),
                ('replaced_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='exchange_groups.topic')),
            ],
            options={
                'ordering': ['-replaced_at'],
            },
        ),
        migrations.CreateModel(
            name='TopicVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='exchange_groups.topic')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='UsefulReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('marked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='useful', to='comments.comment')),
                ('marked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='useful_replies', to='exchange_groups.topic')),
            ],
        ),
        migrations.CreateModel(
            name='CharterAcceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='acceptée le')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to='exchange_groups.charter')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charter_acceptances', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'acceptation de charte',
                'verbose_name_plural': 'acceptations de charte',
                'ordering': ['accepted_at'],
                'constraints': [models.UniqueConstraint(fields=('charter', 'user'), name='charter_accepted_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='charter',
            constraint=models.UniqueConstraint(fields=('group', 'version'), name='charter_version_unique'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('group', 'user'), name='one_pending_join_request'),
        ),
        migrations.AddIndex(
            model_name='keptfile',
            index=models.Index(fields=['kept_at'], name='kept_file_age'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(condition=models.Q(('left_at', None)), fields=['user'], name='membership_current'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('group', 'user'), name='one_membership_per_person_and_group'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('comment', 'user'), name='one_mention_per_reply'),
        ),
        migrations.AddConstraint(
            model_name='exchangegroup',
            constraint=models.CheckConstraint(condition=models.Q(('admits_institutions', True), ('confidentiality', 'entre_pairs'), _negated=True), name='peer_group_admits_no_institution', violation_error_message='Un groupe entre pairs n’admet pas d’institution.'),
        ),
        migrations.AddIndex(
            model_name='topic',
            index=models.Index(fields=['group', '-pinned', '-last_activity_at'], name='topic_group_recent'),
        ),
        migrations.AddIndex(
            model_name='topic',
            index=models.Index(condition=models.Q(('answer_count', 0), ('state', 'open')), fields=['created_at'], name='topic_unanswered'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.UniqueConstraint(condition=models.Q(('comment', None)), fields=('topic', 'user', 'kind'), name='one_reaction_per_topic'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.UniqueConstraint(condition=models.Q(('comment', None), _negated=True), fields=('comment', 'user', 'kind'), name='one_reaction_per_reply'),
        ),
        migrations.AddConstraint(
            model_name='creditconsent',
            constraint=models.UniqueConstraint(fields=('card', 'user'), name='one_consent_per_card'),
        ),
        migrations.AddConstraint(
            model_name='topicdraft',
            constraint=models.UniqueConstraint(fields=('group', 'user'), name='one_draft_per_person_and_group'),
        ),
        migrations.AddConstraint(
            model_name='topicreport',
            constraint=models.UniqueConstraint(fields=('topic', 'reporter'), name='one_report_per_person_and_topic'),
        ),
        migrations.AddConstraint(
            model_name='topicvisit',
            constraint=models.UniqueConstraint(fields=('user', 'topic'), name='one_visit_per_person_and_topic'),
        ),
    ]
