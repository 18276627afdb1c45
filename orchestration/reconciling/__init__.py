"""What reports state against what the ledger says: status, causes and reading of each difference.

What belongs here: which units a stated figure counts, its computed value under each reading, the
causes of a difference dossier by dossier. What does not: reading reports (``statements``), figures
(``reporting``).
"""
