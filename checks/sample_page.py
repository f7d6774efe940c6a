"""The page that shows the invented borough's rates: made from the table itself, so it cannot say anything else."""

from footprint.sample import rates

HEAD = """# What goes wrong in the invented borough, and how often

Made from `src/footprint/sample/rates.py`; `make fix` makes it anew. What the figures rest on is said in [sample.md](sample.md).
Each figure is the share of the partner's records *to which the slip can happen*; slips of one field exclude each other.

| field | slip | police | children's social care | schools | acute trust | to whom, or what |
| --- | --- | --- | --- | --- | --- | --- |
"""


def sample_page() -> str:
    """The whole page."""
    lines = [
        f"| {field} | {slip.replace('-', ' ')} | {' | '.join(map(percent, row))} | {rates.TO_WHOM.get(slip, '')} |"
        for field, table in rates.TABLES.items()
        for slip, row in table.items()
    ]
    return HEAD + "\n".join(lines) + "\n"


def percent(share: float) -> str:
    """A share as a percentage, and a dash for never."""
    return f"{share * 100:.3g}%" if share else "-"
