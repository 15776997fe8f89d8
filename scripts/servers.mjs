// Sees to it that the tests find a real PostgreSQL and a real MariaDB: installs them where Debian’s apt can.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin', '/usr/local/bin')
    .some((folder) => existsSync(`${folder}/${name}`));
const postgres = () => onPath('postgres') || (existsSync('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql').length > 0);
const missing = [...(postgres() ? [] : ['postgresql']), ...(onPath('mariadbd') ? [] : ['mariadb-server'])];

if (missing.length > 0) {
  console.log(`The tests need ${missing.join(' and ')}; installing.`);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (...args) =>
    spawnSync([...sudo, 'apt-get'][0], [...sudo.slice(1), ...(sudo.length > 0 ? ['apt-get'] : []), ...args], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-qq');
  const { status } = apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
  if (status !== 0) {
    console.error(`Please install ${missing.join(' and ')}: the SQL that makes a database’s users is proved against real servers.`);
    process.exitCode = 1;
  }
}
