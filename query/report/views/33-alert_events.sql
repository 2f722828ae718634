-- what its process did around an alert: at most 5 s and 25 events before and after, of the first two alerts of each rule and program
-- at most 6000 rows, 400000 bytes
WITH shown AS MATERIALIZED (
  SELECT event_id, ts_ns, pid, severity FROM (
    SELECT *, row_number() OVER (PARTITION BY rule, process ORDER BY event_id)
      AS k FROM alerts WHERE event_id IS NOT NULL)
  WHERE k <= 2 ORDER BY severity, event_id LIMIT 250),
near AS (
  SELECT s.severity, s.event_id AS alert, e.*, row_number() OVER (
    PARTITION BY s.event_id, e.event_id > s.event_id
    ORDER BY abs(e.event_id - s.event_id)) AS k
  FROM shown s CROSS JOIN raw_events e
    ON e.event_id BETWEEN s.event_id - 1000 AND s.event_id + 1000
  CROSS JOIN processes p ON p.process_id = e.process_id AND p.pid = s.pid
  WHERE abs(e.ts_ns - s.ts_ns) <= 5000000000)
SELECT n.event_id AS event, round((n.ts_ns - :start) / 1e6, 3) AS t,
  n.process_id AS image, t.name AS type, n.fd, s.text AS name, n.res
FROM near n JOIN event_types t USING (type)
LEFT JOIN strings s ON s.string_id = n.name_id
WHERE n.k <= 25 + (n.event_id <= n.alert)
GROUP BY n.event_id ORDER BY min(n.severity), min(n.alert), 1;
