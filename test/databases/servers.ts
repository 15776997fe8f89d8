import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A database server of this machine, with nothing in it yet. */
export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * PostgreSQL with RDS’s rule of who proves itself how: members of rds_iam are never asked for a password. The master
 * stands before it, for since 16 who makes a role is a member of it in name, and RDS does not count that.
 */
export async function startPostgres(): Promise<Server> {
  const folders = [process.env['PG_BIN'] ?? '', '/usr/lib/postgresql', '/usr/local/bin', '/usr/bin'].flatMap((at) => [
    at,
    ...versionsIn(at),
  ]);
  const bin = folders.find((at) => at !== '' && existsSync(join(at, 'initdb'))) ?? missing('initdb');
  const [port, folder, user] = [await freePort(), folderFor('postgres'), userFor('postgres')];
  const data = join(folder, 'data');
  must(as(user, join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync']));
  const rules = [
    'host all postgres 127.0.0.1/32 trust',
    'host all eventsystem 127.0.0.1/32 scram-sha-256',
    'host all +rds_iam 127.0.0.1/32 reject',
    'host all all 127.0.0.1/32 scram-sha-256',
  ];
  writeFileSync(join(data, 'pg_hba.conf'), rules.join('\n') + '\n');
  const [command, args] = as(user, join(bin, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F']);
  return started(spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] }), {
    port,
    folder,
    ready: 'ready to accept connections',
    signal: 'SIGINT',
  });
}

/** MariaDB, whose user root of this machine needs no password. */
export async function startMariaDb(): Promise<Server> {
  const find = (name: string) => ['/usr/sbin', '/usr/bin', '/usr/local/bin'].map((at) => join(at, name)).find(existsSync) ?? missing(name);
  const [install, server] = [find('mariadb-install-db'), find('mariadbd')];
  const [port, folder, user] = [await freePort(), folderFor('mysql'), userFor('mysql')];
  const common = ['--no-defaults', `--datadir=${join(folder, 'data')}`];
  must(as(user, install, [...common, '--auth-root-authentication-method=normal', '--skip-test-db']));
  const [command, args] = as(user, server, [
    ...common,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 's')}`,
    `--pid-file=${join(folder, 'p')}`,
  ]);
  return started(spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] }), {
    port,
    folder,
    ready: 'ready for connections',
    signal: 'SIGTERM',
  });
}

function missing(program: string): never {
  throw new Error(`\`${program}\` is not on this machine, and these tests need real servers: apt-get install postgresql mariadb-server`);
}

/** `/usr/lib/postgresql/17/bin`, the newest first. */
function versionsIn(folder: string): readonly string[] {
  const versions = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+$/.test(name)) : [];
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(folder, version, 'bin'));
}

type SystemUser = { readonly uid: number; readonly gid: number } | undefined;

/** Both servers refuse to be root: then they are the user their package made. */
function userFor(name: string): SystemUser {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim() || missing(`the user ${name}`));
  return { uid: id('-u'), gid: id('-g') };
}

function folderFor(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const user = userFor(name);
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

function as(user: SystemUser, program: string, args: readonly string[]): [string, string[]] {
  return user ? ['setpriv', [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', program, ...args]] : [program, [...args]];
}

function must([command, args]: [string, string[]]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: tmpdir() });
  if (status !== 0) throw new Error(`${args.join(' ')} failed: ${error?.message ?? ''}${stdout}${stderr}`);
}

/** A port nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

type How = { readonly port: number; readonly folder: string; readonly ready: string; readonly signal: NodeJS.Signals };

async function started(child: ChildProcess, { port, folder, ready, signal }: How): Promise<Server> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const stopped = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill(signal);
    await stopped;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waited = 0; !said.includes(ready); waited += 50) {
    if (child.exitCode !== null || waited > 20_000) {
      await stop();
      throw new Error(`The server did not start:\n${said}`);
    }
    await pause(50);
  }
  return { port, stop };
}
