import { region, text, urlSuffix } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { leavingOut } from '../edit/fixes.ts';
import type { Text, Thing } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import type { Context, Piece, Statement } from './meaning.ts';
import { secretToRead } from './secrets.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/api/API_SourceAccessConfiguration.html';

export const signInProblems = problems({
  'key-of-declared-secret': {
    severity: 'error',
    message: ({ name }: { name: string }) => `The secret of \`${name}\` is declared in this file, and its key is set there.`,
    why: 'A declared secret has its `key` where it is declared; with two different keys, Lambda could not decrypt it.',
    fix: leavingOut,
    page: PAGE,
  },
  'secret-without-arn': {
    severity: 'error',
    message: ({ name, secret }: { name: string; secret: string }) =>
      `\`${name}\` needs the ARN of \`${secret}\`, which is only known by name.`,
    why: 'Lambda needs the full ARN of the secret it signs in with, which ends in six random characters.',
    fix: ({ secret }: { name: string; secret: string }) => ({ title: `Write the ARN in \`existing\` of \`${secret}\`` }),
    page: PAGE,
  },
});

/** A secret that Lambda signs in with: one of the file, or an ARN. */
export type SignInSecret = Thing<'secrets'> | Text;

export const isDeclared = (secret: SignInSecret): secret is Thing<'secrets'> => !('segments' in secret);

/** The secret by the ARN Lambda takes. */
export const signInSecret = (secret: SignInSecret, context: Context): Piece =>
  isDeclared(secret) ? context.arn(secret) : context.text(secret);

/** Leave to read these secrets. */
export function signInAccess(secrets: readonly SignInSecret[], keys: readonly Text[], context: Context): readonly Statement[] {
  const said = secrets.filter((secret) => !isDeclared(secret));
  return [
    ...secrets.flatMap((secret): readonly Statement[] =>
      isDeclared(secret)
        ? secretToRead(secret, context)
        : [{ actions: ['secretsmanager:GetSecretValue'], on: [signInSecret(secret, context)] }],
    ),
    ...(said.length > 0 && keys.length > 0
      ? [
          {
            actions: ['kms:Decrypt'],
            on: keys.map((key) => context.text(key)),
            when: { StringEquals: { 'kms:ViaService': text('secretsmanager.', region, '.', urlSuffix) } },
          },
        ]
      : []),
  ];
}

/** Reports a secret that Lambda could not be told of, and a key that is no secret’s here. */
export function verifySignIn(
  name: string,
  secrets: readonly { readonly secret: SignInSecret; readonly place: Place }[],
  key: Place | undefined,
  report: Report,
): void {
  if (key && secrets.every(({ secret }) => isDeclared(secret))) report(signInProblems['key-of-declared-secret'], key, { name });
  for (const { secret, place } of secrets) {
    if (!isDeclared(secret) || secret.written.broken) continue;
    const [first] = secret.settings.existing?.segments ?? [];
    if (typeof first === 'string' && !first.startsWith('arn:'))
      report(signInProblems['secret-without-arn'], place, { name, secret: secret.name });
  }
}
