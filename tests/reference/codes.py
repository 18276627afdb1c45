"""Which codes are one dossier's: lists that name a local and a national code of it."""

from .ledger import Dossier, World, ledger_batches, stored_dated, stored_sightings


def code_map(world: World) -> dict[Dossier, Dossier]:
    """Code -> the dossier, named by the code of which anything was told first.

    Rows that the store keeps tell; what another file only said again tells nothing. A row with a
    local and a national code says that both are one dossier's. The first list that gives a national
    code to one local code, and to no other, says whose it is; a code that was both, local in one
    row and national in another, joins nothing any more.
    """
    batches = ledger_batches(world)
    order = {b.batch_id: n for n, b in enumerate(batches)}
    system = {b.batch_id: b.system for b in batches}
    rulings = ((r.batch_id, r.dossier) for r in world.rulings)
    shown = [row for rows in stored_sightings(world).values() for row in rows]
    dated = [row for rows in stored_dated(world).values() for row in rows]
    rows = ((r.batch_id, Dossier(system[r.batch_id], r.code)) for r in (*shown, *dated))
    first: dict[Dossier, int] = {}
    for batch_id, code in (*rows, *rulings):
        first[code] = min(first.get(code, len(order)), order[batch_id])
    named: dict[str, dict[Dossier, set[Dossier]]] = {}
    for row in shown:
        if row.national and row.national != row.code:
            own, other = (Dossier(system[row.batch_id], c) for c in (row.code, row.national))
            named.setdefault(row.batch_id, {}).setdefault(other, set()).add(own)
    owner: dict[Dossier, Dossier | None] = {}
    were_local: set[Dossier] = set()
    were_national: set[Dossier] = set()
    for batch in batches:
        pairs = named.get(batch.batch_id, {})
        were_local |= set().union(*pairs.values())
        were_national |= set(pairs)
        for other, owners in pairs.items():
            if other not in owner and len(owners) == 1:
                (own,) = owners
                is_chain = other in were_local or own in were_national
                owner[other] = None if is_chain else own
    codes: dict[Dossier, list[Dossier]] = {}
    for national, local in owner.items():
        if local is not None:
            codes.setdefault(local, [local]).append(national)
    found: dict[Dossier, Dossier] = {}
    for local, all_codes in codes.items():
        named_by = min(all_codes, key=lambda c: (first.get(c, len(order)), c != local, c))
        found |= dict.fromkeys(all_codes, named_by)
    return found
