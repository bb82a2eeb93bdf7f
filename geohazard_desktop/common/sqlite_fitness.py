"""Whether this Python's SQLite can keep a workspace: asked before a file is touched, and by the set-up.

Needed are R-trees (GeoPackage's spatial index) and JSON, which whoever builds SQLite may leave out, and window
functions (SQLite 3.25 of 2018). 统信 20 and Debian 10 have 3.27 with all three; a Python built by hand may not.
"""

from functools import cache

from geohazard_desktop.common.errors import SystemUnfit
from geohazard_desktop.common.texts import _

_NEEDS = {
    _("空间索引（R-tree）"): "CREATE VIRTUAL TABLE temp.tried USING rtree(id, a, b, c, d)",
    _("JSON 函数"): "SELECT json_extract(json_quote('a'), '$')",
    _("窗口函数"): "SELECT lag(1, 1, 0) OVER (ORDER BY 1)",
}


def lacking() -> tuple[str, ...]:
    """What this SQLite can't do, in Chinese. Raises ImportError where Python was built without any."""
    import sqlite3

    found = []
    sql = sqlite3.connect(":memory:")
    try:
        for name, statement in _NEEDS.items():
            try:
                sql.execute(statement).fetchone()
            except sqlite3.Error:
                found.append(name)
    finally:
        sql.close()
    return tuple(found)


@cache
def refuse_unfit_sqlite() -> None:
    """Raises SystemUnfit naming what is lacking; asks once a process."""
    import sqlite3

    found = lacking()
    if found:
        raise SystemUnfit(
            _("这个 Python 带的 SQLite（{version}）没有{what}，工作文件打不开，什么也没有改。").format(
                version=sqlite3.sqlite_version, what="、".join(found)
            ),
            _("请换用 SQLite 3.25 以上的 Python（Debian、统信、麒麟：装好 libsqlite3-dev 再编译 Python）。"),
        )
