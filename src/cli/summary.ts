import type { Artifacts } from '../compiler/compile.ts';
import { clean, type Style } from '../compiler/diagnostics/print.ts';
import type { SystemStack } from '../compiler/emit/stacks/split.ts';
import { templateFile } from '../compiler/manifest.ts';
import { deployCommands } from '../views/commands.ts';
import { summaryOf, type Section } from '../views/summary.ts';

/** What was made, what it costs, and how it is deployed; `out` is the artifacts’ folder as the reader would write it. */
export function printSummary(artifacts: Artifacts, out: string, style: Style): string {
  const { system, template, manifest, stacks } = artifacts;
  const sections = summaryOf(system, template, stacks.length).map((section) => printSection(section, style));
  const steps = deployCommands(
    {
      manifest,
      stacks: stacks.map((one) => ({
        name: one.name,
        file: templateFile(one, manifest),
        parameters: parametersOf(one),
        from: [...new Set(Object.values(one.handed).map(({ stack }) => stack))],
        templateBytes: Buffer.byteLength(JSON.stringify(one.template, null, 2)) + 1,
      })),
    },
    { out },
  );
  const commands = steps.map(({ what, command }) => `${style.faint(`# ${what}`)}\n${command}\n`).join('');
  return [...sections, `${style.strong(`Written to ${clean(out)}. To deploy it with the AWS CLI:`)}\n${commands}`].join('\n');
}

function printSection({ title, rows, note }: Section, style: Style): string {
  const width = Math.min(40, Math.max(...rows.map(({ name }) => name.length)));
  const lines = rows.map(({ name, text }) => `  ${clean(name).padEnd(width)}  ${style.faint(clean(text))}\n`);
  return `${style.strong(clean(title))}\n${lines.join('')}${note === undefined ? '' : `  ${style.faint(clean(note))}\n`}`;
}

/** What the one who deploys must say. */
function parametersOf({ template: { Parameters: parameters = {} }, handed }: SystemStack): readonly string[] {
  return Object.entries(parameters).flatMap(([name, body]) =>
    name === 'ArtifactBucket' || Object.hasOwn(handed, name) || (typeof body === 'object' && body !== null && 'Default' in body)
      ? []
      : [name],
  );
}
