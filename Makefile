# SPDX-License-Identifier: Apache-2.0
# The whole build.  `make help' lists the targets.

CC ?= cc
PREFIX ?= /usr/local
VERSION = 0.1
PKG_CONFIG ?= pkg-config
BUILD ?= build
WERROR ?=
# RELEASE=1: as it is installed and measured.  SAN=1: under ASan and UBSan,
# SAN=thread: under TSan.  Each of them is a build of its own, in a folder of its
# own: to go from one to another builds nothing again.
RELEASE ?=
SAN ?=
KIND = $(if $(SAN),$(if $(filter thread,$(SAN)),tsan,san),$(if $(RELEASE),release))
OUT = $(BUILD)$(KIND:%=/%)
# Calls across files are most of what replay does: a release is optimised as a
# whole, which takes minutes.  What people work with is built in seconds.
OPT_release = -O3 -flto=auto -ffat-lto-objects
OPT_san = -O1
OPT_tsan = -O1
OPT ?= $(or $(OPT_$(KIND)),-O2)
NO_LTO = $(if $(findstring lto,$(OPT)),-fno-lto)
AR = gcc-ar
V ?=

LIBS = libzstd zlib sqlite3 libpcap yaml-0.1 jansson libpcre2-8 libedit \
	capstone libcrypto
PACKAGES = pkg-config libzstd-dev zlib1g-dev libsqlite3-dev libpcap-dev \
	libyaml-dev libjansson-dev libpcre2-dev libedit-dev libcapstone-dev \
	libssl-dev
CHECK_PACKAGES = libcunit1-dev zstd sqlite3 jq groff-base strace
TEST_PACKAGES = $(CHECK_PACKAGES) sysdig netbase busybox-static tcpdump runc \
	time musl-tools git nginx-light redis-server redis-tools golang-go \
	chromium-headless-shell|chromium
LINT_PACKAGES = clang libclang-rt-14-dev|libclang-rt-dev clang-format \
	clang-tidy cppcheck shellcheck
BENCH_PACKAGES = $(TEST_PACKAGES) wrk default-jdk-headless perl
DEMO_PACKAGES = runc busybox-static

SAN_FLAGS = $(if $(SAN),$(if $(filter thread,$(SAN)),-fsanitize=thread,\
	-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all) \
	-fno-omit-frame-pointer)
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 \
	-Werror=incompatible-pointer-types \
	-Werror=implicit-function-declaration \
	$(if $(WERROR),-Werror)
BASE_CFLAGS = -std=c17 -D_GNU_SOURCE -DSPOOR_VERSION='"$(VERSION)"' \
	$(OPT) -fPIC -fvisibility=hidden -g -I. $(WARNINGS) $(SAN_FLAGS)
LIB_CFLAGS = $(shell $(PKG_CONFIG) --cflags $(LIBS) 2>/dev/null)
LIB_LDFLAGS = $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null) -lpthread -lm

FOLDERS = core core/event core/file capture capture/proc capture/record \
	capture/encode capture/ptrace capture/inject replay replay/state \
	replay/fields replay/rules replay/policies replay/alerts flow db query \
	query/report
SOURCES := $(sort $(foreach d,$(FOLDERS),$(wildcard $(d)/*.c)))
CMD_SOURCES := $(sort $(wildcard cmd/*.c))
UNIT_SOURCES := $(sort $(wildcard tests/unit/*.c))
VECTOR_SOURCES := $(sort $(wildcard tests/vectors/*.c))
OBJECTS = $(SOURCES:%.c=$(OUT)/obj/%.o) $(OUT)/obj/capture/stub/linked.o
CMD_OBJECTS = $(CMD_SOURCES:%.c=$(OUT)/obj/%.o)
UNIT_OBJECTS = $(UNIT_SOURCES:%.c=$(OUT)/obj/%.o)
VECTOR_OBJECTS = $(VECTOR_SOURCES:%.c=$(OUT)/obj/%.o)
# The report: its page and its queries, as C.
REPORT_PARTS := $(wildcard query/report/page/* query/report/views/*)
QUESTIONS := $(sort $(wildcard query/saved/*.sql))
OBJECTS += $(OUT)/obj/gen/report_page.o $(OUT)/obj/gen/questions.o
REPORT_TOOLS = $(BUILD)/report/browser $(BUILD)/report/talk
WORKLOADS = $(patsubst tests/workloads/%.c,$(BUILD)/workloads/%,\
	$(wildcard tests/workloads/*.c))
# Some of them again, linked in every other way (musl: if there is one).
LINKED = places sites storm
LINKS = static static-pie no-pie $(if $(shell command -v musl-gcc),musl)
WORKLOADS += $(foreach l,$(LINKS),$(LINKED:%=$(BUILD)/workloads/%-$l))
WORKLOADS += $(if $(shell command -v go),$(BUILD)/workloads/work) \
	$(if $(shell command -v javac),$(BUILD)/workloads/Work.class)

Q = $(if $(V),,@)
SAY = $(if $(V),@:,@printf '  %-6s %s\n')

# Goals beside which nothing else may run: those that call make again (which is
# parallel, on all cores if nothing else is said), install packages, or remove.
SERIAL = all install check test fresh demo bench soak hostile fuzz clean \
	$(filter %deps,$(MAKECMDGOALS))
ifneq ($(filter $(SERIAL),$(or $(MAKECMDGOALS),all)),)
.NOTPARALLEL:
endif
JOBS = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))
AGAIN = --no-print-directory $(JOBS)

.DELETE_ON_ERROR:
.PHONY: all bench check clean completion demo format fresh fuzz golden-update \
	help hostile install lint man programs soak test test-programs uninstall workloads \
	deps check-deps test-deps bench-deps demo-deps lint-deps

all: deps ## Build build/spoor to work with (-O2, not the release)
	@$(MAKE) $(AGAIN) programs

programs: $(OUT)/spoor $(if $(VECTOR_SOURCES),$(OUT)/vectors) \
	$(if $(wildcard db/extension/spoor.c),$(OUT)/spoor.so)

# Objects are made anew when their flags change.  (Make writes the file before
# the recipe runs: the folder must be there before, too.)
$(OUT)/flags: FORCE
	$(shell mkdir -p $(@D))$(file >$@.new,$(OPT) $(filter-out -W%,$(BASE_CFLAGS)) $(CFLAGS))
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
FORCE:

$(OUT)/obj/%.o: %.c $(OUT)/flags
	$(SAY) CC $<
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(BASE_CFLAGS) $(LIB_CFLAGS) -MMD -MP $(CFLAGS) -c -o $@ $<

# (A folder is as new as what was last added or removed.)
$(OUT)/gen/report_page.c: query/report/assemble.sh query/report/page \
		query/report/views $(REPORT_PARTS)
	$(SAY) GEN $@
	$(Q)mkdir -p $(@D)
	$(Q)sh query/report/assemble.sh query/report/page > $@

$(OUT)/obj/gen/%.o: $(OUT)/gen/%.c $(OUT)/flags
	$(SAY) CC $<
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(BASE_CFLAGS) $(LIB_CFLAGS) -MMD -MP $(CFLAGS) -c -o $@ $<

# The ready questions are built into the program.
$(OUT)/gen/questions.c: query/embed.sh query/saved $(QUESTIONS)
	$(SAY) GEN $@
	$(Q)mkdir -p $(@D)
	$(Q)sh query/embed.sh $(QUESTIONS) > $@

# What runs inside traced processes: no libc, no data, no vector registers, in
# a section of its own that is copied there.
STUB_CFLAGS = -std=c17 -D_GNU_SOURCE -O2 -g -I. $(WARNINGS) -ffreestanding \
	-fPIE -mgeneral-regs-only -fno-stack-protector -fno-jump-tables \
	-fno-tree-loop-distribute-patterns -fno-asynchronous-unwind-tables \
	-fcf-protection=none
STUB = $(OUT)/obj/capture/stub
STUB_PARTS = $(patsubst capture/stub/%.c,%,$(sort $(wildcard capture/stub/*.c)))
STUB_ROOM = 0x3f00 # STUB_TRAP_AT
# Its flags are those of gcc; `make fuzz' compiles all else with clang.
STUB_CC = $(if $(findstring clang,$(CC)),gcc,$(CC))

$(STUB)/linked.o: $(wildcard capture/stub/*) capture/record/ring.h capture/record/raw.h \
		capture/record/syscalls.h
	$(SAY) CC capture/stub
	$(Q)mkdir -p $(@D)
	$(Q)for part in entry boot stub_memory; do \
		$(STUB_CC) -I. -c -o $(STUB)/$$part.o \
			capture/stub/$$part.S || exit 1; done
	$(Q)for part in $(STUB_PARTS); do \
		$(STUB_CC) $(STUB_CFLAGS) -c -o $(STUB)/$$part.o \
			capture/stub/$$part.c && \
		objcopy --rename-section \
			.text=spoor_stub,alloc,load,readonly,code,contents \
			$(STUB)/$$part.o || exit 1; done
	$(Q)ld -r -o $@ $(STUB)/entry.o $(STUB)/boot.o $(STUB)/stub_memory.o \
		$(STUB_PARTS:%=$(STUB)/%.o)
	$(Q)! objdump -h $@ | grep -E '[0-9] \.(rodata|data|bss)' | \
		grep -v 00000000 || { echo 'capture/stub: has data' >&2; exit 1; }
	$(Q)test $$(size -A $@ | awk '$$1 == "spoor_stub" {print $$2}') -le \
		$$(($(STUB_ROOM))) || { echo 'capture/stub: too long' >&2; exit 1; }

$(OUT)/libspoor.a: $(OBJECTS)
	$(SAY) AR $@
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(OUT)/spoor: $(CMD_OBJECTS) $(OUT)/libspoor.a
	$(SAY) LINK $@
	$(Q)$(CC) $(BASE_CFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIB_LDFLAGS)

# What the extension shares with the program; its own objects get the API of
# SQLite from the host.
EXTENSION_OBJECTS = $(addprefix $(OUT)/extension/db/,vtab.o limits.o extension/spoor.o)

$(OUT)/extension/%.o: %.c $(OUT)/flags
	$(SAY) CC '$< (extension)'
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(BASE_CFLAGS) $(NO_LTO) -DSPOOR_EXTENSION $(LIB_CFLAGS) \
		-MMD -MP $(CFLAGS) -c -o $@ $<

$(OUT)/spoor.so: $(EXTENSION_OBJECTS) $(OUT)/libspoor.a
	$(SAY) LINK $@
	$(Q)$(CC) $(BASE_CFLAGS) $(NO_LTO) -shared -Wl,-z,defs $(CFLAGS) \
		$(LDFLAGS) -o $@ $^ $(filter-out -lsqlite3 -lpcap -ledit,$(LIB_LDFLAGS))

$(OUT)/vectors: $(VECTOR_OBJECTS) $(OUT)/libspoor.a
	$(SAY) LINK $@
	$(Q)$(CC) $(BASE_CFLAGS) $(NO_LTO) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIB_LDFLAGS)

$(OUT)/unit: $(UNIT_OBJECTS) $(OUT)/libspoor.a
	$(SAY) LINK $@
	$(Q)$(CC) $(BASE_CFLAGS) $(NO_LTO) $(CFLAGS) $(LDFLAGS) -o $@ $^ \
		$(LIB_LDFLAGS) -lcunit

$(OUT)/bench/%: tests/bench/%.c $(OUT)/libspoor.a
	$(SAY) CC $<
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(BASE_CFLAGS) $(NO_LTO) $(CFLAGS) -o $@ $^ $(LIB_LDFLAGS)

define link_workload
	$(SAY) CC $@
	$(Q)mkdir -p $(@D)
	$(Q)$(1) $(filter-out -f%lto%,$(BASE_CFLAGS)) $(CFLAGS) -o $@ $< -lpthread
endef

# What the tests of report and export need: a driver of Chromium, a workload.
$(BUILD)/report/%: tests/report/%.c $(OUT)/libspoor.a
	$(SAY) CC $<
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(BASE_CFLAGS) $(NO_LTO) $(CFLAGS) -o $@ $^ $(LIB_LDFLAGS)

# A reader of captures that shares the table of events with ours, no code.
$(BUILD)/scapcheck: tests/scap/scapcheck.c core/event/event_kinds.c \
		core/event/flag_names.c
	$(SAY) CC $@
	$(Q)$(CC) $(BASE_CFLAGS) $(NO_LTO) $(CFLAGS) -o $@ $^

$(BUILD)/workloads/%: tests/workloads/%.c $(wildcard tests/workloads/*.h)
	$(call link_workload,$(CC))

$(BUILD)/workloads/%-static: tests/workloads/%.c tests/workloads/check.h
	$(call link_workload,$(CC) -static)

$(BUILD)/workloads/%-static-pie: tests/workloads/%.c tests/workloads/check.h
	$(call link_workload,$(CC) -static-pie)

$(BUILD)/workloads/%-no-pie: tests/workloads/%.c tests/workloads/check.h
	$(call link_workload,$(CC) -no-pie)

$(BUILD)/workloads/%-musl: tests/workloads/%.c tests/workloads/check.h
	$(call link_workload,musl-gcc)

$(BUILD)/workloads/work: tests/workloads/work.go
	$(SAY) GO $@
	$(Q)GOCACHE=$(abspath $(BUILD))/go GO111MODULE=off go build -o $@ $<

$(BUILD)/workloads/Work.class: tests/workloads/Work.java
	$(SAY) JAVAC $@
	$(Q)javac -d $(@D) $<

-include $(patsubst %.o,%.d,$(OBJECTS) $(CMD_OBJECTS) $(UNIT_OBJECTS) \
	$(VECTOR_OBJECTS) $(EXTENSION_OBJECTS))

deps: ## Install the packages that building needs (root), or say which
	@sh tests/deps.sh $(PACKAGES)

# Packages beyond those, of each kind of work.
check-deps: deps
	@sh tests/deps.sh $(CHECK_PACKAGES)

test-deps: deps
	@sh tests/deps.sh $(TEST_PACKAGES:%='%')

demo-deps: deps
	@sh tests/deps.sh $(DEMO_PACKAGES)

bench-deps: deps
	@sh tests/deps.sh $(BENCH_PACKAGES:%='%')

lint-deps: deps
	@sh tests/deps.sh $(LINT_PACKAGES:%='%')

# Suites of seconds, that need no privilege.
CHECKS = unit vectors golden rules shape text man fields print options habits questions

check: check-deps ## The tests of a minute: before each commit (ONLY="unit shape")
	@$(MAKE) $(AGAIN) programs $(OUT)/unit $(BUILD)/workloads/hostile
	@sh tests/run.sh $(BUILD) $(or $(ONLY),$(CHECKS))

test: test-deps ## All tests, or ONLY="db query" of them; V=1 shows each
	@$(MAKE) $(AGAIN) test-programs
	@$(MAKE) $(AGAIN) SAN=1 $(BUILD)/san/unit \
		$(BUILD)/san/spoor $(BUILD)/san/vectors
	@sh tests/run.sh $(BUILD) $(ONLY)

golden-update: programs ## Rewrite what tests/golden expects, for review
	@UPDATE=1 sh tests/suite-golden.sh $(BUILD) | grep -v '^PASS' || true
	@git diff --stat -- tests/golden

fresh: ## make demo and make test on a Debian made by debootstrap (root)
	@sh tests/fresh.sh

test-programs: programs workloads $(OUT)/unit $(REPORT_TOOLS) $(OUT)/bench/churn

workloads: $(WORKLOADS) $(BUILD)/scapcheck

demo: demo-deps ## Record, replay, load and query a container under attack
	@$(MAKE) $(AGAIN) $(OUT)/spoor
	@sh tests/demo/demo.sh $(BUILD)

bench: bench-deps ## Benchmarks of the release: ratios to peers, in one run
	@$(MAKE) $(AGAIN) workloads $(REPORT_TOOLS)
	@$(MAKE) $(AGAIN) RELEASE=1 programs $(BUILD)/release/bench/churn \
		$(BUILD)/release/bench/stretch $(BUILD)/release/bench/insert
	@sh tests/bench/run.sh $(BUILD)

soak: bench-deps ## Recordings for SOAK_SECONDS (1800), with kills at random
	@$(MAKE) $(AGAIN) programs workloads
	@sh tests/bench/soak.sh $(BUILD) $(SOAK_SECONDS)

hostile: test-deps ## Readers of damaged captures, killed recorders, full disks
	@$(MAKE) $(AGAIN) programs
	@sh tests/bench/damage.sh $(BUILD) && sh tests/bench/kills.sh $(BUILD) && \
		sh tests/bench/fulldisks.sh $(BUILD)

lint: lint-deps ## Formatting, clang-tidy, cppcheck, shellcheck
	@sh tests/shape/lint.sh $(SOURCES) $(CMD_SOURCES)

format: ## Reformat all C sources
	$(Q)git ls-files '*.[ch]' | xargs clang-format -i

fuzz: lint-deps ## Build the fuzz targets (clang) and run each for FUZZ_SECONDS
	@$(MAKE) $(AGAIN) $(OUT)/spoor
	@sh tests/fuzz/run.sh $(BUILD)

man: $(OUT)/spoor ## Man pages, from --help, into build/man
	@sh doc/man.sh $(OUT)/spoor $(OUT)/man

completion: $(OUT)/spoor ## Completion for bash and zsh, into build/completion
	$(Q)mkdir -p $(OUT)/completion
	$(Q)$(OUT)/spoor completion bash > $(OUT)/completion/spoor
	$(Q)$(OUT)/spoor completion zsh > $(OUT)/completion/_spoor

SHARE = $(DESTDIR)$(PREFIX)/share
BASH_FOLDER = $(SHARE)/bash-completion/completions
ZSH_FOLDER = $(SHARE)/zsh/site-functions

install: deps ## Install the release, its man pages and completion
	@$(MAKE) $(AGAIN) RELEASE=1 programs man completion
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 \
		$(BASH_FOLDER) $(ZSH_FOLDER)
	install -m 644 $(BUILD)/release/completion/spoor $(BASH_FOLDER)/spoor
	install -m 644 $(BUILD)/release/completion/_spoor $(ZSH_FOLDER)/_spoor
	install -m 755 $(BUILD)/release/spoor $(DESTDIR)$(PREFIX)/bin/spoor
	install -d $(DESTDIR)$(PREFIX)/lib
	install -m 644 $(BUILD)/release/spoor.so $(DESTDIR)$(PREFIX)/lib/spoor.so
	install -m 644 $(BUILD)/release/man/*.1 $(SHARE)/man/man1/

uninstall: ## Remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/spoor $(DESTDIR)$(PREFIX)/lib/spoor.so
	rm -f $(SHARE)/man/man1/spoor.1
	rm -f $(SHARE)/man/man1/spoor-*.1
	rm -f $(BASH_FOLDER)/spoor $(ZSH_FOLDER)/_spoor

clean: ## Remove the build folder
	rm -rf $(BUILD)

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14
