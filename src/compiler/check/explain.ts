import type { Choice, Fields, Form, Leaf, MapForm, ObjectForm, Shape } from '../../schema/kit.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Mapping, Node, Scalar } from '../parse/document.ts';
import { isNear, listed, nearest } from '../text/suggest.ts';
import { facetOf, fieldsOf, isNothing, kindsIn, own, valuesOf } from './facet.ts';
import { literalOf, mappingMeant, respelt, spaced, textMeant, withUnit } from './meant.ts';
import { checkProblems } from './problems.ts';
import { taken } from './taken.ts';

/**
 * Says in the language’s own words what is wrong with one node, which the schema refused. It looks at this level
 * alone, and gives one finding per mistake: a misspelt source is not a missing one besides.
 */
export function explain(shape: Shape, node: Node, where: string, report: Report): void {
  const facet = facetOf(shape, node);
  if (facet.as !== 'itself') return explain(facet.of, node, where, report);
  const { shape: form } = facet;
  if (node.kind === 'mapping' && form.form === 'object') return void explainKeys(node, form.fields, where, report, form.without);
  if (node.kind === 'mapping' && form.form === 'choice') return explainChoice(form, node, where, report);
  if (node.kind === 'mapping' && form.form === 'map') return explainNames(form, node, report);
  if (node.kind === 'sequence' && form.form === 'list') {
    return report(checkProblems['wrong-number-of-items'], node.place, { found: node.items.length, min: form.min, max: form.max });
  }
  if (isNothing(node)) return report(checkProblems['empty-value'], node.place, { expected: expected(form) });
  if (node.kind === 'scalar') return explainScalar(form, node, report);
  const meant = bracketed(form, node);
  const found = node.kind === 'mapping' ? 'a mapping' : 'a list';
  report(checkProblems['wrong-type'], meant === undefined ? headOf(node) : node.place, { expected: expected(form), found, meant });
}

/** A mapping of many lines is underlined at its first key. */
function headOf(node: Node) {
  const first = node.kind === 'mapping' ? [...node.entries.values()][0] : undefined;
  return first?.keyPlace ?? node.place;
}

/** A text that was taken for a list or a mapping because of its brackets. */
function bracketed(form: Form, node: Node): string | undefined {
  if (form.form !== 'leaf') return undefined;
  const { source, span } = node.place;
  const written = source.text.slice(span.start, span.end);
  return written.includes('\n') || !/^[[{]/.test(written) ? undefined : `'${written.replaceAll("'", "''")}'`;
}

function explainKeys(node: Mapping, fields: Fields, where: string, report: Report, without: ObjectForm['without'] = {}): void {
  const known = Object.keys(fields);
  const meantKeys = new Set<string>();
  for (const { key, keyPlace, value: written } of node.entries.values()) {
    if (Object.hasOwn(fields, key)) continue;
    const reason = own(without, key);
    if (reason !== undefined) {
      report(checkProblems['not-for-this-kind'], keyPlace, { key, where, reason });
      continue;
    }
    const apart = isNothing(written) ? spaced(key, fields) : undefined;
    if (apart && !node.entries.has(apart.key)) {
      meantKeys.add(apart.key);
      report(checkProblems['unknown-key'], keyPlace, { key, where, known, meant: apart.text, fits: true });
      continue;
    }
    const meant = meantKey(key, fields, node, written);
    if (meant !== undefined) meantKeys.add(meant);
    const field = meant === undefined ? undefined : fields[meant];
    const value = field && taken(field, written);
    report(checkProblems['unknown-key'], keyPlace, {
      key,
      where,
      known: known.filter((one) => !node.entries.has(one)),
      meant,
      value: typeof value === 'string' ? value : undefined,
      fits: value !== undefined,
    });
  }
  for (const [key, field] of Object.entries(fields)) {
    if (!field.required || node.entries.has(key) || meantKeys.has(key)) continue;
    report(checkProblems['missing-key'], headOf(node), {
      key,
      doc: field.doc,
      words: field.form === 'word' ? Object.keys(field.words) : [],
    });
  }
}

/** The key meant by one that is not known: by another tool’s word for it, or by spelling. */
function meantKey(key: string, fields: Fields, node: Mapping, written: Node): string | undefined {
  const free = Object.entries(fields).filter(([name]) => !node.entries.has(name));
  const alias = free.find(([, { also }]) => also?.includes(key));
  if (alias) return alias[0];
  const near = nearest(
    key,
    free.map(([name]) => name),
  );
  const found = near ?? free.find(([, { also }]) => nearest(key, also ?? []) !== undefined)?.[0];
  // What is only somewhat alike, and could not hold the value, is not meant.
  const field = found === undefined ? undefined : fields[found];
  return field && found !== undefined && (isNear(key, found) || taken(field, written) !== undefined) ? found : undefined;
}

function explainChoice(shape: Choice, node: Mapping, where: string, report: Report): void {
  const kinds = kindsIn(shape, node);
  const [kind, second] = kinds;
  if (kind === undefined && !shape.open) {
    const values = valuesOf(shape);
    const options = Object.values(shape.variants).map((one) => one.options ?? {});
    const meant = [...node.entries.values()].flatMap(({ key, value }) =>
      Object.hasOwn(shape.common, key) || options.some((one) => own(one, key)) ? [] : (meantKey(key, values, node, value) ?? []),
    );
    if (meant.length === 0) return report(checkProblems['no-kind'], headOf(node), { noun: shape.noun, kinds: Object.keys(shape.variants) });
    const theirs = Object.assign({}, ...meant.map((one) => shape.variants[one]?.options));
    explainKeys(node, { ...values, ...theirs, ...shape.common }, where, report);
    return;
  }
  if (second !== undefined) {
    const entry = [...node.entries.values()].filter(({ key }) => kinds.includes(key))[1];
    report(checkProblems['two-kinds'], entry?.keyPlace ?? node.place, { noun: shape.noun, kinds });
  }
  const fields = fieldsOf(shape, kind);
  const foreign = new Map<string, readonly string[]>();
  for (const { key, keyPlace } of node.entries.values()) {
    if (Object.hasOwn(fields, key) || kinds.includes(key)) continue;
    const of = Object.keys(shape.variants).filter((other) => own(shape.variants[other]?.options ?? {}, key));
    if (of.length === 0 || kind === undefined) continue;
    foreign.set(key, of);
    report(checkProblems['option-of-another-kind'], keyPlace, { key, kind, of, sure: second === undefined });
  }
  const rest = new Map([...node.entries].filter(([key]) => !foreign.has(key) && (!kinds.includes(key) || key === kind)));
  explainKeys({ ...node, entries: rest }, fields, where, report);
}

function explainNames(shape: MapForm, node: Mapping, report: Report): void {
  const { pattern, means } = shape.key;
  if (pattern === undefined) return;
  const expression = new RegExp(pattern);
  const meant = respellings(node, expression);
  for (const { key, keyPlace } of node.entries.values()) {
    if (!expression.test(key)) report(checkProblems['bad-name'], keyPlace, { name: key, means, meant: meant.get(key) });
  }
}

/** How each name could be spelt: a name that nothing beside it has, and that nothing else beside it would get. */
function respellings({ entries }: Mapping, expression: RegExp): ReadonlyMap<string, string | undefined> {
  const meant = new Map([...entries.keys()].map((key) => [key, expression.test(key) ? key : respelt(key, expression)] as const));
  const times = new Map<string, number>();
  for (const name of meant.values()) if (name !== undefined) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map([...meant].map(([key, name]) => [key, name !== undefined && times.get(name) === 1 ? name : undefined]));
}

function explainScalar(form: Form, node: Scalar, report: Report): void {
  const { text: written, place } = node;
  switch (form.form) {
    case 'leaf':
      return explainText(form, node, report);
    case 'word': {
      const words = Object.keys(form.words);
      return report(checkProblems['unknown-word'], place, { written, words, meant: nearest(written, words) });
    }
    case 'count':
      if (node.plain && typeof node.value === 'number') {
        const whole = form.fraction || Number.isInteger(node.value);
        const { from = -Infinity, to = Infinity } = form;
        const reason = !whole
          ? 'It must be a whole number.'
          : to === Infinity
            ? `It must be at least ${from}.`
            : `It must be a number from ${from} to ${to}.`;
        return report(checkProblems['out-of-range'], place, {
          written,
          reason,
          near: whole ? String(Math.min(Math.max(node.value, from), to)) : undefined,
        });
      }
      break;
    case 'forms': {
      const text = form.text;
      if (text && !isNothing(node)) return explainScalar(text, node, report);
      break;
    }
    default:
      break;
  }
  report(checkProblems['wrong-type'], place, {
    expected: expected(form),
    found: foundIn(node),
    meant: valueMeant(form, node),
  });
}

function valueMeant(form: Form, node: Scalar): string | undefined {
  if (form.form === 'flag') return flagMeant(node.text);
  if (form.form === 'count') return /^[0-9]+$/.test(node.text) ? node.text : undefined;
  return mappingMeant(form, node);
}

function flagMeant(written: string): string | undefined {
  if (/^(yes|on|y|enabled?|1)$/i.test(written)) return 'true';
  return /^(no|off|n|disabled?|0|none)$/i.test(written) ? 'false' : undefined;
}

function explainText(form: Leaf, node: Scalar, report: Report): void {
  const { text: written, place } = node;
  if (form.max !== undefined && written.length > form.max)
    return report(checkProblems['too-long'], place, { length: written.length, max: form.max });
  if (written.includes('$(') && !form.interpolated) return report(checkProblems['interpolation-here'], place, { literal: literalOf(node) });
  const spelling = withUnit(form, written);
  if (spelling !== undefined) {
    return report(checkProblems['bare-number'], place, { written, means: form.means, spelling });
  }
  report(checkProblems.malformed, place, { written, means: form.means, meant: textMeant(form, written) });
}

function foundIn(node: Scalar): string {
  if (!node.plain || typeof node.value === 'string') return `the text \`${node.text.slice(0, 60)}\``;
  return typeof node.value === 'number' ? `the number ${node.text}` : node.value === null ? 'nothing' : `\`${node.text}\``;
}

/** What a shape takes, as a person would say it. */
export function expected(form: Form): string {
  switch (form.form) {
    case 'leaf':
      return form.means;
    case 'word':
      return listed(Object.keys(form.words), 'or');
    case 'count':
      return form.fraction ? 'a number' : 'a whole number';
    case 'flag':
      return 'true or false';
    case 'object':
    case 'choice': {
      const short = form.short?.text;
      const of = short === undefined ? undefined : form.form === 'object' ? form.fields[short] : form.variants[short]?.value;
      const keys = form.form === 'object' ? Object.keys(form.fields) : Object.keys(form.variants);
      const mapping = `a mapping (${keys.slice(0, 4).join(', ')}${keys.length > 4 ? ', …' : ''})`;
      return of ? `${expected(of)}, or ${mapping}` : mapping;
    }
    case 'map':
      return `a mapping from names to values`;
    case 'list':
      return form.single ? `${expected(form.item)}, or a list` : 'a list';
    case 'forms':
      return listed(
        [form.text, form.count, form.flag, form.list, form.object].flatMap((one) => (one ? [expected(one)] : [])),
        'or',
      );
    case 'raw':
      return form.of === 'object' ? 'a mapping' : 'a value';
  }
}
