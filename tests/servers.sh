#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Servers that are recorded: nginx and redis, and waiting for them.  Their ports
# are below those that the kernel gives to clients, who would hold them.  To be
# sourced; $dir is the script's own folder.

# comes COMMAND...: until it succeeds, for a minute
comes() {
	tries=0
	until "$@" > /dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 600 ] || return 1
		sleep 0.1
	done
}

# nginx_serves PORT WORKERS [SETTINGS]: what is in $dir
# shellcheck disable=SC2154
nginx_serves() {
	cat > "$dir/nginx.conf" << CONF
daemon off;
worker_processes $2;
user root;
pid $dir/nginx.pid;
error_log $dir/nginx.errors;
events { }
http {
	access_log off;
	server { listen 127.0.0.1:$1; root $dir; ${3:-} }
}
CONF
}

# with_nginx FUNCTION ARGUMENT...: the server's command is put behind them
with_nginx() {
	"$@" nginx -c "$dir/nginx.conf" -p "$dir"
}

# with_redis PORT FUNCTION ARGUMENT...: the same
with_redis() {
	redis_port=$1
	shift
	"$@" redis-server --port "$redis_port" --bind 127.0.0.1 --save '' \
		--dir "$dir"
}
