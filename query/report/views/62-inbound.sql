-- who came in over the network: connections accepted, by program and peer, and what it and its descendants ran meanwhile (of each process the first 500)
-- at most 400 rows, 100000 bytes
WITH RECURSIVE accepted AS MATERIALIZED (
  SELECT n.*, dense_rank() OVER (ORDER BY n.capture_id, p.path, p.name,
    n.protocol, n.local_address, n.local_port, n.remote_address) AS visit
  FROM connections n LEFT JOIN processes p ON p.process_id = n.process_id
  WHERE n.role = 'server' AND n.family IN ('ipv4', 'ipv6')),
came AS MATERIALIZED ( -- who forks for each: parent and child have rows
  SELECT visit, min(process_id) AS process_id, protocol, family,
    local_address, local_port, remote_address,
    count(DISTINCT remote_port) AS times, min(first_ns) AS first_ns,
    max(coalesce(closed_ns, last_ns + 1000000000)) AS until_ns,
    max(last_ns) AS end_ns, sum(bytes_received) AS received,
    sum(bytes_sent) AS sent, coalesce(
      min(iif(bytes_received > 0, connection_id, NULL)),
      min(connection_id)) AS connection
  FROM accepted GROUP BY visit),
heir(server, id) AS (
  SELECT DISTINCT process_id, process_id FROM accepted
  WHERE process_id IS NOT NULL
  UNION SELECT h.server, p.process_id
  FROM heir h JOIN processes p ON p.parent_id = h.id LIMIT 200000),
program AS MATERIALIZED (
  SELECT h.server, p.process_id, p.start_ns, p.cmdline, row_number()
    OVER (PARTITION BY h.server ORDER BY p.process_id) AS n
  FROM heir h JOIN processes p ON p.process_id = h.id AND p.origin = 'exec'
    AND p.process_id <> h.server),
ran AS MATERIALIZED (
  SELECT c.visit, p.cmdline, row_number()
    OVER (PARTITION BY c.visit ORDER BY p.process_id) AS k
  FROM came c JOIN (SELECT DISTINCT visit, process_id FROM accepted) a
    ON a.visit = c.visit
  JOIN program p ON p.server = a.process_id AND p.n <= 500
    AND p.start_ns BETWEEN c.first_ns AND c.until_ns
  GROUP BY c.visit, p.process_id),
told AS MATERIALIZED (
  SELECT visit, max(k) AS started,
    group_concat(iif(k <= 20, cmdline, NULL), char(10)) AS programs
  FROM (SELECT * FROM ran ORDER BY visit, k) GROUP BY visit)
SELECT c.connection, round((c.first_ns - :start) / 1e6, 3) AS t,
  round((c.end_ns - :start) / 1e6, 3) AS end, c.remote_address,
  c.local_address, c.local_port, c.family, c.protocol, c.times, c.received,
  c.sent, p.name AS process, p.pid, c.process_id AS image,
  p.container_id AS container,
  o.started, o.programs
FROM came c LEFT JOIN processes p ON p.process_id = c.process_id
LEFT JOIN told o ON o.visit = c.visit
ORDER BY o.started IS NULL, c.first_ns, c.connection;
