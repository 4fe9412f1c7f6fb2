import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('django_comments_xtd', '0008_auto_20200920_2037'),
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BlockedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=80, unique=True, verbose_name='mot ou expression')),
                ('advice', models.CharField(blank=True, help_text='Montré à la personne, par exemple le mot à préférer.', max_length=200, verbose_name='conseil')),
            ],
            options={
                'verbose_name': 'mot bloqué',
                'verbose_name_plural': 'mots bloqués',
                'ordering': ['word'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('xtdcomment_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='own', serialize=False, to='django_comments_xtd.xtdcomment')),
                ('submission_key', models.UUIDField(editable=False, unique=True)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='modifié le')),
                ('masked', models.BooleanField(default=False, editable=False, verbose_name='auteur masqué')),
            ],
            options={
                'verbose_name': 'commentaire',
                'verbose_name_plural': 'commentaires',
            },
            bases=('django_comments_xtd.xtdcomment',),
        ),
        migrations.CreateModel(
            name='CommentRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='texte')),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='remplacé le')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='comments.comment')),
            ],
            options={
                'ordering': ['-replaced_at'],
            },
        ),
        migrations.CreateModel(
            name='CommentReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('nominatif', 'Une personne est reconnaissable'), ('blessant', 'Propos blessants ou déplacés'), ('faux', 'Information fausse ou dangereuse'), ('publicite', 'Publicité'), ('autre', 'Autre raison')], max_length=10, verbose_name='raison')),
                ('details', models.TextField(blank=True, max_length=500, verbose_name='précision')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='signalé le')),
                ('outcome', models.CharField(blank=True, choices=[('kept', 'commentaire conservé'), ('removed', 'commentaire retiré')], max_length=10, verbose_name='décision')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='décidé le')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='comments.comment')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'signalement',
                'verbose_name_plural': 'signalements',
                'ordering': ['created_at'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(models.F('comment'), models.F('reporter'), name='one_report_per_person_and_comment')],
            },
        ),
    ]
