import type { Files } from './files.ts';

/** The data of a JSON file of the project, as it may come into a template; or why it may not. */
export function readJson(path: string, files: Files): { readonly data: unknown } | { readonly problem: string } {
  const found = files.read(path);
  if ('problem' in found) return found;
  try {
    const data: unknown = JSON.parse(found.text);
    const problem = flaw(data, 0);
    return problem === undefined ? { data } : { problem };
  } catch (error) {
    return { problem: `it is not JSON (${error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 120) : 'unreadable'})` };
  }
}

/** Deeper than any schema or definition a person writes, and far from where a walk through it would end the program. */
const DEEPEST = 64;

/** Why data, though it is JSON, may not come into a template. */
function flaw(data: unknown, depth: number): string | undefined {
  if (depth > DEEPEST) return `it is nested deeper than ${DEEPEST} levels`;
  // CloudFormation resolves these in any text of a template, and none can be written so that it stays as it is.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
  if (typeof data === 'string' && data.includes('{{resolve:'))
    return 'it contains `{{resolve:`, which CloudFormation would replace with a secret or a parameter';
  if (typeof data !== 'object' || data === null) return undefined;
  for (const [key, value] of Object.entries(data)) {
    const found = flaw(key, depth + 1) ?? flaw(value, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
