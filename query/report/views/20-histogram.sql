-- events by time and class (0 process, 1 file, 2 read, 3 write, 4 network, 5 other, 6 failed)
-- at most 20000 rows, 300000 bytes
WITH class(type, class) AS MATERIALIZED (
  SELECT type, CASE WHEN name IN ('read', 'pread', 'readv', 'preadv') THEN 2
    WHEN name IN ('write', 'pwrite', 'writev', 'pwritev') THEN 3
    WHEN category IN ('process', 'signal') THEN 0
    WHEN category = 'file' THEN 1 WHEN category = 'net' THEN 4
    ELSE 5 END FROM event_types),
counted AS (
  SELECT (ts_ns - :start) / :bucket AS bucket, type,
    res < 0 AND res NOT IN (-11, -115) AS failed, count(*) AS n
  FROM raw_events GROUP BY 1, 2, 3)
SELECT bucket, iif(failed, 6, class) AS class, sum(n) AS n
FROM counted JOIN class USING (type) GROUP BY 1, 2
UNION ALL -- a database without its events still knows them by the second
SELECT max(0, second * 1000000000 - :start) / :bucket,
  CASE class WHEN 'process' THEN 0 WHEN 'file' THEN 1 WHEN 'file read' THEN 2
    WHEN 'file write' THEN 3 WHEN 'other' THEN 5 ELSE 4 END, sum(events)
FROM timeline WHERE NOT EXISTS (SELECT 1 FROM raw_events) GROUP BY 1, 2
ORDER BY 1, 2;
