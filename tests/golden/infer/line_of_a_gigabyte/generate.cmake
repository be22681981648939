# One object of a gigabyte, without a line end: blanks inside, written as a sparse file of NUL bytes.
execute_process(COMMAND truncate -s 1G metrics.jsonl COMMAND_ERROR_IS_FATAL ANY)
