-- the alerts, the gravest first
-- at most 3000 rows, 1200000 bytes
SELECT round((ts_ns - :start) / 1e6, 3) AS t, severity, priority, rule, output,
  tags, fields, pid, process, event_id AS event, container_id AS container,
  process_id AS image
FROM alerts ORDER BY severity, ts_ns, alert_id;
