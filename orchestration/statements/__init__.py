"""Reading what an office's report states, and judging it by itself.

What belongs here: text of a report → figures with their source; identities over stated figures.
What does not: computed figures (``orchestration/reporting``), storing
(``orchestration/eventstore``).
"""
