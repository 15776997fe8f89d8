import type { Thing } from '../../resolve/model.ts';

export type Database = Thing<'databases'>;
export type Engine = Database['settings']['engine'];

interface EngineFacts {
  readonly family: 'postgres' | 'mysql';
  readonly aurora: boolean;
  readonly port: number;
  /** The version without a word, as of November 2026. */
  readonly version: string;
  /** Major versions AWS offers, for a finding where another is written. */
  readonly majors: readonly string[];
  /** The start of the name of its parameter groups’ family. */
  readonly parameterFamily: string;
  /** The parameter that forces TLS. */
  readonly tls: readonly [string, string];
  readonly logs: readonly string[];
}

/**
 * What is known of each engine.
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html and the
 * calendars of the other engines, as of November 2026.
 */
export const engines: { readonly [E in Engine]: EngineFacts } = {
  postgres: {
    family: 'postgres',
    aurora: false,
    port: 5432,
    version: '17',
    majors: ['13', '14', '15', '16', '17', '18'],
    parameterFamily: 'postgres',
    tls: ['rds.force_ssl', '1'],
    logs: ['postgresql', 'upgrade'],
  },
  mysql: {
    family: 'mysql',
    aurora: false,
    port: 3306,
    version: '8.4.11',
    majors: ['8.0', '8.4'],
    parameterFamily: 'mysql',
    tls: ['require_secure_transport', '1'],
    logs: ['error'],
  },
  mariadb: {
    family: 'mysql',
    aurora: false,
    port: 3306,
    version: '11.8.8',
    majors: ['10.6', '10.11', '11.4', '11.8'],
    parameterFamily: 'mariadb',
    tls: ['require_secure_transport', '1'],
    logs: ['error'],
  },
  'aurora-postgresql': {
    family: 'postgres',
    aurora: true,
    port: 5432,
    version: '17',
    majors: ['13', '14', '15', '16', '17', '18'],
    parameterFamily: 'aurora-postgresql',
    tls: ['rds.force_ssl', '1'],
    logs: ['postgresql'],
  },
  'aurora-mysql': {
    family: 'mysql',
    aurora: true,
    port: 3306,
    version: '8.0',
    majors: ['8.0', '8.4'],
    parameterFamily: 'aurora-mysql',
    tls: ['require_secure_transport', 'ON'],
    logs: ['error'],
  },
};

export const factsOf = ({ settings }: Database): EngineFacts => engines[settings.engine];

/** The version a database has: the one written, else the one of the dated table. */
export function engineVersion(database: Database): string {
  return database.settings.version ?? factsOf(database).version;
}

/** `16.4` → `16`, `8.4.5` → `8.4`: what decides the family of parameters. */
export function majorOf(database: Database): string {
  const parts = engineVersion(database).split('.');
  return factsOf(database).family === 'postgres' ? (parts[0] ?? '') : parts.slice(0, 2).join('.');
}

export const portOf = (database: Database): number => database.settings.port ?? factsOf(database).port;

/** The database in it. */
export const schemaOf = ({ name, settings }: Database): string => settings.database ?? name.replaceAll('-', '_');
