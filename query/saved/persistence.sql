-- writes to places that make programs run again
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT f.time, f.operation, f.path, f.process, f.pid, f.cmdline, f.res
FROM files f
WHERE f.event_id IN (
    SELECT event_id FROM raw_files
    WHERE path_id IN (SELECT string_id FROM strings
        WHERE text GLOB '/etc/cron*' OR text GLOB '/var/spool/cron*'
        OR text GLOB '*/authorized_keys*' OR text = '/etc/ld.so.preload'
        OR text GLOB '/etc/ld.so.conf*' OR text GLOB '/etc/systemd/*'
        OR text GLOB '/usr/lib/systemd/system/*' OR text GLOB '/etc/init.d/*'
        OR text GLOB '/etc/rc*' OR text GLOB '/etc/profile*'
        OR text GLOB '*/.bashrc' OR text GLOB '*/.profile'
        OR text GLOB '/etc/passwd' OR text GLOB '/etc/pam.d/*'
        OR text GLOB '*/.config/autostart/*'))
  AND (f.is_write = 1 OR f.operation NOT GLOB 'open*')
  AND f.ts_ns BETWEEN @since AND @until
ORDER BY f.ts_ns, f.event_id
