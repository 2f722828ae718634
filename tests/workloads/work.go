// SPDX-License-Identifier: Apache-2.0

// A Go program for the engines: goroutines on many threads, timers, signals
// (its runtime preempts by them), HTTP on loopback, and programs it starts.
// "work ADDRESS" only serves, for the benchmarks.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

func check(ok bool, what string) {
	if !ok {
		fmt.Fprintln(os.Stderr, "harmed:", what)
		os.Exit(99)
	}
}

func passed(what string) {
	fmt.Println("ok", what)
}

func serve(listener net.Listener) {
	http.Serve(listener, http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "hello "+r.URL.Path)
		}))
}

func goroutines() {
	var all sync.WaitGroup
	for i := 0; i < 200; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := 0; n < 20; n++ {
				check(syscall.Getppid() == os.Getppid(), "a goroutine")
				time.Sleep(time.Microsecond)
			}
		}()
	}
	all.Wait()
	passed("goroutines")
}

// Loops without calls: only signals can stop them.
func preempted() {
	stop := make(chan bool)
	for i := 0; i < 4; i++ {
		go func() {
			for n := 0; ; n++ {
				if n%100000 == 0 {
					select {
					case <-stop:
						return
					default:
					}
				}
			}
		}()
	}
	for i := 0; i < 20; i++ {
		time.Sleep(time.Millisecond)
	}
	close(stop)
	passed("preempted goroutines")
}

func requests() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err == nil, "listen")
	go serve(listener)
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			for n := 0; n < 25; n++ {
				path := fmt.Sprintf("/%d/%d", i, n)
				answer, err := http.Get("http://" +
					listener.Addr().String() + path)
				check(err == nil, "a request")
				body, _ := io.ReadAll(answer.Body)
				answer.Body.Close()
				check(string(body) == "hello "+path, "an answer")
			}
		}(i)
	}
	all.Wait()
	passed("requests")
}

func programs() {
	for i := 0; i < 20; i++ {
		out, err := exec.Command("/bin/sh", "-c", "echo $0", "word").Output()
		check(err == nil && string(out) == "word\n", "a program")
	}
	err := exec.Command("/bin/sh", "-c", "exit 7").Run()
	check(err.(*exec.ExitError).ExitCode() == 7, "an exit code")
	passed("programs")
}

func signals() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGUSR1)
	for i := 0; i < 50; i++ {
		syscall.Kill(os.Getpid(), syscall.SIGUSR1)
		check(<-told == syscall.SIGUSR1, "a signal")
	}
	passed("signals")
}

func main() {
	if len(os.Args) > 1 {
		listener, err := net.Listen("tcp", os.Args[1])
		check(err == nil, "listen")
		serve(listener)
	}
	goroutines()
	preempted()
	requests()
	programs()
	signals()
}
