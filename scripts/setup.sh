#!/bin/sh
# Makes .venv and installs what `demo` or `test` needs; does nothing when that was done for this pyproject.toml before.
# usage: scripts/setup.sh demo|test
set -eu
cd "$(dirname "$0")/.."
want=$1
python=${PYTHON:-python3}

fail() { echo "setup: $*" >&2; exit 1; }

command -v "$python" >/dev/null || fail "no $python here: install Python 3.11 or later"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" -V) is too old: Python 3.11 or later is needed (make PYTHON=python3.12 …)"
"$python" -c 'import venv, ensurepip' 2>/dev/null || fail "$python has no venv: install it (Debian: apt-get install python3-venv)"

case $want in
demo) extras=clang,jit ;;
test) extras=dev ;;
*) fail "demo or test?" ;;
esac

# The stamp holds what it was made from: another pyproject.toml, Python or folder makes it anew.
key="$(cksum <pyproject.toml) $("$python" -V) $PWD"
stamp=.venv/.ready-$want
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$key" ]; then
    [ -x .venv/bin/python ] || "$python" -m venv .venv || fail "can't make .venv in $PWD"
    echo "setup: installing ebpf[$extras] into .venv (once)" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location -e ".[$extras]" ||
        fail "pip could not install ebpf[$extras]: is a package index reachable?"
    printf '%s\n' "$key" >"$stamp"
fi

[ "$want" = test ] || exit 0

# What only the guest and host lanes need comes from the system's packages, where we may install them.
packages=""
command -v qemu-system-x86_64 >/dev/null || packages="$packages qemu-system-x86"
command -v qemu-aarch64-static >/dev/null || packages="$packages qemu-user-static"
command -v ip >/dev/null || packages="$packages iproute2"
command -v busybox >/dev/null || packages="$packages busybox-static"
command -v gcc >/dev/null || packages="$packages gcc libc6-dev"
command -v clang >/dev/null || packages="$packages clang llvm"
command -v bpftool >/dev/null || [ -x /usr/sbin/bpftool ] || packages="$packages bpftool"
[ -e /usr/include/bpf/libbpf.h ] || packages="$packages libbpf-dev"
[ -e /usr/src/linux-source-6.12.tar.xz ] || packages="$packages linux-source-6.12"
[ -e /usr/include/sys/sdt.h ] || packages="$packages systemtap-sdt-dev"
ls /boot/vmlinuz-6.1.* >/dev/null 2>&1 || packages="$packages linux-image-amd64"
ls /boot/vmlinuz-6.12.* >/dev/null 2>&1 || packages="$packages linux-image-6.12-amd64"
[ -n "$packages" ] || exit 0
if [ "$(uname -sm)" != "Linux x86_64" ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "setup: some lanes will be skipped, for want of:$packages (root on Debian x86-64 would install them)" >&2
    exit 0
fi
echo "setup: apt-get install$packages (once)" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for package in $packages; do
    # One by one: a package that this system doesn't have must not keep the others away.
    apt-get install -y -qq --no-install-recommends "$package" >"$log" 2>&1 ||
        { apt-get update -qq >>"$log" 2>&1 && apt-get install -y -qq --no-install-recommends "$package" >>"$log" 2>&1; } ||
        echo "setup: apt-get could not install $package: $(tail -n 1 "$log")" >&2
done
