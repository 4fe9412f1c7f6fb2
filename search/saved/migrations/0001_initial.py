import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('windows', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='nom')),
                ('query', models.CharField(max_length=1000)),
                ('frequency', models.CharField(choices=[('at_once', 'Tout de suite'), ('daily', 'Une fois par jour'), ('weekly', 'Une fois par semaine'), ('never', 'Jamais par e-mail')], default='weekly', max_length=8, verbose_name='rythme')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('told_until', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'recherche enregistrée',
                'verbose_name_plural': 'recherches enregistrées',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('user'), models.F('query'), name='search_saved_once_a_person')],
            },
        ),
    ]
