import { inTime } from '../../schema/kit.ts';
import { loadBalancer as shape } from '../../schema/sources/load-balancer.ts';
import { address } from '../cloud/address.ts';
import { digestOf } from '../cloud/digest.ts';
import { resource, type Part } from '../cloud/part.ts';
import { arn, ref } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import { choosing, fixing, write } from '../edit/fixes.ts';
import { into } from '../edit/edits.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { authenticated, verifyAuthenticated } from './load-balancer-authentication.ts';
import { permission, permissionAddress } from './permission.ts';
import type { Source, SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application';

export const loadBalancerProblems = problems({
  'conditions-of-rule': {
    severity: 'error',
    message: ({ count }: { count: number }) =>
      count === 0 ? 'This rule has no condition.' : `This rule has ${count} values in its conditions; the limit is five.`,
    why: 'A listener rule needs at least one condition, and at most five values in all of them together.',
    page: `${PAGE}/load-balancer-limits.html`,
  },
  'priority-taken': {
    severity: 'error',
    message: ({ priority }: { priority: number }) => `Two rules of one listener have the priority ${priority}.`,
    why: 'A listener evaluates its rules by priority, and rejects two with the same one.',
    fix: ({ free }: { free: number }, place) => choosing(write(place, String(free))),
    page: `${PAGE}/listener-rules.html`,
  },
  'health-check-overlaps': {
    severity: 'error',
    message: ({ interval, timeout }: { interval: number; timeout: number }) =>
      `The check’s timeout of ${timeout} seconds must be shorter than its interval of ${interval} seconds.`,
    why: 'One check must end before the next begins.',
    fix: ({ interval }: { interval: number; timeout: number }, place) =>
      choosing(fixing(`Write \`timeout: ${inTime(interval - 1)}\``, into(place, 'timeout', inTime(interval - 1)))),
    page: `${PAGE}/target-group-health-checks.html`,
  },
});

type Settings = Source<'loadBalancer'>['settings']['loadBalancer'];

/** A load balancer’s target. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
export const loadBalancer: SourceMeaning<'loadBalancer'> = {
  model: shape.polling,
  pace: () => 'the load balancer invokes it with each request and waits',
  named: () => ({ name: 'load-balancer', word: 'Source' }),

  verify(source, context, report) {
    const { settings, written, place } = source;
    const { loadBalancer: of } = settings;
    const { parts } = written.at('loadBalancer');
    const at = (key: string) => parts.get(key)?.place ?? place;
    const count = valuesIn(of.conditions);
    if (count === 0 || count > 5) report(loadBalancerProblems['conditions-of-rule'], at('conditions'), { count });
    const same = rulesIn(context).filter((rule) => rule.priority === of.priority && literal(rule) === literal(of));
    if (same.length > 1)
      report(loadBalancerProblems['priority-taken'], at('priority'), { priority: of.priority, free: freeAfter(of, context) });
    if (of.healthCheck && of.healthCheck.timeout >= of.healthCheck.interval)
      report(loadBalancerProblems['health-check-overlaps'], at('healthCheck'), of.healthCheck);
    verifyAuthenticated(of.authenticate, parts.get('authenticate'), place, report);
  },

  expand(source, context) {
    const { settings, names, fn, place: because, path } = source;
    const { loadBalancer: of } = settings;
    const group = address('AWS::ElasticLoadBalancingV2::TargetGroup', names, 'TargetGroup');
    const action = authenticated(of.authenticate, context);
    return [
      targetGroup(source, context),
      // The group takes the function only when it may call it, so its name is ours and the ARN spelt out.
      permission(source, {
        principal: 'elasticloadbalancing.amazonaws.com',
        source: arn('elasticloadbalancing', `targetgroup/${groupName(source, context)}/*`),
        accepted: [{ rule: 'W9002', reason: 'The target group waits for this permission, so its ARN is spelt out.' }],
      }),
      resource(
        address('AWS::ElasticLoadBalancingV2::ListenerRule', names, 'Rule'),
        {
          ListenerArn: context.text(of.listener),
          Priority: of.priority,
          Conditions: conditions(of.conditions),
          Actions: [
            ...(action ? [{ ...action, Order: 1 }] : []),
            { Type: 'forward', TargetGroupArn: ref(group), ...(action && { Order: 2 }) },
          ],
          ...tagList(fn.settings.tags, context),
        },
        { because, path, accepted: [{ rule: 'W9002', reason: 'The listener exists already, outside of this stack.' }] },
      ),
    ];
  },
};

/** A name of at most 32 characters that no other group has: the consumer’s, and digits for the stack and the source. */
function groupName({ consumer, names }: Source<'loadBalancer'>, { model }: Context): string {
  const digits = digestOf([model.stack, ...names.map(({ name }) => name)]).slice(0, 8);
  return `${consumer.name
    .replace(/^internal-/, '')
    .slice(0, 23)
    .replace(/-$/, '')}-${digits}`;
}

function targetGroup(source: Source<'loadBalancer'>, context: Context): Part {
  const { settings, names, fn, place: because, path } = source;
  const { healthCheck: check, multiValueHeaders } = settings.loadBalancer;
  return resource(
    address('AWS::ElasticLoadBalancingV2::TargetGroup', names, 'TargetGroup'),
    {
      Name: groupName(source, context),
      TargetType: 'lambda',
      Targets: [{ Id: invokedArn(fn) }],
      ...(multiValueHeaders && { TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }] }),
      HealthCheckEnabled: check !== undefined,
      ...(check && {
        ...(check.path !== undefined && { HealthCheckPath: check.path }),
        HealthCheckIntervalSeconds: check.interval,
        HealthCheckTimeoutSeconds: check.timeout,
        HealthyThresholdCount: check.healthy,
        UnhealthyThresholdCount: check.unhealthy,
        Matcher: { HttpCode: check.codes },
      }),
      ...tagList(fn.settings.tags, context),
    },
    { because, path, dependsOn: [permissionAddress(source)] },
  );
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
function conditions({ host, path, method, header, query, ip }: Settings['conditions']) {
  const headers = Object.entries(header ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const parameters = Object.entries(query ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...(host ? [{ Field: 'host-header', HostHeaderConfig: { Values: host } }] : []),
    ...(path ? [{ Field: 'path-pattern', PathPatternConfig: { Values: path } }] : []),
    ...(method ? [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: method } }] : []),
    ...headers.map(([HttpHeaderName, Values]) => ({ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName, Values } })),
    ...parameters.map(([Key, all]) => ({
      Field: 'query-string',
      QueryStringConfig: { Values: all.map((one) => ({ Key, Value: one })) },
    })),
    ...(ip ? [{ Field: 'source-ip', SourceIpConfig: { Values: ip } }] : []),
  ];
}

function valuesIn({ host, path, method, header, query, ip }: Settings['conditions']): number {
  const lists = [host, path, method, ip, ...Object.values(header ?? {}), ...Object.values(query ?? {})];
  return lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
}

const rulesIn = ({ model }: Context): readonly Settings[] =>
  model
    .all('consumers')
    .flatMap(({ written, settings }) => (written.broken ? [] : settings.from))
    .flatMap((from) => (from.kind === 'loadBalancer' ? from.loadBalancer : []));

/** The next priority that no rule of the same listener has. */
function freeAfter(of: Settings, context: Context): number {
  const taken = rulesIn(context).flatMap((rule) => (literal(rule) === literal(of) ? [rule.priority] : []));
  let free = of.priority + 1;
  while (taken.includes(free)) free++;
  return free;
}

const literal = ({ listener }: Settings): string =>
  listener.segments.map((segment) => (typeof segment === 'string' ? segment : JSON.stringify({ ...segment, place: 0, thing: 0 }))).join('');
