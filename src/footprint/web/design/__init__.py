"""The look of the pages and the fields of their forms, and nothing else: it knows no case, no person and no answer.

GOV.UK design, through the macros of govuk-frontend-jinja; no crown, no crest, Arial. Everything works without a script.
"""
