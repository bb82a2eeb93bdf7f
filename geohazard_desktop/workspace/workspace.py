"""The workspace: one GeoPackage file that is an office's whole work.

Every change goes through `apply`: one transaction that changes the features (the triggers append the journal) and
adds one row of `change`. When `apply` returns, the step is on disk. There is no save.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.common.errors import (
    EditRefused,
    NotAWorkspace,
    WorkspaceLocked,
)
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.district import District
from geohazard_desktop.workspace import numbers, upkeep
from geohazard_desktop.workspace.admission import look_like_sqlite, refuse_foreign
from geohazard_desktop.workspace.adoption import with_later_fields
from geohazard_desktop.workspace.connection import Connection, spoken
from geohazard_desktop.workspace.definition import LayerDefinition, definitions_from_texts
from geohazard_desktop.workspace.feature import Delta, Edit
from geohazard_desktop.workspace.history import History, newest_mark, still_has
from geohazard_desktop.workspace.holding import Holding
from geohazard_desktop.workspace.identity import Identity, this_identity
from geohazard_desktop.workspace.journal import Journal, OwnSteps
from geohazard_desktop.workspace.later_layers import take_in
from geohazard_desktop.workspace.own_words import PREFIX, SETTING, read_own_words, with_own_words
from geohazard_desktop.workspace.readonly import why_read_only
from geohazard_desktop.workspace.registered import refuse_registered
from geohazard_desktop.workspace.rows import LayerRows, checked, label
from geohazard_desktop.workspace.stored_files import StoredFiles

if TYPE_CHECKING:
    from pyproj import CRS

log = logging.getLogger(__name__)
_KNOWN_CRS = range(4491, 4555)  # CGCS2000 Gauss-Kruger, 6° and 3° zones: sound without looking
Listener = Callable[[Sequence[Delta]], None]


class Workspace(StoredFiles, Holding):
    """An open workspace. Use `Workspace.create` or `Workspace.open`; close it when done."""

    def __init__(self, connection: Connection, read_only_reason: str, identity: Identity | None) -> None:
        self.path = connection.path
        self.read_only = connection.read_only
        self.read_only_reason = read_only_reason
        self._connection = connection
        self._sql = connection.sql
        self._identity = identity
        self._listeners: list[Listener] = []
        self._looked_for_numbers = False
        self.replaced = False  # found by `poll`: somebody put a backup in the file's place; open it anew
        with spoken(self.path):
            about = self._about()
            self.epsg = int(about["epsg"])
            texts = dict(self._sql.execute("SELECT table_name, toml FROM layer_definition").fetchall())
            made = definitions_from_texts(texts.pop("_common", ""), texts)
            self.made_definitions = with_later_fields(made, texts)  # before the office's own words
            self.definitions: dict[str, LayerDefinition] = dict(self.made_definitions)
            self._condition = upkeep.look(self._sql, self.definitions)
            self._rows = self._layer_rows()
            if SETTING in self._rows:
                self.definitions = with_own_words(self.made_definitions, self.settings_of(PREFIX))
            self._own = OwnSteps(self._last_change())
            self._journal = Journal(self._sql, self._rows.get, self._own)
            self._history = History(self._sql, self._title)
            self._seen_entry = self._opened_at = self._journal.last_entry()
            self._seen_version = self._data_version()
            self._seen_mark = newest_mark(self._sql)
        if self.epsg not in _KNOWN_CRS:
            projected_crs_of(self.epsg)

    @cached_property
    def crs(self) -> "CRS":
        """The projected CRS of all layers, loaded when somebody asks."""
        return projected_crs_of(self.epsg)

    # -- opening ---------------------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls, path: Path | str, district: District, *, layers: Path | None = None, identity: Identity | None = None
    ) -> "Workspace":
        """Make a workspace for `district` and open it. Raises FileExists rather than overwrite."""
        from geohazard_desktop.workspace.creation import create_file

        identity = identity or this_identity()
        create_file(Path(path), district, identity, layers=layers)
        return cls.open(path, identity=identity)

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False, identity: Identity | None = None) -> "Workspace":
        """Open without changing a byte. What can't be written opens read-only, with the reason in a sentence.

        Raises NotAWorkspace, WorkspaceTooNew, WorkspaceLocked.
        """
        path = Path(path)
        if not look_like_sqlite(path):
            raise NotAWorkspace(
                _("{name} 不是 GeoPackage 文件。").format(name=path.name),
                _("请选本程序建立的 .gpkg 工作文件；其他数据请用“导入”。"),
            )
        reason = _("按只读方式打开") if read_only else why_read_only(path)
        connection = Connection(path, read_only=bool(reason))
        try:
            refuse_foreign(connection)
            return cls(connection, reason, identity)
        except BaseException:
            connection.close()
            raise

    def beside(self) -> "Workspace":
        """Another connection to the same file, for a thread of this window's: its steps are this opening's to undo."""
        found = Workspace.open(self.path, identity=self._identity)
        found._own = self._own
        return found

    @property
    def in_wal(self) -> bool:
        """Whether another program keeps the file in WAL now: whoever merely reads should close it when done, or the
        file can't go back to being one file."""
        return self._connection.is_wal()

    def close(self) -> None:
        self._listeners.clear()
        self._connection.close()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _about(self) -> dict[str, str]:
        return dict(self._sql.execute("SELECT key, value FROM workspace_about").fetchall())

    def _layer_rows(self) -> dict[str, LayerRows]:
        return {
            table: LayerRows(definition, self._condition.columns.get(table, ()), self.epsg)
            for table, definition in self.definitions.items()
            if table in self._condition.columns
        }

    def beside_another(self) -> None:
        """Another window has the file open: what was done before is that window's to undo, not this one's."""
        self._own.before = 0

    def _last_change(self) -> int:
        return int(self._sql.execute("SELECT max(change_id) FROM change").fetchone()[0] or 0)

    def _data_version(self) -> int:
        return int(self._sql.execute("PRAGMA data_version").fetchone()[0])

    @property
    def notices(self) -> list[str]:
        """Sentences about breaks in the history found at opening, and earlier ones that were recorded."""
        with spoken(self.path):
            recorded = [row[0] for row in self._sql.execute("SELECT sentence FROM journal_break ORDER BY break_id")]
        return [*recorded, *(one for one in self._condition.sentences if one not in recorded)]

    def verify_history(self) -> list[str]:
        """Compare every layer's rows with the journal; returns `notices` with what this added."""
        with spoken(self.path):
            upkeep.count_differences(self._sql, self.definitions, self._condition)
        return self.notices

    # -- changing --------------------------------------------------------------------------------------------------

    def apply(self, edit: Edit) -> None:
        """Do an edit: on disk when this returns, or refused with a sentence and nothing changed.

        Raises EditRefused, WorkspaceReadOnly, WorkspaceLocked, WorkspaceBusyOrLost.
        """
        # What follows from a register's entry (a zone's state) goes with it: neither is undone.
        entered = any(self.definition(one.layer).append_only for one in edit.deltas)
        self._write(edit, kind="register" if entered else "edit")

    def number_rows(self) -> int:
        """Give numbers to rows that another program added without one; returns how many. A step of its own kind."""
        with spoken(self.path):
            missing = numbers.missing(self._sql, self.definitions, self._condition.columns)
        deltas: list[Delta] = []
        for layer, uids in missing.items():
            without = self.table(layer, uids=uids)
            for feature, number in zip(without, self.next_numbers(layer, len(without)), strict=True):
                deltas.append(Delta(layer, feature.uid, feature, feature.with_values(id=number)))
        if deltas:
            self._write(
                Edit(_("为其他程序添加的 {count} 个要素编号").format(count=len(deltas)), deltas),
                kind="system",
                exact=True,
            )
        return len(deltas)

    def data_mark(self) -> str:
        """Tells the data of now from those of any other time. What is entered of printed papers is left out: the first
        papers of a batch must not make it begin anew."""
        query = "SELECT max(entry), max(made_at) FROM journal WHERE layer NOT IN ('card_issue', 'export_log')"
        newest = self._sql.execute(query).fetchone()
        breaks = self._sql.execute("SELECT count(*) FROM journal_break").fetchone()
        return f"{newest[0]} {newest[1]} {breaks[0]}"

    def stored_styles(self) -> dict[str, str]:
        """QGIS's styles as they stand in `layer_styles`: QML text by layer."""
        with spoken(self.path):
            rows = self._sql.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE styleName = f_table_name")
            return {str(layer): str(text or "") for layer, text in rows}

    def store_styles(self, qml: Mapping[str, str]) -> None:
        """Write QGIS's styles (QML text by layer) into `layer_styles`; not a step of the history: it is derived."""
        with self._connection.transaction() as sql:
            for layer, text in qml.items():
                geometry = "" if self.definition(layer).geometry == "none" else "geom"
                sql.execute("DELETE FROM layer_styles WHERE f_table_name = ? AND styleName = ?", (layer, layer))
                sql.execute(
                    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                    "styleName, styleQML, styleSLD, useAsDefault, description, owner) "
                    "VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '')",
                    (layer, geometry, layer, text, self.definition(layer).title),
                )

    # -- being told ------------------------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the deltas of every step, one's own and others'; returns what ends it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def poll(self) -> Sequence[Delta]:
        """Look whether another window or program wrote; publishes and returns its deltas.

        Rows that it added without a number get one here, as a step of its own: a number must be there before the row
        is spoken of, and opening a file changes nothing.
        """
        self._connection.keep_rollback_journal()
        with spoken(self.path):
            version = self._data_version()
            changed = version != self._seen_version
            if not changed and self._looked_for_numbers:
                return ()
            self._seen_version = version
            if changed:
                take_in(self)
            last = self._journal.last_entry()
            self.replaced = not still_has(self._sql, self._seen_mark)
            self._seen_mark = newest_mark(self._sql)
            deltas = self._journal.net_deltas(self._seen_entry + 1, last) if last > self._seen_entry else []
            self._seen_entry = last
            if changed:
                self._condition = upkeep.look(self._sql, self.definitions)
        if deltas:
            self._publish(deltas)
        self._looked_for_numbers = True
        if not self.read_only:
            self._number_found_rows()
        return deltas

    # -- inside ----------------------------------------------------------------------------------------------------

    def _number_found_rows(self) -> None:
        try:
            self.number_rows()
        except (EditRefused, WorkspaceLocked) as error:
            # The other program is at work still; its next step brings us here again.
            log.info("rows stay without a number for now: %s", error)

    def _who(self) -> Identity:
        # Asked for at the first write only: looking at a file must not make folders.
        if self._identity is None:
            self._identity = this_identity()
        return self._identity

    def _title(self, layer: str) -> str:
        return self.definitions[layer].title if layer in self.definitions else layer

    def _write(self, edit: Edit, *, kind: str, undoes: int | None = None, exact: bool = False) -> None:
        """`exact`: rows are stored as given, faults that another program left in them included."""
        deltas = [self._prepared(one, exact=exact) for one in edit.deltas]
        deltas = [one for one in deltas if one.before is None or not one.before.same_as(one.after)]
        if not deltas:
            return
        who = self._who()
        mended = False
        with ExitStack() as own, self._connection.transaction() as sql:
            if not self._condition.sound:
                upkeep.mend(sql, self.definitions, self.epsg, self._condition)
                mended = True
                self._condition = upkeep.look(sql, self.definitions)
                self._rows = self._layer_rows()
                self._journal = Journal(self._sql, self._rows.get, self._own)
            first = self._journal.last_entry() + 1
            foreign = self._journal.net_deltas(self._seen_entry + 1, first - 1) if first - 1 > self._seen_entry else []
            for delta in deltas:
                self._store(delta)
            step = self._journal.record(
                first_entry=first, actor=who.actor, origin=who.origin, words=edit.words, kind=kind, undoes=undoes
            )
            own.enter_context(self._own.making(step))
            for layer in {one.layer for one in deltas}:
                sql.execute(
                    "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?",
                    (layer,),
                )
            last = self._journal.last_entry()
        self._seen_entry = last
        self._seen_version = self._data_version()
        self._seen_mark = newest_mark(self._sql)
        if mended:
            log.info("history mended: %s", "; ".join(self.notices))
        self._publish([*foreign, *deltas])

    def _prepared(self, delta: Delta, *, exact: bool) -> Delta:
        definition = self.definition(delta.layer)
        if definition.append_only and delta.before is not None:
            raise EditRefused(
                _("{title}是只增不减的登记，不能改也不能删。").format(title=definition.title),
                _("请再记一条更正。"),
            )
        if definition.reference and delta.before is not None and delta.after is not None:
            raise EditRefused(definition.why_fixed, _("要改请在它原来的文件里改，移除这一层，再添加一次。"))
        if delta.after is None and delta.before is not None:
            refuse_registered(self, delta.before)
        if delta.after is None or exact:
            return delta
        return Delta(delta.layer, delta.uid, delta.before, checked(definition, delta.after))

    def _store(self, delta: Delta) -> None:
        rows = self._rows[delta.layer]
        current = rows.one(self._sql, delta.uid)
        if delta.before is None:
            if current is not None or delta.after is None:
                raise EditRefused(_("{name}已经存在。").format(name=self._label(delta)), _("请刷新后再做一次。"))
            rows.insert(self._sql, delta.after)
            return
        if current is None or not current.same_as(delta.before):
            raise EditRefused(
                _("{name}刚刚被别人{verb}了，这一步没有存上。").format(
                    name=self._label(delta), verb=_("删除") if current is None else _("改动")
                ),
                _("请看过新的内容再做一次。"),
            )
        if delta.after is None:
            rows.delete(self._sql, delta.uid)
        else:
            rows.update(self._sql, delta.after)

    def _label(self, delta: Delta) -> str:
        feature = delta.before or delta.after
        definition = self.definition(delta.layer)
        return definition.title if feature is None else label(definition, feature)

    def _publish(self, deltas: Sequence[Delta]) -> None:
        if any(one.layer == SETTING for one in deltas):
            read_own_words(self)
        for listener in list(self._listeners):
            try:
                listener(deltas)
            except Exception:  # the step is on disk: a view that fails must not make it look refused
                log.exception("a view failed to follow a step")


def projected_crs_of(epsg: int) -> "CRS":
    """The CRS of a code; DefinitionInvalid when it is unknown or not a projected one in metres."""
    from geohazard_desktop.workspace.creation import projected_crs

    return projected_crs(epsg)
