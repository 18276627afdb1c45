"""The reference model of the ledger: plain Python, written from the words of the specification.

It shares no code with the SQL models, so that a mistake has to be made twice to go unseen.
"""
