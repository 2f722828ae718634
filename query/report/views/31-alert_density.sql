-- alerts by time and severity
-- at most 16000 rows, 150000 bytes
SELECT (ts_ns - :start) / :bucket AS bucket, severity, count(*) AS n
FROM alerts GROUP BY 1, 2 ORDER BY 1, 2;
