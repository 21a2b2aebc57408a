// bench/start.py's peer in Go: loads the object of the first argument with cilium/ebpf and attaches its program.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/link"
)

func main() {
	collection, err := ebpf.LoadCollection(os.Args[1])
	if err != nil {
		panic(err)
	}
	for _, program := range collection.Programs {
		if _, err := link.AttachRawTracepoint(link.RawTracepointOptions{Name: "sys_enter", Program: program}); err != nil {
			panic(err)
		}
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(string(status), "\n") {
		if strings.HasPrefix(line, "VmHWM") {
			fmt.Println(line)
		}
	}
}
