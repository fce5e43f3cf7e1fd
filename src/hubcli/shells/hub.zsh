#compdef hub
_hub() {
    local -a found
    local name text
    while IFS=$'\t' read -r name text; do
        found+=("${name}:${text}")
    done < <(hub --complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    _describe 'hub' found
}
compdef _hub hub
