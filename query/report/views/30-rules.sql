-- how often each rule fired
-- at most 500 rows, 60000 bytes
SELECT rule, priority, severity, count(*) AS n FROM alerts
GROUP BY rule, priority, severity ORDER BY severity, n DESC, rule;
