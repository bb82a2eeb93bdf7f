"""Pictures under the layers: imagery, relief, tiles of a disk or of a service, brought into the map's own CRS."""
