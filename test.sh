#!/usr/bin/env bash
# Builds, checks the format and runs all tests. Needs the .NET SDK of global.json; installs Chromium and PostgreSQL from Debian's packages where they are missing.
# The last line is "N passed, N failed"; the exit code is 0 only where everything was right and some test ran.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
# No color codes in the summary that is read below.
export NO_COLOR=1 TERM=dumb

# Build servers that outlive this script would hold on to its files.
export MSBUILDDISABLENODEREUSE=1

say() { printf '== %s\n' "$*"; }

fail() {
  printf 'test.sh: %s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

find_chromium() {
  if [ -n "${CHROMIUM:-}" ]; then
    command -v "$CHROMIUM"
  else
    command -v chromium || command -v chromium-browser || command -v google-chrome
  fi
}

# What to install, then what to say where it cannot be.
install() {
  local what=$1 otherwise=$2 log
  shift 2
  command -v apt-get >/dev/null || fail "There is no $what and no apt-get to install it with. $otherwise"
  say "Installing $what"
  log=$(mktemp)
  if ! { as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "$what could not be installed. As root: apt-get install $1. $otherwise"
  fi
  rm -f "$log"
}

ensure_chromium() {
  find_chromium >/dev/null && return
  [ -z "${CHROMIUM:-}" ] || fail "CHROMIUM is $CHROMIUM, which is not there."
  install Chromium "Or set CHROMIUM to a browser of its kind." chromium fonts-liberation fonts-dejavu-core
  find_chromium >/dev/null || fail "Chromium was installed but is not on the path."
}

# Only the programs are needed: the tests make a cluster of their own.
ensure_postgres() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && return
  install PostgreSQL "Its programs are looked for in /usr/lib/postgresql." postgresql
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || fail "PostgreSQL was installed but is not in /usr/lib/postgresql."
}

command -v dotnet >/dev/null || fail "There is no dotnet; the .NET 10 SDK is needed, see https://dot.net."
ensure_chromium
ensure_postgres
CHROMIUM=$(find_chromium)
export CHROMIUM

say "Restoring"
dotnet restore PeerWeb.sln --verbosity quiet

# Debug: a build's output in Release would lose the line numbers that a failed test needs.
say "Building, warnings are errors"
dotnet build PeerWeb.sln --no-restore --configuration Debug --verbosity quiet -warnaserror

# White space, the order of usings, style and analyzers; generated migrations are passed over.
say "Checking the format"
dotnet format PeerWeb.sln --no-restore --verify-no-changes --verbosity minimal || fail "The format is not right: dotnet format PeerWeb.sln mends it."

say "Testing"
results=$(mktemp)
trap 'rm -f "$results"' EXIT
code=0
dotnet test --solution PeerWeb.sln --no-build --configuration Debug --no-progress --no-ansi 2>&1 | tee "$results" || code=$?

# The summary's last numbers: total, failed, succeeded, skipped.
count() { sed -nE "s/^ *$1: ([0-9]+)$/\1/p" "$results" | tail -n 1; }
passed=$(count succeeded)
failed=$(count failed)
skipped=$(count skipped)
passed=${passed:-0} failed=${failed:-0} skipped=${skipped:-0}

# A run that broke off, or that found no test, is no success.
if [ "$failed" -ne 0 ] || [ "$passed" -eq 0 ]; then
  [ "$code" -ne 0 ] || code=1
fi

line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
printf '%s\n' "$line"
exit "$code"
