"""蒙古文…: the Mongolian of each Chinese phrase that paper prints, typed or pasted, with a preview as it will stand."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.pinyin import matches
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.templates.mongolian_preview import MongolianPreview, family_of
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.publishing.typeset.bilingual_phrases import GROUPS, Phrase, list_text, phrases_of, read_list
from geohazard_desktop.publishing.typeset.fonts_for_paper import MONGOLIAN, PaperFonts
from geohazard_desktop.workspace.edits.bilingual import (
    MongolianText,
    mongolian_texts,
    refuse_unfit,
    set_mongolian,
)

_KEY = Qt.ItemDataRole.UserRole
_LONG = 80  # characters that still stand in a title's band at a size that is read from a metre


class BilingualDialog(QDialog):
    """`texts` and `sources` are what stands in the dialog, by key; nothing is in the workspace before 存上."""

    def __init__(self, session: Session, fonts: PaperFonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._kept = mongolian_texts(session.workspace)
        self.phrases = {one.key: one for one in phrases_of(session.workspace)}
        self.texts = {key: one.text for key, one in self._kept.items()}
        self.sources = {key: one.source for key, one in self._kept.items()}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._filling = False
        self.setWindowTitle(_("蒙古文"))
        open_at(self, 980, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("标题和警示语的蒙古文"), "title"))
        words = _(
            "蒙古文由本单位填，程序不翻译。填了的，出图时竖排印在汉文左边；空着的只印汉文。"
            "名称改了以后，原来的蒙古文不再印，要重填。"
        )
        column.addWidget(label(words, "note", wrap=True))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right(fonts))
        split.setSizes([theme().px(380), theme().px(556)])
        split.setStretchFactor(1, 1)
        column.addWidget(split, 1)
        column.addLayout(self._foot())
        self._fill()
        self._choose_first()

    # -- building --------------------------------------------------------------------------------------------------

    def _left(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.setSpacing(theme().px(6))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("找一句：字或拼音首字母"))
        self.search.setAccessibleName(_("找一句"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._sift)
        column.addWidget(self.search)
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("汉文"))
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(2)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(theme().px(12))
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, self.list.header().ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, self.list.header().ResizeMode.ResizeToContents)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(theme().px(6))
        self.copy_button = button(_("复制清单"), self._copy, size="small")
        self.copy_button.setToolTip(_("汉文、蒙古文两栏，贴到 Excel、WPS 里交给翻译单位。"))
        self.paste_button = button(_("贴上译好的清单"), self._paste, size="small")
        self.paste_button.setToolTip(_("在 Excel、WPS 里选中汉文、蒙古文两栏，复制，再按这里。"))
        row.addWidget(self.copy_button)
        row.addWidget(self.paste_button)
        row.addStretch(1)
        column.addLayout(row)
        return side

    def _right(self, fonts: PaperFonts) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme().px(8), 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.chinese = label("", "heading", wrap=True)
        column.addWidget(self.chinese)
        column.addWidget(label(_("蒙古文（横着打，印的时候竖排；换行另起一列）"), "label"))
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(_("蒙古文"))
        self.editor.setTabChangesFocus(True)
        self.editor.setPlaceholderText(_("贴传统蒙古文，Unicode 编码；没有就空着"))
        self.editor.setFixedHeight(theme().px(104))
        self.editor.textChanged.connect(self._typed)
        family = family_of(fonts)
        column.addWidget(self.editor)
        self.fault = label("", "error", wrap=True)
        column.addWidget(self.fault)
        self.long = label(_("这一句长，图名旁边地方小，字会印得很小，存好以后请预览一张看看。"), "note", wrap=True)
        column.addWidget(self.long)
        column.addWidget(label(_("谁译的、谁核的（不印）"), "label"))
        self.source = QLineEdit()
        self.source.setAccessibleName(_("谁译的、谁核的"))
        self.source.setMinimumHeight(theme().px(32))
        self.source.textChanged.connect(self._typed)
        column.addWidget(self.source)
        column.addWidget(label(_("印出来的样子"), "label"))
        self.preview = MongolianPreview(family)
        frame = QFrame()
        frame.setObjectName("box")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme().px(2), theme().px(2), theme().px(2), theme().px(2))
        inside.addWidget(self.preview)
        column.addWidget(frame, 1)
        self.no_font = label("", "error", wrap=True)
        if not family:
            self.no_font.setText(
                _(
                    "这台电脑上没有蒙古文字体，看不到样子，也印不出来。请安装 {first}"
                    "（Debian、麒麟、统信装软件包 fonts-noto-core），或放进“打印模板/fonts”。"
                ).format(first=MONGOLIAN[0])
            )
        self.no_font.setVisible(not family)
        column.addWidget(self.no_font)
        return side

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.told = label("", "note", wrap=True)
        row.addWidget(self.told, 1)
        cancel = button(_("取消"), self.reject)
        cancel.setAutoDefault(False)
        row.addWidget(cancel)
        self.take = button(_("存上"), self._take, primary=True)
        self.take.setAutoDefault(False)
        row.addWidget(self.take)
        return row

    def sizeHint(self) -> QSize:
        return QSize(theme().px(980), theme().px(640))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        font = theme().font("heading")  # after the style sheet has set its own: the letters are small for their size
        font.setFamilies([*filter(None, [self.preview.family]), *font.families()])
        self.editor.document().setDefaultFont(font)
        self.editor.setFocus()

    # -- the list --------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        for group, words in GROUPS.items():
            inside = [one for one in self.phrases.values() if one.group == group]
            if not inside:
                continue
            head = QTreeWidgetItem([words])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            self.list.addTopLevelItem(head)
            for one in inside:
                item = QTreeWidgetItem([one.chinese])
                item.setData(0, _KEY, one.key)
                item.setToolTip(0, one.chinese)
                head.addChild(item)
                self._items[one.key] = item
            head.setExpanded(True)
        self._tell()

    def _choose_first(self) -> None:
        """The first that is still empty."""
        keys = list(self._items)
        empty = [key for key in keys if not self.texts.get(key)]
        self.list.setCurrentItem(self._items[(empty or keys)[0]])

    def choose(self, key: str) -> None:
        self.list.setCurrentItem(self._items[key])
        self.list.scrollToItem(self._items[key])

    @property
    def current(self) -> Phrase | None:
        item = self.list.currentItem()
        return None if item is None else self.phrases.get(str(item.data(0, _KEY) or ""))

    def _sift(self, words: str) -> None:
        for number in range(self.list.topLevelItemCount()):
            head = self.list.topLevelItem(number)
            if head is None:
                continue
            shown = 0
            for place in range(head.childCount()):
                item = head.child(place)
                there = not words.strip() or matches(item.text(0), words.strip())
                item.setHidden(not there)
                shown += there
            head.setHidden(not shown)

    def _tell(self) -> None:
        """Each row says in words how it stands."""
        filled = 0
        for key, item in self._items.items():
            text = self.texts.get(key, "").strip()
            filled += bool(text)
            fault = self._fault(key)
            item.setText(1, _("有错") if fault else _("未存") if self._changed(key) else _("已填") if text else "")
        told = _("{filled} 句填了蒙古文，共 {count} 句。").format(filled=filled, count=len(self._items))
        self.told.setText(told)
        self.take.setEnabled(any(self._changed(key) for key in self._items) and not self._session.read_only_reason())
        self.take.setToolTip(self._session.read_only_reason())

    def _changed(self, key: str) -> bool:
        kept = self._kept.get(key, MongolianText(""))
        text = self.texts.get(key, "").strip()
        return text != kept.text or (bool(text) and self.sources.get(key, "").strip() != kept.source)

    def _fault(self, key: str) -> str:
        text = self.texts.get(key, "").strip()
        if not text or not self._changed(key):
            return ""
        try:
            refuse_unfit(self.phrases[key].chinese, text)
        except EditRefused as error:
            return f"{error.sentence}{error.remedy}"
        return ""

    # -- one phrase ------------------------------------------------------------------------------------------------

    def _show(self, _item: QTreeWidgetItem | None) -> None:
        phrase = self.current
        if phrase is None:
            return
        self._filling = True
        self.chinese.setText(phrase.chinese)
        self.editor.setPlainText(self.texts.get(phrase.key, ""))
        self.source.setText(self.sources.get(phrase.key, ""))
        self._filling = False
        self._look(phrase)

    def _typed(self) -> None:
        phrase = self.current
        if phrase is None or self._filling:
            return
        self.texts[phrase.key] = self.editor.toPlainText()
        self.sources[phrase.key] = self.source.text()
        self._tell()
        self._look(phrase)

    def _look(self, phrase: Phrase) -> None:
        fault = self._fault(phrase.key)
        text = self.texts.get(phrase.key, "").strip()
        self.long.setVisible(not fault and len(text) > _LONG)
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.preview.show_pair(phrase.chinese, "" if fault else text)

    # -- lists -----------------------------------------------------------------------------------------------------

    def _copy(self) -> None:
        wanted = [one for one in self.phrases.values() if one.group != "former"]
        QGuiApplication.clipboard().setText(list_text(wanted, self.texts))
        self.told.setText(_("已复制 {count} 句，可以贴到 Excel、WPS 里。").format(count=len(wanted)))

    def _paste(self) -> None:
        found, others = read_list(QGuiApplication.clipboard().text(), self.phrases.values())
        self.texts |= found
        self._tell()
        self._show(None)
        if not found and not others:
            self.told.setText(_("剪贴板里没有汉文、蒙古文两栏的表。请在 Excel、WPS 里选中两栏，复制后再贴。"))
            return
        told = _("认出 {count} 句，还没存。").format(count=len(found))
        if others:
            told += _("{count} 句汉文不在清单里，没有收：{first}。").format(
                count=len(others), first="、".join(f"“{one}”" for one in others[:2])
            )
        self.told.setText(told)

    # -- ending ----------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        """One step of the history; the first faulty text is shown instead."""
        faulty = next((key for key in self._items if self._fault(key)), None)
        if faulty is not None:
            self.choose(faulty)
            self.editor.setFocus()
            return
        given = {
            key: MongolianText(self.texts.get(key, ""), self.sources.get(key, ""))
            for key in self._items
            if self._changed(key)
        }
        if self._session.apply(set_mongolian(self._session.workspace, given)):
            self.accept()

    def reject(self) -> None:
        """Esc and 取消: what was typed is asked about."""
        changed = sum(self._changed(key) for key in self._items)
        if changed and not self._session.read_only_reason():
            words = _("{count} 句蒙古文填了还没存，现在离开就丢了。").format(count=changed)
            question = Question(self, _("蒙古文还没存"), words, _("丢下不存"), _("回去存"))
            leave = bool(question.exec())
            question.deleteLater()
            if not leave:
                return
        super().reject()
