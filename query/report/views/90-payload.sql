-- the first bytes of chosen connections, terminals and files, and those around alerts, as recorded
-- at most 8000 rows, 600000 bytes
WITH RECURSIVE alerted(id) AS MATERIALIZED (
  SELECT DISTINCT process_id FROM alerts WHERE process_id IS NOT NULL),
flow AS (
  SELECT 'connection' AS kind, connection_id AS id, capture_id, process_id, fd,
    first_ns, last_ns, bytes_received AS bytes_in, bytes_sent AS bytes_out,
    coalesce(remote_address || ' ' || remote_port, path) AS name,
    CASE WHEN process_id IN alerted THEN 0 WHEN role = 'server' THEN 1
      ELSE 2 END AS rank, coalesce(remote_address,
      '') || iif(role = 'client', remote_port, local_port) AS alike
  FROM connections WHERE bytes_received + bytes_sent > 0
    AND family IN ('ipv4', 'ipv6')
  UNION ALL
  SELECT 'file', file_io_id, capture_id, process_id, fd, first_ns, last_ns,
    bytes_read, bytes_written, text,
    CASE WHEN text GLOB '/dev/pt*' OR text GLOB '/dev/tty*' THEN 0
      WHEN process_id IN alerted THEN 1
      WHEN bytes_written > 0 OR text GLOB '/etc/*' THEN 3 ELSE 4 END, text
  FROM file_io JOIN strings ON string_id = path_id
  WHERE bytes_read + bytes_written > 0 AND text NOT GLOB '/usr/lib*'
    AND text NOT GLOB '/lib*' AND text NOT GLOB '/proc/*'
    AND text NOT GLOB '/sys/*' AND text NOT GLOB '/etc/ld.so.*'
    AND text NOT GLOB '/dev/[^pt]*'),
stream AS MATERIALIZED (
  SELECT row_number() OVER (ORDER BY rank, k, first_ns, kind, id) AS stream, *
  FROM (SELECT *, row_number() OVER (PARTITION BY kind, rank, alike
    ORDER BY first_ns, id) AS k FROM flow) WHERE k <= 10
  ORDER BY rank, k, first_ns, kind, id LIMIT 300),
place(stream, capture_id, ns, at, step) AS ( -- of a time: found by halving
  SELECT stream, capture_id, first_ns, capture_id << 40, 1 << 39 FROM stream
  UNION ALL
  SELECT stream, capture_id, last_ns, capture_id << 40, 1 << 39 FROM stream
  UNION ALL
  SELECT stream, capture_id, ns, iif((SELECT ts_ns FROM raw_events
      WHERE event_id >= at + step AND event_id < (p.capture_id + 1) << 40
      ORDER BY event_id LIMIT 1) < ns, at + step, at), step / 2
  FROM place p WHERE step > 0),
part(stream, first, last) AS MATERIALIZED (
  SELECT stream, min(at) - 64, min(max(at) + 64, min(at) + 10000)
  FROM place WHERE step = 0 GROUP BY stream),
io(type, is_out) AS MATERIALIZED (
  SELECT type, name GLOB '*write*' OR name GLOB 'send*' FROM event_types
  WHERE name GLOB '*read*' OR name GLOB '*write*' OR name GLOB 'recv*'
    OR name GLOB 'send*'),
moved AS MATERIALIZED (
  SELECT s.stream, row_number() OVER (
    PARTITION BY s.stream ORDER BY e.event_id) AS k, e.event_id, e.num,
    e.capture_id, e.ts_ns, e.res, io.is_out
  FROM stream s JOIN part USING (stream)
  CROSS JOIN raw_events e ON e.event_id BETWEEN part.first AND part.last
    AND +e.process_id = s.process_id AND +e.fd = s.fd
    AND e.ts_ns BETWEEN s.first_ns AND s.last_ns AND e.res > 0
  CROSS JOIN io ON io.type = e.type),
near AS ( -- alerts, whatever it was read from or written to: streams of one
  SELECT DISTINCT -e.event_id, 1, e.event_id, e.num, e.capture_id, e.ts_ns,
    e.res, io.is_out
  FROM (SELECT *, row_number() OVER (PARTITION BY rule, process
    ORDER BY event_id) AS n FROM alerts) a
  CROSS JOIN raw_events e
    ON e.event_id BETWEEN a.event_id - 200 AND a.event_id + 200
    AND a.n <= 2 AND e.res > 0 AND abs(e.ts_ns - a.ts_ns) <= 5000000000
  CROSS JOIN io ON io.type = e.type
  CROSS JOIN processes p ON p.process_id = e.process_id AND p.pid = a.pid),
wanted AS MATERIALIZED (
  SELECT * FROM moved WHERE k <= 100 UNION ALL SELECT * FROM near
  WHERE event_id NOT IN (SELECT event_id FROM moved WHERE k <= 100)),
bytes(capture_id, num, data) AS MATERIALIZED (
  SELECT c.capture_id, x.num, x.data FROM captures c
  CROSS JOIN capture(c.path) x
  WHERE c.events > 0
    AND c.capture_id IN (SELECT value FROM json_each(:readable))
    AND x.num IN (SELECT num FROM wanted w WHERE w.capture_id = c.capture_id)),
kept AS (
  SELECT *, sum(length(data)) OVER (PARTITION BY stream ORDER BY k)
    - length(data) AS before
  FROM wanted JOIN bytes USING (capture_id, num))
SELECT k.stream, k.event_id AS event, round((k.ts_ns - :start) / 1e6, 3) AS t,
  k.is_out AS out, k.res AS size,
  substr(k.data, 1, 8192 - k.before) AS data,
  iif(k.k = 1, s.kind, NULL) AS kind, iif(k.k = 1, s.id, NULL) AS id,
  iif(k.k = 1, s.name, NULL) AS name,
  iif(k.k = 1, s.process_id, NULL) AS image, iif(k.k = 1, s.fd, NULL) AS fd,
  iif(k.k = 1, s.bytes_in, NULL) AS bytes_in,
  iif(k.k = 1, s.bytes_out, NULL) AS bytes_out,
  iif(k.k = 1, p.pid, NULL) AS pid,
  iif(k.k = 1, round((s.last_ns - :start) / 1e6, 3), NULL) AS last
FROM kept k LEFT JOIN stream s ON s.stream = k.stream
LEFT JOIN processes p ON p.process_id = s.process_id
WHERE k.before < 8192 ORDER BY k.stream < 0, abs(k.stream), k.k;
