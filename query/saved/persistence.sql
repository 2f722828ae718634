-- writes to places that make programs run again, or let somebody in
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH place AS MATERIALIZED ( -- a range of the index each, but for the last two
  SELECT string_id FROM strings
  WHERE text GLOB '/etc/*' AND (text GLOB '/etc/cron*' OR text GLOB '/etc/anacrontab'
    OR text GLOB '/etc/at.*' OR text GLOB '/etc/ld.so.preload'
    OR text GLOB '/etc/ld.so.conf*' OR text GLOB '/etc/systemd/*'
    OR text GLOB '/etc/init.d/*' OR text GLOB '/etc/init/*'
    OR text GLOB '/etc/inittab' OR text GLOB '/etc/rc*'
    OR text GLOB '/etc/profile*' OR text GLOB '/etc/environment*'
    OR text GLOB '/etc/bash*' OR text GLOB '/etc/zsh*'
    OR text GLOB '/etc/csh*' OR text GLOB '/etc/fish/*'
    OR text GLOB '/etc/xdg/autostart/*' OR text GLOB '/etc/ssh/*'
    OR text GLOB '/etc/passwd*' OR text GLOB '/etc/shadow*'
    OR text GLOB '/etc/group*' OR text GLOB '/etc/gshadow*'
    OR text GLOB '/etc/sudoers*' OR text GLOB '/etc/doas*'
    OR text GLOB '/etc/pam.*' OR text GLOB '/etc/security/*'
    OR text GLOB '/etc/update-motd.d/*' OR text GLOB '/etc/udev/*'
    OR text GLOB '/etc/apt/apt.conf*' OR text GLOB '/etc/dpkg/dpkg.cfg*'
    OR text GLOB '/etc/yum*' OR text GLOB '/etc/dnf/*'
    OR text GLOB '/etc/modules*' OR text GLOB '/etc/modprobe.d/*'
    OR text GLOB '/etc/logrotate*' OR text GLOB '/etc/network/if-*'
    OR text GLOB '/etc/NetworkManager/dispatcher.d/*'
    OR text GLOB '/etc/dhcp/*hooks*' OR text GLOB '/etc/dbus-1/*'
    OR text GLOB '/etc/xinetd*' OR text GLOB '/etc/inetd.conf'
    OR text GLOB '/etc/kubernetes/manifests/*')
  UNION SELECT string_id FROM strings WHERE text GLOB '/var/spool/*'
    AND (text GLOB '/var/spool/cron*' OR text GLOB '/var/spool/at*')
  UNION SELECT string_id FROM strings
  WHERE text GLOB '/var/lib/dpkg/info/*.p[or]*'
  UNION SELECT string_id FROM strings
  WHERE text GLOB '/run/*' AND text GLOB '/run/[su][yd][se][tv]*'
  UNION SELECT string_id FROM strings WHERE text GLOB '/lib/*'
    AND (text GLOB '/lib/systemd/*' OR text GLOB '/lib/udev/*'
    OR text GLOB '/lib/modules/*' OR text GLOB '*/security/pam_*.so')
  UNION SELECT string_id FROM strings WHERE text GLOB '/usr/*'
    AND (text GLOB '/usr/lib/systemd/*' OR text GLOB '/usr/lib/udev/*'
    OR text GLOB '/usr/lib/modules/*' OR text GLOB '/usr/local/lib/systemd/*'
    OR text GLOB '/usr/share/dbus-1/*' OR text GLOB '*/security/pam_*.so')
  UNION SELECT string_id FROM strings WHERE text GLOB '*/.*'
    AND (text GLOB '*/.ssh/*' AND (text GLOB '*/authorized_keys*'
      OR text GLOB '*/.ssh/rc' OR text GLOB '*/.ssh/config'
      OR text GLOB '*/.ssh/environment')
    OR text GLOB '*/.config/*' AND (text GLOB '*/.config/systemd/user/*'
      OR text GLOB '*/.config/autostart/*' OR text GLOB '*/.config/fish/*'
      OR text GLOB '*/.config/environment.d/*')
    OR text GLOB '*/.local/share/systemd/user/*'
    OR text GLOB '*/.bash[_r]*' AND text NOT GLOB '*/.bash_history*'
    OR text GLOB '*/.profile' OR text GLOB '*/.z[sp]*'
    OR text GLOB '*/.zlog*' OR text GLOB '*/.*cshrc'
    OR text GLOB '*/.login' OR text GLOB '*/.kshrc'
    OR text GLOB '*/.pam_environment' OR text GLOB '*/.xsession*'
    OR text GLOB '*/.xinitrc' OR text GLOB '*/.xprofile'
    OR text GLOB '*/.git/hooks/*' OR text GLOB '*/.gitconfig'
    OR text GLOB '*/.vimrc')
  UNION SELECT string_id FROM strings
  WHERE text GLOB '*-packages/*.pth' OR text GLOB '*/*customize.py'
    OR text GLOB '*/authorized_keys*'
)
SELECT f.time, f.operation, f.path, f.process, f.pid, f.cmdline, f.res,
  f.target, f.object
FROM files f
WHERE f.event_id IN (
    SELECT event_id FROM raw_files WHERE path_id IN place
    UNION SELECT r.event_id FROM raw_files r JOIN event_types t USING (type)
    WHERE r.target_id IN place AND t.name GLOB 'rename*'
    UNION SELECT event_id FROM raw_files WHERE object_id IN place)
  AND (f.is_write = 1 OR f.operation NOT GLOB 'open*')
  AND f.ts_ns BETWEEN @since AND @until
ORDER BY f.ts_ns, f.event_id
