import type { Report } from '../diagnostics/problem.ts';
import type { Built } from './build.ts';
import type { Picked } from './entry.ts';
import { functionProblems, notExported } from '../resources/function-settings.ts';
import type { Requested } from './requests.ts';

/** Which export of a bundle is the handler; what is not there is reported. `inCommonJs` are the names Node would find in the handler’s file. */
export function pick({ request, functions }: Requested, built: Built, inCommonJs: readonly string[], report: Report): Picked | undefined {
  const commonJs = built.metafile.inputs[built.entry]?.format === 'cjs';
  const known = commonJs ? inCommonJs : built.exports;
  const wanted = request.export;
  const name =
    wanted ?? ['default', 'handler'].find((one) => known.includes(one)) ?? (commonJs && known.length === 0 ? 'default' : undefined);
  if (name !== undefined && (known.includes(name) || (commonJs && known.length === 0))) return { name, commonJs };
  for (const { handlerPlace } of functions)
    report(functionProblems['no-such-export'], handlerPlace, notExported(request.file, wanted, known));
  return undefined;
}

/** The text of a handler’s file as JavaScript. */
export async function withoutTypes(file: string, source: string): Promise<string> {
  const loader = /\.([jt]sx?)$/.exec(file.replace(/\.[cm]([jt]s)$/, '.$1'))?.[1];
  if (loader !== 'ts' && loader !== 'tsx' && loader !== 'jsx') return source;
  const { transform } = await import('esbuild');
  const { code } = await transform(source, { loader });
  return code;
}

/** The names a CommonJS file exports, as Node itself would find them; none of another file. */
export async function namesOf(source: string): Promise<readonly string[]> {
  const { init, parse } = await import('cjs-module-lexer');
  await init();
  try {
    return parse(source).exports.filter((name) => name !== '__esModule');
  } catch {
    return [];
  }
}

/** Whether a closer look may find a callback: it has a name that says so. */
export function mayTakeCallback(source: string): boolean {
  return /callback|\b(?:cb|done|next)\b/i.test(source);
}

/**
 * Whether the handler takes a callback: said only where the source, free of types, leaves no doubt. Lambda looks at how
 * many parameters it has. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function takesCallback(source: string, { name }: Picked): boolean {
  const [said = name] =
    name === 'default'
      ? [/(?:export\s+default|module\.exports\s*=)\s+([\w$]+)\s*;/.exec(source)?.[1]]
      : [new RegExp(`export\\s*\\{[^{}]*?([\\w$]+)\\s+as\\s+${name}\\b`).exec(source)?.[1]];
  const own = said.replaceAll('$', '\\$');
  const start = '\\s*(?:async\\s+)?(?:function\\s*\\*?\\s*[\\w$]*\\s*)?\\(';
  const patterns = [
    ...(name === 'default' && said === 'default' ? [`export\\s+default${start}`, `module\\.exports\\s*=${start}`] : []),
    `\\bfunction\\s+${own}\\s*\\(`,
    `(?:\\b(?:const|let|var)\\s+|\\bexports\\.)${own}\\s*=${start}`,
  ];
  const found = patterns.map((pattern) => new RegExp(pattern).exec(source)).find((one) => one !== null);
  return found !== undefined && found !== null && parametersFrom(source, found.index + found[0].length) >= 3;
}

/** How many parameters a function has before the first with a default value, as its `length` counts them. None where that is unclear. */
function parametersFrom(source: string, start: number): number {
  let depth = 0;
  let count = 0;
  let text = '';
  for (let at = start; at < source.length; at++) {
    const sign = source.charAt(at);
    if (/["'`/]/.test(sign)) return 0;
    if (depth === 0 && (sign === ',' || sign === ')')) {
      if (/=|^\s*\.\.\./.test(text.replace(/[{[][^]*[}\]]/, ''))) return count;
      if (text.trim() !== '') count++;
      if (sign === ')') return /^\)\s*(=>|\{)/.test(source.slice(at)) ? count : 0;
      text = '';
      continue;
    }
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    text += sign;
  }
  return 0;
}
