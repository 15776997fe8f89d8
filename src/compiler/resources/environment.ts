import type { Variable } from '../cloud/part.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, leaveOut, leavingOutIfMeant } from '../edit/fixes.ts';
import type { Fn, Text } from '../resolve/model.ts';
import { accessOf } from './access.ts';
import { isEdge } from './edge.ts';
import { functionAddress } from './function-address.ts';
import type { Context } from './meaning.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html';

/** What the runtime has set by itself; any other name with this beginning says something of its author’s. */
const SET_BY_LAMBDA =
  /^(AWS_(REGION|DEFAULT_REGION|EXECUTION_ENV|LAMBDA_FUNCTION_(NAME|VERSION|MEMORY_SIZE))|LAMBDA_(TASK_ROOT|RUNTIME_DIR)|_HANDLER)$/;

export const environmentProblems = problems({
  'reserved-variable': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is reserved by Lambda.`,
    why: 'Lambda rejects a function that sets one of the runtime’s own variables: `AWS_…`, `LAMBDA_…`, `_HANDLER` and a few more.',
    fix: ({ name }: { name: string }, place) => (SET_BY_LAMBDA.test(name) ? leaveOut(place) : choosing(leaveOut(place))),
    page: PAGE,
  },
  'variable-taken': {
    severity: 'error',
    message: ({ name, by }: { name: string; by: string }) => `\`${name}\` is already set by \`access\` to \`${by}\`.`,
    why: 'Each grant sets an environment variable, which the runtime library reads. A second value would hide it.',
    fix: leavingOutIfMeant,
  },
  'environment-too-large': {
    severity: 'error',
    message: ({ bytes }: { bytes: number }) => `The environment takes at least ${bytes} bytes; Lambda’s limit is 4096.`,
    why: 'The names and values of all variables count together, including those of `environment` at the top of the file.',
    page: PAGE,
  },
  'secret-in-environment': {
    severity: 'error',
    message: ({ name, what }: { name: string; what: string }) => `\`${name}\` contains ${what}: secrets do not belong in the environment.`,
    why: 'Anyone who may read the function’s configuration, the template or this file could read it. Keep it in Secrets Manager and give the function access.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html',
  },
});

/** The variables of a function: those of the file, and those by which it finds what it was granted. */
export function environmentOf(fn: Fn, context: Context): readonly Variable[] {
  const to = functionAddress(fn);
  const written = fn.written.at('environment');
  const own = Object.entries(fn.settings.environment ?? {}).map(([name, value]): Variable => {
    const at = written.parts.get(name);
    return { part: 'variable', to, name, value: context.text(value), because: at?.key ?? fn.place, path: `${fn.path}.environment.${name}` };
  });
  // A function at the edge has no environment, and is told nothing.
  const granted = (isEdge(fn) ? [] : accessOf(fn, context)).flatMap(({ thing, place, allowance }) =>
    (allowance.variables ?? []).map(({ name, value }): Variable => ({
      part: 'variable',
      to,
      name,
      value,
      because: place,
      path: `${fn.path}.access.${thing.name}`,
    })),
  );
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...new Map(granted.filter(({ name }) => !names.has(name)).map((one) => [one.name, one])).values()];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED = /^(AWS_(?!NODEJS_|LAMBDA_(EXEC_WRAPPER|NODEJS_)).*|LAMBDA_.*|_HANDLER|_X_AMZN_TRACE_ID)$/;

export function verifyEnvironment(fn: Fn, context: Context, report: Report): void {
  const written = fn.written.at('environment');
  const granted = new Map(
    accessOf(fn, context).flatMap(({ thing, allowance }) => (allowance.variables ?? []).map(({ name }) => [name, thing.name] as const)),
  );
  let bytes = 0;
  for (const [name, value] of Object.entries(fn.settings.environment ?? {})) {
    const at = written.parts.get(name) ?? written;
    const taken = granted.get(name);
    if (RESERVED.test(name)) report(environmentProblems['reserved-variable'], at.key ?? at.place, { name });
    else if (taken !== undefined && name !== 'NODE_EXTRA_CA_CERTS')
      report(environmentProblems['variable-taken'], at.key ?? at.place, { name, by: taken });
    const literal = literalOf(value);
    const what = secretIn(name, literal);
    if (what !== undefined) report(environmentProblems['secret-in-environment'], at.place, { name, what });
    bytes += name.length + new TextEncoder().encode(literal).length;
  }
  if (bytes > 4096) report(environmentProblems['environment-too-large'], written.key ?? written.place, { bytes });
}

function literalOf({ segments }: Text): string {
  return segments.map((segment) => (typeof segment === 'string' ? segment : '')).join('');
}

/** What a value is that must stay secret: by its form, or by what its name promises. */
function secretIn(name: string, value: string): string | undefined {
  if (/\b(AKIA|ASIA)[A-Z0-9]{16}\b/.test(value)) return 'an AWS access key';
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value)) return 'a private key';
  if (/\b(ghp|gho|ghs|github_pat)_[A-Za-z0-9_]{20,}/.test(value)) return 'a GitHub token';
  if (/\bsk_live_[A-Za-z0-9]{16,}/.test(value)) return 'a Stripe key';
  if (/\bxox[abprs]-[A-Za-z0-9-]{10,}/.test(value)) return 'a Slack token';
  if (/^[a-z]+:\/\/[^:/@\s]+:[^@/\s]{3,}@/.test(value)) return 'a URL with a password';
  if (/(^|_)(PASSWORD|PASSWD|SECRET|PRIVATE_KEY|API_KEY|ACCESS_KEY)$/i.test(name) && value.length >= 8)
    return 'a secret, going by its name';
  return undefined;
}
