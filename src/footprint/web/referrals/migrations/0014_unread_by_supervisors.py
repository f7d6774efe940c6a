from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0013_home_of_nobody_listed")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("seen_by_supervisor_at__isnull", True)),
                fields=["partner", "team", "-is_urgent", "-sent_at"],
                name="what_no_supervisor_has_read",
            ),
        ),
    ]
