-- files deleted, renamed or cut; logs written anew
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT f.time, f.operation, f.path, f.target, f.process, f.pid, f.cmdline,
  f.res
FROM files f
WHERE (f.operation GLOB 'unlink*' OR f.operation GLOB 'rename*'
    OR f.operation = 'rmdir' OR f.operation GLOB '*truncate'
    OR (f.is_write = 1 AND f.path GLOB '/var/log/*'))
  AND f.ts_ns BETWEEN @since AND @until
ORDER BY f.ts_ns, f.event_id
