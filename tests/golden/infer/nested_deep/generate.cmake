string(REPEAT "[" 100000 open)
file(WRITE run.json "{\"series\": ${open}")
