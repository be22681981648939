string(REPEAT "{\"a\":" 100000 open)
string(REPEAT "}" 100000 close)
file(WRITE metrics.jsonl "{\"step\": 0, \"train_loss\": 2.3}\n${open}1${close}\n")
