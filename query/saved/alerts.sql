-- alerts by rule, first and last
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT rule, priority, count(*) AS times, min(time) AS first,
  max(time) AS last, min(alert_id) AS alert_id
FROM alerts
WHERE ts_ns BETWEEN @since AND @until
GROUP BY rule
ORDER BY min(severity), first
