"""Alerts: from what is wrong to one mail to the right person (docs/decisions/012-alerts.md).

``model`` what there is · ``route`` who hears of what · ``states`` what follows from it (pure) ·
``book`` where it is kept · ``compose`` the mail · ``outbox`` and ``transport`` how it leaves ·
``detect`` where problems are found · ``run`` all of it in order.
"""
