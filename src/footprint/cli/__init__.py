"""The command `footprint`: a composition root, which may import every room and which nobody imports.

Each module is one topic. Engines are imported inside the functions that need them, so that help comes at once.
"""
