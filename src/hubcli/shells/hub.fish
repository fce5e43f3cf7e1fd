complete -c hub -f -a '(hub --complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
