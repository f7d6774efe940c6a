from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "open"),
                    ("unclear", "unclear"),
                    ("different", "different"),
                    ("same", "same"),
                    ("withdrawn", "withdrawn"),
                ],
                max_length=10,
            ),
        ),
    ]
