import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='DailyViews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='jour')),
                ('views', models.PositiveIntegerField(default=0, verbose_name='lectures')),
                ('from_search', models.PositiveIntegerField(default=0, verbose_name='dont venues de la recherche')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['day'], name='practice_st_day_09e61f_idx')],
                'constraints': [models.UniqueConstraint(fields=('page', 'day'), name='one_count_per_page_and_day')],
            },
        ),
    ]
