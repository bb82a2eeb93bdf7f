#!/usr/bin/env bash
# Debian 12 (and its like): install what is missing, then do the main job. The words after it go to scripts/prepare.py.
#   bash setup.sh                 install, then the window; without a display the demo's map, cards and web page
#   bash setup.sh 工作文件.gpkg    the same, with this workspace
#   bash setup.sh --install-only  install, start nothing
set -eu
cd "$(dirname "$0")"
unset PYTHONHOME PYTHONPATH # another program's: its packages are not ours

# Qt's system libraries (the last lines of .ci/empty-root prove that none is missing), and a CJK font with the rare
# characters of people's names. Which server they come from is the machine's own apt configuration.
packages="
libatomic1 libegl1 libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 libx11-xcb1
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
libxcb-xinerama0 libxcb-xkb1 libnss3 libnspr4 libasound2 libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxkbfile1
libxi6 libexpat1 libxshmfence1 libgbm1 libwayland-client0 libwayland-cursor0 libwayland-egl1 libcups2
fontconfig fonts-noto-cjk
"

python=""
for name in python3.11 python3.12 python3.13 python3; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "没有找到 Python 3.11、3.12 或 3.13，请先安装（Debian 12：apt-get install python3；统信 20、麒麟 V10 自带的太旧，要另装，见 README.md 的“安装”）。" >&2
    exit 2
fi
# Debian keeps the module that puts pip into an environment in a package of its own.
"$python" -c 'import ensurepip, venv' 2>/dev/null || packages="$packages python3-venv"

if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
    missing=""
    for package in $packages; do
        # A newer release calls some of them …t64, and says so in "Provides".
        if ! dpkg-query -W -f '${db:Status-Status}\n' "$package" "${package}t64" 2>/dev/null | grep -qx installed; then
            missing="$missing $package"
        fi
    done
    if [ -n "$missing" ]; then
        as_root=""
        if [ "$(id -u)" -ne 0 ]; then
            if ! command -v sudo >/dev/null 2>&1; then
                echo "缺少系统软件包，安装它们要管理员权限。请管理员运行：apt-get install$missing" >&2
                exit 2
            fi
            as_root="sudo"
        fi
        echo "正在安装系统软件包：$missing"
        log=$(mktemp)
        # One broken source among several makes the update fail, and the packages may come from another all the same.
        $as_root apt-get update -q >"$log" 2>&1 || true
        # shellcheck disable=SC2086  # the names are words of a list
        if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >>"$log" 2>&1; then
            tail -n 20 "$log" >&2
            echo "系统软件包没有装上（上面是 apt 的原话，全文在 $log）。请检查网络和 apt 的设置再试。" >&2
            exit 2
        fi
        rm -f "$log"
    fi
fi
# Without apt prepare.py asks the system itself, and names what is missing with the packages of dnf.

exec "$python" scripts/prepare.py "$@"
