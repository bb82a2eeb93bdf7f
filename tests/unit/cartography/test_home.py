"""Where the map stands when a workspace is opened."""

from geohazard_desktop.cartography.home import first_ground
from geohazard_desktop.domain.district import read_district
from geohazard_desktop.workspace.workspace import Workspace


def test_an_empty_workspace_opens_where_its_district_lies(workspace, tmp_path):
    """The middle of a zone is the middle of the country: a stroke or a base map there is a thousand kilometres off."""
    ws = Workspace.create(tmp_path / "新.gpkg", read_district("150304"))
    try:
        found = first_ground(ws)
    finally:
        ws.close()
    assert found == ((106.72, 39.51), 200_000)
    (longitude, latitude), denominator = first_ground(workspace)
    assert (round(longitude), denominator) == (108, 500_000)
    assert 20 < latitude < 50
