import type { Report } from '../../diagnostics/problem.ts';
import type { Context } from '../meaning.ts';
import { factsOf, type Database } from './engines.ts';
import { hasProxy, proxyNeedsSecrets } from './identity.ts';
import { databaseProblems } from './problems.ts';
import { usersOf } from './users.ts';

const INTERVALS: readonly number[] = [1, 5, 10, 15, 30, 60];

/** Reports what RDS would refuse of a database only while it is made. */
export function verifyLimits(database: Database, context: Context, report: Report): void {
  const { name, settings, written, place } = database;
  const { engine, storage = 20, iops, monitoring } = settings;
  const { aurora, family } = factsOf(database);
  const at = (setting: string) => written.parts.get(setting)?.place ?? place;
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
  if (!aurora && iops !== undefined && (storage < 400 || iops < 12_000)) report(databaseProblems['iops-need-storage'], at('iops'), {});
  if (monitoring !== undefined && !INTERVALS.includes(monitoring))
    report(databaseProblems['unknown-interval'], at('monitoring'), { seconds: monitoring });
  const instance = classOf(database);
  if (settings.insights !== undefined && family === 'mysql' && (aurora ? SMALL_AURORA : SMALL).test(instance)) {
    report(databaseProblems['instance-without-insights'], at('insights'), { instance, engine });
  }
  const users = usersOf(database, context);
  if (hasProxy(database) && proxyNeedsSecrets(database) && users.length === 0)
    report(databaseProblems['proxy-without-users'], at('proxy'), { name });
  for (const { name: user } of users)
    if (family === 'mysql' && user.length > 32) report(databaseProblems['user-too-long'], at('user'), { user, engine });
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html */
const SMALL = /^db\.t(2|3|4g)\.(micro|small)$/;
/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html */
const SMALL_AURORA = /^db\.(t2|t3)\.|^db\.t4g\.(micro|small)$/;

/** The class its instances have. */
function classOf({ settings }: Database): string {
  return settings.capacity ? 'db.serverless' : (settings.instance ?? 'db.t4g.micro');
}
