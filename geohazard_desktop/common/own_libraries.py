"""Libraries that come with our packages, led by nobody else; asked before any of them is loaded.

PROJ and GDAL come with our packages, and so do their data: those of another program on the machine are not taken.

Installers of databases and of other map programs set these variables for the whole system, on Windows above all. PROJ
then reads their table of coordinate systems, which is of another version, and no raster could be placed on the map.

NumPy's linear algebra starts a thread for each core in every process that loads it, with 30 MB each, at once; nothing
here gives them work.
"""

import os
from importlib.util import find_spec
from pathlib import Path

OTHERS = ("PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "GDAL_DRIVER_PATH")


def keep_to_own_libraries() -> None:
    """Forget the variables in this process and those it starts. Call it before PROJ or GDAL is loaded.

    They stay where the packages have no data of their own, built against the system's libraries: they are needed then.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if _own_data():
        for name in OTHERS:
            os.environ.pop(name, None)


def _own_data() -> bool:
    found = find_spec("rasterio")  # looks for it and loads nothing
    return found is not None and found.origin is not None and _table(Path(found.origin)).is_file()


def _table(package: Path) -> Path:
    return package.parent / "proj_data" / "proj.db"
