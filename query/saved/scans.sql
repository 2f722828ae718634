-- port scans: many ports or addresses tried, of which most sent nothing
-- @least INTEGER 5 how many ports or addresses
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH tries AS MATERIALIZED ( -- of a shell loop each try is a process
  SELECT c.*, p.name AS process, p.session_id, p.pid,
    c.res < 0 AND c.res NOT IN (-4, -114, -115) AS is_failed,
    c.bytes_received = 0 AS is_silent
  FROM connections c LEFT JOIN processes p ON p.process_id = c.process_id
  WHERE c.role = 'client' AND c.family IN ('ipv4', 'ipv6')
    AND c.remote_address IS NOT NULL
    AND c.first_ns BETWEEN @since AND @until
), scans AS (
  SELECT 'ports' AS scan, process, protocol, remote_address AS target, *
  FROM (SELECT process, protocol, remote_address, count(*) AS tried,
      count(DISTINCT remote_port) AS different, sum(is_failed) AS failed,
      sum(is_silent) AS silent,
      min(first_ns) AS begin_ns, min(first_time) AS first,
      max(last_time) AS last, min(pid) AS pid,
      group_concat(DISTINCT iif(res = 0, remote_port, NULL)) AS answered
    FROM tries GROUP BY capture_id, session_id, process, protocol,
      remote_address)
  WHERE different >= @least AND silent * 2 >= tried
  UNION ALL
  SELECT 'addresses', process, protocol, 'port ' || remote_port, *
  FROM (SELECT process, protocol, remote_port, count(*) AS tried,
      count(DISTINCT remote_address) AS different, sum(is_failed) AS failed,
      sum(is_silent) AS silent,
      min(first_ns) AS begin_ns, min(first_time) AS first,
      max(last_time) AS last, min(pid) AS pid,
      group_concat(DISTINCT iif(res = 0, remote_address, NULL)) AS answered
    FROM tries GROUP BY capture_id, session_id, process, protocol,
      remote_port)
  WHERE different >= @least AND silent * 2 >= tried
)
SELECT scan, process, pid, protocol, target, tried, different, failed, answered,
  first, last
FROM scans
ORDER BY begin_ns, scan
