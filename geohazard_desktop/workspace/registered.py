"""Whoever a register speaks of stays: what left the office must not lose its subject, on whatever road it would go."""

from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.kept import not_deleted
from geohazard_desktop.workspace.reading import Reading
from geohazard_desktop.workspace.rows import label


def refuse_registered(ws: Reading, feature: Feature) -> None:
    """Raises EditRefused where an append-only register refers to `feature`, with how to end it instead."""
    for definition in ws.definitions.values():
        for field in definition.holding:
            if field.target != feature.layer:
                continue
            entries = ws.find(definition.table, field.name, feature.uid)
            if entries:
                name = label(ws.definitions[feature.layer], feature)
                raise not_deleted(feature.layer, name, len(entries), definition.title)
