#!/bin/sh
# From the queue to an applied plan, on the first peak of the demonstration. Start the demonstration first (docs/start.md, section 4).
#   KEY=sk_… sh docs/first-peak.sh [URL]
# KEY is the operator's key that the demonstration printed. The script needs curl and jq. Set QUIET=1 to see no call, only the answers.
set -eu
URL=${1:-http://127.0.0.1:5080}/api/v1
: "${KEY:?set KEY to the operator's key that the demonstration printed}"
command -v jq > /dev/null || { echo "jq is not installed" >&2; exit 1; }

# call METHOD PATH [BODY]: shows the call, and leaves the answer in $answer. Fails on anything but a success.
call() {
    [ -n "${QUIET:-}" ] || printf '\n$ %s %s%s\n' "$1" "$2" "${3:+ $3}"
    answer=$(curl -sS --fail-with-body -X "$1" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' ${3:+-d "$3"} "$URL$2") || {
        printf '%s\n' "$answer" >&2
        exit 1
    }
}

show() { printf '%s' "$answer" | jq -c "$1"; }
read_from() { printf '%s' "$answer" | jq -r "$1"; }
step() { printf '\n## %s\n' "$1"; }

step '1. The season'
call GET /seasons/first-peak
show '{id, name, from, to, leadTimeDays, fairShare}'
from=$(read_from '.from')T00:00:00Z
to=$(read_from '.to')T23:59:59Z

step '2. The queue of one school'
call GET '/institutions/hazelbrook/queue?limit=500'
show '[.items[] | select(.kind == "flexible" and .status == "queued")] | {waiting: length, first: (.[0] | {exam, pool, seats, localStart, candidates, position, seatsAhead, tier})}'

step '3. A plan for all pools, in ten seconds'
call POST /plans "{\"from\":\"$from\",\"to\":\"$to\",\"timeLimitSeconds\":10,\"movable\":\"flexible\"}"
show '{id, status, timeLimitSeconds, movable}'
plan=$(read_from .id)

step '4. Its events, until the run ends'
call GET "/plans/$plan/events"
printf '%s\n' "$answer" | grep '^data:' | sed 's/^data: //' |
    jq -cs '(reduce .[] as $one ([]; if length > 0 and .[-1].stage == $one.stage then .[:-1] + [$one] else . + [$one] end))[] | {status, progress, stage, value, bound}'

step '5. The plan'
call GET "/plans/$plan"
show '.status, (.result | {servedSeats, requestedSeats, value, bound, gap, worstInstitutionRatio, cutShort, placements: (.placements | length), moves: (.moves | length)})'
[ "$(read_from .status)" = ready ] || { show .cause >&2; exit 1; }
placed=$(read_from '.result.placements[0].request')

step '6. Who is not served, and why'
show '.result.unserved | group_by(.reason)[] | {reason: .[0].reason, requests: length, seats: (map(.seats) | add)}'
show 'first(.result.unserved[] | select(.receipt != null and (.receipt.where | length) > 0)) | {request, institution, seats, reason, nearest: .blockedBy[0], receipt}'
pool=$(read_from 'first(.result.unserved[] | select(.receipt != null and (.receipt.where | length) > 0)).receipt.where[0].pool')
added=$(read_from 'first(.result.unserved[] | select(.receipt != null and (.receipt.where | length) > 0)).receipt.where | map({pool, from, to, add}) | tojson')

step '7. The plan against today and against first come, first served'
call GET "/plans/$plan/comparison"
show '.today, .firstComeFirstServed, .planned | {servedSeats, servedRequests, displacedSeats, worstInstitutionRatio}'
show '.institutions | min_by(.ratioAfter) | {institution, requestedSeats, ratioBefore, ratioFirstComeFirstServed, ratioAfter}'

step '8. What if the pool had the seats that the receipt names?'
call POST /what-if "{\"pools\":[\"$pool\"],\"from\":\"$from\",\"to\":\"$to\",\"timeLimitSeconds\":10,\"movable\":\"flexible\",\"capacity\":$added}"
show '{servedBefore, servedSeats: .result.servedSeats, gained: (.gained | length), lost: (.lost | length)}'

step '9. Apply the plan, twice: the second answer is the first one'
call POST "/plans/$plan/apply"
show '{applied, stale: (.stale | length)}'
first=$answer
call POST "/plans/$plan/apply"
show '{applied, stale: (.stale | length)}'
[ "$answer" = "$first" ] || { echo 'the answers differ' >&2; exit 1; }

step '10. What a school sees: its request is placed, and the booking stands'
call GET "/requests/$placed"
show '{id, institution, status, seats, booking}'
call GET "/bookings/$(read_from .booking)"
show '{id, institution, exam, pool, localStart, zone, seats, status}'
call GET "/plans/$plan"
show '{id, status, version}'
