import { url as shape } from '../../schema/sources/url.ts';
import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import { add, choosing, fixing, leaveOut } from '../edit/fixes.ts';
import { withItem, withoutIn, withoutWhole } from '../edit/edits.ts';
import type { Thing } from '../resolve/model.ts';
import type { Context } from '../resources/meaning.ts';
import { functionAddress, invokedArn, qualified } from '../resources/function-address.ts';
import { urlAddress } from '../resources/invocable.ts';
import type { Source, SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';

export const urlProblems = problems({
  'second-url': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` already has a URL.`,
    why: 'A function has one URL.',
    fix: (_: unknown, place) => choosing(fixing('Remove the second', withoutWhole(place))),
    page: PAGE,
  },
  'no-address': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has no URL.`,
    why: 'A consumer has a URL only if one of its sources is `url`.',
    fix: ({ from }: { from: Place }) => choosing(fixing('Add `url: iam` to its `from`', withItem(from, '{ url: iam }'))),
    page: PAGE,
  },
  'accounts-of-public': {
    severity: 'error',
    message: () => 'A URL that is `public` is open to every account.',
    why: '`accounts` is for `url: iam`, where IAM decides who may call.',
    fix: (_: unknown, place) => choosing(add(place, 'url', 'iam'), leaveOut(place)),
    page: PAGE,
  },
  'any-origin-with-cookies': {
    severity: 'error',
    message: () => 'Browsers refuse `credentials` together with the origin `*`.',
    why: 'List the origins whose pages may send cookies.',
    fix: (_: unknown, place) => choosing(fixing('Remove `credentials`', withoutIn(place, 'credentials'))),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html',
  },
});

/** Reports whoever asks for the address of a consumer that has none. */
export function verifyAddress(consumer: Thing<'consumers'>, { model }: Context, report: Report): void {
  if (consumer.settings.from.some(({ kind }) => kind === 'url')) return;
  for (const { reference } of model.references)
    if (reference.to === 'thing' && reference.thing === consumer && String(reference.attribute) === 'url')
      report(urlProblems['no-address'], reference.place, { name: consumer.name, from: consumer.written.at('from').key ?? consumer.place });
}

/** A function URL. https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
export const url: SourceMeaning<'url'> = {
  model: shape.polling,
  pace: ({ settings }) => (settings.url === 'public' ? 'anyone can call its URL' : 'callers that IAM allows can call its URL'),
  named: () => ({ name: 'url', word: 'Source' }),

  verify({ settings, written, consumer, place }, _, report) {
    const first = consumer.settings.from.find(({ kind }) => kind === 'url');
    // Two without names of their own were reported for that.
    if (first !== settings && settings.as !== undefined) report(urlProblems['second-url'], place, { name: consumer.name });
    if (settings.url === 'public' && settings.accounts) report(urlProblems['accounts-of-public'], written.at('accounts').key ?? place, {});
    const rules = corsOf(settings);
    if (rules?.AllowCredentials && rules.AllowOrigins.includes('*'))
      report(urlProblems['any-origin-with-cookies'], written.at('cors').key ?? place, {});
  },

  expand(source) {
    const { settings, fn, consumer, place: because, path } = source;
    const cors = corsOf(settings);
    const live = qualified(fn);
    return [
      resource(
        urlAddress(consumer),
        {
          TargetFunctionArn: attribute(functionAddress(fn), 'Arn'),
          ...(live && { Qualifier: live.qualifier }),
          AuthType: settings.url === 'public' ? 'NONE' : 'AWS_IAM',
          ...(cors && { Cors: cors }),
          InvokeMode: settings.streaming ? 'RESPONSE_STREAM' : 'BUFFERED',
        },
        { because, path, ...(live && { dependsOn: live.dependsOn }) },
      ),
      ...callers(source),
    ];
  },
};

/** Both the address and, through it alone, the function. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
function callers({ settings, names, fn, place: because, path }: Source<'url'>): readonly Part[] {
  const open = settings.url === 'public';
  const FunctionName = invokedArn(fn);
  return (open ? ['*'] : (settings.accounts ?? [])).flatMap((Principal) => {
    const role = open ? '' : Principal;
    return [
      resource(
        address('AWS::Lambda::Permission', names, `UrlPermission${role}`),
        { Action: 'lambda:InvokeFunctionUrl', FunctionName, Principal, FunctionUrlAuthType: open ? 'NONE' : 'AWS_IAM' },
        { because, path },
      ),
      resource(
        address('AWS::Lambda::Permission', names, `Permission${role}`),
        { Action: 'lambda:InvokeFunction', FunctionName, Principal, InvokedViaFunctionUrl: true },
        { because, path },
      ),
    ];
  });
}

function corsOf({ cors }: Source<'url'>['settings']) {
  if (cors === undefined) return undefined;
  const said = typeof cors === 'string' ? { origins: [cors] } : 'origins' in cors ? cors : { origins: cors };
  const { origins, headers, expose, credentials, maxAge } = {
    headers: undefined,
    expose: undefined,
    credentials: undefined,
    maxAge: undefined,
    ...said,
  };
  return {
    AllowOrigins: [...origins],
    AllowMethods: ['*'],
    ...(headers && { AllowHeaders: [...headers] }),
    ...(expose && { ExposeHeaders: [...expose] }),
    ...(credentials && { AllowCredentials: true }),
    ...(maxAge !== undefined && { MaxAge: maxAge }),
  };
}
