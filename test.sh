#!/usr/bin/env bash
# Everything that must hold before a change lands: restore, build, format, all tests. Ends with the line "N passed, N failed".
#   ./test.sh                        all of it
#   ./test.sh -- --filter-class X    what follows -- goes to every test program (see --help of one)
# SCHEDULER_SKIP_FORMAT=1 leaves out the check of the format, for the time between two edits.
# SCHEDULER_TEST_CONFIGURATION     Release unless set.
# SCHEDULER_CHROMIUM               the browser of the tests of pages; Chromium's headless shell unless set, or Chromium where the shell cannot be installed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

configuration=${SCHEDULER_TEST_CONFIGURATION:-Release}
passed=0 failed=0 skipped=0
log=$(mktemp)
hangs=$(mktemp -d)

close() {
  local code=$?
  # A program in which no test ended for eight minutes was stopped. Its file names the tests that were running.
  for file in "$hangs"/*.log; do [ ! -s "$file" ] || sed 's/^/test.sh: still running: /' "$file" >&2; done
  rm -rf "$log" "$hangs"
  # Whatever went wrong outside of a test counts as a failure, so that the line never says less than the exit code.
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  [ "$skipped" -eq 0 ] || printf '%d skipped, each with its reason above\n' "$skipped"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  exit "$code"
}
trap close EXIT

step() { printf '\n== %s\n' "$*"; }
fail() { printf 'test.sh: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi
}

# Test parts that the system provides. Each is installed only when missing.
missing=()
[ -x /usr/sbin/pgbouncer ] || command -v pgbouncer >/dev/null || missing+=(pgbouncer)
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || command -v postgres >/dev/null || missing+=(postgresql-15)
[ -x "${SCHEDULER_CHROMIUM:-/usr/bin/chromium-headless-shell}" ] || missing+=(chromium-headless-shell)
if [ "${#missing[@]}" -gt 0 ]; then
  step "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # The tests of pages run in Chromium too, only slower.
  browser=
  if [ "${missing[*]}" = chromium-headless-shell ] && [ -x /usr/bin/chromium ]; then browser=there; fi
  as_root apt-get update -qq || [ "$browser" ] || fail "could not read the package lists; install ${missing[*]} by hand"
  # The tests start servers of their own. The cluster that a package would make, and the services that the packages would start, are not wanted.
  as_root mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  policy=/usr/sbin/policy-rc.d
  if [ -e "$policy" ]; then policy=; else printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod +x "$policy"; fi
  as_root apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" >/dev/null || installed=no
  [ -z "$policy" ] || as_root rm -f "$policy"
  [ "${installed:-yes}" = yes ] || [ "$browser" ] || fail "could not install ${missing[*]}"
fi

command -v dotnet >/dev/null || fail "the .NET SDK $(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json) or a later feature band of it is needed"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Build servers would outlive the script and hold its output open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

step "Restoring"
dotnet restore Scheduler.sln --locked-mode --verbosity quiet || fail "restore failed (did a package change without its lock file?)"

step "Building ($configuration)"
dotnet build Scheduler.sln --configuration "$configuration" --no-restore --nologo --verbosity quiet || fail "the build failed"

if [ "${SCHEDULER_SKIP_FORMAT:-0}" != 1 ]; then
  step "Checking the format"
  # The build has checked style and analyzers, and its warnings are errors. Only white space and the order of usings are left.
  dotnet format whitespace Scheduler.sln --no-restore --verify-no-changes --verbosity minimal || fail "run: dotnet format Scheduler.sln"
fi

step "Testing"
[ "${1:-}" = -- ] && shift
# Test programs run one after the other: several start silos and database servers, and two cores are all that may be there. A program without tests (8) is
# judged below by the sum, and project by project by the house tests.
dotnet test --solution Scheduler.sln --configuration "$configuration" --no-build --no-progress --no-ansi --max-parallel-test-modules 1 \
  --ignore-exit-code 8 --results-directory "$hangs" --hangdump --hangdump-timeout 8m --hangdump-type Mini "$@" 2>&1 | tee "$log"
code=${PIPESTATUS[0]}
read -r passed failed skipped < <(awk '
  /^Test run summary/ { in_summary = 1 }
  in_summary && /^ *failed:/    { failed = $2 }
  in_summary && /^ *succeeded:/ { passed = $2 }
  in_summary && /^ *skipped:/   { skipped = $2 }
  END { printf "%d %d %d\n", passed, failed, skipped }' "$log")
[ "$code" -eq 0 ] || exit "$code"
[ "$failed" -eq 0 ] || exit 1
[ "$((passed + failed))" -gt 0 ] || fail "no test ran"
