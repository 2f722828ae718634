-- who came in over the network: the first line received, and what was started meanwhile
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH RECURSIVE used AS MATERIALIZED (
  SELECT *, coalesce(closed_ns, last_ns) AS end_ns
  FROM connections
  WHERE role = 'server' AND family IN ('ipv4', 'ipv6')
    AND first_ns <= @until AND last_ns >= @since
),
accepted AS MATERIALIZED (
  SELECT DISTINCT connection_id FROM sockets WHERE action GLOB 'accept*'
),
numbered AS MATERIALIZED ( -- processes that have it from one that accepted it
  SELECT *, sum(connection_id IN (SELECT connection_id FROM accepted)) OVER (
      PARTITION BY capture_id, protocol, local_address, local_port,
      remote_address, remote_port ORDER BY first_ns, connection_id) AS turn
  FROM used
),
joined AS MATERIALIZED (
  SELECT *, min(connection_id) OVER (PARTITION BY capture_id, protocol,
      local_address, local_port, remote_address, remote_port, turn) AS visit
  FROM numbered
),
visits AS MATERIALIZED (
  SELECT visit, min(first_ns) AS first_ns, max(end_ns) AS end_ns,
    min(first_time) AS time, max(last_time) AS last, sum(bytes_received) AS received,
    sum(bytes_sent) AS sent, remote_address, remote_port, local_port, protocol
  FROM joined GROUP BY visit
),
handled AS (
  SELECT visit, process_id, first_line, row_number() OVER (PARTITION BY visit
    ORDER BY first_line IS NULL, first_ns, connection_id) AS place
  FROM joined
),
family(visit, process_id) AS (
  SELECT DISTINCT visit, process_id FROM joined WHERE process_id IS NOT NULL
  UNION
  SELECT f.visit, p.process_id
  FROM family f JOIN visits v ON v.visit = f.visit
    JOIN processes p ON p.parent_id = f.process_id
  WHERE p.start_ns BETWEEN v.first_ns AND v.end_ns
),
programs AS MATERIALIZED (
  SELECT f.visit, count(*) AS started, group_concat(p.cmdline, '; ') AS commands
  FROM family f JOIN visits v ON v.visit = f.visit
    JOIN processes p ON p.process_id = f.process_id
  WHERE p.origin = 'exec' AND p.start_ns BETWEEN v.first_ns AND v.end_ns
  GROUP BY f.visit
)
SELECT v.time, v.remote_address AS peer, v.remote_port AS peer_port,
  v.local_port, v.protocol, p.name AS process, p.pid, p.user, p.container_id,
  h.first_line AS request, coalesce(s.started, 0) AS started,
  substr(s.commands, 1, 1000) AS programs, v.received, v.sent, v.last
FROM visits v JOIN handled h ON h.visit = v.visit AND h.place = 1
  LEFT JOIN processes p ON p.process_id = h.process_id
  LEFT JOIN programs s ON s.visit = v.visit
ORDER BY v.first_ns, v.visit
