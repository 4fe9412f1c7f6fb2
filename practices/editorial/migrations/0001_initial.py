import django.db.models.deletion
import django.utils.timezone
import practices.editorial.models.experts
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('members', '0001_initial'),
        ('practices', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExpertInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='nom')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('message', models.TextField(blank=True, verbose_name='message')),
                ('nonce', models.CharField(default=practices.editorial.models.experts.new_nonce, editable=False, max_length=32)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='invitée le')),
                ('expires_at', models.DateTimeField(verbose_name='jusqu’au')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='message parti le')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='ouverte le')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondue le')),
                ('verdict', models.CharField(blank=True, choices=[('approve', 'Cette fiche peut être publiée'), ('object', 'Elle ne devrait pas être publiée en l’état')], max_length=10, verbose_name='avis')),
                ('opinion', models.TextField(blank=True, verbose_name='en quelques mots')),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expert_invitations', to='practices.practicepage')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation d’expert',
                'verbose_name_plural': 'invitations d’experts',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ExpertNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=30, verbose_name='partie')),
                ('text', models.TextField(verbose_name='remarque')),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='editorial.expertinvitation')),
            ],
            options={
                'verbose_name': 'remarque d’expert',
                'verbose_name_plural': 'remarques d’experts',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='NetworkReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'relecture du réseau',
                'verbose_name_plural': 'relectures du réseau',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='PrivacyTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'confidentialité',
                'verbose_name_plural': 'confidentialités',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='ProposalDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.JSONField(default=dict)),
                ('photo', models.BinaryField(blank=True, null=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('author', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='proposal_draft', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'brouillon de proposition',
                'verbose_name_plural': 'brouillons de proposition',
            },
        ),
        migrations.CreateModel(
            name='ReviewDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='à relire avant le')),
                ('card', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='review_deadline', to='practices.practicepage')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'date de relecture',
                'verbose_name_plural': 'dates de relecture',
            },
        ),
        migrations.CreateModel(
            name='ReviewQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='question')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='posée le')),
                ('answer', models.TextField(blank=True, verbose_name='réponse')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondue le')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_questions', to='practices.practicepage')),
            ],
            options={
                'verbose_name': 'question de relecture',
                'verbose_name_plural': 'questions de relecture',
                'ordering': ['asked_at'],
            },
        ),
        migrations.CreateModel(
            name='StoppedReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stopped_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='arrêtée le')),
                ('reason', models.TextField(verbose_name='raison')),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stopped_reviews', to='practices.practicepage')),
                ('stopped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'relecture arrêtée',
                'verbose_name_plural': 'relectures arrêtées',
                'ordering': ['stopped_at'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('conditions_told', models.TextField(blank=True, verbose_name='conditions, dans les mots de l’auteur')),
                ('origin_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposée le')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                ('thanked_at', models.DateTimeField(blank=True, null=True, verbose_name='remerciée le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                ('card', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='proposal', to='practices.practicepage')),
                ('origin_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'proposition',
                'verbose_name_plural': 'propositions',
                'ordering': ['-created_at'],
                'indexes': [models.Index(fields=['origin_type', 'origin_id'], name='proposal_origin')],
            },
        ),
    ]
