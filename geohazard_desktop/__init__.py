"""geohazard_desktop: maps, danger zones and cards for a district's geological-hazard office."""

__version__ = "0.1.0"
