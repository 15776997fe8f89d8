import type { Shape, TypeOf } from '../../schema/kit.ts';
import { part, system, type System } from '../../schema/system.ts';
import validateSystem from '../../schema/generated/validate.js';
import type { Report } from '../diagnostics/problem.ts';
import type { Document, Entry, Mapping, Node } from '../parse/document.ts';
import { convert } from './convert.ts';
import { explain } from './explain.ts';
import { inside } from './facet.ts';
import { judge, type Validator } from './judge.ts';
import { checkProblems } from './problems.ts';
import type { Written } from './written.ts';

/** A file as the language understands it: long forms, units in numbers, places kept. Stages are partial files in it. */
export type Config = Written<System>;

/** A file named by `include`: the same sections, without a name of its own. */
export type PartConfig = Written<TypeOf<typeof part>>;

const valid: Validator = validateSystem;

/** Judges a system file by the published schema, explains what is refused, and types what is left. */
export function check({ root }: Document, report: Report): Config {
  return checked(system, root, root, report) as Config;
}

/** The same for a file named by `include`. */
export function checkPart({ root, place }: Document, report: Report): PartConfig {
  const name = root.entries.get('name');
  if (name)
    report(checkProblems['unknown-key'], name.keyPlace, {
      key: 'name',
      where: 'in an included file: the main file names the system',
      known: [],
    });
  const named: Entry = {
    key: 'name',
    keyPlace: place,
    value: { kind: 'scalar', place, text: 'part', value: 'part', plain: true, verbatim: false },
  };
  const whole: Mapping = { ...root, entries: new Map([...root.entries, ['name', named]]) };
  return checked(part, root, whole, report) as PartConfig;
}

function checked(shape: Shape, root: Mapping, judged: Mapping, report: Report): Written {
  const refused = new Set<Node>();
  const explained = new Set<Node>();
  for (const { path, keyword } of judge(system, judged, valid)) {
    const found = nodeAt(shape, root, path);
    refused.add(found.node);
    if (explained.has(found.node)) continue;
    explained.add(found.node);
    let said = false;
    explain(found.shape, found.node, found.where, (...finding) => {
      said = true;
      report(...finding);
    });
    if (!said) report(checkProblems['schema-disagrees'], found.node.place, { keyword });
  }
  return convert(shape, root, refused, report);
}

/** The node at a path, or the last one on the way that has a shape. */
function nodeAt(top: Shape, root: Node, path: readonly string[]): { shape: Shape; node: Node; where: string } {
  let shape = top;
  let node = root;
  const walked: string[] = [];
  for (const key of path) {
    const next = node.kind === 'mapping' ? node.entries.get(key)?.value : node.kind === 'sequence' ? node.items[Number(key)] : undefined;
    const nextShape = next && inside(shape, node, key);
    if (!next || !nextShape) break;
    walked.push(key);
    shape = nextShape;
    node = next;
  }
  return { shape, node, where: walked.length === 0 ? 'at the top of the file' : `in \`${walked.join('.')}\`` };
}
