import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        ('practices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CardImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('file_name', models.CharField(max_length=150)),
                ('content', models.BinaryField(blank=True)),
                ('publish', models.BooleanField(default=False, verbose_name='publier les fiches complètes')),
                ('state', models.CharField(choices=[('checked', 'vérifié, pas encore importé'), ('queued', 'import en cours'), ('done', 'importé'), ('failed', 'refusé')], default='checked', max_length=8)),
                ('report', models.JSONField(default=dict)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practices.practicesectionpage')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='CardIdentifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=100, verbose_name='identifiant')),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sheet_identifier', to='practices.practicepage')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practices.practicesectionpage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('section', 'identifier'), name='one_card_per_identifier')],
            },
        ),
    ]
