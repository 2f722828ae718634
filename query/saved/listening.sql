-- ports opened, and by whom
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT time, action, connection, protocol, process, pid, cmdline, container_id
FROM sockets
WHERE action IN ('bind', 'listen') AND family IN ('ipv4', 'ipv6')
  AND ts_ns BETWEEN @since AND @until
ORDER BY ts_ns, event_id
