"""Of each value of a version that was taken from elsewhere: from where."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="version",
            name="filled",
            field=models.JSONField(default=dict),
        )
    ]
