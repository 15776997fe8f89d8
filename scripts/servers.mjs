// Sees to it that the tests find a real PostgreSQL, a real MariaDB and real editors: installs them where Debian’s apt can.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin', '/usr/local/bin')
    .some((folder) => existsSync(`${folder}/${name}`));
const postgres = () => onPath('postgres') || (existsSync('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql').length > 0);
const databases = [...(postgres() ? [] : ['postgresql']), ...(onPath('mariadbd') ? [] : ['mariadb-server'])];
const editors = [...(onPath('nvim') ? [] : ['neovim']), ...(onPath('chromium') ? [] : ['chromium'])];
const missing = [...databases, ...editors];

if (missing.length > 0) {
  console.log(`The tests need ${missing.join(' and ')}; installing.`);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (...args) =>
    spawnSync([...sudo, 'apt-get'][0], [...sudo.slice(1), ...(sudo.length > 0 ? ['apt-get'] : []), ...args], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-qq');
  const install = (names) => names.length === 0 || apt('install', '-y', '-qq', '--no-install-recommends', ...names).status === 0;
  if (!install(databases)) {
    console.error(`Please install ${databases.join(' and ')}: the SQL that makes a database’s users is proved against real servers.`);
    process.exitCode = 1;
  }
  if (!install(editors)) console.error(`Without ${editors.join(' and ')} the tests that drive them are passed over.`);
}
