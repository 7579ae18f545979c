"""Completions for bash, zsh and fish, made from the program's own parser.

Our own, and not shtab's, whose output would put the text of an MPL-2.0 file into our packages, defines functions in
bash whose names other programs may use, and in fish takes `--json` for an option with a value wherever it stands,
because it has one in `history export`. Names of sessions and exercises are asked of the program itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from command_tree import Command, Kind, Option, Value

_SESSIONS = r"""list --json 2>/dev/null | sed -n 's/^ *"session": "\(.*\)",$/\1/p'"""
_EXERCISES = r"""exercises --json 2>/dev/null | sed -n 's/^ *"exercise": "\(.*\)",$/\1/p'"""

_BASH = """\
# Completion of timer-app for bash, made from its parser by packaging/completions.py.

_timer_app_offer() {{
    local line
    while IFS= read -r line; do
        [[ $line == "$current"* ]] && COMPREPLY+=("$line")
    done
}}

_timer_app_value() {{
    case $1 in
        file) compopt -o filenames; _timer_app_offer < <(compgen -f -- "$current") ;;
        folder) compopt -o filenames; _timer_app_offer < <(compgen -d -- "$current") ;;
        session) _timer_app_offer < <(timer-app {sessions}); _timer_app_value session-file ;;
        session-file)
            compopt -o filenames
            _timer_app_offer < <(
                compgen -f -X '!*.yaml' -- "$current"; compgen -f -X '!*.yml' -- "$current"; compgen -d -- "$current"
            )
            ;;
        exercise) _timer_app_offer < <(timer-app {exercises}) ;;
    esac
}}

_timer_app() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}
    local command= place=0 index word
    COMPREPLY=()
    if [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD - 2]}}; fi
    if [[ $current == = ]]; then current=; fi
    for ((index = 1; index < COMP_CWORD; index++)); do
        word=${{COMP_WORDS[index]}}
        case "$command:$word" in
{takes}                if [[ ${{COMP_WORDS[index + 1]}} == = ]]; then ((index++)); fi
                ((index++))
                ;;
            *:-*) ;;
{enters}                command=${{command:+$command }}$word
                ;;
            *) ((place++)) ;;
        esac
    done
    case "$command:$before" in
{values}    esac
    if [[ $current == -* ]]; then
        case $command in
{options}        esac
        return
    fi
    case "$command:$place" in
{places}    esac
    if [[ $command$place == 0 && ${{#COMPREPLY[@]}} == 0 ]]; then _timer_app_value session-file; fi
}}

complete -F _timer_app timer-app
"""


def bash(program: Command) -> str:
    """Return the completion for bash 4 and newer."""
    commands = list(program.walk())
    with_value = [
        ("|".join(f"{_quoted(command.name)}:{flag}" for flag in option.flags), option.value)
        for command in commands
        for option in command.options
        if option.value
    ]
    enters = "|".join(_entering(command) for command in commands if command.words)
    options, places = [], []
    for command in commands:
        name = _quoted(command.name)
        flags = " ".join(flag for option in command.options for flag in option.flags)
        options.append(f'            {name}) _timer_app_offer < <(printf "%s\\n" {flags}) ;;\n')
        places += [f"        {name}:{place}) {what} ;;\n" for place, what in _bash_places(command)]
    values = [f"        {typed}) _timer_app_value {value.kind}; return ;;\n" for typed, value in with_value]
    return _BASH.format(
        sessions=_SESSIONS,
        exercises=_EXERCISES,
        takes=f"            {'|'.join(typed for typed, _value in with_value)})\n",
        enters=f"            {enters})\n",
        values="".join(values),
        options="".join(options),
        places="".join(places),
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _entering(command: Command) -> str:
    return f"{_quoted(' '.join(command.words[:-1]))}:{command.words[-1]}"


def _bash_places(command: Command) -> Iterator[tuple[str, str]]:
    """Return what can stand at each place after a command."""
    if command.commands:
        yield "0", f'_timer_app_offer < <(printf "%s\\n" {" ".join(below.words[-1] for below in command.commands)})'
    for place, value in enumerate(command.values):
        yield "*" if value.repeats else str(place), f"_timer_app_value {value.kind}"


# zsh

_ZSH = """\
#compdef timer-app
# Completion of timer-app for zsh, made from its parser by packaging/completions.py.

_timer_app_offer_sessions() {{
  local -a names
  names=(${{(f)"$(timer-app {sessions})"}})
  _alternative 'sessions:session:compadd -a names' 'files:session file:{files}'
}}

_timer_app_offer_exercises() {{
  local -a names
  names=(${{(f)"$(timer-app {exercises})"}})
  _wanted exercises expl exercise compadd -a names
}}

{functions}
if [ "$funcstack[1]" = "_timer-app" ]; then
  _timer_app "$@"
else
  compdef _timer_app timer-app
fi
"""

_ZSH_SESSION_FILES = '_files -g "*.(yaml|yml)"'

_ZSH_KINDS = {
    Kind.FILE: "_files",
    Kind.FOLDER: "_files -/",
    Kind.SESSION: "_timer_app_offer_sessions",
    Kind.EXERCISE: "_timer_app_offer_exercises",
    Kind.ANYTHING: "",
}


def zsh(program: Command) -> str:
    """Return the completion for zsh 5 and newer."""
    functions = "\n".join(_zsh_function(command) for command in program.walk())
    return _ZSH.format(sessions=_SESSIONS, exercises=_EXERCISES, files=_ZSH_SESSION_FILES, functions=functions)


def _zsh_function(command: Command) -> str:
    specs = [_zsh_option(option) for option in command.options]
    specs += [_zsh_value(value) for value in command.values]
    below = ""
    if command.commands:
        specs += ["'1:command:->command'", "'*::argument:->argument'"]
        rows = [f"        {_single(f'{one.words[-1]}:{one.summary}')}" for one in command.commands]
        cases = [f"        {one.words[-1]}) {_zsh_name(one)} ;;" for one in command.commands]
        below = "\n".join(
            [
                "  case $state in",
                "    command)",
                "      names=(",
                *rows,
                "      )",
                "      _describe -t commands command names" + ("" if command.words else f" || {_ZSH_SESSION_FILES}"),
                "      ;;",
                "    argument)",
                "      case $line[1] in",
                *cases,
                "      esac",
                "      ;;",
                "  esac\n",
            ]
        )
    joined = " \\\n    ".join(specs)
    begin = "  _arguments"
    if command.commands:
        # What a sub-command takes is its own affair, though an option of the same name may stand before it.
        begin = '  local curcontext=$curcontext state line\n  local -a names\n  _arguments -C -A "-*"'
    return f"{_zsh_name(command)}() {{\n{begin} \\\n    {joined}\n{below}}}\n"


def _zsh_name(command: Command) -> str:
    return "_".join(("_timer_app", *command.words))


def _zsh_option(option: Option) -> str:
    value = f":{option.value.metavar}:{_ZSH_KINDS[option.value.kind]}" if option.value else ""
    told = f"[{_zsh_text(option.help)}]{value}"
    if len(option.flags) == 1:
        return _single(("(- *)" if option.flags == ("--version",) else "") + option.flags[0] + told)
    return f"'(- *)'{{{','.join(option.flags)}}}{_single(told)}"


def _zsh_value(value: Value) -> str:
    place = "*" if value.repeats else ":" if value.optional else ""
    return _single(f"{place}:{_zsh_text(value.metavar)}:{_ZSH_KINDS[value.kind]}")


def _zsh_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")


def _single(text: str) -> str:
    """Return a text as one word for a shell of sh's kind."""
    return "'" + text.replace("'", "'\\''") + "'"


# fish

_FISH = r"""# Completion of timer-app for fish, made from its parser by packaging/completions.py.

function __timer_app_offer_session_files
    __fish_complete_suffix .yaml | string match -r '^[^\t]*(?:\.ya?ml|/)(?:\t.*)?$'
end

function __timer_app_offer_sessions
    timer-app {sessions}
    __timer_app_offer_session_files
end

function __timer_app_offer_exercises
    timer-app {exercises}
end

# Prints the command that has been typed, and how many values have been typed after it.
function __timer_app_typed
    set -l command
    set -l place 0
    set -l value no
    set -l tokens (commandline -opc)
    for token in $tokens[2..-1]
        if test $value = yes
            set value no
            continue
        end
        switch "$command:$token"
            case {takes}
                set value yes
            case '*:-*'
            case {enters}
                set command (string trim "$command $token")
            case '*'
                set place (math $place + 1)
        end
    end
    echo "$command:$place"
end

function __timer_app_at
    string match -q -- $argv[1] (__timer_app_typed)
end

complete -c timer-app -f
complete -c timer-app -n "__timer_app_at :0; and test -n (commandline -ct)" -k -a "(__timer_app_offer_session_files)"
{rows}"""

_FISH_KINDS = {
    Kind.FILE: "-F",
    Kind.FOLDER: "-a '(__fish_complete_directories)'",
    Kind.SESSION: "-k -a '(__timer_app_offer_sessions)'",
    Kind.EXERCISE: "-a '(__timer_app_offer_exercises)'",
    Kind.ANYTHING: "",
}


def fish(program: Command) -> str:
    """Return the completion for fish 3 and newer."""
    commands = list(program.walk())
    takes = [
        _fish_word(f"{command.name}:{flag}")
        for command in commands
        for option in command.options
        if option.value
        for flag in option.flags
    ]
    enters = [_fish_word(f"{' '.join(command.words[:-1])}:{command.words[-1]}") for command in commands[1:]]
    rows = "".join(f"complete -c timer-app {row}\n" for command in commands for row in _fish_rows(command))
    return _FISH.format(
        sessions=_SESSIONS, exercises=_EXERCISES, takes=" ".join(takes), enters=" ".join(enters), rows=rows
    )


def _fish_rows(command: Command) -> Iterator[str]:
    for option in command.options:
        flags = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags)
        takes = f" -r {_FISH_KINDS[option.value.kind]}" if option.value else ""
        yield f"-n {_fish_at(command, '*')} {flags}{takes} -d {_fish_word(option.help)}"
    for below in command.commands:
        yield f"-n {_fish_at(command, '0')} -a {below.words[-1]} -d {_fish_word(below.summary)}"
    for place, value in enumerate(command.values):
        if offered := _FISH_KINDS[value.kind]:
            yield f"-n {_fish_at(command, '*' if value.repeats else str(place))} {offered}"


def _fish_at(command: Command, place: str) -> str:
    return f"\"__timer_app_at '{command.name}:{place}'\""


def _fish_word(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


COMPLETIONS: Mapping[str, Callable[[Command], str]] = {
    "bash-completion/completions/timer-app": bash,
    "zsh/vendor-completions/_timer-app": zsh,
    "fish/vendor_completions.d/timer-app.fish": fish,
}
"""Where each shell looks for completions, below /usr/share, and what makes them."""
