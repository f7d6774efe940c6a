"""The pages: a Django project of small apps, each named as the room whose answers it shows.

A composition root: it may import any room, and nothing imports it. Inside an app a file's name says its role: `urls`,
`views`, `forms`, `services` (the only writers), `queries` (the only readers), `presenters` (all that a template may see),
`models`. `config/` holds the project, `design/` the look and the form fields, and nothing else.
"""
