import { address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { ref, type Value } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import { withItem } from '../edit/edits.ts';
import { choosing, fixing, leaveOut, leavingOutIfMeant, replacing } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';
import type { Meaning } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { nearest } from '../text/suggest.ts';
import { apiAddress, stageAddress } from '../resources/api-addresses.ts';
import { needsKey } from './authorization.ts';
import { routesOf } from './routes.ts';

type Plan = Thing<'plans'>;

export const planProblems = problems({
  'plan-of-another-api': {
    severity: 'error',
    message: ({ name }: { name: string }) => `The plan does not cover \`${name}\`: add it to \`apis\`.`,
    why: 'A plan can only limit routes of APIs it covers.',
    fix: ({ name, apis }: { name: string; apis: Place }, place) =>
      choosing(leaveOut(place), fixing(`Add \`${name}\` to \`apis\``, withItem(apis, name))),
  },
  'no-such-route': {
    severity: 'error',
    message: ({ key, name }: { key: string; name: string; meant: string | undefined }) => `\`${name}\` has no route \`${key}\`.`,
    why: 'A limit names a route as the API declares it: method and path.',
    fix: ({ meant }: { key: string; name: string; meant: string | undefined }, place) => replacing(meant)(place),
  },
  'plan-needs-throttle': {
    severity: 'error',
    message: () => 'Limits for single routes need a `throttle` for the whole plan.',
    why: 'API Gateway rejects a plan that limits routes but has no limit of its own.',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
  },
  'plan-without-keyed-route': {
    severity: 'warning',
    message: ({ name }: { name: string }) => `No route of \`${name}\` needs an API key, so the plan never counts a request.`,
    why: 'Only requests to routes with `apiKey: true` are counted and limited, by the key they carry.',
    fix: leavingOutIfMeant,
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
  },
});

const planAddress = ({ name }: Plan) => address('AWS::ApiGateway::UsagePlan', { name, word: 'Plan' });

/** A usage plan, and the keys that count by it. */
export const plans: Meaning<'plans'> = {
  attributes: { id: (plan) => ref(planAddress(plan)) },

  verify({ settings, written }, _, report) {
    const apis = written.at('apis');
    settings.apis.forEach((api, index) => {
      if (api.written.broken || routesOf(api).some(needsKey)) return;
      report(planProblems['plan-without-keyed-route'], apis.parts.get(String(index))?.place ?? apis.place, { name: api.name });
    });
    if (settings.routes && settings.routes.length > 0 && !settings.throttle)
      report(planProblems['plan-needs-throttle'], written.at('routes').key ?? written.at('routes').place, {});
    for (const { thing, key, written: limits } of settings.routes ?? []) {
      if (!settings.apis.includes(thing))
        report(planProblems['plan-of-another-api'], key, { name: thing.name, apis: apis.key ?? apis.place });
      const known = thing.written.broken ? undefined : routesOf(thing).map((route) => route.key);
      for (const [route, part] of limits.parts) {
        if (known && !known.includes(route))
          report(planProblems['no-such-route'], part.key ?? part.place, { key: route, name: thing.name, meant: nearest(route, known) });
      }
    }
  },

  expand(plan, context) {
    const { settings, name, path, place: because } = plan;
    const { quota, throttle } = settings;
    const limitsOf = (api: Thing<'apis'>): { readonly Throttle?: Value } => {
      const limits = (settings.routes ?? []).find(({ thing }) => thing === api)?.written.value;
      if (!limits) return {};
      const entries = Object.entries(limits).map(([route, { rate, burst }]): readonly [string, Value] => {
        const [method = '', routePath = ''] = route.split(' ');
        return [`${routePath}/${method}`, { RateLimit: rate.amount, BurstLimit: burst }];
      });
      return { Throttle: Object.fromEntries(entries) };
    };
    return [
      resource(
        planAddress(plan),
        {
          ...(settings.description && { Description: context.text(settings.description) }),
          ApiStages: settings.apis.map((api) => ({ ApiId: ref(apiAddress(api)), Stage: ref(stageAddress(api)), ...limitsOf(api) })),
          ...(quota && { Quota: { Limit: quota.amount, Period: quota.per.toUpperCase() } }),
          ...(throttle && { Throttle: { RateLimit: throttle.rate.amount, BurstLimit: throttle.burst } }),
          ...tagList(settings.tags, context),
        } as never,
        { because, path },
      ),
      ...[...(settings.keys ?? [])].sort().flatMap((key) => {
        const named = [
          { name, word: 'Plan' },
          { name: key, word: 'Key' },
        ] as const;
        const own = address('AWS::ApiGateway::ApiKey', named);
        return [
          resource(
            own,
            { Enabled: true, Description: `The key ${key} of the plan ${name}`, ...tagList(settings.tags, context) },
            { because, path },
          ),
          resource(
            address('AWS::ApiGateway::UsagePlanKey', named, 'InPlan'),
            { KeyId: ref(own), KeyType: 'API_KEY', UsagePlanId: ref(planAddress(plan)) },
            { because, path },
          ),
        ];
      }),
    ];
  },
};
