"""The style sheet, generated from the palette and the lengths of the theme: no colour stands here."""

from typing import TYPE_CHECKING

from geohazard_desktop.desktop.icons import tinted_file

if TYPE_CHECKING:
    from geohazard_desktop.desktop.theme import Theme


def sheet(theme: "Theme") -> str:
    """QSS for the whole application at the theme's palette and font size."""
    return "\n".join(part(theme) for part in (_base, _controls, _fields, _views, _docks, _window, _panels))


def _font(theme: "Theme", role: str) -> str:
    return f"font-size: {theme.points(role):.2f}pt;"


def _base(t: "Theme") -> str:
    p = t.palette
    return f"""
    QWidget {{ color: {p.text}; {_font(t, "body")} }}
    QMainWindow, QDialog, #central {{ background: {p.ground}; }}
    QDialog {{ background: {p.panel}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QLabel {{ background: transparent; }}
    QLabel[role="label"] {{ color: {p.text2}; {_font(t, "label")} }}
    QLabel[role="note"] {{ color: {p.text2}; {_font(t, "table")} }}
    QLabel[role="small"] {{ color: {p.text3}; {_font(t, "small")} }}
    QLabel[role="heading"] {{ {_font(t, "heading")} font-weight: bold; }}
    QLabel[role="title"] {{ {_font(t, "title")} font-weight: bold; }}
    QLabel[role="figure"] {{ {_font(t, "figure")} font-weight: bold; }}
    QLabel[role="strong"] {{ font-weight: bold; }}
    QLabel[role="error"] {{ color: {p.error}; {_font(t, "label")} }}
    QLabel[role="reminder"] {{ color: {p.reminder}; {_font(t, "table")} }}
    QLabel[role="chip"] {{ background: {p.soft}; color: {p.accent}; {_font(t, "small")}
        border-radius: 3px; padding: 2px 7px; }}
    QLabel[role="key"] {{ color: {p.text2}; border: 1px solid {p.hairline}; border-radius: 3px;
        padding: 0px 5px; {_font(t, "small")} background: {p.panel}; }}
    QLabel:disabled {{ color: {p.disabled}; }}
    QToolTip {{ background: {p.text}; color: {p.panel}; border: 0; padding: 6px 9px; {_font(t, "table")} }}
    QFrame[role="line"] {{ background: {p.hairline}; border: 0; max-height: 1px; min-height: 1px; }}
    QFrame[role="vline"] {{ background: {p.hairline}; border: 0; max-width: 1px; min-width: 1px; }}
    QScrollArea {{ border: 0; background: transparent; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: {t.px(11)}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {t.px(11)}px; margin: 0; }}
    QScrollBar::handle {{ background: {p.border}; border-radius: 3px; margin: 3px; }}
    QScrollBar::handle:vertical {{ min-height: {t.px(28)}px; }}
    QScrollBar::handle:horizontal {{ min-width: {t.px(28)}px; }}
    QScrollBar::handle:hover {{ background: {p.text3}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; border: 0; width: 0; height: 0; }}
    QSplitter::handle {{ background: {p.hairline}; }}
    """


def _controls(t: "Theme") -> str:
    p = t.palette
    return f"""
    QPushButton {{ background: {p.panel}; border: 1px solid {p.border}; border-radius: 5px;
        padding: 0 {t.px(14)}px; min-height: {t.px(32)}px; }}
    QPushButton:hover {{ background: {p.hover}; }}
    QPushButton:focus {{ border: 2px solid {p.accent}; }}
    QPushButton:pressed {{ background: {p.selected}; }}
    QPushButton:disabled {{ color: {p.disabled}; background: {p.quiet}; border-color: {p.hairline}; }}
    QPushButton[primary="true"] {{ background: {p.accent}; color: {p.on_accent}; border-color: {p.accent};
        font-weight: bold; }}
    QPushButton[primary="true"]:hover {{ background: {p.accent_hover}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {p.text}; }}
    QPushButton[primary="true"]:disabled {{ background: {p.hairline}; color: {p.disabled};
        border-color: {p.hairline}; }}
    QPushButton[size="small"] {{ min-height: {t.px(26)}px; padding: 0 {t.px(10)}px; {_font(t, "table")} }}
    QPushButton[size="large"] {{ min-height: {t.px(38)}px; padding: 0 {t.px(18)}px; }}
    QPushButton[flat="true"] {{ border: 0; background: transparent; color: {p.accent}; padding: 0 4px; }}
    QPushButton[flat="true"]:hover {{ text-decoration: underline; background: transparent; }}
    QPushButton[flat="true"]:focus {{ border: 2px solid {p.accent}; }}
    QPushButton[row="true"] {{ text-align: left; }}
    QPushButton[row="true"][current="true"] {{ font-weight: bold; }}
    QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 3px; }}
    QToolButton:hover {{ background: {p.hover}; }}
    QToolButton:focus {{ border: 2px solid {p.accent}; }}
    QToolButton:checked {{ background: {p.soft}; color: {p.accent}; }}
    QPushButton:checked {{ background: {p.soft}; color: {p.accent}; border: 1px solid {p.accent}; }}
    QToolButton#valuechip {{ border: 1px solid {p.border}; border-radius: 5px; background: {p.panel};
        padding: 2px {t.px(8)}px; min-height: {t.px(20)}px; {_font(t, "table")} }}
    QToolButton#valuechip:hover {{ background: {p.hover}; }}
    QToolButton#valuechip:checked {{ background: {p.soft}; color: {p.accent}; border-color: {p.accent};
        font-weight: bold; }}
    QToolButton#valuechip:focus {{ border: 2px solid {p.accent}; }}
    QToolButton#valuechip:disabled {{ color: {p.text3}; border-color: {p.hairline}; }}
    QToolButton#valuechip:checked:disabled {{ color: {p.text}; background: {p.hover}; }}
    QToolButton#statechip {{ border: 0; border-radius: 3px; padding: 1px {t.px(6)}px; background: {p.hover};
        color: {p.text2}; {_font(t, "small")} }}
    QToolButton#statechip[state="same"] {{ background: {p.soft}; color: {p.accent}; }}
    QToolButton#statechip[state="empty"] {{ background: transparent; color: {p.accent}; border: 1px solid {p.accent}; }}
    QToolButton#statechip:hover {{ background: {p.hover}; }}
    QToolButton#statechip:focus {{ border: 2px solid {p.accent}; }}
    #choices {{ background: {p.panel}; border: 1px solid {p.border}; padding: 4px; }}
    #choices::item {{ min-height: {t.px(27)}px; padding: 0 {t.px(6)}px; border-radius: 4px; }}
    #sectionhead {{ border: 0; border-radius: 4px; text-align: left; font-weight: bold; padding: 3px 2px; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QCheckBox, QRadioButton {{ spacing: 7px; }}
    QCheckBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator {{
        width: {t.px(14)}px; height: {t.px(14)}px;
        border: 1px solid {p.border}; border-radius: 3px; background: {p.panel}; }}
    QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked,
        QTableView::indicator:checked {{
        background: {p.accent}; border-color: {p.accent}; image: url("{tinted_file("check", p.on_accent)}"); }}
    QTreeView::indicator:indeterminate {{ background: {p.soft}; border-color: {p.accent};
        image: url("{tinted_file("check-some", p.accent)}"); }}
    QRadioButton::indicator {{ width: {t.px(12)}px; height: {t.px(12)}px; border: 1px solid {p.border};
        border-radius: {t.px(7)}px; background: {p.panel}; }}
    QRadioButton::indicator:checked {{ border: {t.px(4)}px solid {p.accent}; width: {t.px(6)}px;
        height: {t.px(6)}px; background: {p.on_accent}; }}
    QRadioButton::indicator:focus {{ border-color: {p.accent}; }}
    QCheckBox:focus {{ outline: none; }}
    QCheckBox::indicator:focus {{ border: 2px solid {p.accent}; }}
    QProgressBar {{ border: 0; border-radius: 3px; background: {p.hairline}; max-height: 6px; min-height: 6px; }}
    QProgressBar::chunk {{ background: {p.accent}; border-radius: 3px; }}
    QMenuBar {{ background: {p.ground}; spacing: 2px; }}
    QMenuBar::item {{ background: transparent; padding: {t.px(6)}px {t.px(9)}px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {p.hover}; }}
    QMenuBar QToolButton {{ border: 0; min-width: {t.px(34)}px; }}
    QMenu {{ background: {p.panel}; border: 1px solid {p.border}; padding: 5px; }}
    QMenu::item {{ padding: {t.px(6)}px {t.px(26)}px {t.px(6)}px {t.px(10)}px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {p.selected}; }}
    QMenu::item:disabled {{ color: {p.disabled}; }}
    QMenu::separator {{ height: 1px; background: {p.hairline}; margin: 4px 6px; }}
    QMenu::icon {{ padding-left: {t.px(8)}px; }}
    """


def _fields(t: "Theme") -> str:
    p = t.palette
    arrow = t.px(26)
    return f"""
    QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QAbstractSpinBox {{ background: {p.panel};
        border: 1px solid {p.border}; border-radius: 5px; padding: 0 {t.px(9)}px; min-height: {t.px(30)}px;
        selection-background-color: {p.accent}; selection-color: {p.on_accent}; }}
    QPlainTextEdit {{ padding: {t.px(4)}px {t.px(6)}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus,
        QAbstractSpinBox:focus {{ border: 2px solid {p.accent}; }}
    QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{
        border: 2px solid {p.error}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit:read-only {{
        background: {p.quiet}; color: {p.text2}; border-color: {p.hairline}; }}
    QAbstractSpinBox:disabled {{ background: {p.quiet}; color: {p.text2}; border-color: {p.hairline}; }}
    QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{ border: 0;
        width: {t.px(18)}px; background: transparent; }}
    QSpinBox::up-button:hover, QSpinBox::down-button:hover, QDoubleSpinBox::up-button:hover,
        QDoubleSpinBox::down-button:hover {{ background: {p.hover}; }}
    QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url("{tinted_file("chevron-up", p.text2)}");
        width: {t.px(11)}px; height: {t.px(11)}px; }}
    QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url("{tinted_file("chevron-down", p.text2)}");
        width: {t.px(11)}px; height: {t.px(11)}px; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: 0; width: {arrow}px; background: transparent; }}
    QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{tinted_file("chevron-down", p.text2)}");
        width: {t.px(14)}px; height: {t.px(14)}px; }}
    QComboBox QAbstractItemView {{ background: {p.panel}; border: 1px solid {p.border};
        selection-background-color: {p.selected}; selection-color: {p.text}; outline: 0; }}
    """


def _views(t: "Theme") -> str:
    p = t.palette
    return f"""
    QTreeView, QListView, QTableView, QListWidget, QTreeWidget, QTableWidget {{ background: {p.panel}; border: 0;
        outline: 0; selection-background-color: {p.selected}; selection-color: {p.text};
        alternate-background-color: {p.quiet}; gridline-color: {p.hairline}; }}
    QTreeView::item {{ height: {t.px(25)}px; }}
    QTreeView::item:hover, QListView::item:hover {{ background: {p.hover}; }}
    QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {{ background: {p.selected};
        color: {p.text}; }}
    QTreeView::branch {{ background: transparent; }}
    QTreeView::branch:has-children:closed {{ image: url("{tinted_file("chevron-right", p.text2)}"); }}
    QTreeView::branch:has-children:open {{ image: url("{tinted_file("chevron-down", p.text2)}"); }}
    QTableView {{ {_font(t, "table")} }}
    QTableView::item {{ padding: 0 {t.px(6)}px; border-bottom: 1px solid {p.hairline}; }}
    QTableView[dense="true"]::item {{ padding: 0 {t.px(2)}px; }}
    QTableView::item:focus {{ border: 2px solid {p.accent}; }}
    QHeaderView {{ background: {p.quiet}; border: 0; }}
    QHeaderView::section {{ background: {p.quiet}; color: {p.text2}; border: 0;
        border-bottom: 1px solid {p.hairline}; padding: {t.px(6)}px {t.px(8)}px; {_font(t, "table")} }}
    QTableCornerButton::section {{ background: {p.quiet}; border: 0; }}
    """


def _docks(t: "Theme") -> str:
    p = t.palette
    return f"""
    QDockWidget {{ {_font(t, "body")} }}
    QDockWidget > QWidget {{ background: {p.panel}; }}
    QMainWindow::separator {{ background: {p.hairline}; width: 3px; height: 3px; }}
    QMainWindow::separator:hover {{ background: {p.accent}; }}
    QTabWidget::pane {{ border: 0; border-top: 1px solid {p.hairline}; }}
    QTabBar {{ background: {p.ground}; }}
    QTabBar::tab {{ background: transparent; padding: {t.px(7)}px {t.px(12)}px; border: 0;
        border-bottom: 2px solid transparent; color: {p.text2}; }}
    QTabBar::tab:hover {{ background: {p.hover}; }}
    QTabBar::tab:selected {{ color: {p.accent}; font-weight: bold; border-bottom-color: {p.accent}; }}
    QTabBar:focus {{ border: 1px solid {p.accent}; }}
    """


def _window(t: "Theme") -> str:
    p = t.palette
    return f"""
    #panel {{ background: {p.panel}; }}
    #top {{ background: {p.ground}; }}
    #search {{ background: {p.panel}; border: 1px solid {p.border}; border-radius: 5px; text-align: left;
        color: {p.text3}; padding: 0 {t.px(9)}px; min-height: {t.px(24)}px; {_font(t, "table")} }}
    #stages {{ background: {p.ground}; border-bottom: 1px solid {p.hairline}; }}
    #tools {{ background: {p.panel}; border-bottom: 1px solid {p.hairline}; }}
    #tools QToolButton {{ {_font(t, "small")} min-width: {t.px(48)}px; min-height: {t.px(44)}px;
        padding: 1px {t.px(3)}px; }}
    #tools QToolButton:disabled {{ color: {p.disabled}; }}
    #tools QToolButton:checked {{ background: {p.soft}; border: 1px solid {p.accent}; color: {p.accent};
        font-weight: bold; }}
    #tools QToolButton[switch="true"]:checked {{ border: 1px solid transparent; color: {p.text};
        font-weight: normal; }}
    #tools QToolButton::menu-button {{ border: 0; background: transparent; width: {t.px(16)}px; }}
    #tools QToolButton:focus {{ border: 2px solid {p.accent}; }}
    #tools[tight="true"] QToolButton {{ min-width: {t.px(34)}px; padding: 1px {t.px(1)}px; }}
    #tools[low="true"] QToolButton {{ min-height: {t.px(24)}px; min-width: {t.px(28)}px; }}
    #status {{ background: {p.panel}; border-top: 1px solid {p.hairline}; }}
    #status QLabel, #status QComboBox, #status QToolButton, #status QPushButton, #status QLineEdit {{
        {_font(t, "label")} }}
    #status QComboBox {{ border: 0; min-height: {t.px(22)}px; padding: 0 2px; background: transparent; }}
    #status QComboBox:focus {{ border: 2px solid {p.accent}; }}
    #status QLineEdit {{ border: 0; background: transparent; min-height: {t.px(20)}px; padding: 0; }}
    #bar {{ border-bottom: 1px solid {p.hairline}; }}
    #bar[floating="true"] {{ border: 1px solid {p.border}; border-radius: 8px; }}
    #bar[severity="error"] {{ background: {p.error_ground}; }}
    #bar[severity="warning"] {{ background: {p.reminder_ground}; }}
    #bar[severity="info"] {{ background: {p.soft}; }}
    #bar[severity="done"] {{ background: {p.done_ground}; }}
    """


def _panels(t: "Theme") -> str:
    p = t.palette
    return f"""
    #live, #float {{ background: {p.panel}; border: 1px solid {p.hairline}; border-radius: 8px; }}
    #box {{ background: {p.quiet}; border: 1px solid {p.hairline}; border-radius: 5px; }}
    #footer {{ background: {p.quiet}; border-top: 1px solid {p.hairline}; }}
    #card {{ background: {p.panel}; border: 1px solid {p.hairline}; border-radius: 8px; }}
    #card:hover {{ border-color: {p.accent}; }}
    #card:focus {{ border: 2px solid {p.accent}; }}
    #sheetcard {{ background: {p.panel}; border: 1px solid {p.hairline}; border-radius: 8px; }}
    #recent {{ background: transparent; border: 0; border-top: 1px solid {p.hairline}; border-radius: 0;
        text-align: left; }}
    #recent:hover {{ background: {p.hover}; }}
    #recent:focus {{ border: 2px solid {p.accent}; }}
    #drop {{ background: {p.quiet}; border: 2px dashed {p.border}; border-radius: 8px; }}
    #drop[over="true"] {{ background: {p.soft}; border-color: {p.accent}; }}
    #tag {{ background: {p.hover}; border-radius: 3px; padding: 2px 7px; color: {p.text2}; {_font(t, "table")} }}
    #finding {{ background: {p.panel}; border: 0; border-bottom: 1px solid {p.hairline}; }}
    #findinggroup {{ background: {p.quiet}; border: 0; border-bottom: 1px solid {p.hairline}; }}
    #finding[current="true"] {{ background: {p.soft}; border-left: 3px solid {p.accent}; }}
    #notice[severity="error"] {{ background: {p.error_ground}; }}
    #notice[severity="warning"] {{ background: {p.reminder_ground}; }}
    #notice[severity="done"] {{ background: {p.done_ground}; }}
    #notice[severity="info"] {{ background: {p.quiet}; }}
    #palette {{ background: {p.panel}; border: 1px solid {p.border}; border-radius: 8px; }}
    #boxed, #boxedLines {{ border: 1px solid {p.border}; border-radius: 5px; }}
    #boxedLines::item {{ padding: {t.px(4)}px {t.px(2)}px; }}
    #boxed::item {{ height: {t.px(25)}px; }}
    #choice {{ background: {p.panel}; border: 1px solid {p.border}; border-radius: 5px; padding: 3px {t.px(9)}px;
        min-height: {t.px(24)}px; {_font(t, "table")} }}
    #choice:disabled {{ color: {p.disabled}; background: {p.quiet}; border-color: {p.hairline}; }}
    #choice:checked {{ background: {p.soft}; color: {p.accent}; border-color: {p.accent}; }}
    #choice:hover {{ background: {p.hover}; }}
    #choice:focus {{ border: 2px solid {p.accent}; }}
    #segment {{ border: 1px solid {p.border}; border-radius: 5px; background: {p.panel}; }}
    #segment QToolButton {{ border-radius: 0; {_font(t, "table")} min-height: {t.px(26)}px; }}
    #segment QToolButton:checked {{ background: {p.soft}; color: {p.accent}; font-weight: bold; }}
    #celledit {{ background: {p.panel}; border: 2px solid {p.accent}; border-radius: 3px; }}
    #preview {{ background: {p.panel}; }}
    #thumbs {{ background: {p.quiet}; border: 0; border-right: 1px solid {p.hairline}; }}
    #templates {{ padding-left: {t.px(8)}px; }}
    #code {{ border: 0; border-radius: 0; }}
    #code:focus {{ border: 0; border-top: 2px solid {p.accent}; }}
    """
