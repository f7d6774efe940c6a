"""All that a template of a footprint may see: frozen values of finished texts, made from an answer and nothing else.

They order, group and fold what an answer says, and never write a sentence of their own about what a partner holds.
"""
