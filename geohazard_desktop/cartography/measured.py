"""Tables for styles that ask for what a shape measures. Other styles pay nothing, not even the import."""

from collections.abc import Collection

from geohazard_desktop.workspace.feature import FeatureTable


def measured(table: FeatureTable, measures: Collection[str], epsg: int) -> FeatureTable:
    """The table with the measures that a style asks for (`Style.measures`); shapes in metres of `epsg`."""
    if not measures:
        return table
    from geohazard_desktop.analysis.shape_columns import with_measures

    return with_measures(table, measures, epsg)
