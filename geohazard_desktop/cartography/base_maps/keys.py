"""The office's keys for map services. They lie in this user's settings folder, never in a workspace: a workspace is
copied to others, and its history forgets nothing."""

import json
import logging
import os
import re
from urllib.parse import parse_qsl, urlsplit

from geohazard_desktop.common.moving import move_over
from geohazard_desktop.common.user_folders import FolderUnusable, config_folder

FILE = "base_map_keys.json"
PLACE = "{key}"
_NAMES = {"tk", "key", "ak", "token", "apikey", "api_key", "access_token", "accesskey"}
_log = logging.getLogger(__name__)


def family_of(template: str) -> str:
    """Who gives the key: the last parts of the host, since t0 to t7 of a service share one."""
    host = urlsplit(template.replace("{", "").replace("}", "")).hostname or ""
    if re.fullmatch(r"[\d.]+|\[.*\]", host) or host.count(".") < 2:
        return host
    parts = host.split(".")
    keep = 3 if parts[-2] in {"com", "gov", "org", "net", "edu"} and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def key_of(template: str) -> str:
    """The user's key for a service, "" when none is known or none is asked for."""
    return _read().get(family_of(template), "") if PLACE in template else ""


def store_key(template: str, key: str) -> None:
    """Keep a key for all services of the same giver. Raises FolderUnusable, OSError."""
    keys = _read()
    keys[family_of(template)] = key.strip()
    path = config_folder() / FILE
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(keys, ensure_ascii=False, indent=1), encoding="utf-8")
    if os.name == "posix":
        fresh.chmod(0o600)
    move_over(fresh, path)


def without_key(template: str) -> tuple[str, str]:
    """A pasted address with the key taken out: the template with `{key}`, and the key ("" when there was none)."""
    found = ""
    for name, value in parse_qsl(urlsplit(template).query, keep_blank_values=True):
        if name.lower() in _NAMES and "{" not in value and value:
            template = re.sub(rf"([?&]{re.escape(name)}=)[^&]*", lambda hit: hit.group(1) + PLACE, template)
            found = value
    return template, found


def _read() -> dict[str, str]:
    try:
        keys = json.loads((config_folder() / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, FolderUnusable) as error:
        _log.warning("the keys of map services can't be read: %s", type(error).__name__)
        return {}
    return {str(name): str(key) for name, key in keys.items()} if isinstance(keys, dict) else {}
