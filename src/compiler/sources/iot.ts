import { iot as shape } from '../../schema/sources/iot.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { fixing } from '../edit/fixes.ts';
import { withValue } from '../edit/edits.ts';
import { errorDemands, isRepublish, verifyError } from './iot-error.ts';
import { iotRule } from './iot-rule.ts';
import type { Text } from '../resolve/model.ts';
import { type Erring } from './iot-error.ts';
import type { SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/iot/latest/developerguide';

export const iotProblems = problems({
  'iot-sql': {
    severity: 'error',
    message: ({ wrong }: { wrong: string }) => `AWS IoT would reject this rule: ${wrong}.`,
    why: "A rule is `SELECT what FROM 'topic/filter' WHERE condition`. The topic is in single quotes; `+` stands for a whole level of it, and `#` for the rest.",
    fix: ({ meant }: { meant: string | undefined }, place) =>
      meant === undefined ? undefined : fixing(`Write \`${meant}\``, withValue(place, `"${meant}"`)),
    page: `${PAGE}/iot-sql-reference.html`,
  },
  'iot-without-topic': {
    severity: 'warning',
    message: () => 'This rule has no `FROM`, so no topic invokes the function.',
    why: 'Without `FROM` a rule only gets what is published to its own name through Basic Ingest, and CloudFormation generates that name.',
    page: `${PAGE}/iot-sql-from.html`,
  },
  'iot-endless': {
    severity: 'error',
    message: ({ topic }: { topic: string }) => `Failed messages are published to \`${topic}\`, which this rule reads itself.`,
    why: 'The message would come back, fail again and be published again, endlessly, and each time costs.',
    fix: () => ({ title: 'Publish them to a topic that the rule does not read' }),
    page: `${PAGE}/rule-error-handling.html`,
  },
});

/** A way that begins with SQL of AWS IoT. */
type Sql = Erring & { readonly settings: { readonly iot: Text } };

/** A rule of AWS IoT. https://docs.aws.amazon.com/iot/latest/developerguide/iot-rules.html */
export const iot: SourceMeaning<'iot'> = {
  model: shape.polling,
  pace: () => 'AWS IoT invokes it with each matching message',
  named: () => ({ name: 'iot', word: 'Source' }),

  verify(source, context, report) {
    verifySql(source, report);
    verifyError(source, context, report);
  },

  demands: (source) => errorDemands(source),

  expand: (source, context) => iotRule(source, context.text(source.settings.iot), source.settings.sqlVersion, context),
};

export function verifySql({ settings, written, place }: Sql, report: Report): void {
  const at = written.parts.get('iot')?.place ?? place;
  const sql = settings.iot.segments.map((segment) => (typeof segment === 'string' ? segment : 'x')).join('');
  const wrong = wrongIn(sql);
  if (wrong !== undefined) {
    report(iotProblems['iot-sql'], at, { wrong, meant: settings.iot.segments.length === 1 ? sqlMeant(sql) : undefined });
    return;
  }
  const filter = FROM.exec(sql)?.[1];
  if (filter === undefined) report(iotProblems['iot-without-topic'], at, {});
  const { onError } = settings;
  if (onError && isRepublish(onError) && filter !== undefined && matches(onError.republish, filter))
    report(iotProblems['iot-endless'], written.parts.get('onError')?.place ?? place, { topic: onError.republish });
}

const FROM = /\bFROM\s+'([^']*)'/i;

function wrongIn(sql: string): string | undefined {
  if (!/^\s*SELECT\s+\S/i.test(sql)) return 'it does not start with `SELECT`';
  if ((sql.match(/'/g) ?? []).length % 2 === 1) return 'a quote is not closed';
  const outside = sql.replace(/'[^']*'/g, "''");
  if (/\bFROM\b(?!\s*(''|\())/i.test(outside)) return 'the topic after `FROM` must be in single quotes';
  if (/\bWHERE\s*$/i.test(outside)) return 'there is no condition after `WHERE`';
  const levels = FROM.exec(sql)?.[1]?.split('/');
  if (!levels) return undefined;
  if (levels.join('') === '') return 'the topic is empty';
  if (levels.slice(0, -1).includes('#') || levels.some((level) => level.length > 1 && level.includes('#')))
    return '`#` can only be at the end of a topic';
  if (levels.some((level) => level.length > 1 && level.includes('+'))) return '`+` must be a whole level of a topic';
  // https://docs.aws.amazon.com/general/latest/gr/iot-core.html#message-broker-limits
  if (levels.length > 8 && !levels[0]?.startsWith('$')) return 'a topic can have at most seven slashes';
  return undefined;
}

/** The rule that is meant, where a word or a quote is missing. */
function sqlMeant(sql: string): string | undefined {
  const begun = /^\s*FROM\b/i.test(sql) ? `SELECT * ${sql.trim()}` : sql;
  const quotedTopic = begun.replace(/\bFROM\s+([^\s'(]+)/i, "FROM '$1'");
  const closed =
    (quotedTopic.match(/'/g) ?? []).length % 2 === 1 && !/\bWHERE\b/i.test(quotedTopic) ? `${quotedTopic.trimEnd()}'` : quotedTopic;
  return closed !== sql && !closed.includes('"') && wrongIn(closed) === undefined ? closed : undefined;
}

/** Whether a topic comes under a filter of MQTT. */
function matches(topic: string, filter: string): boolean {
  const levels = topic.split('/');
  const filters = filter.split('/');
  const end = filters.indexOf('#');
  const compared = end === -1 ? filters : filters.slice(0, end);
  if (end === -1 ? levels.length !== filters.length : levels.length < compared.length) return false;
  return compared.every((one, index) => one === '+' || one === levels[index] || levels[index] === '${topic()}');
}
