-- files deleted, renamed or cut, and tries that failed
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT f.time,
  CASE WHEN f.operation GLOB '*truncate' THEN 'cut'
    WHEN f.operation GLOB 'rename*' THEN 'renamed'
    WHEN f.operation GLOB 'unlink*' OR f.operation = 'rmdir' THEN 'deleted'
    WHEN f.flags & 256 THEN 'cut' ELSE 'written' END AS action,
  CASE WHEN f.res >= 0 THEN 'done' WHEN f.res = -2 THEN 'failed: not there'
    WHEN f.res IN (-1, -13) THEN 'failed: not permitted'
    WHEN f.res < 0 THEN 'failed: ' || f.res
    ELSE 'unknown' END AS result,
  iif(f.operation GLOB '*truncate', coalesce(f.path, '(not recorded)'),
    f.path) AS path,
  f.target, f.process, f.pid, f.cmdline, f.operation
FROM files f
WHERE (f.operation GLOB 'unlink*' OR f.operation GLOB 'rename*'
    OR f.operation = 'rmdir'
    OR ((f.operation GLOB '*truncate' OR (f.flags & 256 AND NOT f.flags & 16384))
      AND (f.path IS NULL OR f.path NOT GLOB '/proc/*' AND f.path NOT GLOB '/sys/*'
        AND (f.path NOT GLOB '/dev/*' OR f.path GLOB '/dev/shm/*')))
    OR (f.is_write = 1 AND f.path GLOB '/var/log/*'))
  AND f.ts_ns BETWEEN @since AND @until
ORDER BY f.ts_ns, f.event_id
