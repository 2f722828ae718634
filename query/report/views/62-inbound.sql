-- who came in over the network: connections accepted, by server and peer, and the programs that the server and its descendants ran meanwhile
-- at most 600 rows, 150000 bytes
WITH RECURSIVE came AS MATERIALIZED (
  SELECT process_id, protocol, family, local_address, local_port,
    remote_address, count(DISTINCT remote_port) AS times,
    min(first_ns) AS first_ns, max(coalesce(closed_ns, last_ns)) AS end_ns,
    sum(bytes_received) AS received, sum(bytes_sent) AS sent,
    coalesce(min(iif(bytes_received > 0, connection_id, NULL)),
      min(connection_id)) AS connection
  FROM connections WHERE role = 'server' AND family IN ('ipv4', 'ipv6')
  GROUP BY process_id, protocol, family, local_address, local_port,
    remote_address),
heir(server, id) AS (
  SELECT DISTINCT process_id, process_id FROM came
  WHERE process_id IS NOT NULL
  UNION SELECT h.server, p.process_id
  FROM heir h JOIN processes p ON p.parent_id = h.id),
ran AS MATERIALIZED (
  SELECT c.connection, p.cmdline, row_number()
    OVER (PARTITION BY c.connection ORDER BY p.process_id) AS k
  FROM came c JOIN heir h ON h.server = c.process_id
  JOIN processes p ON p.process_id = h.id AND p.origin = 'exec'
    AND p.start_ns BETWEEN c.first_ns AND c.end_ns + 1000000000)
SELECT c.connection, round((c.first_ns - :start) / 1e6, 3) AS t,
  round((c.end_ns - :start) / 1e6, 3) AS end, c.remote_address,
  c.local_address, c.local_port, c.family, c.protocol, c.times, c.received,
  c.sent, p.name AS process, p.pid, c.process_id AS image,
  p.container_id AS container,
  (SELECT max(k) FROM ran r WHERE r.connection = c.connection) AS started,
  (SELECT group_concat(cmdline, char(10)) FROM (SELECT cmdline FROM ran r
    WHERE r.connection = c.connection AND k <= 20 ORDER BY k)) AS programs
FROM came c LEFT JOIN processes p ON p.process_id = c.process_id
ORDER BY started IS NULL, c.first_ns, c.connection;
