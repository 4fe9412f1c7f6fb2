import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CardRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('need', models.CharField(max_length=150, verbose_name='ce qui manque')),
                ('details', models.TextField(blank=True, verbose_name='précisions')),
                ('key', models.CharField(db_index=True, editable=False, max_length=300)),
                ('state', models.CharField(choices=[('open', 'ouverte'), ('answered', 'une fiche y répond'), ('declined', 'pas de fiche prévue')], default='open', max_length=8, verbose_name='état')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='demandée le')),
                ('answer', models.TextField(blank=True, help_text='Quelques mots pour les personnes qui ont demandé.', verbose_name='réponse')),
                ('decided_at', models.DateTimeField(null=True)),
                ('answer_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page qui répond')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandée par')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'fiche demandée',
                'verbose_name_plural': 'fiches demandées',
                'ordering': ['-asked_at'],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='card_requests.cardrequest')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='cardrequest',
            name='supporters',
            field=models.ManyToManyField(related_name='+', through='card_requests.Support', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(models.F('request'), models.F('user'), name='one_support_a_person'),
        ),
        migrations.AddIndex(
            model_name='cardrequest',
            index=models.Index(fields=['state', '-asked_at'], name='card_request_state'),
        ),
    ]
