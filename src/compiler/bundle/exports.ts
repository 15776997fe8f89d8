import type { Report } from '../diagnostics/problem.ts';
import { nearest } from '../text/suggest.ts';
import type { Built } from './build.ts';
import type { Picked } from './entry.ts';
import { bundleProblems } from './problems.ts';
import type { Requested } from './requests.ts';

/** Which export of a bundle is the handler; what is not there is reported. `source` is the text of the handler’s file. */
export async function pick({ request, functions }: Requested, built: Built, source: string, report: Report): Promise<Picked | undefined> {
  const commonJs = built.metafile.inputs[built.entry]?.format === 'cjs';
  const known = commonJs ? await namesOf(request.file, source) : built.exports;
  const wanted = request.export;
  const name = wanted ?? ['default', 'handler'].find((one) => known.includes(one)) ?? (commonJs && known.length === 0 ? 'default' : undefined);
  if (name !== undefined && (known.includes(name) || (commonJs && known.length === 0))) return { name, commonJs };
  const shown = known.filter((one) => one !== 'default');
  const meant = wanted === undefined ? (shown.length === 1 ? shown[0] : undefined) : nearest(wanted, shown);
  for (const { handlerPlace } of functions) report(bundleProblems['no-such-export'], handlerPlace, { file: request.file, wanted, known: shown, meant });
  return undefined;
}

/** The names a CommonJS file exports, as Node itself would find them. */
async function namesOf(file: string, source: string): Promise<readonly string[]> {
  const [{ init, parse }, { transform }] = await Promise.all([import('cjs-module-lexer'), import('esbuild')]);
  await init();
  const typed = /\.[cm]?tsx?$/.test(file);
  const { code } = typed ? await transform(source, { loader: 'ts', format: 'cjs' }) : { code: source };
  try {
    return parse(code).exports.filter((name) => name !== '__esModule');
  } catch {
    return [];
  }
}

/** Whether the handler takes a callback: said only where the source leaves no doubt. */
export function takesCallback(source: string, { name }: Picked): boolean {
  const patterns =
    name === 'default'
      ? [/export\s+default\s+(?:async\s+)?(?:function\s*\w*\s*)?\(([^()]*)\)/, /module\.exports\s*=\s*(?:async\s+)?(?:function\s*\w*\s*)?\(([^()]*)\)/]
      : [
          new RegExp(`export\\s+(?:async\\s+)?function\\s+${name}\\s*\\(([^()]*)\\)`),
          new RegExp(`(?:export\\s+(?:const|let|var)\\s+|exports\\.)${name}\\s*=\\s*(?:async\\s+)?(?:function\\s*\\w*\\s*)?\\(([^()]*)\\)`),
        ];
  const parameters = patterns.map((pattern) => pattern.exec(source)?.[1]).find((found) => found !== undefined);
  if (parameters === undefined || /[<>{}[\]]/.test(parameters)) return false;
  return parameters.split(',').filter((one) => one.trim() !== '').length >= 3;
}
