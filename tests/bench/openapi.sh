# Sourced by ci/bench: OpenAPI documents, against the libraries underneath and against Redocly and Spectral.

# big_document FOLDER: a JSON document of about 13 MB; GitHub's where it is at hand, otherwise one of the same size.
big_document() {
  local real=$root/../shared/corpus/openapi/octokit__api.github.com.json
  if [ -f "$real" ]; then echo "$real"; return; fi
  python3 "$root/tests/bench/big_openapi.py" 13000000 >"$1/big.json"
  echo "$1/big.json"
}

# many_documents FOLDER: one path a line; those of real plugins where they are at hand, otherwise 424 of a plugin's size.
many_documents() {
  local real=$root/../shared/corpus/pairs_store
  if [ -d "$real" ]; then
    # Without the pages and error bodies that crawled documents sometimes are.
    grep -rlE '^ *("openapi"|openapi) *: *["'"'"']?3\.0|\{ *"openapi" *: *"3\.0' "$real" --include='openapi.*' | sort
    return
  fi
  for i in $(seq 424); do
    python3 "$root/tests/bench/big_openapi.py" 12000 "$i" >"$1/plugin$i.json"
    echo "$1/plugin$i.json"
  done
}

peak_kib() {
  python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}

bench_openapi() {
  local tools json yaml size ours bare redocly spectral
  tools=$("$root/ci/tools" bench)
  "$root/ci/build" release bench_bare_parse
  local parse=$root/build/release/tests/bench/bench_bare_parse
  echo 'extends: ["spectral:oas"]' >"$work/spectral.yaml"

  json=$(big_document "$work")
  size=$(stat -L -c %s "$json")
  ours=$(median_ms 5 "$plugvet" review "$json" --profile gpt-actions -q)
  bare=$(median_ms 5 "$parse" "$json")
  redocly=$(once_ms "$tools/node_modules/.bin/redocly" lint --extends recommended --format summary "$json")
  line "$((size / 1000000)) MB of JSON, whole review" "$ours ms" "peak $(($(peak_kib "$plugvet" review "$json" --profile gpt-actions -q) * 1024 / size)) x its size, the bar is 8"
  line "  : nlohmann's bare parse" "$(ratio "$ours" "$bare")" "$(verdict "$(ratio "$ours" "$bare")" 3)"
  line "  : Redocly" "$(ratio "$ours" "$redocly")" "$(verdict "$(ratio "$ours" "$redocly")" 0.1)"
  spectral=$(once_ms "$tools/node_modules/.bin/spectral" lint -q -r "$work/spectral.yaml" "$json")
  line "  : Spectral" "$(ratio "$ours" "$spectral")" "$(verdict "$(ratio "$ours" "$spectral")" 0.0067)"

  yaml=$work/big.yaml
  node -e 'const yaml = require(process.argv[1] + "/node_modules/@stoplight/yaml"), fs = require("fs");
    const document = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
    process.stdout.write(yaml.safeStringify(document, {lineWidth: -1, noRefs: true}))' "$tools" "$json" >"$yaml"
  ours=$(median_ms 3 "$plugvet" review "$yaml" --profile gpt-actions -q)
  bare=$(median_ms 3 "$parse" "$yaml")
  line "the same as YAML" "$ours ms" ""
  line "  : yaml-cpp's bare events" "$(ratio "$ours" "$bare")" "$(verdict "$(ratio "$ours" "$bare")" 1.3)"

  mapfile -t documents < <(many_documents "$work")
  # Redocly stops at the first that it cannot read, and has judged no later one: those are left out.
  local broken
  while :; do
    "$tools/node_modules/.bin/redocly" lint --extends recommended --format summary "${documents[@]}" >"$work/redocly" 2>&1 || true
    broken=$(sed -n 's/^Failed to parse API description at .*\/\([^/]*\/[^/]*\):$/\1/p' "$work/redocly")
    [ -n "$broken" ] || break
    mapfile -t documents < <(printf '%s\n' "${documents[@]}" | grep -vF "/$broken")
  done
  ours=$(median_ms 3 "$plugvet" review "${documents[@]}" --profile gpt-actions -q)
  redocly=$(once_ms "$tools/node_modules/.bin/redocly" lint --extends recommended --format summary "${documents[@]}")
  spectral=$(once_ms "$tools/node_modules/.bin/spectral" lint -q -r "$work/spectral.yaml" "${documents[@]}")
  line "${#documents[@]} descriptions of plugins in one process" "$ours ms" ""
  line "  : Redocly" "$(ratio "$ours" "$redocly")" "$(verdict "$(ratio "$ours" "$redocly")" 0.05)"
  line "  : Spectral" "$(ratio "$ours" "$spectral")" "$(verdict "$(ratio "$ours" "$spectral")" 0.02)"
}
