import type { CodedProblem, Report } from '../../diagnostics/problem.ts';
import type { Fn } from '../../resolve/model.ts';
import type { Place } from '../../text/source-text.ts';
import type { Context } from '../meaning.ts';
import { existingProblems } from '../existing-settings.ts';
import { verifyLength } from '../long-names.ts';
import { factsOf, majorOf, schemaOf, type Database } from './engines.ts';
import { verifyLimits } from './limits.ts';
import { verifyMigrations } from './migrations.ts';
import { databaseProblems } from './problems.ts';
import { usersOf } from './users.ts';

/** Settings of clusters, and of what is none. */
export const ONLY_FOR_AURORA: readonly string[] = ['capacity', 'readers'];
export const NOT_FOR_AURORA: readonly string[] = ['storage', 'maxStorage', 'iops'];

/** Reports settings of a database that its schema cannot rule out. */
export function verifyDatabase(database: Database, context: Context, report: Report): void {
  if (database.settings.existing) verifyExisting(database, context, report);
  else {
    verifyMade(database, context, report);
    if (database.settings.proxy) verifyLength('The proxy', `${context.model.stack}-${database.name}`, 63, at(database, 'proxy'), report);
    verifyLimits(database, context, report);
    verifyMigrations(database, context, report);
  }
  for (const fn of context.model.functions) verifyUse(fn, database, report);
  for (const { reference } of context.model.references) {
    if (reference.to !== 'thing' || reference.thing !== database || String(reference.attribute) !== 'secretArn' || database.settings.secret)
      continue;
    if (!usersOf(database, context).some(({ name, by }) => name === database.settings.user && by === 'secret'))
      report(databaseProblems['no-secret'], reference.place, { name: database.name });
  }
  const { name, settings } = database;
  const reserved = RESERVED[factsOf(database).family];
  if (reserved.databases.includes(schemaOf(database)))
    report(databaseProblems['reserved-in-database'], at(database, 'database'), { what: 'a database', name: schemaOf(database) });
  for (const user of new Set([settings.user, ...usersOf(database, context).map((one) => one.name)])) {
    if (reserved.users.includes(user))
      report(databaseProblems['reserved-in-database'], at(database, 'user'), { what: `a user of ${name}`, name: user });
  }
}

type Reserved = { readonly databases: readonly string[]; readonly users: readonly string[] };

const RESERVED: { readonly [F in 'postgres' | 'mysql']: Reserved } = {
  postgres: {
    databases: ['postgres', 'template0', 'template1', 'rdsadmin'],
    users: ['postgres', 'rdsadmin', 'eventsystem', 'public', 'none', 'user'],
  },
  mysql: {
    databases: ['mysql', 'information_schema', 'performance_schema', 'sys', 'innodb', 'eventsystem_migrations'],
    users: ['root', 'mysql', 'rdsadmin', 'eventsystem'],
  },
};

/** Where a setting stands: its key, else what surrounds it. */
function at({ written, place }: Database, setting: string): Place {
  const part = written.parts.get(setting);
  return part?.key ?? part?.place ?? place;
}

function verifyMade(database: Database, context: Context, report: Report): void {
  const { settings, written, place } = database;
  const { aurora, majors } = factsOf(database);
  const each = <F>(problem: CodedProblem<F>, names: readonly string[], facts: (setting: string) => F) => {
    for (const name of names)
      if (written.parts.has(name) && settings[name as keyof typeof settings] !== undefined)
        report(problem, at(database, name), facts(name));
  };
  each(databaseProblems['only-of-existing-database'], ['securityGroup', 'resourceId', 'secret'], (setting) => ({ setting }));
  if (aurora) {
    each(databaseProblems['not-for-aurora'], NOT_FOR_AURORA, (setting) => ({ setting }));
    if (settings.backups === 'none') report(databaseProblems['backups-needed'], written.at('backups').place, {});
    if (settings.capacity === undefined && settings.instance === undefined) report(databaseProblems['aurora-without-size'], place, {});
    if (settings.capacity !== undefined && settings.instance !== undefined)
      report(databaseProblems['instance-and-capacity'], at(database, 'instance'), {});
    const reason = capacityWrong(settings.capacity);
    if (reason !== undefined)
      report(databaseProblems['capacity-out-of-step'], written.at('capacity').place, { reason, meant: capacityMeant(settings.capacity) });
  } else {
    each(databaseProblems['only-for-aurora'], ONLY_FOR_AURORA, (setting) => ({ setting, engine: settings.engine }));
    const storage = settings.storage ?? 20;
    const least = Math.ceil(storage * 1.1);
    if (settings.maxStorage !== undefined && settings.maxStorage < least)
      report(databaseProblems['storage-cannot-grow'], written.at('maxStorage').place, { least });
    if (settings.backups === 'none' && context.model.protected)
      report(databaseProblems['no-backups-in-protected-stage'], written.at('backups').place, { stage: context.model.stage });
  }
  if (settings.version !== undefined && !majors.includes(majorOf(database))) {
    report(databaseProblems['unknown-version'], written.at('version').place, {
      engine: settings.engine,
      version: settings.version,
      known: majors,
    });
  }
  const { zones } = context.network;
  const subnets = context.model.settings.vpc?.subnets;
  if ((zones ?? subnets?.length ?? 2) < 2) {
    const vpc = context.model.root.at('vpc');
    const where = vpc.parts.get('zones') ?? vpc.parts.get('subnets');
    report(databaseProblems['database-needs-zones'], where?.place ?? place, { zones: zones ?? subnets?.length ?? 0 });
  }
}

/** The least and the most in the order they must have, in halves. */
function capacityMeant(capacity: Database['settings']['capacity']): string | undefined {
  if (!capacity || capacity.pauseAfter !== undefined) return undefined;
  const [min = 0, max = 0] = [capacity.min, capacity.max].map((units) => Math.ceil(units * 2) / 2).sort((a, b) => a - b);
  return max < 1 ? undefined : `{ min: ${min}, max: ${max} }`;
}

function capacityWrong(capacity: Database['settings']['capacity']): string | undefined {
  if (!capacity) return undefined;
  const { min, max, pauseAfter } = capacity;
  if ((min * 2) % 1 !== 0 || (max * 2) % 1 !== 0) return 'it must be in steps of 0.5';
  if (max < min) return '`max` is less than `min`';
  if (pauseAfter !== undefined && min > 0) return 'it can only pause with `min: 0`';
  return undefined;
}

/** What a database that exists must say, and what cannot be set of it. */
function verifyExisting(database: Database, context: Context, report: Report): void {
  const { name, settings, written, place } = database;
  const known = ['engine', 'existing', 'port', 'database', 'user', 'auth', 'securityGroup', 'resourceId', 'secret'];
  for (const [setting, part] of written.entries)
    if (!known.includes(setting) && part.key) report(existingProblems['settings-of-existing'], part.key, { setting, name });
  if (usersOf(database, context).length === 0) return;
  const needs = (setting: string, reason: string) => report(databaseProblems['existing-database-needs'], place, { name, setting, reason });
  if (!settings.securityGroup) needs('securityGroup', 'a rule that admits the functions is added to it');
  if (settings.auth === 'iam' && !settings.resourceId) needs('resourceId', 'the permission to connect with IAM names it');
  if (settings.auth === 'secret' && !settings.secret) needs('secret', 'its user and password are read from it');
}

/** How a function uses it: as one user, and the Data API only of a cluster. */
function verifyUse(fn: Fn, database: Database, report: Report): void {
  for (const { thing, key, written } of fn.settings.access ?? []) {
    if (thing !== database) continue;
    const value: unknown = written.value;
    const verbs = typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(String) : [...written.parts.keys()];
    if (new Set(verbs.filter((verb) => ['connect', 'read', 'data'].includes(verb))).size > 1)
      report(databaseProblems['two-users-of-one-database'], key, { title: fn.title, name: database.name });
    if (!verbs.includes('data')) continue;
    if (database.settings.existing) report(databaseProblems['data-api-of-existing'], key, { name: database.name });
    else if (!factsOf(database).aurora)
      report(databaseProblems['only-for-aurora'], key, { setting: 'data', engine: database.settings.engine });
  }
}
