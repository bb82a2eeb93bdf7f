"""Every failure the program can foresee: a class, a stable code, a Chinese sentence and what to do about it.

Window, command line and log show the same sentence. The code is for the details pane and the log, never first.
"""

from typing import ClassVar


class GeohazardError(Exception):
    """A refusal the user can understand.

    `sentence` names what went wrong, with the file and the feature; `remedy` says what to do next.
    Both are complete Chinese sentences ending in 。
    """

    code: ClassVar[str] = "GH-000"

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence + remedy)
        self.sentence = sentence
        self.remedy = remedy

    def __str__(self) -> str:
        return self.sentence + self.remedy


class ResourceMissing(GeohazardError):
    """A file that ships with the program is not where it should be, or can't be read."""

    code = "GH-101"


class DefinitionInvalid(GeohazardError):
    """A layer definition, style or rule file has a fault; the sentence names file and key."""

    code = "GH-102"


class FontMissing(GeohazardError):
    """No usable CJK font: nothing may be printed with tofu."""

    code = "GH-103"


class SystemUnfit(GeohazardError):
    """A part of the system or of Python that everything rests on is too old or was left out when it was built."""

    code = "GH-105"


class NotAWorkspace(GeohazardError):
    """The file is no GeoPackage, or a GeoPackage that is not one of our workspaces."""

    code = "GH-201"


class WorkspaceTooNew(GeohazardError):
    """The workspace was written by a later version of the program."""

    code = "GH-202"


class WorkspaceReadOnly(GeohazardError):
    """The workspace can be looked at and printed, but not changed."""

    code = "GH-203"


class WorkspaceLocked(GeohazardError):
    """Another program holds the file's write lock."""

    code = "GH-204"


class WorkspaceBusyOrLost(GeohazardError):
    """The disk is full, the stick was pulled, the share is gone: the last step was not stored."""

    code = "GH-205"


class FileExists(GeohazardError):
    """The target exists already and is not overwritten."""

    code = "GH-206"


class BackupFailed(GeohazardError):
    """A backup was not made, or not put back; the workspace itself is as it was."""

    code = "GH-207"


class EditRefused(GeohazardError):
    """The edit is not allowed (append-only register, unknown field, illegal geometry, missing required value)."""

    code = "GH-301"


class UndoRefused(GeohazardError):
    """Nothing to undo, or someone else changed the feature since."""

    code = "GH-302"


class ImportRefused(GeohazardError):
    """Nothing was imported; the workspace is as it was."""

    code = "GH-401"


class ExportRefused(GeohazardError):
    """Nothing was written: data that must not leave, a missing approval number, an unwritable folder."""

    code = "GH-501"


class TypesettingFailed(GeohazardError):
    """A template has an error or gave a warning; the sentence names the template, line and column.

    `at` is the place for a program that wants to go there: path of the template, line and column from 1.
    """

    code = "GH-502"

    def __init__(self, sentence: str, remedy: str = "", at: tuple[str, int, int] | None = None) -> None:
        super().__init__(sentence, remedy)
        self.at = at


class UsageWrong(GeohazardError):
    """The command line's words are off."""

    code = "GH-601"
