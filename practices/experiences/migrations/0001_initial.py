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
            name='Experience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('siae_type', models.CharField(blank=True, choices=[('ACI', 'Atelier et chantier d’insertion (ACI)'), ('EI', 'Entreprise d’insertion (EI)'), ('AI', 'Association intermédiaire (AI)'), ('ETTI', 'Entreprise de travail temporaire d’insertion (ETTI)'), ('EITI', 'Entreprise d’insertion par le travail indépendant (EITI)'), ('GEIQ', 'Groupement d’employeurs (GEIQ)'), ('autre', 'Autre structure')], max_length=10, verbose_name='type de structure')),
                ('role', models.CharField(blank=True, choices=[('cip', 'Conseiller ou conseillère en insertion (CIP)'), ('asp', 'Accompagnement socioprofessionnel (ASP)'), ('encadrant_technique', 'Encadrement technique'), ('coordinateur', 'Coordination'), ('direction', 'Direction'), ('formateur', 'Formation'), ('rh_administratif', 'RH et administratif'), ('mediateur_numerique', 'Médiation numérique'), ('partenaire', 'Partenaire institutionnel')], max_length=20, verbose_name='métier')),
                ('outcome', models.CharField(choices=[('reussi', 'Réussi'), ('reussi_adapte', 'Réussi en adaptant'), ('mitige', 'Mitigé'), ('abandonne', 'Abandonné')], max_length=13, verbose_name='issue')),
                ('tried_on', models.DateField(verbose_name='essayé le')),
                ('group_size', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='nombre de personnes')),
                ('worked', models.TextField(blank=True, max_length=800, verbose_name='ce qui a marché')),
                ('stuck', models.TextField(blank=True, max_length=800, verbose_name='ce qui a coincé')),
                ('adaptation', models.TextField(blank=True, max_length=800, verbose_name='adaptation')),
                ('data_mb', models.PositiveIntegerField(blank=True, null=True, verbose_name='data constatée (Mo par personne)')),
                ('would_recommend', models.BooleanField(blank=True, null=True, verbose_name='recommanderait')),
                ('visibility', models.CharField(choices=[('public', 'Tout le monde'), ('membres', 'Membres seulement')], default='public', max_length=8, verbose_name='visibilité')),
                ('removed', models.BooleanField(default=False, verbose_name='retiré')),
                ('submission_key', models.UUIDField(editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='raconté le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='experiences', to=settings.AUTH_USER_MODEL, verbose_name='auteur')),
                ('missing_conditions', models.ManyToManyField(blank=True, related_name='+', to='practices.condition', verbose_name='conditions manquantes')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='experiences', to='practices.practicepage', verbose_name='fiche')),
                ('structure', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.structure', verbose_name='structure')),
            ],
            options={
                'verbose_name': 'retour d’expérience',
                'verbose_name_plural': 'retours d’expérience',
                'ordering': ['-tried_on', '-pk'],
                'indexes': [models.Index(fields=['practice', '-tried_on'], name='experience_of_card')],
            },
        ),
    ]
