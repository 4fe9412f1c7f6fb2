import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AddressProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('kind', models.CharField(choices=[('bounce', 'adresse refusée par son serveur'), ('soft_bounce', 'boîte pleine ou indisponible'), ('complaint', 'messages signalés comme indésirables')], max_length=12)),
                ('count', models.PositiveIntegerField(default=1)),
                ('first_at', models.DateTimeField(auto_now_add=True)),
                ('last_at', models.DateTimeField(auto_now=True)),
                ('lifted_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'adresse en difficulté',
                'verbose_name_plural': 'adresses en difficulté',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('kind'), name='one_row_per_address_and_problem')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('mail', models.CharField(max_length=60)),
                ('ids', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('ready', 'à envoyer'), ('sending', 'en cours d’envoi'), ('sent', 'envoyé'), ('skipped', 'sans objet'), ('stopped', 'adresse arrêtée'), ('uncertain', 'envoi incertain')], default='ready', max_length=10)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('handed_at', models.DateTimeField(null=True)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'envoi',
                'verbose_name_plural': 'envois',
                'ordering': ['-created_at'],
            },
        ),
    ]
