# Types a line into zsh, presses Tab, and prints what is offered, a line each: offers.zsh FOLDER LINE
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1='=''>'; unset zle_bracketed_paste; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=10000
compadd() { local -a offered; builtin compadd -O offered \"\$@\"; print; print -rl -- \"offered \"\${^offered}; builtin compadd \"\$@\" }
finish() { print; print -r -- 'the ''end' }; zle -N finish; bindkey '^X' finish"
zpty -r shell line '*=>*=>*=>*'
zpty -w -n shell "$2"$'\t\x18'
zpty -r shell line '*the end*'
print -r -- $line | tr -d '\r' | sed -n 's/^offered //p'
zpty -d shell
