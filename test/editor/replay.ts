import type { Document } from '../../src/compiler/parse/document.ts';
import { parse } from '../../src/compiler/parse/parse.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';
import { formOf, possible } from '../../src/editor/forms.ts';
import { visit } from '../../src/editor/tree.ts';
import { system } from '../../src/schema/system.ts';
import { handlerIn } from '../../src/editor/handlers.ts';
import { oneVerb } from '../../src/schema/access.ts';

/** A word of a file that the language or the system knows, so that an editor should offer it while it is typed. */
export interface Typed {
  readonly what: 'key' | 'word' | 'name' | 'file' | 'reference' | 'verb';
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** Every such word of a system file. */
export function wordsOf(text: string): readonly Typed[] {
  const document: Document | undefined = parse(new SourceText('eventsystem.yml', text), () => undefined);
  const found: Typed[] = [];
  if (!document) return found;
  visit(system, document.root, (at, entry, around) => {
    if (entry && around?.shape) {
      const form = formOf(around.shape, around.node);
      const span = inner(text, entry.keyPlace.span);
      if (form.form === 'object' || form.form === 'choice') found.push({ what: 'key', label: entry.key, ...span });
      else if (form.form === 'map' && form.keyNames) found.push({ what: 'name', label: entry.key, ...span });
    }
    const { node, shape } = at;
    if (node.kind !== 'scalar' || !shape || !node.verbatim || node.text === '') return;
    const span = inner(text, node.place.span);
    const forms = possible(shape);
    for (const form of forms) {
      if (form.form === 'word' && Object.hasOwn(form.words, node.text)) return void found.push({ what: 'word', label: node.text, ...span });
      if (form.form === 'flag' && typeof node.value === 'boolean') return void found.push({ what: 'word', label: node.text, ...span });
      if (form.form !== 'leaf') continue;
      if (form === oneVerb && /^[a-z]/.test(node.text)) return void found.push({ what: 'verb', label: node.text, ...span });
      if (form.names && !/[$:]|^(none|iam|all)$/.test(node.text)) return void found.push({ what: 'name', label: node.text, ...span });
      if (form.file && /\.(ts|json)$/.test(handlerIn(node.text).file) && !node.text.includes('*')) {
        const { file, name } = handlerIn(node.text);
        const hash = span.start + file.length;
        found.push({ what: 'file', label: file, start: span.start, end: hash });
        if (name !== undefined) found.push({ what: 'file', label: node.text, start: hash + 1, end: span.end });
        return;
      }
      for (const match of form.interpolated ? node.text.matchAll(/(?<!\$)\$\(([^()]*)\)/g) : [])
        found.push({
          what: 'reference',
          label: match[1] ?? '',
          start: span.start + match.index + 2,
          end: span.start + match.index + match[0].length - 1,
        });
    }
  });
  return found;
}

function inner(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  return /["']/.test(text[start] ?? '') ? { start: start + 1, end: end - 1 } : { start, end };
}
