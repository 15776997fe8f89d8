import { inTime } from '../../schema/kit.ts';
import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { account } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, fixing, granting, oneOf, write, type Granting } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';
import { fnOf, invokedArn } from './function-address.ts';
import type { Context, Piece } from './meaning.ts';

type Secret = Thing<'secrets'>;

export const rotationProblems = problems({
  'rotator-may-not-rotate': {
    severity: 'error',
    message: ({ title, name }: { title: string; name: string }) => `\`${title}\` rotates \`${name}\`, but is not allowed to.`,
    why: 'Permissions are declared on the function: it reads the secret, writes its next version and makes that the current one.',
    fix: ({ name, grant }: { name: string; grant: Granting }) =>
      choosing(fixing(`Add \`${name}: rotate\` to its \`access\``, granting(grant))),
    page: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html',
  },
  'no-such-interval': {
    severity: 'error',
    message: () => 'A rotation interval is a number of whole hours up to a day, or of whole days.',
    why: 'Secrets Manager accepts whole hours from 4 to 23, and whole days.',
    fix: ({ near }: { near: readonly string[] }, place) => oneOf(near.map((one) => write(place, one))),
    page: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html',
  },
});

/** Reports what the schema cannot rule out of a rotation. */
export function verifyRotation({ name, settings, written }: Secret, context: Context, report: Report): void {
  const { rotation } = settings;
  const fn = rotation && fnOf(rotation.function, context.model);
  if (!rotation || !fn) return;
  const parts = written.at('rotation').parts;
  const granted = (fn.settings.access ?? []).find(({ thing }) => thing.kind === 'secrets' && thing.name === name);
  const may = granted !== undefined && [granted.written.value].flat().includes('rotate');
  if (!may)
    report(rotationProblems['rotator-may-not-rotate'], parts.get('function')?.place ?? written.place, {
      title: fn.title,
      name,
      grant: { name, verb: 'rotate', fn: fn.place, access: fn.written.parts.get('access')?.key, entry: granted?.key },
    });
  if (rateOf(rotation.every) === undefined || (rotation.window ?? 3600) % 3600 !== 0)
    report(
      rotationProblems['no-such-interval'],
      parts.get(rateOf(rotation.every) === undefined ? 'every' : 'window')?.place ?? written.place,
      {
        near: near(rateOf(rotation.every) === undefined ? rotation.every : (rotation.window ?? 3600), rateOf(rotation.every) === undefined),
      },
    );
}

/** Lengths of time near to one that cannot be: whole hours, and of more than a day whole days. */
function near(seconds: number, every: boolean): readonly string[] {
  const unit = every && seconds > 86_400 ? 86_400 : 3600;
  const least = every && unit === 3600 ? 4 * 3600 : unit;
  const around = [Math.floor(seconds / unit) * unit, Math.ceil(seconds / unit) * unit].map((one) => Math.max(one, least));
  return [...new Set(around)].map(inTime);
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
function rateOf(seconds: number): string | undefined {
  if (seconds % 86_400 === 0) return `rate(${seconds / 86_400} day${seconds === 86_400 ? '' : 's'})`;
  return seconds < 86_400 && seconds % 3600 === 0 ? `rate(${seconds / 3600} hours)` : undefined;
}

/** When a secret is changed, and the leave to call the function that does it. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-rotationschedule.html */
export function rotationParts(
  { name, settings, place: because, path: own }: Secret,
  id: Piece,
  arn: Piece,
  { model }: Context,
): readonly Part[] {
  const { rotation } = settings;
  const fn = rotation && fnOf(rotation.function, model);
  if (!rotation || !fn) return [];
  const from = { because, path: `${own}.rotation` };
  const names = { name, word: 'Secret' } as const;
  const permission = address('AWS::Lambda::Permission', names, 'RotationPermission');
  return [
    resource(
      permission,
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: invokedArn(fn),
        Principal: 'secretsmanager.amazonaws.com',
        SourceArn: arn,
        SourceAccount: account,
      },
      from,
    ),
    resource(
      address('AWS::SecretsManager::RotationSchedule', names, 'Rotation'),
      {
        SecretId: id,
        RotationLambdaARN: invokedArn(fn),
        RotateImmediatelyOnUpdate: rotation.atOnce,
        RotationRules: {
          ScheduleExpression: rateOf(rotation.every) ?? '',
          ...(rotation.window !== undefined && { Duration: `${rotation.window / 3600}h` }),
        },
      },
      { ...from, dependsOn: [permission] },
    ),
  ];
}
