"""The office's work: layer definitions, features, deltas, journal, and the GeoPackage that stores them."""
