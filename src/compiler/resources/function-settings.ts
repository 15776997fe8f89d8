import { problems, type Report } from '../diagnostics/problem.ts';
import type { Fn } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import { tidy, type Files } from '../text/files.ts';
import { listed, nearest } from '../text/suggest.ts';
import { add, choosing, fixing, leaveOut, leavingOutIfMeant, oneOf, preferring, replacing, write } from '../edit/fixes.ts';
import { accessOf } from './access.ts';
import { isEdge } from './edge.ts';
import { exportsIn } from './exports.ts';
import { functionAddress } from './function-address.ts';
import { RETENTION_DAYS, strictName } from './function-parts.ts';
import { logicalId } from '../cloud/address.ts';
import type { Context } from './meaning.ts';

export const functionProblems = problems({
  'no-such-handler': {
    severity: 'error',
    message: ({ file }: { file: string; meant: string | undefined }) => `There is no file \`${file}\` in this project.`,
    why: 'A handler is a file next to the system file or in a folder below it. A symlink that leads out of the project does not count: a build must not depend on anything else on the machine.',
    fix: ({ meant }: { file: string; meant: string | undefined }, place) => replacing(meant)(place),
  },
  'no-such-export': {
    severity: 'error',
    message: ({ file, wanted, known }: { file: string; wanted: string | undefined; known: readonly string[]; meant: string | undefined }) =>
      `\`${file}\` exports ${wanted === undefined ? 'neither a default nor `handler`' : `no \`${wanted}\``}${known.length > 0 ? `; it exports ${listed(known.map((name) => `\`${name}\``))}` : ''}.`,
    why: 'A handler is the default export of its file, or else the export `handler`; `src/orders.ts#create` names another one.',
    fix: ({ file, meant }: { file: string; wanted: string | undefined; known: readonly string[]; meant: string | undefined }, place) =>
      replacing(meant === undefined ? undefined : `${file}#${meant}`)(place),
  },
  'retention-of-logs': {
    severity: 'error',
    message: ({ days, near }: { days: number; near: readonly number[] }) =>
      `CloudWatch Logs cannot keep logs for ${days} days; use ${listed(near.map(String), 'or')}.`,
    why: 'CloudWatch Logs only supports certain retention periods.',
    fix: ({ near }: { days: number; near: readonly number[] }, place) =>
      oneOf(near.map((days) => write(place, `${days} day${days === 1 ? '' : 's'}`))),
    page: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  },
  'outside-vpc': {
    severity: 'error',
    message: ({ title, thing }: { title: string; thing: string }) =>
      `\`${title}\` has \`vpc: false\`, but \`${thing}\` can only be reached inside the VPC.`,
    why: 'Databases are never public. A function that connects to one runs in its VPC.',
    fix: leavingOutIfMeant,
  },
  'file-system-outside-vpc': {
    severity: 'error',
    message: ({ title }: { title: string }) => `\`${title}\` mounts a file system, but is not in the VPC.`,
    why: 'A file system is reached through its mount targets, which are in a VPC.',
    fix: (_: unknown, place) =>
      choosing(fixing('Add `vpc: true`, and `egress: 2049 to RANGE` to reach it', add(place, 'vpc', 'true').edits ?? [])),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html',
  },
  'egress-outside-vpc': {
    severity: 'warning',
    message: ({ title }: { title: string }) =>
      `\`${title}\` is not in the VPC, so \`egress\` has no effect: it reaches the internet anyway.`,
    why: '`egress` opens the security group of a function in the VPC. Outside the VPC there is none.',
    fix: (_: unknown, place) => preferring(leaveOut(place), add(place, 'vpc', 'true')),
  },
  'name-too-long-for-lambda': {
    severity: 'error',
    message: ({ name }: { name: string }) => `With \`strictCallers\` the function is named \`${name}\`, and Lambda allows 64 characters.`,
    why: 'With `strictCallers`, policy conditions spell out the function’s whole name, so it is set, from the stack’s name and its own.',
  },
});

/** Reports settings of a function that its schema cannot rule out. */
export function verifySettings(fn: Fn, context: Context, report: Report): void {
  verifyHandler(fn, context, report);
  const { settings, written, title } = fn;
  verifyRetention(settings.logs?.retention, written.at('logs').parts.get('retention')?.place ?? fn.place, report);
  const first = accessOf(fn, context).find(({ allowance }) => (allowance.reaches ?? []).length > 0);
  if (settings.vpc === false && first) report(functionProblems['outside-vpc'], written.at('vpc').place, { title, thing: first.thing.name });
  if (settings.fileSystems && settings.vpc !== true && !first)
    report(functionProblems['file-system-outside-vpc'], written.at('fileSystems').key ?? written.at('fileSystems').place, { title });
  if (settings.egress && settings.vpc !== true && !first)
    report(functionProblems['egress-outside-vpc'], written.at('egress').place, { title });
  if (!isEdge(fn) && strictName(functionAddress(fn), context) !== undefined) {
    const name = `${context.model.stack}-${logicalId(functionAddress(fn))}`;
    if (name.length > 64) report(functionProblems['name-too-long-for-lambda'], fn.place, { name });
  }
}

function verifyHandler({ handler: { file, export: name }, handlerPlace }: Fn, { files }: Context, report: Report): void {
  // A handler that is no path was refused before.
  if (file === '' || files.exists(file)) return;
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
  const beside = files.list(folder).map((name) => (folder === '.' ? name : `${folder}/${name}`));
  const stem = file.replace(/\.[^.]+$/, '');
  const meant = beside.find((name) => name.replace(/\.[^.]+$/, '') === stem) ?? nearest(file, beside);
  report(functionProblems['no-such-handler'], handlerPlace, {
    file,
    meant: meant !== undefined && name !== undefined ? `${meant}#${name}` : meant,
  });
}

/** Reports handlers that their files do not export, for whoever bundles nothing: where a text leaves a doubt, the bundler finds it. */
export function verifyExports(functions: readonly Fn[], files: Files, report: Report): void {
  for (const fn of functions) if (fn.handler.entry === undefined && fn.handler.file !== '') verifyExport(fn, files, report);
}

function verifyExport({ handler, handlerPlace }: Fn, files: Files, report: Report): void {
  const file = tidy(handler.file);
  const exports = exportsIn(file, files);
  if (!exports) return;
  const { names, perhaps } = exports;
  const wanted = handler.export;
  if ((wanted === undefined ? ['default', 'handler'] : [wanted]).some((one) => names.includes(one) || perhaps.has(one))) return;
  report(functionProblems['no-such-export'], handlerPlace, notExported(file, wanted, names));
}

/** What is told of a handler that is not among the exports of its file. */
export function notExported(file: string, wanted: string | undefined, names: readonly string[]) {
  const known = names.filter((one) => one !== 'default');
  const meant = wanted === undefined ? (known.length === 1 ? known[0] : undefined) : nearest(wanted, known);
  return { file, wanted, known, meant };
}

/** Reports a retention CloudWatch Logs does not take. */
export function verifyRetention(said: number | string | undefined, place: Place, report: Report): void {
  if (typeof said !== 'number') return;
  const days = said / 86_400;
  if ((RETENTION_DAYS as readonly number[]).includes(days)) return;
  const near = [RETENTION_DAYS.findLast((one) => one < days), RETENTION_DAYS.find((one) => one > days)].filter((one) => one !== undefined);
  report(functionProblems['retention-of-logs'], place, { days, near });
}
