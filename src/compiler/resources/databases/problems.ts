import { problems } from '../../diagnostics/problem.ts';
import { keyAt } from '../../edit/edits.ts';
import { addInto, choosing, leaveOut, leaveOutKey, leavingOut, leavingOutIfMeant, oneOf, write } from '../../edit/fixes.ts';
import { inTime } from '../../../schema/kit.ts';
import { listed } from '../../text/suggest.ts';

const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';
const AURORA = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';

export const databaseProblems = problems({
  'only-for-aurora': {
    severity: 'error',
    message: ({ setting, engine }: { setting: string; engine: string }) => `\`${setting}\` is for Aurora, and this is ${engine}.`,
    why: 'Aurora is a cluster: capacity units, readers and the Data API are its own.',
    fix: leavingOutIfMeant,
    page: `${AURORA}/CHAP_AuroraOverview.html`,
  },
  'not-for-aurora': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` is not for Aurora, whose storage grows by itself.`,
    why: 'The storage of an Aurora cluster is its own affair: it has no size, no class and no operations to choose.',
    fix: leavingOut,
    page: `${AURORA}/Aurora.Overview.StorageReliability.html`,
  },
  'aurora-without-size': {
    severity: 'error',
    message: () => 'An Aurora database needs `instance` or `capacity`.',
    why: 'Both cost by the hour: an instance class whatever happens, `capacity` between its least and its most.',
    fix: (_: unknown, place) => choosing(addInto(place, 'capacity', '{ min: 0.5, max: 4 }')),
    page: `${AURORA}/aurora-serverless-v2.html`,
  },
  'instance-and-capacity': {
    severity: 'error',
    message: () => '`instance` and `capacity` cannot be used together.',
    why: 'With `capacity` the instances are serverless: they have no class.',
    fix: (_: unknown, place) => choosing(leaveOutKey(place, 'instance'), leaveOutKey(place, 'capacity')),
    page: `${AURORA}/aurora-serverless-v2.html`,
  },
  'capacity-out-of-step': {
    severity: 'error',
    message: ({ reason }: { reason: string }) => `This capacity is not valid: ${reason}.`,
    why: 'Capacity units come in halves, the most is at least the least and at least 1, and only a cluster that may reach 0 can pause.',
    fix: ({ meant }: { meant: string | undefined }, place) => (meant === undefined ? undefined : choosing(write(place, meant))),
    page: `${AURORA}/aurora-serverless-v2.setting-capacity.html`,
  },
  'storage-cannot-grow': {
    severity: 'error',
    message: ({ least }: { least: number }) => `\`maxStorage\` must be at least a tenth more than \`storage\`: ${least} GiB.`,
    why: 'RDS refuses storage that could not grow by a tenth.',
    fix: ({ least }: { least: number }, place) => choosing(write(place, `${least} GiB`)),
    page: `${RDS}/USER_PIOPS.Autoscaling.html`,
  },
  'iops-need-storage': {
    severity: 'error',
    message: () => '`iops` can be chosen from 400 GiB of storage on, and from 12000 operations on.',
    why: 'Below 400 GiB gp3 storage has 3000 operations a second, from there on 12000: they are included, and can only be raised.',
    fix: leavingOutIfMeant,
    page: `${RDS}/CHAP_Storage.html#gp3-storage`,
  },
  'unknown-interval': {
    severity: 'error',
    message: ({ seconds }: { seconds: number }) =>
      `The operating system is not measured every ${seconds} s, but every 1, 5, 10, 15, 30 or 60 s.`,
    why: 'Enhanced monitoring knows these intervals and no others.',
    fix: ({ seconds }: { seconds: number }, place) =>
      oneOf(
        [1, 5, 10, 15, 30, 60]
          .sort((a, b) => Math.abs(a - seconds) - Math.abs(b - seconds))
          .slice(0, 2)
          .map((one) => write(place, inTime(one))),
      ),
    page: `${RDS}/USER_Monitoring.OS.Enabling.html`,
  },
  'instance-without-insights': {
    severity: 'error',
    message: ({ instance, engine }: { instance: string; engine: string }) => `\`${instance}\` is too small for the insights of ${engine}.`,
    why: 'Database Insights needs memory that the smallest classes of MySQL and MariaDB do not have.',
    fix: leavingOutIfMeant,
    page: `${RDS}/USER_DatabaseInsights.Engines.html`,
  },
  'proxy-without-users': {
    severity: 'error',
    message: ({ name }: { name: string }) => `The proxy of \`${name}\` has nobody to sign in as: no function connects to it.`,
    why: 'A proxy that signs in with passwords needs a secret at least, and there is one for each user that a function connects as.',
    fix: leavingOutIfMeant,
    page: `${RDS}/rds-proxy.html`,
  },
  'user-too-long': {
    severity: 'error',
    message: ({ user, engine }: { user: string; engine: string }) =>
      `\`${user}\` is longer than the 32 characters ${engine} allows for a user.`,
    why: 'The user that only reads is named after `user`, with `_read`; the user of the Data API with `_data`.',
    page: 'https://dev.mysql.com/doc/refman/8.4/en/user-names.html',
  },
  'unknown-version': {
    severity: 'error',
    message: ({ engine, version, known }: { engine: string; version: string; known: readonly string[] }) =>
      `${engine} ${version} is not a version RDS offers; it offers ${listed(known)}.`,
    why: 'Versions as of November 2026. The major version decides the parameters; a full version such as 16.4 may be said too.',
    fix: ({ known }: { engine: string; version: string; known: readonly string[] }, place) => {
      const newest = known.at(-1);
      return newest === undefined ? undefined : choosing(write(place, newest));
    },
  },
  'reserved-in-database': {
    severity: 'error',
    message: ({ what, name }: { what: string; name: string }) =>
      `\`${name}\` cannot be the name of ${what}: the engine keeps it for itself.`,
    why: 'Each engine has databases and users of its own, and RDS has one for itself; `eventsystem` is the master user.',
    fix: (_: unknown, place) => (keyAt(place) === 'user' || keyAt(place) === 'database' ? choosing(leaveOut(place)) : undefined),
  },
  'database-needs-zones': {
    severity: 'error',
    message: ({ zones }: { zones: number }) => `A database needs subnets in two zones at least, and the VPC has ${zones}.`,
    why: 'RDS refuses a subnet group within one zone, even for a database that has no standby.',
    fix: (_: unknown, place) => (keyAt(place) === 'zones' ? choosing(write(place, '2')) : undefined),
    page: `${RDS}/USER_VPC.WorkingWithRDSInstanceinaVPC.html`,
  },
  'backups-needed': {
    severity: 'error',
    message: () => 'Aurora always keeps backups, for one day at least.',
    why: 'The backups of a cluster cannot be turned off.',
    fix: leavingOut,
    page: `${AURORA}/Aurora.Managing.Backups.html`,
  },
  'no-backups-in-protected-stage': {
    severity: 'warning',
    message: ({ stage }: { stage: string }) => `The stage \`${stage}\` is protected, and this database has no backups.`,
    why: 'A protected stage keeps its data. Without backups, what is lost is lost.',
    fix: leavingOutIfMeant,
  },
  'existing-database-needs': {
    severity: 'error',
    message: ({ name, setting, reason }: { name: string; setting: string; reason: string }) =>
      `\`${name}\` already exists, so it needs \`${setting}\`: ${reason}.`,
    why: 'Nothing is looked up in the account: the file is the whole truth.',
  },
  'only-of-existing-database': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` is for an existing database; this one is created with its own.`,
    why: 'A database that is made gets a security group, a resource id and secrets of its own.',
    fix: leavingOutIfMeant,
  },
  'two-users-of-one-database': {
    severity: 'error',
    message: ({ title, name }: { title: string; name: string }) => `\`${title}\` would connect to \`${name}\` as two users.`,
    why: 'A function finds a database by one variable, with one user in it. `connect` can read, too; what must not write stands in a function of its own.',
    fix: (_: unknown, place) => choosing(write(place, 'connect')),
  },
  'no-secret': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has no secret to refer to: nobody connects to it with one.`,
    why: 'A secret is made for each user that a function connects as, with `auth: secret`.',
  },
  'data-api-of-existing': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` exists already; its Data API needs its ARN, which is not known here.`,
    why: 'The host of a database does not say which cluster it is. `allow` can grant `rds-data:ExecuteStatement` on its ARN.',
  },
});
