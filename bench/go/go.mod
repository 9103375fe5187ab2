module vidimus-bench-peer

go 1.24
