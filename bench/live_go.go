// bench/live.py's peer in Go: reads the ring buffer pinned at the first argument with cilium/ebpf until the number of the second
// has come; prints how many records came, how many were missing and the ns of CPU time for each.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"syscall"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/ringbuf"
)

func cpu() int64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return used.Utime.Nano() + used.Stime.Nano()
}

func main() {
	events, err := ebpf.LoadPinnedMap(os.Args[1], nil)
	if err != nil {
		panic(err)
	}
	wanted, err := strconv.ParseUint(os.Args[2], 10, 64)
	if err != nil {
		panic(err)
	}
	reader, err := ringbuf.NewReader(events)
	if err != nil {
		panic(err)
	}
	var next, seen, missing, sum uint64
	var record ringbuf.Record
	fmt.Println("ready")
	start := cpu()
	for next < wanted {
		if err := reader.ReadInto(&record); err != nil {
			panic(err)
		}
		number := binary.LittleEndian.Uint64(record.RawSample)
		sum += uint64(binary.LittleEndian.Uint32(record.RawSample[8:]))
		missing += number - next
		next = number + 1
		seen++
	}
	used := cpu() - start
	fmt.Printf("%d %d %f\n", seen, missing, float64(used)/float64(seen))
	if sum != seen {
		os.Exit(1)
	}
}
