"""Known bugs of rights and second persons, put into the product one at a time: the simulator must find each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sim_bug import bug, put, stated_otherwise

from gms_desktop.journal.kinds import Nature
from gms_desktop.services import rights


@bug("section 5", "a decision only expects the right to it: what needed permission stands without")
def right_only_expected() -> Iterator[None]:
    def change(kind: Any, said: Any) -> Any:
        if kind.nature is not Nature.DECISION:
            return said
        soft = tuple(pair for pair in said.requires if pair[0].startswith("role:"))
        hard = tuple(pair for pair in said.requires if pair not in soft)
        return replace(said, requires=hard, expects=(*said.expects, *soft))

    with stated_otherwise(change):
        yield


@bug("section 10", "an entry does not say in which role it was done: a withdrawal never comes to light")
def role_not_stated() -> Iterator[None]:
    entitled = rights.entitled

    def silent(ledger: Any, drafts: Any, actor: Any, zone: str) -> Any:
        entitled(ledger, drafts, actor, zone)
        return list(drafts)

    def change(_kind: Any, said: Any) -> Any:
        return replace(said, expects=tuple(pair for pair in said.expects if not pair[0].startswith("role:")))

    with put((rights, "entitled", silent)), stated_otherwise(change):
        yield


@bug("section 10", "two benches that know nothing of each other each have a first administrator")
def first_administrator_twice() -> Iterator[None]:
    def change(kind: Any, said: Any) -> Any:
        def kept(pairs: Any) -> Any:
            return tuple(pair for pair in pairs if not pair[0].startswith("administrator:"))

        if kind.name != "role.granted":
            return said
        return replace(said, claims=kept(said.claims), requires=kept(said.requires))

    with stated_otherwise(change):
        yield
