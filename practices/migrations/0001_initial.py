import django.contrib.postgres.fields
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import practices.fields
import practices.models.deleted_references
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtailcore', '__first__'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='identifiant')),
                ('label', models.CharField(help_text='Sur le premier écran d’une fiche : « Un lieu calme ».', max_length=40, verbose_name='en quelques mots')),
                ('question', models.CharField(help_text='Par exemple : « La personne a-t-elle un smartphone ? »', max_length=150, verbose_name='question fermée')),
                ('dimension', models.CharField(choices=[('equipement', 'Équipement'), ('connexion', 'Connexion'), ('competence_salarie', 'Compétence de la personne'), ('competence_permanent', 'Compétence du permanent'), ('espace_travail', 'Espace de travail'), ('temps', 'Temps'), ('langue', 'Langue'), ('cadre_juridique', 'Cadre juridique'), ('organisation', 'Organisation'), ('animation', 'Animation')], max_length=24, verbose_name='dimension')),
                ('how_to_check', models.TextField(blank=True, verbose_name='comment vérifier')),
                ('how_to_lift', models.TextField(blank=True, verbose_name='comment la lever')),
                ('links', wagtail.fields.StreamField([('link', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'titre', 'max_length': 150}), 1: ('wagtail.blocks.URLBlock', (), {'label': 'adresse'}), 2: ('wagtail.blocks.StructBlock', [[('title', 0), ('url', 1)]], {})}, verbose_name='liens')),
                ('rule_question', models.CharField(blank=True, choices=[('phone', 'Personne : téléphone (0 aucun, 1 simple, 2 smartphone)'), ('computer', 'Personne : ordinateur ou tablette (0 non, 1 partagé, 2 oui)'), ('connection', 'Personne : connexion (0 aucune, 1 mobile seule, 2 Wi-Fi)'), ('mobile_data', 'Personne : data par mois (0 rien, 1 moins de 5 Go, 2 de 5 à 20, 3 plus de 20)'), ('shared_device', 'Personne : appareil partagé (0 non, 1 oui)'), ('quiet_place', 'Personne : endroit calme (0 non, 1 oui)'), ('calls_texts', 'Personne : appelle et envoie des SMS (0 à 2)'), ('photo_voice', 'Personne : envoie une photo ou un message vocal (0 à 2)'), ('video_call', 'Personne : rejoint une visio (0 à 2)'), ('email', 'Personne : lit et envoie un courriel (0 à 2)'), ('online_procedure', 'Personne : fait seule une démarche en ligne (0 à 2)'), ('french', 'Personne : lit et écrit le français (0 à 2)'), ('pro_equipment', 'Équipe : équipement professionnel (0 à 2)'), ('pro_number', 'Équipe : numéro professionnel (0 à 2)'), ('data_plan', 'Équipe : forfait data (0 à 2)'), ('room', 'Équipe : salle (0 à 2)'), ('trained', 'Équipe : formée à transmettre (0 à 2)'), ('digital_referent', 'Équipe : référent numérique (0 à 2)'), ('gdpr_rules', 'Équipe : règles RGPD (0 à 2)'), ('dedicated_time', 'Équipe : temps dédié (0 à 2)')], max_length=20, verbose_name='question du diagnostic')),
                ('rule_operator', models.CharField(blank=True, choices=[('gte', 'au moins'), ('lte', 'au plus'), ('eq', 'égal à')], max_length=3, verbose_name='comparaison')),
                ('rule_threshold', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='seuil')),
            ],
            options={
                'verbose_name': 'condition',
                'verbose_name_plural': 'conditions',
                'ordering': ['dimension', 'question'],
            },
        ),
        migrations.CreateModel(
            name='DossierPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(max_length=200, verbose_name='en une phrase')),
                ('introduction', models.TextField(verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'dossier',
                'verbose_name_plural': 'dossiers',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PracticeIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des fiches pratiques',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourceIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des ressources',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name='slug')),
                ('description', models.CharField(blank=True, max_length=200, verbose_name='en une phrase')),
                ('synonyms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='Séparés par des virgules. La recherche les comprend comme le thème lui-même.', size=None, verbose_name='synonymes et sigles')),
            ],
            options={
                'verbose_name': 'thème',
                'verbose_name_plural': 'thèmes',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ToolIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des fiches outils',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='DossierItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='pourquoi ici')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('dossier', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='practices.dossierpage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PracticePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('last_verified_at', models.DateField(blank=True, null=True, verbose_name='vérifiée le')),
                ('review_every_months', models.PositiveSmallIntegerField(choices=[(6, 'tous les 6 mois'), (12, 'tous les ans'), (24, 'tous les 2 ans')], default=12, verbose_name='à revoir')),
                ('next_review_at', models.DateField(blank=True, db_index=True, editable=False, null=True, verbose_name='prochaine vérification')),
                ('summary', models.CharField(max_length=200, verbose_name='en une phrase')),
                ('kind', models.CharField(choices=[('lien_collectif', 'Garder le lien en groupe'), ('suivi_individuel', 'Suivi individuel'), ('formation_distance', 'Formation à distance'), ('atelier_numerique', 'Atelier numérique'), ('demarche', 'Démarche administrative'), ('organisation', 'Organisation de l’équipe'), ('orientation', 'Choisir et orienter')], max_length=20, verbose_name='nature')),
                ('objective', models.CharField(max_length=300, verbose_name='objectif')),
                ('limits', models.TextField(help_text='Quand ne pas s’en servir. Une limite est un résultat : elle est toujours écrite.', verbose_name='limites')),
                ('visibility', models.CharField(choices=[('public', 'Tout le monde'), ('membres', 'Membres seulement')], default='public', max_length=8, verbose_name='visibilité')),
                ('challenges', practices.fields.ChoiceArrayField(base_field=models.CharField(choices=[('isolement', 'Isolement'), ('rupture_suivi', 'Rupture du suivi'), ('non_equipement', 'Pas d’équipement'), ('connexion_insuffisante', 'Connexion insuffisante'), ('illectronisme', 'Illectronisme'), ('illettrisme', 'Illettrisme'), ('barriere_langue', 'Barrière de la langue'), ('confidentialite', 'Confidentialité'), ('dossier_administratif', 'Dossier administratif'), ('formation_interrompue', 'Formation interrompue'), ('autonomie', 'Autonomie'), ('charge_equipe', 'Charge de l’équipe'), ('recherche_emploi', 'Recherche d’emploi')], max_length=40), default=list, size=None, verbose_name='problèmes')),
                ('functions', practices.fields.ChoiceArrayField(base_field=models.CharField(choices=[('accueil_integration', 'Accueil et intégration'), ('accompagnement_social', 'Accompagnement social'), ('accompagnement_professionnel', 'Accompagnement professionnel'), ('formation', 'Formation'), ('encadrement_production', 'Encadrement de la production'), ('organisation_interne', 'Organisation interne')], max_length=40), blank=True, default=list, size=None, verbose_name='fonctions')),
                ('roles', practices.fields.ChoiceArrayField(base_field=models.CharField(choices=[('cip', 'Conseiller ou conseillère en insertion (CIP)'), ('asp', 'Accompagnement socioprofessionnel (ASP)'), ('encadrant_technique', 'Encadrement technique'), ('coordinateur', 'Coordination'), ('direction', 'Direction'), ('formateur', 'Formation'), ('rh_administratif', 'RH et administratif'), ('mediateur_numerique', 'Médiation numérique'), ('partenaire', 'Partenaire institutionnel')], max_length=40), blank=True, default=list, size=None, verbose_name='métiers')),
                ('siae_types', practices.fields.ChoiceArrayField(base_field=models.CharField(choices=[('ACI', 'Atelier et chantier d’insertion (ACI)'), ('EI', 'Entreprise d’insertion (EI)'), ('AI', 'Association intermédiaire (AI)'), ('ETTI', 'Entreprise de travail temporaire d’insertion (ETTI)'), ('EITI', 'Entreprise d’insertion par le travail indépendant (EITI)'), ('GEIQ', 'Groupement d’employeurs (GEIQ)'), ('autre', 'Autre structure')], max_length=40), blank=True, default=list, size=None, verbose_name='types de SIAE')),
                ('audiences', practices.fields.ChoiceArrayField(base_field=models.CharField(choices=[('tous', 'Tous les publics'), ('allophones', 'Personnes allophones'), ('petits_lecteurs', 'Petits lecteurs'), ('sans_smartphone', 'Sans smartphone'), ('sans_ordinateur', 'Sans ordinateur'), ('sans_forfait', 'Sans forfait data'), ('jeunes', 'Jeunes'), ('seniors', 'Seniors'), ('parents_isoles', 'Parents isolés'), ('handicap', 'Personnes en situation de handicap'), ('hebergement_precaire', 'Hébergement précaire'), ('rural', 'Territoire rural'), ('qpv', 'Quartier prioritaire (QPV)')], max_length=40), blank=True, default=list, size=None, verbose_name='publics')),
                ('modality', models.CharField(choices=[('distance_direct', 'À distance, en direct'), ('distance_differe', 'À distance, en différé'), ('hybride', 'Hybride'), ('presentiel', 'En présence')], max_length=16, verbose_name='modalité')),
                ('channels', practices.fields.ChoiceArrayField(base_field=models.CharField(choices=[('telephone', 'Téléphone'), ('sms', 'SMS'), ('messagerie', 'Messagerie'), ('visio', 'Visio'), ('audioconference', 'Audioconférence'), ('courriel', 'Courriel'), ('courrier', 'Courrier postal'), ('plateforme_formation', 'Plateforme de formation'), ('presentiel', 'En présence')], max_length=40), default=list, size=None, verbose_name='canaux')),
                ('steps', wagtail.fields.StreamField([('step', 5)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'titre', 'max_length': 80}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'qui', 'max_length': 60, 'required': False}), 2: ('wagtail.blocks.IntegerBlock', (), {'label': 'durée (min)', 'min_value': 0, 'required': False}), 3: ('wagtail.blocks.TextBlock', (), {'label': 'consigne', 'required': False}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'astuce', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('title', 0), ('who', 1), ('duration_minutes', 2), ('instruction', 3), ('tip', 4)]], {})}, verbose_name='étapes')),
                ('fallback', models.TextField(blank=True, help_text='Que faire sans data ni Wi-Fi. Demandé quand un canal a besoin de connexion.', verbose_name='repli sans connexion')),
                ('watchpoints', models.TextField(blank=True, verbose_name='points de vigilance')),
                ('adaptations', models.TextField(blank=True, verbose_name='adaptations')),
                ('group_size_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='groupe : minimum')),
                ('group_size_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='groupe : maximum')),
                ('duration_minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='durée (min)')),
                ('frequency', models.CharField(blank=True, choices=[('ponctuelle', 'une fois'), ('quotidienne', 'chaque jour'), ('hebdo', 'chaque semaine'), ('quinzaine', 'tous les quinze jours'), ('mensuelle', 'chaque mois'), ('a_la_demande', 'à la demande')], max_length=12, verbose_name='fréquence')),
                ('setup_time', models.CharField(blank=True, choices=[('moins_1h', 'moins d’une heure'), ('demi_journee', 'une demi-journée'), ('1_3_jours', '1 à 3 jours'), ('plus_1_semaine', 'plus d’une semaine')], max_length=16, verbose_name='mise en place')),
                ('cost', models.CharField(blank=True, choices=[('gratuit', 'gratuit'), ('moins_50_mois', 'moins de 50 € par mois'), ('50_500', '50 à 500 €'), ('plus_500', 'plus de 500 €')], max_length=14, verbose_name='coût')),
                ('cost_note', models.CharField(blank=True, max_length=200, verbose_name='précision sur le coût')),
                ('participant_level', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'aucun'), (1, 'avec de l’aide'), (2, 'débutant'), (3, 'intermédiaire'), (4, 'autonome')], null=True, verbose_name='niveau du participant')),
                ('staff_level', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'aucun'), (1, 'avec de l’aide'), (2, 'débutant'), (3, 'intermédiaire'), (4, 'autonome')], null=True, verbose_name='niveau du permanent')),
                ('data_mb_min', models.PositiveIntegerField(blank=True, null=True, verbose_name='data par heure : minimum (Mo)')),
                ('data_mb_max', models.PositiveIntegerField(blank=True, null=True, verbose_name='data par heure : maximum (Mo)')),
                ('data_source', models.CharField(blank=True, max_length=200, verbose_name='source de la data')),
                ('data_processed', models.CharField(blank=True, choices=[('aucune', 'aucune donnée'), ('contact', 'coordonnées'), ('suivi', 'données de suivi'), ('sensibles', 'données sensibles')], max_length=9, verbose_name='données traitées')),
                ('gdpr_note', models.TextField(blank=True, verbose_name='note RGPD')),
                ('context', models.TextField(blank=True, verbose_name='contexte d’origine')),
                ('observed_results', models.TextField(blank=True, verbose_name='résultats observés')),
                ('evidence', models.CharField(choices=[('temoignage', 'Témoignage'), ('une_structure', 'Éprouvée dans une structure'), ('plusieurs_structures', 'Éprouvée dans plusieurs structures'), ('evalue', 'Évaluée'), ('recommande_reseau', 'Recommandée par le réseau')], max_length=20, verbose_name='niveau de preuve')),
                ('maturity', models.CharField(blank=True, choices=[('idee', 'idée'), ('experimentation', 'en expérimentation'), ('eprouvee', 'éprouvée'), ('abandonnee', 'abandonnée')], max_length=15, verbose_name='maturité')),
                ('sources', wagtail.fields.StreamField([('source', 3)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'titre', 'max_length': 200}), 1: ('wagtail.blocks.URLBlock', (), {'label': 'lien', 'required': False}), 2: ('wagtail.blocks.DateBlock', (), {'label': 'date', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('title', 0), ('url', 1), ('date', 2)]], {})}, verbose_name='sources')),
                ('origin_period', models.CharField(blank=True, max_length=100, verbose_name='période d’origine')),
                ('credits', models.CharField(blank=True, max_length=200, verbose_name='auteurs et crédits')),
                ('photo_description', models.CharField(blank=True, help_text='Lu à voix haute aux personnes qui ne la voient pas.', max_length=150, verbose_name='ce que montre la photo')),
                ('licence', models.CharField(blank=True, choices=[('lov2', 'Licence Ouverte 2.0 (Etalab)'), ('cc-by-sa-4.0', 'CC BY-SA 4.0')], default='lov2', help_text='Une fiche publique avec une licence entre dans les données ouvertes.', max_length=12, verbose_name='licence de réutilisation')),
                ('backup_owner', models.ForeignKey(blank=True, help_text='Reçoit aussi le rappel : les auteurs partent.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='suppléance')),
                ('card_owner', models.ForeignKey(blank=True, help_text='Reçoit le rappel quand la page est à vérifier.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsable')),
                ('last_verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vérifiée par')),
                ('origin_structure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.structure', verbose_name='structure d’origine')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='photo')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaced_by', to='practices.practicepage', verbose_name='remplace')),
            ],
            options={
                'verbose_name': 'fiche pratique',
                'verbose_name_plural': 'fiches pratiques',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='PracticeCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('strength', models.CharField(choices=[('indispensable', 'indispensable'), ('recommandee', 'recommandée')], default='indispensable', max_length=13, verbose_name='force')),
                ('note', models.CharField(blank=True, max_length=150, verbose_name='précision')),
                ('condition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practice_links', to='practices.condition', verbose_name='condition')),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='condition_links', to='practices.practicepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
            bases=(practices.models.deleted_references.LeavesWithIt, models.Model),
        ),
        migrations.CreateModel(
            name='PracticeSectionPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('network', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='section', to='members.network', verbose_name='réseau')),
            ],
            options={
                'verbose_name': 'section d’un réseau',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourcePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('type', models.CharField(choices=[('article', 'Article'), ('guide', 'Guide'), ('video', 'Vidéo'), ('partner', 'Partenaire')], max_length=10, verbose_name='type')),
                ('summary', models.CharField(max_length=200, verbose_name='en une phrase')),
                ('body', models.TextField(blank=True, verbose_name='texte')),
                ('url', models.URLField(blank=True, verbose_name='adresse du site')),
                ('publisher', models.CharField(blank=True, max_length=100, verbose_name='éditeur')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='date de parution')),
                ('duration_seconds', models.PositiveIntegerField(blank=True, null=True, verbose_name='durée (secondes)')),
                ('transcript', models.TextField(blank=True, verbose_name='transcription')),
                ('audio', models.ForeignKey(blank=True, help_text='Pour écouter avec peu de data.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtaildocs.document', verbose_name='version audio')),
                ('subtitles', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtaildocs.document', verbose_name='sous-titres (.vtt)')),
                ('video', models.ForeignKey(blank=True, help_text='Son poids est annoncé avant la lecture.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtaildocs.document', verbose_name='vidéo')),
            ],
            options={
                'verbose_name': 'ressource',
                'verbose_name_plural': 'ressources',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourceTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='theme_items', to='practices.resourcepage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resource_items', to='practices.theme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='resourcepage',
            name='themes',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='practices.ResourceTheme', to='practices.Theme', verbose_name='thèmes'),
        ),
        migrations.CreateModel(
            name='PracticeTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='theme_items', to='practices.practicepage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practice_items', to='practices.theme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='practicepage',
            name='themes',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='practices.PracticeTheme', to='practices.Theme', verbose_name='thèmes'),
        ),
        migrations.CreateModel(
            name='DossierTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='theme_items', to='practices.dossierpage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dossier_items', to='practices.theme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='dossierpage',
            name='themes',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='practices.DossierTheme', to='practices.Theme', verbose_name='thèmes'),
        ),
        migrations.CreateModel(
            name='ToolPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('last_verified_at', models.DateField(blank=True, null=True, verbose_name='vérifiée le')),
                ('review_every_months', models.PositiveSmallIntegerField(choices=[(6, 'tous les 6 mois'), (12, 'tous les ans'), (24, 'tous les 2 ans')], default=12, verbose_name='à revoir')),
                ('next_review_at', models.DateField(blank=True, db_index=True, editable=False, null=True, verbose_name='prochaine vérification')),
                ('summary', models.CharField(max_length=200, verbose_name='en une phrase')),
                ('publisher', models.CharField(blank=True, max_length=100, verbose_name='éditeur')),
                ('website', models.URLField(blank=True, verbose_name='site')),
                ('category', models.CharField(choices=[('visio', 'Visio'), ('audio', 'Audio'), ('messagerie', 'Messagerie'), ('sms', 'SMS'), ('pad', 'Écriture à plusieurs'), ('sondage_date', 'Sondage de dates'), ('formation', 'Formation'), ('diagnostic', 'Diagnostic'), ('coffre_fort', 'Coffre-fort numérique'), ('partage_fichier', 'Partage de fichiers')], max_length=16, verbose_name='catégorie')),
                ('description', models.TextField(blank=True, verbose_name='à quoi ça sert')),
                ('limits', models.TextField(help_text='Quand ne pas s’en servir.', verbose_name='limites')),
                ('free', models.CharField(choices=[('oui', 'gratuit'), ('limite', 'gratuit avec limites'), ('non', 'payant')], max_length=8, verbose_name='gratuit')),
                ('free_limit', models.CharField(blank=True, max_length=200, verbose_name='limite de la gratuité')),
                ('smartphone', models.CharField(choices=[('navigateur', 'dans le navigateur'), ('application', 'avec une application'), ('non', 'non')], max_length=12, verbose_name='sur smartphone')),
                ('minimum_version', models.CharField(blank=True, max_length=100, verbose_name='version minimale')),
                ('participant_account', models.CharField(choices=[('aucun', 'aucun compte'), ('telephone', 'numéro de téléphone'), ('courriel', 'adresse e-mail'), ('oui', 'compte à créer')], max_length=10, verbose_name='compte du participant')),
                ('number_visible', models.BooleanField(default=False, verbose_name='numéro visible des autres')),
                ('phone_in', models.BooleanField(default=False, verbose_name='accès par téléphone')),
                ('phone_in_note', models.CharField(blank=True, max_length=200, verbose_name='précision sur l’accès par téléphone')),
                ('audio_mb_min', models.PositiveIntegerField(blank=True, null=True, verbose_name='audio : Mo par heure, minimum')),
                ('audio_mb_max', models.PositiveIntegerField(blank=True, null=True, verbose_name='audio : Mo par heure, maximum')),
                ('video_mb_min', models.PositiveIntegerField(blank=True, null=True, verbose_name='vidéo : Mo par heure, minimum')),
                ('video_mb_max', models.PositiveIntegerField(blank=True, null=True, verbose_name='vidéo : Mo par heure, maximum')),
                ('data_source', models.CharField(blank=True, max_length=200, verbose_name='source des mesures')),
                ('data_date', models.DateField(blank=True, null=True, verbose_name='date des mesures')),
                ('data_device', models.CharField(blank=True, max_length=100, verbose_name='appareil mesuré')),
                ('offline', models.CharField(blank=True, max_length=200, verbose_name='hors ligne')),
                ('app_size_mb', models.PositiveIntegerField(blank=True, null=True, verbose_name='poids de l’application (Mo)')),
                ('hosting', models.CharField(choices=[('france', 'France'), ('ue', 'Union européenne'), ('hors_ue', 'hors Union européenne'), ('au_choix', 'au choix de la structure')], max_length=8, verbose_name='hébergement')),
                ('end_to_end', models.CharField(choices=[('oui', 'oui'), ('option', 'en option'), ('non', 'non'), ('inconnu', 'inconnu')], max_length=8, verbose_name='chiffrement de bout en bout')),
                ('licence', models.CharField(choices=[('libre', 'logiciel libre'), ('proprietaire', 'propriétaire')], max_length=12, verbose_name='licence')),
                ('gdpr_advice', models.CharField(choices=[('recommande', 'recommandé'), ('sous_conditions', 'sous conditions'), ('deconseille_suivi', 'déconseillé pour le suivi'), ('non_evalue', 'non évalué')], max_length=20, verbose_name='avis RGPD')),
                ('gdpr_text', models.TextField(blank=True, verbose_name='avis motivé')),
                ('gdpr_date', models.DateField(blank=True, null=True, verbose_name='avis du')),
                ('gdpr_author', models.CharField(blank=True, max_length=100, verbose_name='auteur de l’avis')),
                ('accessibility', models.CharField(choices=[('conforme_declaree', 'conformité déclarée'), ('partielle', 'partielle'), ('inconnue', 'inconnue')], max_length=20, verbose_name='accessibilité')),
                ('skill_level', models.PositiveSmallIntegerField(choices=[(0, 'aucun'), (1, 'avec de l’aide'), (2, 'débutant'), (3, 'intermédiaire'), (4, 'autonome')], verbose_name='niveau requis')),
                ('data_saving_tips', models.TextField(blank=True, verbose_name='économiser la data')),
                ('backup_owner', models.ForeignKey(blank=True, help_text='Reçoit aussi le rappel : les auteurs partent.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='suppléance')),
                ('card_owner', models.ForeignKey(blank=True, help_text='Reçoit le rappel quand la page est à vérifier.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsable')),
                ('last_verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vérifiée par')),
            ],
            options={
                'verbose_name': 'fiche outil',
                'verbose_name_plural': 'fiches outils',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='PracticeTool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('usage', models.CharField(choices=[('principal', 'outil principal'), ('alternative', 'autre choix'), ('repli', 'repli')], default='principal', max_length=11, verbose_name='usage')),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tool_links', to='practices.practicepage')),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practice_links', to='practices.toolpage', verbose_name='outil')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ToolTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='theme_items', to='practices.toolpage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tool_items', to='practices.theme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='toolpage',
            name='themes',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='practices.ToolTheme', to='practices.Theme', verbose_name='thèmes'),
        ),
    ]
