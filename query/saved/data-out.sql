-- bytes sent over the network, by process and minute
-- @since TIME begin only after this time
-- @until TIME end only before this time
-- needs sendto sendmsg sendmmsg write writev pwrite sendfile splice connect accept accept4
SELECT strftime('%Y-%m-%dT%H:%MZ', ts_ns / 60000000000 * 60, 'unixepoch')
    AS minute, process, sum(res) AS sent, count(*) AS calls
FROM events
WHERE type IN ('sendto', 'sendmsg', 'sendmmsg', 'send', 'write', 'writev',
    'pwrite', 'pwritev', 'sendfile', 'splice')
  AND type > '' -- lets SQLite begin with the types
  AND ts_ns BETWEEN @since AND @until
  AND res > 0 AND fd_name LIKE '%->%:%'
GROUP BY 1, 2
ORDER BY 1, 3 DESC
