import { userPool as shape, type Trigger } from '../../schema/sources/user-pool.ts';
import type { Part } from '../cloud/part.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { keyAt } from '../edit/edits.ts';
import type { Place } from '../text/source-text.ts';
import { choosing, inFunction, leaveOut, leavingOut, write } from '../edit/fixes.ts';
import { roleAddress } from '../resources/function-address.ts';
import type { Context } from '../resources/meaning.ts';
import { permission } from './permission.ts';
import type { Source, SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

export const userPoolSourceProblems = problems({
  'trigger-of-existing-pool': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` already exists, so its triggers cannot be set here.`,
    why: 'The triggers of a pool are part of the pool itself, and CloudFormation sets them only on a pool it created. Changing one from outside means updating the whole pool: anything left out would be reset.',
    fix: () => ({ title: 'Declare the trigger in the system that creates the pool, and let it invoke this function with a `permission`' }),
    page: `${PAGE}/cognito-user-pools-working-with-lambda-triggers.html`,
  },
  'trigger-taken': {
    severity: 'error',
    message: ({ name, trigger }: { name: string; trigger: string }) => `Two consumers handle the trigger \`${trigger}\` of \`${name}\`.`,
    why: 'A pool has one function per trigger.',
    fix: (_: unknown, place) =>
      keyAt(place) === '' ? choosing(leaveOut(place), { title: 'Let one function do both' }) : { title: 'Let one function do both' },
    page: `${PAGE}/cognito-user-pools-working-with-lambda-triggers.html`,
  },
  'trigger-option': {
    severity: 'error',
    message: ({ setting, of }: { setting: string; of: string }) => `\`${setting}\` only applies to ${of}.`,
    why: 'The option would have no effect for this trigger.',
    fix: leavingOut,
  },
  'sender-needs-key': {
    severity: 'error',
    message: ({ trigger }: { trigger: string }) => `\`${trigger}\` needs a \`key\`.`,
    why: 'Cognito encrypts the code that a custom sender is to send with a KMS key of yours.',
    fix: () => ({ title: 'Add `key`, the ARN of a symmetric KMS key' }),
    page: `${PAGE}/user-pool-lambda-custom-sender-triggers.html`,
  },
  'two-sender-keys': {
    severity: 'error',
    message: ({ name }: { name: string }) => `The custom senders of \`${name}\` have two keys; a pool has one.`,
    why: 'Cognito encrypts the codes for all custom senders of a pool with one key.',
    fix: ({ other }: { other: string | undefined }, place) => (other === undefined ? undefined : choosing(write(place, other))),
    page: `${PAGE}/user-pool-lambda-custom-sender-triggers.html`,
  },
  'token-version-of-lite': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is on the Lite plan, where \`pre-token-generation\` only has version 1.`,
    why: 'Access tokens can only be customized on the Essentials and Plus plans.',
    fix: (_: unknown, place) => choosing(write(place, '1')),
    page: `${PAGE}/user-pool-lambda-pre-token-generation.html`,
  },
  'slower-than-cognito-waits': {
    severity: 'hint',
    message: ({ timeout }: { timeout: number }) => `Cognito waits five seconds, but the function may take ${timeout}.`,
    why: 'After five seconds Cognito treats the call as failed and calls again, while the function keeps running and is billed. This limit cannot be changed.',
    fix: ({ fn }: { fn: Place }) => choosing(inFunction(fn, 'timeout', '5 seconds')),
    page: `${PAGE}/cognito-user-pools-working-with-lambda-triggers.html`,
  },
});

const isSender = (trigger: Trigger): boolean => trigger.endsWith('-sender');

/** A trigger of a user pool: the pool itself names the function. */
export const userPool: SourceMeaning<'userPool'> = {
  model: shape.polling,
  pace: ({ settings }) => `Cognito invokes it at ${settings.trigger.join(', ')} and waits`,
  named: (settings) => ({ name: settings.userPool.name, word: 'Pool' }),

  verify(source, context, report) {
    const { settings, place, fn } = source;
    const { name, settings: of } = settings.userPool;
    if (of.existing) return report(userPoolSourceProblems['trigger-of-existing-pool'], place, { name });
    verifyTriggers(source, context, report);
    const { timeout } = fn.settings;
    if (timeout > 5 && !settings.trigger.every(isSender))
      report(userPoolSourceProblems['slower-than-cognito-waits'], place, { timeout, fn: fn.place });
  },

  demands: ({ settings: { userPool: on, trigger, version, key }, fn, place: because }) =>
    trigger.map((one) => ({ on, need: { need: 'trigger', trigger: one, fn, version: version ?? 1, key }, because })),

  expand(source, context) {
    const { settings } = source;
    const pool = context.arn(settings.userPool);
    return [permission(source, { principal: 'cognito-idp.amazonaws.com', source: pool, ofAccount: true }), ...decrypting(source, context)];
  },
};

function verifyTriggers({ settings, written, place }: Source<'userPool'>, context: Context, report: Report): void {
  const { userPool: pool, trigger, version, key } = settings;
  for (const [index, one] of trigger.entries()) {
    const at = written.at('trigger').parts.get(String(index))?.place ?? place;
    const [first, second] = context.demandsOn(pool).filter(({ need }) => need.trigger === one);
    if (first && second)
      report(
        userPoolSourceProblems['trigger-taken'],
        at,
        { name: pool.name, trigger: one },
        [first, second].filter(({ because }) => because !== place).map(({ because }) => ({ message: 'The other one.', place: because })),
      );
    if (isSender(one) && !key) report(userPoolSourceProblems['sender-needs-key'], at, { trigger: one });
  }
  if (version !== undefined) {
    const { place: at } = written.at('version');
    if (!trigger.includes('pre-token-generation'))
      report(userPoolSourceProblems['trigger-option'], at, { setting: 'version', of: '`pre-token-generation`' });
    else if (version > 1 && pool.settings.tier === 'lite') report(userPoolSourceProblems['token-version-of-lite'], at, { name: pool.name });
  }
  const keys = context.demandsOn(pool).flatMap(({ need }) => (need.key ? [JSON.stringify(context.text(need.key))] : []));
  if (key && new Set(keys).size > 1)
    report(userPoolSourceProblems['two-sender-keys'], written.at('key').place, {
      name: pool.name,
      other: otherKey(keys, key && context.text(key)),
    });
  if (key && !trigger.some(isSender))
    report(userPoolSourceProblems['trigger-option'], written.at('key').place, { setting: 'key', of: 'the custom senders' });
}

/** A key of another sender, where it is one text. */
function otherKey(keys: readonly string[], own: unknown): string | undefined {
  const other: unknown = keys.map((key) => JSON.parse(key) as unknown).find((key) => key !== own);
  return typeof other === 'string' ? other : undefined;
}

/** A sender decrypts the code it is to send. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html */
function decrypting({ settings: { key }, fn, place: because, path }: Source<'userPool'>, context: Context): readonly Part[] {
  if (!key) return [];
  return [
    {
      part: 'grant',
      to: roleAddress(fn),
      actions: ['kms:Decrypt'],
      on: [context.text(key)],
      by: 'code',
      reason: 'decrypts the codes it sends',
      because,
      path,
    },
  ];
}
