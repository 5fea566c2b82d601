import contacts.languages
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='contact',
            name='contacts_contact_language_known',
        ),
        migrations.RemoveConstraint(
            model_name='internalrepresentative',
            name='contacts_representative_language_known',
        ),
        migrations.AlterField(
            model_name='contact',
            name='language',
            field=models.CharField(choices=contacts.languages.language_choices, max_length=2, verbose_name='language'),
        ),
        migrations.AlterField(
            model_name='internalrepresentative',
            name='language',
            field=models.CharField(choices=contacts.languages.language_choices, max_length=2, verbose_name='language'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{2}$')), name='contacts_contact_language_code'),
        ),
        migrations.AddConstraint(
            model_name='internalrepresentative',
            constraint=models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{2}$')), name='contacts_representative_language_code'),
        ),
    ]
