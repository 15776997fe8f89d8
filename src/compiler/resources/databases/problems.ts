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
    message: ({ setting, engine }: { setting: string; engine: string }) => `\`${setting}\` only applies to Aurora, and this is ${engine}.`,
    why: 'Capacity units, readers and the Data API are features of Aurora clusters.',
    fix: leavingOutIfMeant,
    page: `${AURORA}/CHAP_AuroraOverview.html`,
  },
  'not-for-aurora': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` does not apply to Aurora, whose storage grows automatically.`,
    why: 'Aurora manages its storage itself: there is no size, type or IOPS to choose.',
    fix: leavingOut,
    page: `${AURORA}/Aurora.Overview.StorageReliability.html`,
  },
  'aurora-without-size': {
    severity: 'error',
    message: () => 'An Aurora database needs `instance` or `capacity`.',
    why: 'Both are billed by the hour: an instance class at a fixed rate, `capacity` between its `min` and `max`.',
    fix: (_: unknown, place) => choosing(addInto(place, 'capacity', '{ min: 0.5, max: 4 }')),
    page: `${AURORA}/aurora-serverless-v2.html`,
  },
  'instance-and-capacity': {
    severity: 'error',
    message: () => '`instance` and `capacity` cannot be used together.',
    why: 'With `capacity` the instances are serverless and have no class.',
    fix: (_: unknown, place) => choosing(leaveOutKey(place, 'instance'), leaveOutKey(place, 'capacity')),
    page: `${AURORA}/aurora-serverless-v2.html`,
  },
  'capacity-out-of-step': {
    severity: 'error',
    message: ({ reason }: { reason: string }) => `This capacity is not valid: ${reason}.`,
    why: 'Capacity comes in steps of 0.5, `max` is at least `min` and at least 1, and only a cluster with `min: 0` can pause.',
    fix: ({ meant }: { meant: string | undefined }, place) => (meant === undefined ? undefined : choosing(write(place, meant))),
    page: `${AURORA}/aurora-serverless-v2.setting-capacity.html`,
  },
  'storage-cannot-grow': {
    severity: 'error',
    message: ({ least }: { least: number }) => `\`maxStorage\` must be at least 10% more than \`storage\`: ${least} GiB.`,
    why: 'RDS rejects a limit that does not let storage grow by at least 10%.',
    fix: ({ least }: { least: number }, place) => choosing(write(place, `${least} GiB`)),
    page: `${RDS}/USER_PIOPS.Autoscaling.html`,
  },
  'iops-need-storage': {
    severity: 'error',
    message: () => '`iops` needs at least 400 GiB of storage, and must be at least 12000.',
    why: 'gp3 storage includes 3000 IOPS below 400 GiB, which cannot be changed, and 12000 from there on, which can be raised.',
    fix: leavingOutIfMeant,
    page: `${RDS}/CHAP_Storage.html#gp3-storage`,
  },
  'unknown-interval': {
    severity: 'error',
    message: ({ seconds }: { seconds: number }) =>
      `Enhanced Monitoring cannot run every ${seconds} s, only every 1, 5, 10, 15, 30 or 60 s.`,
    why: 'Enhanced Monitoring supports no other intervals.',
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
    message: ({ instance, engine }: { instance: string; engine: string }) =>
      `\`${instance}\` is too small for Database Insights with ${engine}.`,
    why: 'Database Insights needs more memory than the smallest instance classes of MySQL and MariaDB have.',
    fix: leavingOutIfMeant,
    page: `${RDS}/USER_DatabaseInsights.Engines.html`,
  },
  'proxy-without-users': {
    severity: 'error',
    message: ({ name }: { name: string }) => `The proxy of \`${name}\` has no user to sign in as: no function connects to it.`,
    why: 'A proxy that signs in with passwords needs at least one secret, and there is one for each user that a function connects as.',
    fix: leavingOutIfMeant,
    page: `${RDS}/rds-proxy.html`,
  },
  'user-too-long': {
    severity: 'error',
    message: ({ user, engine }: { user: string; engine: string }) =>
      `\`${user}\` is longer than the 32 characters ${engine} allows for a user.`,
    why: 'The read-only user is named after `user`, with `_read` appended; the Data API’s user with `_data`.',
    page: 'https://dev.mysql.com/doc/refman/8.4/en/user-names.html',
  },
  'unknown-version': {
    severity: 'error',
    message: ({ engine, version, known }: { engine: string; version: string; known: readonly string[] }) =>
      `${engine} ${version} is not a version RDS offers; it offers ${listed(known)}.`,
    why: 'Versions as of November 2026. The major version decides the parameters; a full version such as 16.4 works too.',
    fix: ({ known }: { engine: string; version: string; known: readonly string[] }, place) => {
      const newest = known.at(-1);
      return newest === undefined ? undefined : choosing(write(place, newest));
    },
  },
  'reserved-in-database': {
    severity: 'error',
    message: ({ what, name }: { what: string; name: string }) => `\`${name}\` cannot be the name of ${what}: the engine reserves it.`,
    why: 'Each engine has built-in databases and users, RDS adds its own, and `eventsystem` is the master user.',
    fix: (_: unknown, place) => (keyAt(place) === 'user' || keyAt(place) === 'database' ? choosing(leaveOut(place)) : undefined),
  },
  'database-needs-zones': {
    severity: 'error',
    message: ({ zones }: { zones: number }) => `A database needs subnets in at least two zones, and the VPC has ${zones}.`,
    why: 'RDS rejects a subnet group in a single Availability Zone, even for a database without a standby.',
    fix: (_: unknown, place) => (keyAt(place) === 'zones' ? choosing(write(place, '2')) : undefined),
    page: `${RDS}/USER_VPC.WorkingWithRDSInstanceinaVPC.html`,
  },
  'backups-needed': {
    severity: 'error',
    message: () => 'Aurora always keeps backups, for at least one day.',
    why: 'The backups of a cluster cannot be turned off.',
    fix: leavingOut,
    page: `${AURORA}/Aurora.Managing.Backups.html`,
  },
  'no-backups-in-protected-stage': {
    severity: 'warning',
    message: ({ stage }: { stage: string }) => `The stage \`${stage}\` is protected, and this database has no backups.`,
    why: 'A protected stage keeps its data. Without backups, lost data cannot be restored.',
    fix: leavingOutIfMeant,
  },
  'existing-database-needs': {
    severity: 'error',
    message: ({ name, setting, reason }: { name: string; setting: string; reason: string }) =>
      `\`${name}\` already exists, so it needs \`${setting}\`: ${reason}.`,
    why: 'Nothing is looked up in the account, so the file must say it.',
  },
  'only-of-existing-database': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` is for an existing database; this one is created with its own.`,
    why: 'A new database gets a security group, a resource ID and secrets of its own.',
    fix: leavingOutIfMeant,
  },
  'two-users-of-one-database': {
    severity: 'error',
    message: ({ title, name }: { title: string; name: string }) => `\`${title}\` would connect to \`${name}\` as two users.`,
    why: 'A function gets one environment variable per database, with one user in it. `connect` includes reading; code that must not write belongs in a function of its own.',
    fix: (_: unknown, place) => choosing(write(place, 'connect')),
  },
  'no-secret': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has no secret to refer to: no function connects to it with one.`,
    why: 'A secret is created for each user that a function connects as, with `auth: secret`.',
  },
  'data-api-of-existing': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` already exists; its Data API needs the cluster’s ARN, which is not known here.`,
    why: 'A database’s host does not identify its cluster. Grant `rds-data:ExecuteStatement` on the ARN with `allow`.',
  },
});
