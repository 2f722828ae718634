-- what happened around an alert
-- @alert INTEGER 1 its number: alert_id of alerts
-- @seconds INTEGER 60 how long before and after
WITH span AS (
  SELECT capture_id, ts_ns - @seconds * 1000000000 AS a,
    ts_ns + @seconds * 1000000000 AS b
  FROM alerts WHERE alert_id = @alert
)
SELECT l.time, 'alert' AS what, l.process, l.pid, l.rule || ': ' || l.output
    AS detail
FROM span s JOIN alerts l ON l.ts_ns BETWEEN s.a AND s.b
  AND l.capture_id = s.capture_id
UNION ALL
SELECT p.start_time, 'run', p.parent, p.pid, p.cmdline
FROM span s JOIN processes p ON p.start_ns BETWEEN s.a AND s.b
  AND p.capture_id = s.capture_id AND p.origin = 'exec'
UNION ALL
SELECT f.time, f.operation, f.process, f.pid,
  coalesce(f.path, '') || coalesce(' -> ' || f.target, '')
    || iif(f.res < 0, ' (failed)', '')
FROM span s JOIN files f ON f.ts_ns BETWEEN s.a AND s.b
  AND f.capture_id = s.capture_id
UNION ALL
SELECT n.time, n.action, n.process, n.pid, n.connection
FROM span s JOIN sockets n ON n.ts_ns BETWEEN s.a AND s.b
  AND n.capture_id = s.capture_id
ORDER BY 1
